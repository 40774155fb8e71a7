// How a channel stands: one sentence above all, in the colour of what it says.

import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

import styles from "./Standing.module.css";

export type StandingTone = "good" | "bad" | "quiet";

export function Standing({
  label,
  name,
  tone,
  icon: Icon,
  title,
  children,
  beside,
}: {
  label: string;
  /** The standing by its own name, for whoever looks from outside. */
  name: string;
  tone: StandingTone;
  icon: LucideIcon;
  title: string;
  children: ReactNode;
  /** What can be done about it, or how fresh it is. */
  beside?: ReactNode;
}) {
  return (
    <section className={styles["standing"]} data-tone={tone} data-overall={name} aria-label={label}>
      <Icon size={22} aria-hidden className={styles["icon"]} />
      <div className={styles["words"]} role="status">
        <h2>{title}</h2>
        {children}
      </div>
      {beside}
    </section>
  );
}
