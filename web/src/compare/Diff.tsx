// Differences as one reads them: what was, struck out, and what is, marked; never by colour alone.

import { useT } from "../i18n/i18n";
import { cx } from "../ui";
import styles from "./Diff.module.css";
import type { Change } from "./json";
import { lines, pieces } from "./text";

/** A value in one text. */
export function shown(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === undefined) return "";
  return JSON.stringify(value, null, 2);
}

export function Words({ before, after }: { before: string; after: string }) {
  return (
    <span className={styles["words"]}>
      {pieces(before, after).map(({ kind, text }, at) =>
        kind === "same" ? (
          <span key={at}>{text}</span>
        ) : kind === "added" ? (
          <ins key={at} className={styles["ins"]}>
            {text}
          </ins>
        ) : (
          <del key={at} className={styles["del"]}>
            {text}
          </del>
        ),
      )}
    </span>
  );
}

/** Changes of data, a line for each. */
export function Changes({ changes, name }: { changes: Change[]; name?: (path: string) => string }) {
  const t = useT();
  return (
    <dl className={styles["changes"]}>
      {changes.map((change, at) => (
        <div key={at} className={styles["change"]}>
          <dt className={styles["path"]}>
            {(name?.(change.path) ?? change.path) || t("compare.whole")}
            {change.kind !== "changed" && <span className={cx(styles["kind"], styles[change.kind])}>{t(`compare.${change.kind}`)}</span>}
          </dt>
          <dd className={styles["value"]}>
            <Words before={shown(change.before)} after={shown(change.after)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Two lists of lines, merged. */
export function Lines({ before, after }: { before: readonly string[]; after: readonly string[] }) {
  return (
    <div className={styles["lines"]}>
      {lines(before, after).map((line, at) => (
        <div key={at} className={cx(styles["lineOf"], styles[`line-${line.kind}`])}>
          <span className={styles["sign"]} aria-hidden>
            {line.kind === "added" ? "+" : line.kind === "removed" ? "−" : line.kind === "changed" ? "±" : ""}
          </span>
          <Words before={line.before ?? ""} after={line.after ?? ""} />
        </div>
      ))}
    </div>
  );
}
