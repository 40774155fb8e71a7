// Buttons. One `primary` on a screen: the act that one came for.

import { Loader } from "lucide-react";
import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";

import styles from "./Button.module.css";
import { cx } from "./cx";
import { Tooltip } from "./Tooltip";

export type Variant = "primary" | "secondary" | "quiet" | "danger" | "danger-quiet";

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: Variant;
  size?: "medium" | "small" | "large";
  icon?: ReactNode;
  /** Under way: it cannot be pressed again, and says so to a screen reader. */
  busy?: boolean | undefined;
  /** Why it cannot be pressed. Then it stays reachable by keyboard, so that the reason can be read. */
  reason?: string | undefined;
  wide?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** The classes of a button, for links that look like one. */
export function buttonClass(variant: Variant = "secondary", size: "medium" | "small" | "large" = "medium"): string {
  return cx(styles["button"], styles[variant], styles[size]);
}

export function Button({
  variant = "secondary",
  size = "medium",
  icon,
  busy = false,
  reason,
  wide,
  children,
  className,
  disabled,
  onClick,
  type = "button",
  ...rest
}: ButtonProps) {
  const barred = reason !== undefined;
  const button = (
    <button
      {...rest}
      type={type}
      className={cx(buttonClass(variant, size), wide && styles["wide"], className)}
      disabled={disabled && !barred}
      aria-disabled={barred || busy || undefined}
      aria-busy={busy || undefined}
      onClick={barred || busy ? (event) => event.preventDefault() : onClick}
    >
      {busy ? <Loader className={styles["spin"]} size={16} aria-hidden /> : icon}
      {children !== undefined && <span className={styles["label"]}>{children}</span>}
    </button>
  );
  return barred ? <Tooltip text={reason}>{button}</Tooltip> : button;
}

export interface IconButtonProps extends Omit<ButtonProps, "children" | "icon"> {
  /** What it does: read aloud, and shown on hover. */
  label: string;
  children: ReactNode;
  /** No tooltip, where the label stands beside it. */
  bare?: boolean;
}

export function IconButton({ label, children, variant = "quiet", size = "medium", bare, className, reason, ...rest }: IconButtonProps) {
  const barred = reason !== undefined;
  const button = (
    <button
      type="button"
      {...rest}
      aria-label={label}
      aria-disabled={barred || undefined}
      onClick={barred ? undefined : rest.onClick}
      className={cx(buttonClass(variant, size), styles["icon"], className)}
    >
      {children}
    </button>
  );
  return bare ? button : <Tooltip text={reason ?? label}>{button}</Tooltip>;
}
