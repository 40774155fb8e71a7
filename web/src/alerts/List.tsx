// What was too much lately: of one bot, or of the whole workspace. Who looks at the list has read it.

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { BellRing, CircleCheck } from "lucide-react";
import { useEffect } from "react";

import { ago } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { Failed } from "../shell/Loading";
import { useNow } from "../shell/useNow";
import { useWorkspace } from "../shell/workspace";
import { Badge, Button, cx, Page, PageHead, Skeleton } from "../ui";
import styles from "./Alerts.module.css";
import { type Alert, alertsQuery, markRead } from "./read";

/** The alerts of all bots. */
export function AllAlerts() {
  const t = useT();
  return (
    <Page width="narrow">
      <PageHead title={t("alerts.title")}>{t("alerts.lead")}</PageHead>
      <AlertList />
    </Page>
  );
}

export function AlertList({ bot }: { bot?: string }) {
  const t = useT();
  const { id: ws } = useWorkspace();
  const client = useQueryClient();
  const list = useInfiniteQuery(alertsQuery(ws, bot));
  const newest = list.data?.pages[0]?.items[0];
  const unread = newest !== undefined && !newest.read ? newest.id : undefined;
  useEffect(() => {
    // Only where all of the workspace are shown: those of other bots have not been seen here.
    if (bot !== undefined || unread === undefined) return;
    void markRead(ws, unread).then(() => client.invalidateQueries({ queryKey: ["ws", ws, "alerts"] }));
  }, [ws, bot, unread, client]);
  if (list.error && !list.data) return <Failed error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <Skeleton width="full" height="control" />;
  const alerts = list.data.pages.flatMap((page) => page.items);
  if (alerts.length === 0) {
    return (
      <p className={styles["none"]}>
        <CircleCheck size={16} aria-hidden />
        {t("alerts.none")}
      </p>
    );
  }
  return (
    <>
      <ul className={styles["lines"]}>
        {alerts.map((alert) => (
          <AlertLine key={alert.id} alert={alert} named={bot === undefined} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button size="small" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("alerts.more")}
        </Button>
      )}
    </>
  );
}

function AlertLine({ alert, named }: { alert: Alert; named: boolean }) {
  const t = useT();
  const language = useLanguage();
  const now = useNow();
  const { id: ws } = useWorkspace();
  const open = alert.endedAt === null;
  return (
    <li className={cx(styles["line"], open && styles["open"])}>
      <BellRing size={16} aria-hidden className={styles["icon"]} />
      <span className={styles["words"]}>
        {named && (
          <Link to="/w/$ws/bots/$bot/alerts" params={{ ws, bot: alert.bot }} className={styles["bot"]}>
            {alert.botTitle}
          </Link>
        )}
        {alert.text}
        {(alert.mailError ?? alert.hookError) && <span className={styles["failed"]}>{alert.mailError ?? alert.hookError}</span>}
      </span>
      <Badge tone={open ? "danger" : "neutral"} dot={open}>
        {open ? t("alerts.now") : t("alerts.over")}
      </Badge>
      <time className={styles["time"]} dateTime={new Date(alert.at).toISOString()}>
        {ago(alert.at, now, language)}
      </time>
    </li>
  );
}
