// Yes or no: a switch acts at once, a checkbox is part of a form; and one of two or three, side by side.

import { Checkbox as BaseCheckbox } from "@base-ui/react/checkbox";
import { Switch as BaseSwitch } from "@base-ui/react/switch";
import { Check } from "lucide-react";
import { type ReactNode, useId } from "react";

import { cx } from "./cx";
import styles from "./Toggle.module.css";
import { Tooltip } from "./Tooltip";

interface Props {
  label: ReactNode;
  hint?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  reason?: string | undefined;
}

export function Switch({ label, hint, checked, onChange, disabled, reason }: Props) {
  const id = useId();
  const control = (
    <BaseSwitch.Root
      checked={checked}
      onCheckedChange={onChange}
      disabled={disabled ?? false}
      // With a reason it stays reachable by keyboard, so that the reason can be read.
      readOnly={reason !== undefined}
      aria-labelledby={`${id}-label`}
      aria-describedby={hint ? `${id}-hint` : undefined}
      className={styles["switch"]}
    >
      <BaseSwitch.Thumb className={styles["thumb"]} />
    </BaseSwitch.Root>
  );
  return (
    <div className={styles["row"]}>
      <div className={styles["words"]}>
        <div id={`${id}-label`} className={styles["label"]}>
          {label}
        </div>
        {hint && (
          <p id={`${id}-hint`} className={styles["hint"]}>
            {hint}
          </p>
        )}
      </div>
      {reason ? <Tooltip text={reason}>{control}</Tooltip> : control}
    </div>
  );
}

export function Checkbox({ label, hint, checked, onChange, disabled }: Omit<Props, "reason">) {
  const id = useId();
  return (
    <div className={styles["checkRow"]}>
      <BaseCheckbox.Root
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled ?? false}
        aria-labelledby={`${id}-label`}
        className={styles["checkbox"]}
      >
        <BaseCheckbox.Indicator>
          <Check size={14} strokeWidth={3} aria-hidden />
        </BaseCheckbox.Indicator>
      </BaseCheckbox.Root>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- the box itself has the keys */}
      <div className={styles["words"]} onClick={() => !disabled && onChange(!checked)}>
        <span id={`${id}-label`}>{label}</span>
        {hint && <p className={styles["hint"]}>{hint}</p>}
      </div>
    </div>
  );
}

/** One of two or three, all in sight. */
export function Segmented<V extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: { value: V; label: ReactNode }[];
  value: V;
  onChange: (value: V) => void;
}) {
  const name = useId();
  return (
    <fieldset className={styles["segmented"]}>
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={cx(styles["segment"], option.value === value && styles["chosen"])}>
          <input
            type="radio"
            className="sr-only"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
