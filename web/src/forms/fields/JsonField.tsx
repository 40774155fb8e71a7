// Data as JSON, for what has no field of its own. It is told to the document whenever it reads; what is half written stays
// here, with the reason beneath it.

import { type ReactNode, useState } from "react";

import { read, same, write } from "../../flow/json";
import { useT } from "../../i18n/i18n";
import { Field } from "../../ui";
import { useNodeForm } from "../form";
import { useLive } from "../live";
import styles from "./Fields.module.css";

/** Where JSON is broken, as line and column from 1; undefined where it reads. */
export function jsonFault(text: string): { line: number; column: number } | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const told = /position (\d+)/.exec(String(error))?.[1];
    const at = told === undefined ? text.length : Number(told);
    const before = text.slice(0, at);
    return { line: before.split("\n").length, column: at - before.lastIndexOf("\n") };
  }
}

export function JsonField({
  label,
  value,
  onCommit,
  hint,
  check,
  hideLabel,
}: {
  label: ReactNode;
  value: unknown;
  /** `undefined` where the field is empty. */
  onCommit: (value: unknown) => void;
  hint?: ReactNode;
  /** Why a value that reads cannot stand here. */
  check?: (value: unknown) => string | undefined;
  hideLabel?: boolean;
}) {
  const t = useT();
  const { readonly } = useNodeForm();
  const [error, setError] = useState<string>();
  /** What was typed last and what it says: the document's own layout does not push it aside. */
  const [typed, setTyped] = useState<{ text: string; value: unknown }>();
  const shown = typed && same(typed.value, value) ? typed.text : value === undefined ? "" : write(value);
  const live = useLive(shown, (text) => {
    if (text.trim() === "") {
      setError(undefined);
      onCommit(undefined);
      return;
    }
    const fault = jsonFault(text);
    if (fault) {
      setError(t("forms.json.broken", fault));
      return;
    }
    const next = read(text);
    const why = check?.(next);
    setError(why);
    setTyped({ text, value: next });
    if (why === undefined && !same(next, value)) onCommit(next);
  });
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel ?? false}>
      {(wired) => (
        <textarea
          {...wired}
          {...live.wired}
          readOnly={readonly}
          spellCheck={false}
          rows={Math.min(14, Math.max(3, live.text.split("\n").length))}
          className={styles["json"]}
        />
      )}
    </Field>
  );
}
