// Finds a text in everything that the nodes of a bot say.

import { isObject, numberOf } from "./json";
import type { BotDoc, NodeDoc } from "./types";

export interface Found {
  flow: number;
  node: number;
  /** Around the place that was found. */
  before: string;
  hit: string;
  after: string;
}

/** So many are shown; whoever gets more searches for more. */
const MOST = 200;
const AROUND = 24;

const texts = new WeakMap<NodeDoc, string[]>();

function textsOf(node: NodeDoc): string[] {
  let found = texts.get(node);
  if (!found) {
    found = [];
    if (node.label) found.push(node.label);
    collect(node.data, found);
    for (const edge of node.next ?? []) collect(edge.where, found, true);
    texts.set(node, found);
  }
  return found;
}

function collect(value: unknown, into: string[], keys = false): void {
  if (typeof value === "string") into.push(value);
  else if (numberOf(value) !== undefined) into.push(String(numberOf(value)));
  else if (Array.isArray(value)) for (const one of value) collect(one, into, keys);
  else if (isObject(value)) {
    for (const [key, one] of Object.entries(value)) {
      if (keys) into.push(key);
      collect(one, into, keys);
    }
  }
}

export function search(doc: BotDoc, wanted: string): { found: Found[]; more: boolean } {
  const needle = wanted.trim().normalize("NFC").toLowerCase();
  const found: Found[] = [];
  if (needle === "") return { found, more: false };
  for (const flow of doc.flows) {
    for (const node of flow.nodes) {
      for (const text of textsOf(node)) {
        const at = text.toLowerCase().indexOf(needle);
        if (at < 0) continue;
        if (found.length === MOST) return { found, more: true };
        found.push({
          flow: flow.id,
          node: node.id,
          before: (at > AROUND ? "…" : "") + text.slice(Math.max(0, at - AROUND), at).replaceAll("\n", " "),
          hit: text.slice(at, at + needle.length),
          after: text.slice(at + needle.length, at + needle.length + 60).replaceAll("\n", " "),
        });
        break;
      }
    }
  }
  return { found, more: false };
}
