// A comparison in a few lines: which flows, and how many nodes of each.

import { useT } from "../i18n/i18n";
import type { Difference, FlowDifference } from "./compare";
import styles from "./Summary.module.css";

const SHOWN = 6;

export function Summary({ found }: { found: Difference }) {
  const t = useT();
  const flows = found.flows.filter((flow) => flow.how !== "moved");
  const rest = flows.length - SHOWN;
  return (
    <ul className={styles["summary"]}>
      {flows.slice(0, SHOWN).map((flow) => (
        <li key={flow.id}>
          <span className={styles["title"]}>{flow.title}</span>
          <Counts flow={flow} />
        </li>
      ))}
      {rest > 0 && <li className={styles["rest"]}>{t("versions.moreFlows", { n: rest })}</li>}
      {found.preference.length > 0 && (
        <li>
          <span className={styles["title"]}>{t("versions.preference")}</span>
          <span className={styles["counts"]}>
            <span className={styles["changed"]}>±{found.preference.length}</span>
          </span>
        </li>
      )}
    </ul>
  );
}

/** "+1 ±2 −1", said in words to a screen reader. */
export function Counts({ flow }: { flow: FlowDifference }) {
  const t = useT();
  if (flow.how === "added" || flow.how === "removed") return <span className={styles[flow.how]}>{t(flow.how === "added" ? "versions.newFlow" : "versions.goneFlow")}</span>;
  const of = (how: string) => flow.nodes.filter((node) => node.how === how).length;
  const [added, changed, removed] = [of("added"), of("changed") + (flow.fields.length > 0 ? 1 : 0), of("removed")];
  return (
    <span className={styles["counts"]}>
      <span className="sr-only">{t("versions.counts", { added, changed, removed })}</span>
      {added > 0 && (
        <span className={styles["added"]} aria-hidden>
          +{added}
        </span>
      )}
      {changed > 0 && (
        <span className={styles["changed"]} aria-hidden>
          ±{changed}
        </span>
      )}
      {removed > 0 && (
        <span className={styles["removed"]} aria-hidden>
          −{removed}
        </span>
      )}
    </span>
  );
}
