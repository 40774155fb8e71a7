// What few need: behind a line that opens it, open where it is used.

import { ChevronRight } from "lucide-react";
import { type ReactNode, useId, useState } from "react";

import { useT } from "../../i18n/i18n";
import { cx } from "../../ui";
import styles from "./Nodes.module.css";

export function More({ label, open: used, children }: { label?: string; open: boolean; children: ReactNode }) {
  const t = useT();
  const id = useId();
  const [open, setOpen] = useState(used);
  return (
    <div className={styles["moreBox"]}>
      <button type="button" className={styles["moreHead"]} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <ChevronRight size={14} aria-hidden className={cx(styles["chevron"], open && styles["opened"])} />
        {label ?? t("forms.more")}
      </button>
      {open && (
        <div id={id} className={styles["moreBody"]}>
          {children}
        </div>
      )}
    </div>
  );
}
