// New nodes: what one of each kind begins with.

import type { Data, NodeDoc, NodeType } from "../flow/types";
import type { Point } from "../flow/document";

const BEGIN: { [type in NodeType]?: () => Data } = {
  response: () => ({ message: { type: "text", text: "" } }),
  keyboard: () => ({ type: "buttons", buttons: [] }),
  flow: () => ({}),
  params: () => ({ type: "set", set: [{ key: "", value: "" }] }),
  fetch: () => ({ method: "GET", uri: "", headers: {} }),
  sandbox: () => ({
    runtime: "nodejs",
    script: "module.exports = async function (context) {\n  return { params: {} };\n};\n",
  }),
  back: () => ({ operation: "pop", count: 1 }),
  manual: () => ({ messages: { default: { type: "text", text: "" } } }),
  gsheet: () => ({ token: "", spreadsheetId: "", sheetName: "", columns: [], values: [] }),
  email: () => ({ to: "", subject: "", body: "" }),
  llm: () => ({ prompt: "{{message}}" }),
};

/** What can be added, in the order of the palette. An entry is there already; the old stack is only read. */
export const PALETTE: readonly NodeType[] = [
  "response",
  "keyboard",
  "flow",
  "params",
  "fetch",
  "sandbox",
  "back",
  "manual",
  "nlp",
  "llm",
  "chitchat",
  "gsheet",
  "email",
  "push",
];

export function newNode(id: number, type: NodeType, label: string, { x, y }: Point): NodeDoc {
  const data = BEGIN[type]?.() ?? {};
  return { id, type, label, data, meta: { design: { x: Math.round(x), y: Math.round(y) } }, next: [] };
}
