// Whoever comes from a sentence that nothing answered is offered a way for it: one press.

import { GitBranchPlus, X } from "lucide-react";

import { fallbackFlowId } from "../flow/document";
import { useT } from "../i18n/i18n";
import { useBar } from "../shell/roles";
import { Button, IconButton, say } from "../ui";
import { addBranch, hearing } from "./branch";
import styles from "./Branch.module.css";
import { useEditorState, useEditorStore } from "./store";
import { undoLater } from "./undo";

/** A node's name is short; the sentence stands in the condition. */
const NAME = 24;

export function Branch({ said, onDone }: { said: string; onDone: () => void }) {
  const t = useT();
  const store = useEditorStore();
  const bar = useBar()("editor");
  const doc = useEditorState((state) => state.doc);
  const flows = hearing(doc);
  const add = (flow: number) => {
    if (!addBranch(store, flow, said, said.slice(0, NAME))) return;
    say(t("editor.branch.added"), { label: t("ui.undo"), run: undoLater(store, t) });
    onDone();
  };
  return (
    <section className={styles["bar"]} aria-label={t("editor.branch.label")} data-branch>
      <GitBranchPlus size={16} aria-hidden />
      <p className={styles["words"]}>{t("editor.branch.ask", { said })}</p>
      {flows.map((flow, at) => (
        <Button key={flow.id} size="small" variant={at === 0 ? "primary" : "secondary"} reason={bar} onClick={() => add(flow.id)}>
          {t(flow.id === fallbackFlowId(doc) ? "editor.branch.inFallback" : "editor.branch.inEntry", { title: flow.title })}
        </Button>
      ))}
      {flows.length === 0 && <p>{t("editor.branch.nowhere")}</p>}
      <IconButton size="small" label={t("ui.close")} onClick={onDone}>
        <X size={15} aria-hidden />
      </IconButton>
    </section>
  );
}
