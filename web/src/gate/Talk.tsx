// A short conversation as the customer's phone shows it: the bot answers, then a person takes over. A picture, not a
// control; screen readers pass it by.

import { useT } from "../i18n/i18n";
import { cx } from "../ui";
import styles from "./Talk.module.css";

export function Talk() {
  const t = useT();
  return (
    <aside className={styles["aside"]} aria-hidden>
      <div className={styles["room"]}>
        <Said by={t("gate.talk.shop")} bot time={t("gate.talk.time1")}>
          {t("gate.talk.hello")}
          <span className={styles["buttons"]}>
            <span>{t("gate.talk.button1")}</span>
            <span>{t("gate.talk.button2")}</span>
          </span>
        </Said>
        <Mine time={t("gate.talk.time1")}>{t("gate.talk.button1")}</Mine>
        <Said by={t("gate.talk.shop")} bot time={t("gate.talk.time1")}>
          {t("gate.talk.answer")}
        </Said>
        <Mine time={t("gate.talk.time2")}>{t("gate.talk.ask")}</Mine>
        <Said by={t("gate.talk.agent")} time={t("gate.talk.time2")}>
          {t("gate.talk.taken")}
        </Said>
      </div>
    </aside>
  );
}

function Said({ by, bot, time, children }: { by: string; bot?: boolean; time: string; children: React.ReactNode }) {
  return (
    <div className={styles["said"]}>
      <span className={cx(styles["face"], !bot && styles["person"])}>{[...by][0]}</span>
      <div>
        <span className={styles["name"]}>{by}</span>
        <div className={styles["line"]}>
          <div className={styles["bubble"]}>{children}</div>
          <span className={styles["time"]}>{time}</span>
        </div>
      </div>
    </div>
  );
}

function Mine({ time, children }: { time: string; children: React.ReactNode }) {
  return (
    <div className={cx(styles["line"], styles["mine"])}>
      <span className={styles["time"]}>{time}</span>
      <div className={cx(styles["bubble"], styles["yellow"])}>{children}</div>
    </div>
  );
}
