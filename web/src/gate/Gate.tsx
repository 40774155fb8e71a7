// The frame of the pages before one is in: the form to the left, and what this program is about to the right, as the
// customer will see it. On a phone the form stands alone.

import type { ReactNode } from "react";

import { useLanguage, useT } from "../i18n/i18n";
import { setLook } from "../shell/look";
import { Banner } from "../ui";
import styles from "./Gate.module.css";
import { Talk } from "./Talk";

export function Wordmark() {
  return (
    <span className={styles["wordmark"]}>
      <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden>
        <rect width="32" height="32" rx="8" fill="var(--accent)" />
        <path d="M21.4 12.2a6.6 6.6 0 1 0 0 7.6" fill="none" stroke="#fff" strokeWidth="3.6" strokeLinecap="round" />
        <circle cx="22.6" cy="16" r="2.1" fill="#fff" />
      </svg>
      closer
    </span>
  );
}

export function Gate({
  title,
  lead,
  general,
  children,
  foot,
}: {
  title: ReactNode;
  lead?: ReactNode;
  general?: { title: string; detail: string } | undefined;
  children: ReactNode;
  foot?: ReactNode;
}) {
  const t = useT();
  const language = useLanguage();
  const other = language === "ko" ? "en" : "ko";
  return (
    <div className={styles["gate"]}>
      <div className={styles["side"]}>
        <header className={styles["top"]}>
          <Wordmark />
          <button type="button" lang={other} className={styles["language"]} onClick={() => setLook({ language: other })}>
            {t("gate.otherLanguage")}
          </button>
        </header>
        <main className={styles["main"]}>
          <h1 className={styles["title"]}>{title}</h1>
          {lead && <p className={styles["lead"]}>{lead}</p>}
          {general && (
            <div className={styles["general"]}>
              <Banner tone="danger" title={general.title}>
                {general.detail}
              </Banner>
            </div>
          )}
          {children}
          {foot && <div className={styles["foot"]}>{foot}</div>}
        </main>
      </div>
      <Talk />
    </div>
  );
}

/** The form of a gate: Enter sends it. */
export function GateForm({ onSubmit, children }: { onSubmit: () => void; children: ReactNode }) {
  return (
    <form
      noValidate
      className={styles["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
