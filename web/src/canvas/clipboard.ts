// Nodes on the clipboard: as JSON text, so that they come from another flow, bot, window or a colleague's message.

import { isObject, read, write } from "../flow/json";
import { asFlow } from "../flow/document";
import type { NodeDoc } from "../flow/types";

const FORMAT = "closer-nodes";

export function toClipboard(nodes: readonly NodeDoc[]): string {
  return write({ format: FORMAT, nodes });
}

/** The nodes of a text, if it is one of ours: what `toClipboard` wrote, or a flow's file. */
export function fromClipboard(text: string): NodeDoc[] | undefined {
  if (!text.trimStart().startsWith("{")) return undefined;
  try {
    const value = read(text);
    if (!isObject(value) || !(value["format"] === FORMAT || "title" in value)) return undefined;
    return asFlow({ id: 0, title: "", ...value })?.nodes;
  } catch {
    return undefined;
  }
}
