// A bot at a glance: what it did today, and the addresses that KakaoTalk calls.

import { figure } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { Badge, Banner, CopyField, cx } from "../ui";
import { useBot } from "./Bot";
import styles from "./Overview.module.css";

export function Overview() {
  const t = useT();
  const bot = useBot();
  const language = useLanguage();
  const isBridge = bot.kind === "bridge";
  return (
    <>
      <h2 className={styles["heading"]}>{t("bots.overview.today")}</h2>
      <dl className={styles["figures"]}>
        <Figure name={t("bots.overview.users")} n={figure(bot.usersToday, language)} />
        <Figure name={t("bots.overview.turns")} n={figure(bot.turnsToday, language)} />
        <Figure name={t("bots.columns.errors")} n={figure(bot.errorsToday, language)} bad={bot.errorsToday > 0} />
      </dl>
      {bot.errorsToday > 0 && <p className={styles["note"]}>{t("bots.overview.errors")}</p>}

      <h2 className={styles["heading"]}>
        {t("bots.overview.kakao")}
        {bot.kakaoEnabled ? (
          <Badge tone="good" dot>
            {t("bots.overview.on")}
          </Badge>
        ) : (
          <Badge>{t("bots.overview.off")}</Badge>
        )}
      </h2>
      <div className={styles["card"]}>
        {!isBridge && bot.liveVersion === null && <Banner tone="warn">{t("bots.overview.notLive")}</Banner>}
        <Address
          title={t("bots.overview.skill")}
          value={bot.skillUrl}
          hint={isBridge ? t("bots.overview.skillBridge") : bot.liveVersion === null ? t("bots.overview.skillNotLive") : t("bots.overview.skillHint", { n: bot.liveVersion })}
        />
        <Address title={t("bots.overview.draftSkill")} value={bot.draftSkillUrl} hint={isBridge ? t("bots.overview.draftSkillBridge") : t("bots.overview.draftSkillHint")} />
        <p className={styles["note"]}>{t("bots.overview.where")}</p>
      </div>
    </>
  );
}

function Figure({ name, n, bad }: { name: string; n: string; bad?: boolean }) {
  return (
    <div className={styles["figure"]}>
      <dt>{name}</dt>
      <dd className={cx(bad && styles["bad"])}>{n}</dd>
    </div>
  );
}

function Address({ title, value, hint }: { title: string; value: string; hint: string }) {
  return (
    <div>
      <CopyField label={title} value={value} />
      <p className={styles["hint"]}>{hint}</p>
    </div>
  );
}
