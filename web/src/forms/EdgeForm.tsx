// The form of one edge: where it leads, when, and before which others. Taking it away is the pane's own act.

import { moveEdge, setEdge } from "../flow/commands";
import { edgesOf } from "../flow/document";
import { drop, put } from "../flow/json";
import { answers, buttonsOf, outcomesOf, outcomeWhere, whereOf } from "../flow/leads";
import { type FlowDoc, type NodeDoc, typeOf, type WhereDoc } from "../flow/types";
import { useT } from "../i18n/i18n";
import { Button } from "../ui";
import { WhereEditor } from "./condition/WhereEditor";
import { NumberInput } from "./fields/NumberField";
import { NodePicker } from "./fields/Pickers";
import { NodeFormProvider, useNodeForm } from "./form";
import { flushFields } from "./live";
import fields from "./fields/Fields.module.css";
import styles from "./nodes/Nodes.module.css";

export function EdgeForm({ flow, node, edgeIndex }: { flow: FlowDoc; node: NodeDoc; edgeIndex: number }) {
  return (
    <NodeFormProvider flow={flow} node={node}>
      <Fields key={`${flow.id}/${node.id}/${edgeIndex}`} index={edgeIndex} />
    </NodeFormProvider>
  );
}

/** As many buttons as one reads at a glance. */
const MOST_SUGGESTED = 12;

/** Conditions that fit a node: success and failure, what can be pressed there, input that does not fit. */
function useSuggestions(node: NodeDoc): { label: string; where: WhereDoc }[] {
  const t = useT();
  const outcomes = outcomesOf(node).map((outcome) => ({ label: t(`forms.edges.${outcome}`), where: outcomeWhere(node, outcome) }));
  const pressed = buttonsOf(node)
    .filter(({ button }) => answers(button) && button.label !== undefined && button.label !== "" && !button.label.includes("{{"))
    .slice(0, MOST_SUGGESTED)
    .map(({ button }) => ({ label: t("forms.edges.pressed", { label: button.label ?? "" }), where: whereOf(button) }));
  const invalid = typeOf(node) === "keyboard" ? [{ label: t("forms.edges.invalid"), where: { "keyboard.error": { exists: true } } }] : [];
  return [...outcomes, ...pressed, ...invalid];
}

function Fields({ index }: { index: number }) {
  const t = useT();
  const { flow, node, run, readonly } = useNodeForm();
  const suggestions = useSuggestions(node);
  const edge = edgesOf(node)[index];
  if (!edge) return <p className={fields["hint"]}>{t("forms.edges.gone")}</p>;
  const withWhere = (where: WhereDoc | undefined) => (where === undefined ? drop(edge, "where") : put(edge, "where", where));
  const plain = edge.where === undefined || edge.where === null || Object.keys(edge.where).length === 0;
  return (
    <div className={styles["form"]} data-edge-form={index}>
      <div role="group" className={fields["section"]} aria-label={t("forms.edges.where")}>
        <h3 className={fields["sectionTitle"]}>{t("forms.edges.where")}</h3>
        {plain && <p className={fields["hint"]}>{t("forms.edges.always")}</p>}
        {plain && !readonly && suggestions.length > 0 && (
          <div className={styles["suggestions"]}>
            {suggestions.map((one, at) => (
              <Button key={at} size="small" onClick={() => run(setEdge(flow.id, node.id, index, withWhere(one.where)))}>
                {one.label}
              </Button>
            ))}
          </div>
        )}
        <WhereEditor where={edge.where} node={node} onCommit={(where) => run(setEdge(flow.id, node.id, index, withWhere(where), "where"))} />
      </div>
      <div data-late className={fields["stack"]}>
        <NumberInput
          label={t("forms.edges.priority")}
          hint={t("forms.edges.priorityHint")}
          value={edge.priority}
          placeholder="0"
          least={0}
          whole
          disabled={readonly}
          onCommit={(priority) => run(setEdge(flow.id, node.id, index, priority === undefined ? drop(edge, "priority") : put(edge, "priority", priority), "priority"))}
        />
        <NodePicker
          label={t("forms.edges.to")}
          flow={flow}
          value={edge.nodeId}
          onCommit={(id) => {
            flushFields();
            if (id !== undefined) run(moveEdge(flow.id, node.id, index, { to: id }));
          }}
        />
      </div>
    </div>
  );
}
