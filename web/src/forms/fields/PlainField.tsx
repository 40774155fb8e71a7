// A text that is no template: names of connections, labels of nodes.

import { type ReactNode, useEffect, useRef } from "react";

import { TextInput } from "../../ui";
import { useNodeForm } from "../form";
import { useLive } from "../live";

export function PlainField({
  label,
  value,
  onCommit,
  hint,
  error,
  placeholder,
  hideLabel,
  fresh = false,
}: {
  label: ReactNode;
  value: string;
  onCommit: (text: string) => void;
  hint?: ReactNode;
  error?: ReactNode;
  placeholder?: string;
  hideLabel?: boolean;
  /** It was just added: the cursor is put there. */
  fresh?: boolean;
}) {
  const { readonly } = useNodeForm();
  const live = useLive(value, onCommit);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (fresh) field.current?.focus();
  }, [fresh]);
  return (
    <TextInput
      label={label}
      hint={hint}
      error={error}
      hideLabel={hideLabel ?? false}
      placeholder={placeholder}
      readOnly={readonly}
      autoComplete="off"
      ref={field}
      {...live.wired}
    />
  );
}
