// What is wrong with the draft, the worst first; each leads to its place.

import { CircleCheck, CircleX, Info, TriangleAlert } from "lucide-react";
import { useMemo } from "react";

import { useT } from "../i18n/i18n";
import { cx } from "../ui";
import styles from "./Problems.module.css";
import type { Complaint } from "./state";
import { useEditorState, useEditorStore } from "./store";

const ORDER = { error: 0, warning: 1, note: 2 };
const ICONS = { error: CircleX, warning: TriangleAlert, note: Info };

export const worstFirst = (complaints: readonly Complaint[]) => complaints.toSorted((a, b) => ORDER[a.severity] - ORDER[b.severity]);

export function ProblemsTitle() {
  const t = useT();
  const complaints = useEditorState((state) => state.complaints);
  const errors = complaints.filter((one) => one.severity === "error").length;
  const warnings = complaints.filter((one) => one.severity === "warning").length;
  return <>{errors + warnings > 0 ? t("editor.problems.title", { errors, warnings }) : t("editor.panes.problems")}</>;
}

export function Problems() {
  const t = useT();
  const complaints = useEditorState((state) => state.complaints);
  const sorted = useMemo(() => worstFirst(complaints), [complaints]);
  if (sorted.length === 0) {
    return (
      <p className={styles["none"]}>
        <CircleCheck size={16} aria-hidden /> {t("editor.problems.none")}
      </p>
    );
  }
  return <ProblemList complaints={sorted} />;
}

/** Each leads to its place. */
export function ProblemList({ complaints }: { complaints: readonly Complaint[] }) {
  const t = useT();
  const store = useEditorStore();
  const jump = ({ flow, node }: Complaint) => {
    if (flow !== null) store.jump(flow, node ?? undefined);
  };
  return (
    <ul className={styles["list"]}>
      {complaints.map((one, at) => {
        const Icon = ICONS[one.severity];
        return (
          <li key={at}>
            <button type="button" className={styles["item"]} onClick={() => jump(one)} disabled={one.flow === null}>
              <span className={cx(styles["icon"], styles[one.severity])} role="img" aria-label={t(`editor.problems.${one.severity}`)}>
                <Icon size={15} aria-hidden />
              </span>
              <span className={styles["words"]}>
                <span>{one.message}</span>
                <span className={styles["place"]}>{one.place}</span>
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
