// A menu of acts that hangs on a button.

import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { ReactElement, ReactNode, RefObject } from "react";

import { cx } from "./cx";
import styles from "./Popup.module.css";

export function Menu({
  trigger,
  children,
  side = "bottom",
  align = "start",
}: {
  trigger: ReactElement;
  children: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  align?: "start" | "center" | "end";
}) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={6} collisionPadding={8} className={styles["positioner"]}>
          <Base.Popup className={styles["popup"]}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** A menu at a place in the window: what the right button opens. */
export function MenuAt({ at: { x, y }, label, finalFocus, onClose, children }: { at: { x: number; y: number }; label: string; finalFocus: RefObject<HTMLElement | null>; onClose: () => void; children: ReactNode }) {
  const anchor = { getBoundingClientRect: () => new DOMRect(x, y, 0, 0) };
  return (
    <Base.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Positioner anchor={anchor} side="bottom" align="start" collisionPadding={8} className={styles["positioner"]}>
          <Base.Popup className={styles["popup"]} aria-label={label} finalFocus={finalFocus}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export function MenuItem({
  icon,
  children,
  note,
  hint,
  danger,
  disabled,
  checked,
  onClick,
}: {
  icon?: ReactNode;
  children: ReactNode;
  /** A second line, or the reason why it cannot be chosen. */
  note?: ReactNode;
  /** What does the same without the menu: its key. */
  hint?: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  checked?: boolean;
  onClick?: () => void;
}) {
  return (
    <Base.Item className={cx(styles["item"], danger && !disabled && styles["danger"])} disabled={disabled ?? false} onClick={onClick}>
      {icon}
      <span className={styles["itemText"]}>
        {children}
        {note !== undefined && <span className={styles["itemNote"]}>{note}</span>}
      </span>
      {hint !== undefined && <kbd className={styles["itemHint"]}>{hint}</kbd>}
      {checked && <Check size={16} className={styles["check"]} aria-hidden />}
    </Base.Item>
  );
}

export function MenuSeparator() {
  return <Base.Separator className={styles["separator"]} />;
}

/** Items under a heading. */
export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Base.Group>
      <Base.GroupLabel className={styles["groupLabel"]}>{label}</Base.GroupLabel>
      {children}
    </Base.Group>
  );
}
