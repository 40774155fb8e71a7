// Short news at the lower edge: what was done, and the way back. Errors stay until they are closed.

import { Toast as Base } from "@base-ui/react/toast";
import { CircleAlert, X } from "lucide-react";
import type { ReactNode } from "react";

import { useT } from "../i18n/i18n";
import { cx } from "./cx";
import styles from "./Toast.module.css";

const manager = Base.createToastManager();
const SHOWN_MS = 6000;

/** Says that something was done; `undo` puts a button beside it. */
export function say(title: string, act?: { label: string; run: () => void }): void {
  const id: string = manager.add({
    title,
    timeout: SHOWN_MS,
    ...(act && {
      actionProps: {
        children: act.label,
        onClick: () => {
          manager.close(id);
          act.run();
        },
      },
    }),
  });
}

/** Says that something failed, why, and how to try again. */
export function complain(title: string, description?: string, act?: { label: string; run: () => void }): void {
  const id: string = manager.add({
    type: "error",
    title,
    ...(description && { description }),
    timeout: 0,
    priority: "high",
    ...(act && {
      actionProps: {
        children: act.label,
        onClick: () => {
          manager.close(id);
          act.run();
        },
      },
    }),
  });
}

export function Toasts({ children }: { children: ReactNode }) {
  const t = useT();
  return (
    <Base.Provider toastManager={manager} limit={3}>
      {children}
      <Base.Portal>
        <Base.Viewport className={styles["viewport"]} aria-label={t("ui.notices")}>
          <List />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function List() {
  const t = useT();
  const { toasts } = Base.useToastManager();
  return toasts.map((toast) => (
    <Base.Root key={toast.id} toast={toast} swipeDirection={["down", "right"]} className={styles["toast"]}>
      <Base.Content className={styles["content"]}>
        {toast.type === "error" && <CircleAlert size={16} className={styles["mark"]} aria-hidden />}
        <div className={styles["words"]}>
          <Base.Title className={styles["title"]} render={<p />} />
          <Base.Description className={styles["description"]} />
        </div>
        <Base.Action className={styles["action"]} />
        <Base.Close className={cx(styles["close"])} aria-label={t("ui.close")}>
          <X size={14} aria-hidden />
        </Base.Close>
      </Base.Content>
    </Base.Root>
  ));
}
