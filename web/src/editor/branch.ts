// A way for a sentence that nothing answered: a condition with that sentence out of the flow that hears it, and a message.

import { addNode, connect, edge } from "../flow/commands";
import { beside } from "../canvas/layout";
import { entryFlowId, entryOf, fallbackFlowId, flowOf, freshNodeId } from "../flow/document";
import type { BotDoc, FlowDoc } from "../flow/types";
import { newNode } from "./make";
import type { EditorStore } from "./store";

/** Where such a sentence can be answered: where it ended up, and where every conversation begins. */
export function hearing(doc: BotDoc): FlowDoc[] {
  const flows = [fallbackFlowId(doc), entryFlowId(doc)].flatMap((id) => (id === undefined ? [] : (flowOf(doc, id) ?? [])));
  return [...new Set(flows)].filter((flow) => entryOf(flow));
}

/** Adds it, as one step, and lets one write the answer at once. False where that cannot be. */
export function addBranch(store: EditorStore, flowId: number, said: string, label: string): boolean {
  const flow = flowOf(store.get().doc, flowId);
  const entry = flow && entryOf(flow);
  if (!flow || !entry || store.readonly) return false;
  const node = newNode(freshNodeId(flow), "response", label, beside(flow, entry));
  store.run(addNode(flow.id, node, "next"));
  store.run(connect(flow.id, entry.id, edge(node.id, { message: { contains: said } })));
  store.jump(flow.id, node.id, true);
  return true;
}
