// One flow as a file: out, and in again as a new flow or over one that is there.

import { asFlow, edgesOf, entryOf, freshFlowId } from "./document";
import { isObject, put, read, write } from "./json";
import { renumberFlow } from "./renumber";
import type { BotDoc, FlowDoc } from "./types";

/** The text of a flow's file. */
export function flowFile(flow: FlowDoc): string {
  return write(flow);
}

/** Why a file cannot be taken as a flow. */
export type Unsound = "noJson" | "bot" | "noFlow" | "noEntry" | "twice" | "lost";
export type ReadFlow = { flow: FlowDoc } | { unsound: Unsound; node?: number };

/** Reads a flow's file, and looks whether its graph holds together; the server would refuse one that does not. */
export function readFlow(text: string): ReadFlow {
  let value: unknown;
  try {
    value = read(text);
  } catch {
    return { unsound: "noJson" };
  }
  if (isObject(value) && Array.isArray(value["flows"])) return { unsound: "bot" };
  const flow = asFlow(value);
  if (!flow) return { unsound: "noFlow" };
  if (!entryOf(flow)) return { unsound: "noEntry" };
  const ids = new Set<number>();
  for (const node of flow.nodes) {
    if (ids.has(node.id)) return { unsound: "twice", node: node.id };
    ids.add(node.id);
  }
  for (const node of flow.nodes) {
    if (edgesOf(node).some((edge) => !ids.has(edge.nodeId))) return { unsound: "lost", node: node.id };
  }
  return { flow };
}

/** The flow under another id, naming itself by it. */
export function withId(flow: FlowDoc, id: number): FlowDoc {
  if (flow.id === id) return flow;
  const alone: BotDoc = { title: "", flows: [flow] };
  return renumberFlow(alone, flow.id, id).flows[0] ?? flow;
}

/** A copy to stand beside the flow. */
export function flowCopy(doc: BotDoc, flow: FlowDoc, title: string): FlowDoc {
  return put(withId(flow, freshFlowId(doc)), "title", title);
}

/** A title that no flow has: with a number after it where needed. */
export function freeTitle(doc: BotDoc, wanted: string): string {
  const taken = new Set(doc.flows.map((flow) => flow.title));
  if (!taken.has(wanted)) return wanted;
  let n = 2;
  while (taken.has(`${wanted} ${n}`)) n += 1;
  return `${wanted} ${n}`;
}
