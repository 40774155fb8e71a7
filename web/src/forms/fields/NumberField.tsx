// A number, or nothing. It is written down when it reads; "1,000" is 1000.

import { type ReactNode, useState } from "react";

import { useT } from "../../i18n/i18n";
import { numberOf } from "../../flow/json";
import { TextInput } from "../../ui";
import { type At, useNodeForm } from "../form";
import { useLive } from "../live";
import { shownAs, typedNumber } from "../value";

interface Bounds {
  least?: number;
  most?: number;
  whole?: boolean;
}

/** What is wrong with a number, if anything. */
export function useNumberFault(): (text: string, bounds: Bounds) => string | undefined {
  const t = useT();
  return (text, { least, most, whole }) => {
    if (text.trim() === "" || text.includes("{{")) return undefined;
    const number = typedNumber(text);
    if (number === undefined) return t("forms.number.none");
    if (whole && !Number.isInteger(number)) return t("forms.number.whole");
    if (least !== undefined && number < least) return t("forms.number.least", { least });
    if (most !== undefined && number > most) return t("forms.number.most", { most });
    return undefined;
  };
}

export function NumberInput({
  label,
  value,
  onCommit,
  hint,
  placeholder,
  disabled,
  ...bounds
}: Bounds & {
  label: ReactNode;
  value: unknown;
  onCommit: (value: number | undefined) => void;
  hint?: ReactNode;
  placeholder?: string;
  disabled?: boolean;
}) {
  const faultOf = useNumberFault();
  const [error, setError] = useState<string>();
  /** "1." is on its way to 1.5: it stays while the document says the same number. */
  const [typed, setTyped] = useState<string>();
  const kept = typed !== undefined && typedNumber(typed) === numberOf(value);
  const live = useLive(kept ? typed : shownAs(value), (text) => {
    const fault = faultOf(text, bounds);
    setError(fault);
    setTyped(text);
    if (fault === undefined && !text.includes("{{")) onCommit(typedNumber(text));
  });
  return <TextInput label={label} hint={hint} error={error} inputMode="decimal" placeholder={placeholder} readOnly={disabled} autoComplete="off" {...live.wired} />;
}

export function NumberField({ at, value, ...rest }: Bounds & { at: At; value: unknown; label: ReactNode; hint?: ReactNode; placeholder?: string }) {
  const { put, readonly } = useNodeForm();
  return <NumberInput {...rest} value={value} disabled={readonly} onCommit={(number) => put(at, number)} />;
}
