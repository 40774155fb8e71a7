// A template field that belongs to a place in the node's data.

import { useNodeForm, type At } from "../form";
import { isSimple, shownAs, typedLike } from "../value";
import { TemplateText, type TemplateTextProps } from "./TemplateText";
import { JsonField } from "./JsonField";

export type TemplateFieldProps = Omit<TemplateTextProps, "value" | "onCommit"> & {
  at: At;
  value: unknown;
  /** Emptied, it is taken out of the file. */
  optional?: boolean;
  /** Numbers are written as numbers. */
  numeric?: boolean;
};

export function TemplateField({ at, value, optional, numeric, error, ...rest }: TemplateFieldProps) {
  const { put, complaintsAt } = useNodeForm();
  // What is no text at all is shown as what it is.
  if (!isSimple(value)) return <JsonField label={rest.label} value={value} onCommit={(next) => put(at, next)} />;
  const wrong = complaintsAt(at).find((one) => one.severity !== "note" && !one.code.startsWith("limit-") && !one.code.includes("template"));
  return (
    <TemplateText
      {...rest}
      value={shownAs(value)}
      error={error ?? wrong?.message}
      onCommit={(text) => put(at, text === "" && optional ? undefined : typedLike(numeric ? 0 : value, text))}
    />
  );
}
