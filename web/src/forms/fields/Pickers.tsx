// Flows and nodes of this bot to choose from. What the file names and the bot does not have is shown as such, and kept.

import { flowOf } from "../../flow/document";
import { wholeOf } from "../../flow/json";
import { type FlowDoc, type NodeDoc, typeOf } from "../../flow/types";
import { useT } from "../../i18n/i18n";
import { Field, type Option, Select } from "../../ui";
import { useNodeForm } from "../form";
import { shownAs } from "../value";

const NONE = "";

export function useNodeName(): (node: NodeDoc) => string {
  const t = useT();
  return (node) => node.label?.trim() || `${t(`editor.kinds.${typeOf(node)}`)} ${node.id}`;
}

/** The id that a value names, whatever its type; undefined for templates. */
export function idOf(value: unknown): number | undefined {
  const whole = wholeOf(value);
  if (whole !== undefined) return whole;
  return typeof value === "string" && /^\s*-?\d+\s*$/.test(value) ? Number(value) : undefined;
}

export function FlowPicker({ label, value, onCommit, hideLabel, error }: { label: string; value: unknown; onCommit: (id: number) => void; hideLabel?: boolean; error?: string | undefined }) {
  const t = useT();
  const { doc, readonly } = useNodeForm();
  const id = idOf(value);
  const known = id !== undefined && flowOf(doc, id) !== undefined;
  const options: Option<string>[] = doc.flows.map((flow) => ({ value: String(flow.id), label: flow.title || t("forms.picker.flow", { id: String(flow.id) }) }));
  if (id === undefined) options.unshift({ value: NONE, label: shownAs(value) || t("forms.picker.chooseFlow") });
  else if (!known) options.unshift({ value: String(id), label: t("forms.picker.goneFlow", { id: String(id) }) });
  return (
    <Field label={label} hideLabel={hideLabel ?? false} error={error ?? (id !== undefined && !known ? t("forms.picker.goneFlowWhy") : undefined)}>
      {(wired) => (
        <Select id={wired.id} label={label} options={options} value={id === undefined ? NONE : String(id)} disabled={readonly} onChange={(next) => next !== NONE && onCommit(Number(next))} />
      )}
    </Field>
  );
}

export function NodePicker({
  label,
  flow,
  value,
  onCommit,
  hideLabel,
  none,
}: {
  label: string;
  flow: FlowDoc | undefined;
  value: unknown;
  onCommit: (id: number | undefined) => void;
  hideLabel?: boolean;
  /** What no node means; absent where there must be one. */
  none?: string;
}) {
  const t = useT();
  const { readonly } = useNodeForm();
  const nameOf = useNodeName();
  const id = idOf(value);
  const nodes = flow?.nodes.filter((node) => none === undefined || typeOf(node) !== "entry") ?? [];
  const known = nodes.some((node) => node.id === id);
  const options: Option<string>[] = nodes.map((node) => ({ value: String(node.id), label: nameOf(node), note: t(`editor.kinds.${typeOf(node)}`) }));
  if (none !== undefined) options.unshift({ value: NONE, label: none });
  if (id !== undefined && !known) options.unshift({ value: String(id), label: t("forms.picker.goneNode", { id: String(id) }) });
  return (
    <Field label={label} hideLabel={hideLabel ?? false}>
      {(wired) => (
        <Select
          id={wired.id}
          label={label}
          options={options}
          value={id === undefined ? NONE : String(id)}
          disabled={readonly}
          onChange={(next) => onCommit(next === NONE ? undefined : Number(next))}
        />
      )}
    </Field>
  );
}
