// The request as the messenger would send it, and the answer as it would get it: the very bytes, laid out.

import { useState } from "react";

import { useT } from "../i18n/i18n";
import { CopyButton, Segmented } from "../ui";
import type { Previewed } from "./api";
import styles from "./Inspector.module.css";

export function Raw({ answer }: { answer: Previewed }) {
  const t = useT();
  const [which, setWhich] = useState<"request" | "answer">("answer");
  const text = JSON.stringify(which === "request" ? answer.request : answer.answer, null, 2);
  const bytes = new TextEncoder().encode(JSON.stringify(which === "request" ? answer.request : answer.answer)).length;
  return (
    <div className={styles["raw"]}>
      <div className={styles["rawHead"]}>
        <Segmented
          label={t("preview.raw.which")}
          value={which}
          onChange={setWhich}
          options={[
            { value: "request", label: t("preview.raw.request") },
            { value: "answer", label: t("preview.raw.answer") },
          ]}
        />
        <span className={styles["bytes"]}>{t("preview.raw.bytes", { n: bytes })}</span>
        <CopyButton text={text}>{t("preview.raw.copy")}</CopyButton>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <pre className={styles["json"]} tabIndex={0} aria-label={t(which === "request" ? "preview.raw.request" : "preview.raw.answer")}>
        <Json text={text} />
      </pre>
    </div>
  );
}

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/g;

/** Keys, texts and figures in their own ink. */
function Json({ text }: { text: string }) {
  const out: React.ReactNode[] = [];
  let last = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > last) out.push(text.slice(last, match.index));
    const [whole, string, colon] = match;
    const kind = string ? (colon ? "key" : "text") : "number";
    out.push(
      <span key={match.index} className={styles[kind]}>
        {string ?? whole}
      </span>,
    );
    if (colon) out.push(colon);
    last = match.index + whole.length;
  }
  out.push(text.slice(last));
  return out;
}
