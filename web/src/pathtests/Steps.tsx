// The steps of a test: what the customer did, and what the bot answered; where it came out differently, both in one.

import { useState } from "react";

import { Changes, Lines } from "../compare/Diff";
import { changes } from "../compare/json";
import { useT } from "../i18n/i18n";
import { seenOf } from "../preview/faces";
import { linesOf } from "../preview/kakao/read";
import { cx } from "../ui";
import type { PathTest, Result, StepResult } from "./api";
import styles from "./Tests.module.css";
import { eventWords } from "./words";

export function StepsView({ test, result }: { test: PathTest; result: Result | undefined }) {
  const t = useT();
  return (
    <ol className={styles["steps"]}>
      {test.steps.map((step, at) => {
        const came = result?.steps[at];
        return (
          <li key={at} className={styles["step"]} data-passed={came?.passed}>
            <p className={styles["said"]}>{eventWords(step.event, t)}</p>
            {came && !came.passed ? (
              <Differs came={came} channel={test.channel} />
            ) : (
              <div className={styles["answer"]}>
                {linesOf(seenOf(test.channel, step.answer)).map((line, nth) => (
                  <p key={nth}>{line}</p>
                ))}
              </div>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function Differs({ came, channel }: { came: StepResult; channel: PathTest["channel"] }) {
  const t = useT();
  const before = linesOf(seenOf(channel, came.expected));
  const after = linesOf(seenOf(channel, came.got));
  const seen = before.join("\n") !== after.join("\n");
  const [raw, setRaw] = useState(!seen);
  return (
    <div className={styles["differs"]}>
      {seen && <Lines before={before} after={after} />}
      {!seen && <p className={styles["quiet"]}>{t("pathtests.onlyInside")}</p>}
      {came.difference && <p className={styles["quiet"]}>{came.difference}</p>}
      <button type="button" className={cx(styles["rawToggle"])} aria-expanded={raw} onClick={() => setRaw(!raw)}>
        {t("pathtests.raw")}
      </button>
      {raw && <Changes changes={changes(came.expected, came.got)} />}
    </div>
  );
}
