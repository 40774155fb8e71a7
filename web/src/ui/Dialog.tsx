// A dialog, for what cannot be undone and for short forms that belong to the page beneath.

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { type FormEvent, type ReactNode, useRef } from "react";

import { useT } from "../i18n/i18n";
import { Button, IconButton, type Variant } from "./Button";
import { cx } from "./cx";
import styles from "./Dialog.module.css";

export function Dialog({
  open,
  onClose,
  title,
  description,
  children,
  footer,
  onSubmit,
  width = "medium",
}: {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  footer?: ReactNode;
  /** Makes it a form, which Enter sends. */
  onSubmit?: () => void;
  width?: "small" | "medium" | "large";
}) {
  const t = useT();
  const popup = useRef<HTMLDivElement>(null);
  const buttons = useRef<HTMLDivElement>(null);
  // The field that one came for, or else the first button at the foot, which undoes nothing; not the cross in the corner.
  const first = () =>
    popup.current?.querySelector<HTMLElement>("input:not([type=hidden]):not([readonly]), textarea") ?? buttons.current?.querySelector<HTMLElement>("button:enabled") ?? true;
  const inner = (
    <>
      <div className={styles["head"]}>
        <Base.Title className={styles["title"]}>{title}</Base.Title>
        <Base.Close render={<IconButton label={t("ui.close")} size="small" bare><X size={16} aria-hidden /></IconButton>} />
      </div>
      <div className={styles["body"]}>
        {description && <Base.Description className={styles["description"]}>{description}</Base.Description>}
        {children}
      </div>
      {footer && <div ref={buttons} className={styles["foot"]}>{footer}</div>}
    </>
  );
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles["backdrop"]} />
        <Base.Viewport className={styles["viewport"]}>
          <Base.Popup data-dialog ref={popup} initialFocus={first} className={cx(styles["popup"], styles[width])}>
            {onSubmit ? (
              <form
                noValidate
                className={styles["form"]}
                onSubmit={(event: FormEvent) => {
                  event.preventDefault();
                  // A dialog stands in a portal, but React's events still climb to the form that opened it.
                  event.stopPropagation();
                  onSubmit();
                }}
              >
                {inner}
              </form>
            ) : (
              inner
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

/** The foot of a form that stands in a dialog and is not the dialog's own. */
export function DialogFoot({ children }: { children: ReactNode }) {
  return <div className={cx(styles["foot"], styles["within"])}>{children}</div>;
}

/** The two buttons at the foot of a dialog. */
export function DialogButtons({
  act,
  onCancel,
  onAct,
  busy,
  disabled,
  variant = "primary",
}: {
  act: ReactNode;
  onCancel: () => void;
  /** Absent in a form: the button sends it. */
  onAct?: () => void;
  busy?: boolean;
  disabled?: boolean;
  variant?: Variant;
}) {
  const t = useT();
  return (
    <>
      <Button onClick={onCancel}>{t("ui.cancel")}</Button>
      <Button variant={variant} type={onAct ? "button" : "submit"} busy={busy} disabled={disabled} {...(onAct ? { onClick: onAct } : {})}>
        {act}
      </Button>
    </>
  );
}
