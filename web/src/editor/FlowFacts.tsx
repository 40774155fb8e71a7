// What stands in the form's pane while nothing is chosen: the flow itself, who leads into it, and what is wrong in it.

import { CornerDownRight, Flag, LifeBuoy } from "lucide-react";
import { useState } from "react";

import { KindChip } from "../canvas/kinds";
import { renameFlow } from "../flow/commands";
import { entryFlowId, fallbackFlowId } from "../flow/document";
import { type BotDoc, type FlowDoc, type NodeDoc, typeOf } from "../flow/types";
import { useT } from "../i18n/i18n";
import { Badge, TextInput } from "../ui";
import styles from "./FlowFacts.module.css";
import { ProblemList, worstFirst } from "./Problems";
import { useEditorState, useEditorStore } from "./store";

/** More would be a list to work through; that is the problems' pane. */
const MOST = 6;

interface Lead {
  flow: FlowDoc;
  node: NodeDoc;
}

/** The nodes of other flows whose data names this one. */
function leadsInto(doc: BotDoc, id: number): Lead[] {
  const named = `"flowId":${id}`;
  const names = (node: NodeDoc) => {
    const text = JSON.stringify(node.data ?? null);
    const at = text.indexOf(named);
    // 12 is not 1.
    return at >= 0 && !/\d/.test(text[at + named.length] ?? "");
  };
  return doc.flows.filter((flow) => flow.id !== id).flatMap((flow) => flow.nodes.filter(names).map((node) => ({ flow, node })));
}

export function FlowFacts({ flow }: { flow: FlowDoc }) {
  const t = useT();
  const store = useEditorStore();
  const doc = useEditorState((state) => state.doc);
  const all = useEditorState((state) => state.complaints);
  const complaints = worstFirst(all.filter((one) => one.flow === flow.id && one.severity !== "note"));
  const leads = leadsInto(doc, flow.id);
  return (
    <div className={styles["facts"]}>
      <Name key={flow.id} flow={flow} />
      <p className={styles["tags"]}>
        <span>{t("editor.flow.nodes", { n: flow.nodes.length })}</span>
        {entryFlowId(doc) === flow.id && (
          <Badge>
            <Flag size={12} aria-hidden /> {t("editor.flows.entry")}
          </Badge>
        )}
        {fallbackFlowId(doc) === flow.id && (
          <Badge>
            <LifeBuoy size={12} aria-hidden /> {t("editor.flows.fallback")}
          </Badge>
        )}
      </p>
      {leads.length > 0 && (
        <section aria-label={t("editor.flow.from")}>
          <h3 className={styles["heading"]}>{t("editor.flow.from")}</h3>
          <ul className={styles["list"]}>
            {leads.slice(0, MOST).map((one) => (
              <li key={`${one.flow.id}/${one.node.id}`}>
                <button type="button" className={styles["lead"]} onClick={() => store.jump(one.flow.id, one.node.id)}>
                  <KindChip kind={typeOf(one.node)} size={18} />
                  <span className={styles["words"]}>
                    {one.node.label || t(`editor.kinds.${typeOf(one.node)}`)}
                    <span className={styles["place"]}>
                      <CornerDownRight size={12} aria-hidden /> {one.flow.title}
                    </span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
          {leads.length > MOST && <p className={styles["more"]}>{t("editor.flow.more", { n: leads.length - MOST })}</p>}
        </section>
      )}
      {complaints.length > 0 && (
        <section aria-label={t("editor.flow.problems", { n: complaints.length })}>
          <h3 className={styles["heading"]}>{t("editor.flow.problems", { n: complaints.length })}</h3>
          <div className={styles["list"]}>
            <ProblemList complaints={complaints.slice(0, MOST)} />
          </div>
          {complaints.length > MOST && <p className={styles["more"]}>{t("editor.flow.more", { n: complaints.length - MOST })}</p>}
        </section>
      )}
      <p className={styles["hint"]}>{t("editor.form.none")}</p>
    </div>
  );
}

function Name({ flow }: { flow: FlowDoc }) {
  const t = useT();
  const store = useEditorStore();
  const [name, setName] = useState<string>();
  const done = () => {
    const title = name?.trim();
    if (title && title !== flow.title) store.run(renameFlow(flow.id, title));
    setName(undefined);
  };
  return (
    <TextInput
      label={t("editor.flow.name")}
      value={name ?? flow.title}
      maxLength={100}
      readOnly={store.readonly}
      onChange={(event) => setName(event.target.value)}
      onBlur={done}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !event.nativeEvent.isComposing) done();
        if (event.key === "Escape") setName(undefined);
      }}
    />
  );
}
