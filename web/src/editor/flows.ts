// A new flow: it stands in the list at once, with the cursor in its name.

import { addFlow, emptyFlow } from "../flow/commands";
import { freshFlowId } from "../flow/document";
import { freeTitle } from "../flow/exchange";
import type { Translate } from "../i18n/i18n";
import type { EditorStore } from "./store";

export function newFlow(store: EditorStore, t: Translate): void {
  if (store.readonly) return;
  const { doc } = store.get();
  const flow = emptyFlow(freshFlowId(doc), freeTitle(doc, t("editor.flows.newTitle")), t("editor.kinds.entry"));
  store.run(addFlow(flow));
  store.jump(flow.id);
  store.set({ renaming: flow.id });
}

/** The flow after or before the one that is shown. */
export function step(store: EditorStore, by: 1 | -1): void {
  const { doc, flowId } = store.get();
  const at = doc.flows.findIndex((flow) => flow.id === flowId);
  const next = doc.flows[(at + by + doc.flows.length) % doc.flows.length];
  if (next) store.select(next.id);
}
