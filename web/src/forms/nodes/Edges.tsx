// The ways out of a node, in the order in which they are tried, each with its condition as a sentence; pressed, it can be
// changed. Everything that is done on the canvas with the mouse is done here by keys.

import { ArrowRight, ChevronDown, Plus } from "lucide-react";
import { useState } from "react";

import { connect, edge as made, moveEdge, removeEdges, setEdge } from "../../flow/commands";
import { edgesOf, nodeOf } from "../../flow/document";
import { drop, put, wholeOf } from "../../flow/json";
import { type EdgeDoc, type FlowDoc, type NodeDoc, typeOf, type WhereDoc } from "../../flow/types";
import { useT } from "../../i18n/i18n";
import { Button, cx } from "../../ui";
import { readWhere, weightOf } from "../condition/model";
import { useSentence } from "../condition/sentence";
import { WhereEditor } from "../condition/WhereEditor";
import { NumberInput } from "../fields/NumberField";
import { NodePicker, useNodeName } from "../fields/Pickers";
import { NodeFormProvider, useNodeForm } from "../form";
import { flushFields } from "../live";
import { pressable } from "../paths";
import fields from "../fields/Fields.module.css";
import styles from "./Nodes.module.css";

/** The order in which the engine tries them (edge.rs): priority, number of tests, a condition before none, the file. */
export function inOrder(edges: readonly EdgeDoc[]): number[] {
  const weights = edges.map((edge) => ({ priority: wholeOf(edge.priority) ?? 0, weight: weightOf(readWhere(edge.where)) }));
  return edges
    .map((_, at) => at)
    .sort((a, b) => (weights[b]?.priority ?? 0) - (weights[a]?.priority ?? 0) || (weights[b]?.weight ?? 0) - (weights[a]?.weight ?? 0) || a - b);
}

/** Types along whose edges nothing goes. */
const ENDS = new Set(["flow"]);

export function Edges() {
  const t = useT();
  const { flow, node, run, readonly } = useNodeForm();
  const nameOf = useNodeName();
  const sentence = useSentence();
  const [open, setOpen] = useState<number>();
  const edges = edgesOf(node);
  if (ENDS.has(typeOf(node)) && edges.length === 0) return null;
  const others = flow.nodes.filter((one) => one.id !== node.id && typeOf(one) !== "entry");
  return (
    <section className={fields["section"]} aria-label={t("forms.edges.title")}>
      <h3 className={fields["sectionTitle"]}>{t("forms.edges.title")}</h3>
      {edges.length === 0 && <p className={fields["hint"]}>{t("forms.edges.none")}</p>}
      <ul className={styles["edges"]}>
        {inOrder(edges).map((index) => {
          const edge = edges[index];
          if (!edge) return null;
          const to = nodeOf(flow, wholeOf(edge.nodeId));
          const shown = open === index;
          return (
            <li key={index} className={styles["edge"]}>
              <button type="button" className={styles["edgeHead"]} aria-expanded={shown} onClick={() => setOpen(shown ? undefined : index)}>
                <ArrowRight size={14} aria-hidden />
                <span className={styles["edgeWords"]}>
                  <span className={styles["edgeWhere"]}>{sentence(edge.where, edges.length === 1)}</span>
                  <span className={styles["edgeTo"]}>{to ? nameOf(to) : t("forms.picker.goneNode", { id: String(edge.nodeId) })}</span>
                </span>
                <ChevronDown size={14} aria-hidden className={cx(styles["chevron"], shown && styles["opened"])} />
              </button>
              {shown && (
                <div className={styles["edgeBody"]}>
                  <EdgeFields index={index} onRemoved={() => setOpen(undefined)} />
                </div>
              )}
            </li>
          );
        })}
      </ul>
      {!readonly && others.length > 0 && (
        <div className={fields["adds"]}>
          <Button
            size="small"
            icon={<Plus size={14} aria-hidden />}
            onClick={() => {
              flushFields();
              const target = others.find((one) => !edges.some((edge) => edge.nodeId === one.id)) ?? others[0];
              if (!target) return;
              run(connect(flow.id, node.id, made(target.id)));
              setOpen(edges.length);
            }}
          >
            {t("forms.edges.add")}
          </Button>
        </div>
      )}
    </section>
  );
}

/** The form of one edge, by itself: where the canvas opens it. */
export function EdgeForm({ flow, node, edgeIndex }: { flow: FlowDoc; node: NodeDoc; edgeIndex: number }) {
  return (
    <NodeFormProvider flow={flow} node={node}>
      <EdgeFields key={`${flow.id}/${node.id}/${edgeIndex}`} index={edgeIndex} />
    </NodeFormProvider>
  );
}

/** Node types that can fail, and so have an edge for it. */
const FAILS = new Set(["fetch", "sandbox", "gsheet", "email", "nlp", "chitchat", "llm", "push"]);

/** Conditions that fit a node: what can be pressed there, success and failure. */
function useSuggestions(node: NodeDoc): { label: string; where: WhereDoc }[] {
  const t = useT();
  const type = typeOf(node);
  if (FAILS.has(type)) {
    return [
      { label: t("forms.edges.succeeded"), where: { [`${type}.error`]: { exists: false } } },
      { label: t("forms.edges.failed"), where: { [`${type}.error`]: { exists: true } } },
    ];
  }
  if (type !== "keyboard") return [];
  const labels = pressable(node).slice(0, 12);
  const payloads = pressable(node, true);
  const pressed = labels.map((label, at) => ({
    label: t("forms.edges.pressed", { label }),
    where: payloads[at] !== undefined && payloads[at] !== label ? { "keyboard.value": { equals: payloads[at] } } : { message: { equals: label } },
  }));
  return [...pressed, { label: t("forms.edges.invalid"), where: { "keyboard.error": { exists: true } } }];
}

function EdgeFields({ index, onRemoved }: { index: number; onRemoved?: () => void }) {
  const t = useT();
  const { flow, node, run, readonly } = useNodeForm();
  const suggestions = useSuggestions(node);
  const edge = edgesOf(node)[index];
  if (!edge) return <p className={fields["hint"]}>{t("forms.edges.gone")}</p>;
  const withWhere = (where: WhereDoc | undefined) => (where === undefined ? drop(edge, "where") : put(edge, "where", where));
  const plain = edge.where === undefined || edge.where === null || Object.keys(edge.where).length === 0;
  return (
    <div className={styles["edgeForm"]}>
      <NodePicker
        label={t("forms.edges.to")}
        flow={flow}
        value={edge.nodeId}
        onCommit={(id) => {
          flushFields();
          if (id !== undefined) run(moveEdge(flow.id, node.id, index, { to: id }));
        }}
      />
      <section className={fields["section"]} aria-label={t("forms.edges.where")}>
        <h3 className={fields["sectionTitle"]}>{t("forms.edges.where")}</h3>
        {plain && <p className={fields["hint"]}>{t("forms.edges.always")}</p>}
        {plain && !readonly && suggestions.length > 0 && (
          <div className={styles["suggestions"]}>
            {suggestions.map((one) => (
              <Button key={one.label} size="small" onClick={() => run(setEdge(flow.id, node.id, index, withWhere(one.where)))}>
                {one.label}
              </Button>
            ))}
          </div>
        )}
        <WhereEditor where={edge.where} node={node} onCommit={(where) => run(setEdge(flow.id, node.id, index, withWhere(where), "where"))} />
      </section>
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
      {!readonly && (
        <div className={styles["edgeFoot"]}>
          <Button
            size="small"
            variant="danger-quiet"
            onClick={() => {
              flushFields();
              run(removeEdges(flow.id, [{ from: node.id, index }]));
              onRemoved?.();
            }}
          >
            {t("forms.edges.remove")}
          </Button>
        </div>
      )}
    </div>
  );
}
