// One of a few. Where there are two or three and room for them, use radio buttons or `Segmented` instead.

import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";

import { cx } from "./cx";
import styles from "./Popup.module.css";

export interface Option<V extends string> {
  value: V;
  label: string;
  note?: string;
  disabled?: boolean;
}

export function Select<V extends string>({
  options,
  value,
  onChange,
  label,
  size = "medium",
  plain,
  disabled,
  id,
}: {
  options: Option<V>[];
  value: V;
  onChange: (value: V) => void;
  /** For screen readers, where no `Field` names it. */
  label?: string;
  size?: "medium" | "small";
  /** Without a border until hovered, in tables. */
  plain?: boolean;
  disabled?: boolean;
  id?: string;
}) {
  return (
    <Base.Root
      items={options}
      value={value}
      onValueChange={(next) => next !== null && onChange(next as V)}
      disabled={disabled ?? false}
      modal={false}
    >
      <Base.Trigger {...(id ? { id } : {})} aria-label={label} className={cx(styles["select"], styles[size], plain && styles["plain"])}>
        <Base.Value />
        <Base.Icon>
          <ChevronsUpDown size={14} aria-hidden />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} collisionPadding={8} alignItemWithTrigger={false} className={styles["positioner"]}>
          <Base.Popup className={styles["popup"]}>
            {options.map((option) => (
              <Base.Item key={option.value} value={option.value} disabled={option.disabled ?? false} className={styles["item"]}>
                <span className={styles["itemText"]}>
                  <Base.ItemText>{option.label}</Base.ItemText>
                  {option.note && <span className={styles["itemNote"]}>{option.note}</span>}
                </span>
                <Base.ItemIndicator>
                  <Check size={16} className={styles["check"]} aria-hidden />
                </Base.ItemIndicator>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
