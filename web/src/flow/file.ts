// A bot as the text of its file. Flows that did not change are not written anew: a keystroke in a bot of five thousand
// nodes costs one flow.

import { asBot } from "./document";
import { entriesOf, read, write } from "./json";
import type { BotDoc, FlowDoc } from "./types";

const INDENT = "    ";
const texts = new WeakMap<FlowDoc, string>();

function flowText(flow: FlowDoc): string {
  let text = texts.get(flow);
  if (text === undefined) {
    // No line break stands inside a string of JSON, so that every one of them is the layout's.
    text = write(flow).replaceAll("\n", `\n${INDENT}`);
    texts.set(flow, text);
  }
  return text;
}

/** The file, as the server would export it. */
export function botText(doc: BotDoc): string {
  const fields = entriesOf(doc)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => {
      const text =
        key === "flows" && doc.flows.length > 0
          ? `[\n${INDENT}${doc.flows.map(flowText).join(`,\n${INDENT}`)}\n  ]`
          : write(value).replaceAll("\n", "\n  ");
      return `  ${JSON.stringify(key)}: ${text}`;
    });
  return fields.length === 0 ? "{}" : `{\n${fields.join(",\n")}\n}`;
}

/** Reads a bot's file; nothing when it is none. */
export function readBot(text: string): BotDoc | undefined {
  return asBot(read(text));
}
