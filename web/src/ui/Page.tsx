// The frame of a page: its title and acts on top, then what it is about; and the sections of a settings page.

import type { ReactNode } from "react";

import { cx } from "./cx";
import styles from "./Page.module.css";

export function Page({ children, width = "wide" }: { children: ReactNode; width?: "wide" | "narrow" }) {
  return <div className={cx(styles["page"], styles[width])}>{children}</div>;
}

export function PageHead({
  title,
  note,
  back,
  actions,
  children,
}: {
  title: ReactNode;
  /** Beside the title, in small type. */
  note?: ReactNode;
  /** The way up. */
  back?: ReactNode;
  actions?: ReactNode;
  /** Below, as a sentence. */
  children?: ReactNode;
}) {
  return (
    <header className={styles["head"]}>
      {back && <div className={styles["back"]}>{back}</div>}
      <div className={styles["headRow"]}>
        <div className={styles["titles"]}>
          <div className={styles["titleRow"]}>
            <h1 className={styles["title"]}>{title}</h1>
            {note && <div className={styles["note"]}>{note}</div>}
          </div>
          {children && <p className={styles["lead"]}>{children}</p>}
        </div>
        {actions && <div className={styles["actions"]}>{actions}</div>}
      </div>
    </header>
  );
}

/** A part of a settings page. Its words stand beside it where there is room. */
export function Section({
  id,
  title,
  description,
  children,
  danger,
  aside,
}: {
  id?: string;
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
  danger?: boolean;
  /** Beneath the words; goes along while one scrolls. */
  aside?: ReactNode;
}) {
  return (
    <section id={id} className={cx(styles["section"], danger && styles["danger"])}>
      <div className={styles["about"]}>
        <h2 className={styles["sectionTitle"]}>{title}</h2>
        {description && <p className={styles["description"]}>{description}</p>}
        {aside && <div className={styles["aside"]}>{aside}</div>}
      </div>
      <div className={styles["content"]}>{children}</div>
    </section>
  );
}

/** A line inside a section: words to the left, an act to the right. */
export function Line({ title, children, action }: { title: ReactNode; children?: ReactNode; action: ReactNode }) {
  return (
    <div className={styles["line"]}>
      <div className={styles["lineWords"]}>
        <div className={styles["lineTitle"]}>{title}</div>
        {children && <div className={styles["description"]}>{children}</div>}
      </div>
      <div className={styles["lineAction"]}>{action}</div>
    </div>
  );
}

/** The buttons under a form. */
export function FormFoot({ children }: { children: ReactNode }) {
  return <div className={styles["foot"]}>{children}</div>;
}
