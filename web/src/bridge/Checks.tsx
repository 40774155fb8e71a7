// What an old server answered to each call of the check, in the order of Kakao's own test.

import { CircleCheck, CircleMinus, CircleX } from "lucide-react";

import { figure } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { Badge, Banner, cx } from "../ui";
import styles from "./Bridge.module.css";
import type { Call, Report } from "./read";

export function Checks({ report }: { report: Report }) {
  const t = useT();
  return (
    <div className={styles["report"]} role="status">
      <Banner tone={report.ok ? "accent" : "danger"} title={report.ok ? t("bridge.check.well") : t("bridge.check.bad")}>
        {report.ok ? t("bridge.check.wellWhy") : t("bridge.check.badWhy")}
      </Banner>
      {report.warnings.map((warning) => (
        <Banner key={warning} tone="warn">
          {warning === "plain-http" ? t("bridge.check.plainHttp") : t("bridge.check.surplus", { end: warning === "ends-in-keyboard" ? "/keyboard" : "/message" })}
        </Banner>
      ))}
      <ol className={styles["calls"]}>
        {report.calls.map((call) => (
          <CallLine key={call.call} call={call} />
        ))}
      </ol>
    </div>
  );
}

function CallLine({ call }: { call: Call }) {
  const t = useT();
  const language = useLanguage();
  const Icon = call.ok ? CircleCheck : call.needed ? CircleX : CircleMinus;
  const said = language === "ko" ? call.ko : call.en;
  const state = call.ok ? t("bridge.check.ok") : call.needed ? t("bridge.check.failed") : t("bridge.check.without");
  return (
    <li className={cx(styles["call"], call.ok ? styles["good"] : call.needed ? styles["bad"] : styles["quiet"])}>
      <Icon size={18} aria-hidden className={styles["mark"]} />
      <div className={styles["callWords"]}>
        <p className={styles["callHead"]}>
          <code>{call.call}</code>
          <span className={styles["callState"]}>{state}</span>
          <span className={styles["took"]}>
            {call.status !== null && <Badge tone={call.status === 200 ? "neutral" : "warn"}>{String(call.status)}</Badge>}
            {t("bridge.check.took", { n: figure(call.tookMs, language) })}
          </span>
        </p>
        {said && <p className={styles["callSaid"]}>{said}</p>}
        {call.buttons.length > 0 && (
          <ul className={styles["chips"]} aria-label={t("bridge.check.buttons")}>
            {call.buttons.slice(0, 12).map((button) => (
              <li key={button}>{button}</li>
            ))}
            {call.buttons.length > 12 && <li className={styles["rest"]}>{t("bridge.check.more", { n: call.buttons.length - 12 })}</li>}
          </ul>
        )}
        {call.answer && (
          <details className={styles["answer"]} open={!call.ok && call.needed}>
            <summary>{t("bridge.check.answer")}</summary>
            <pre>{call.answer}</pre>
          </details>
        )}
      </div>
    </li>
  );
}
