// What came of the calls of a period: figures with what they mean beside them, by hour and weekday, by agent; as a file.

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Download, FileSpreadsheet } from "lucide-react";
import { type ReactNode, useState } from "react";

import { api, call, data } from "../api/client";
import { botsQuery } from "../api/queries";
import type { components } from "../api/schema.gen";
import { saveAs } from "../editor/files";
import { figure } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { useAct } from "../shell/act";
import { Failed } from "../shell/Loading";
import { useWorkspace } from "../shell/workspace";
import { Button, Cell, cx, HeadCell, Menu, MenuGroup, MenuItem, MenuSeparator, Page, PageHead, Segmented, Select, Skeleton, Table } from "../ui";
import styles from "./Stats.module.css";

type ChatStats = components["schemas"]["ChatStats"];
type WaitBucket = components["schemas"]["WaitBucket"];

const DAYS = ["1", "7", "30", "90"] as const;
const DAY_MS = 86_400_000;
const PARTS = ["quick", "slow", "slowest", "unanswered"] as const;
/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1);

/** From the beginning of the first day until the end of today, in the browser's zone. */
function periodOf(days: number, now: number): { from: number; until: number } {
  const today = new Date(now);
  today.setHours(0, 0, 0, 0);
  const from = new Date(today);
  from.setDate(from.getDate() - (days - 1));
  return { from: from.getTime(), until: Math.min(from.getTime() + 90 * DAY_MS, today.getTime() + DAY_MS) };
}

const TABLES = ["consultations", "figures", "agents", "days", "hours", "weekdays"] as const;

export function ChatStatsPage() {
  const t = useT();
  const act = useAct();
  const { id: ws } = useWorkspace();
  const [days, setDays] = useState<(typeof DAYS)[number]>("7");
  const [bot, setBot] = useState("");
  const bots = useQuery(botsQuery(ws));
  const [opened] = useState(() => Date.now());
  const isToday = days === "1";
  const period = periodOf(Number(days), opened);
  const before = { from: period.from - (period.until - period.from), until: period.from };
  const read = useQuery({ ...statsQuery(ws, period, bot), placeholderData: keepPreviousData, enabled: !isToday });
  // Only what is asked for at once: 90 days and the 90 before are two questions.
  const earlier = useQuery({ ...statsQuery(ws, before, bot), placeholderData: keepPreviousData, enabled: !isToday });
  const today = useQuery({ ...todayQuery(ws, bot), placeholderData: keepPreviousData, enabled: isToday });
  const shown = isToday ? { read: today, now: today.data?.today, before: today.data?.yesterday } : { read, now: read.data, before: earlier.data };
  const download = (format: "csv" | "xlsx", table?: (typeof TABLES)[number]) => {
    const query = new URLSearchParams({ from: String(period.from), until: String(period.until), ...(bot && { bot }), format, ...(table && { table }) });
    const name = [t("chat.stats.file"), table && t(`chat.stats.tables.${table}`)].filter(Boolean).join(" ");
    void act({ run: async () => saveAs(`${name}.${format}`, await (await call(`/api/workspaces/${ws}/chat-stats/file?${query}`)).blob()) });
  };
  return (
    <Page>
      <PageHead
        title={t("chat.stats.title")}
        actions={
          <Menu
            align="end"
            trigger={
              <Button icon={<Download size={16} aria-hidden />}>{t("chat.stats.download")}</Button>
            }
          >
            <MenuItem icon={<FileSpreadsheet size={16} aria-hidden />} note={t("chat.stats.xlsxNote")} onClick={() => download("xlsx")}>
              {t("chat.stats.xlsx")}
            </MenuItem>
            <MenuSeparator />
            <MenuGroup label={t("chat.stats.csv")}>
              {TABLES.map((table) => (
                <MenuItem key={table} onClick={() => download("csv", table)}>
                  {t(`chat.stats.tables.${table}`)}
                </MenuItem>
              ))}
            </MenuGroup>
          </Menu>
        }
      >
        {t("chat.stats.lead")}
      </PageHead>
      <div className={styles["wishes"]}>
        <Segmented label={t("chat.stats.period")} value={days} onChange={setDays} options={DAYS.map((one) => ({ value: one, label: one === "1" ? t("chat.stats.today") : t("chat.stats.days", { n: Number(one) }) }))} />
        <div className={styles["bot"]}>
          <Select label={t("chat.info.bot")} value={bot} onChange={setBot} options={[{ value: "", label: t("chat.side.everyBot") }, ...(bots.data ?? []).map((one) => ({ value: one.id, label: one.title }))]} />
        </div>
      </div>
      {shown.read.error && !shown.now && <Failed error={shown.read.error} retry={() => void shown.read.refetch()} />}
      {shown.read.isPending && <Skeleton width="full" height="box" />}
      {shown.now && <Figures now={shown.now} before={shown.before} isToday={isToday} />}
    </Page>
  );
}

/** Today is looked at while it goes on. */
const todayQuery = (ws: string, bot: string) => ({
  queryKey: ["ws", ws, "chat-stats", "today", bot],
  queryFn: ({ signal }: { signal: AbortSignal }) => data(api.GET("/api/workspaces/{ws}/chat-stats/today", { params: { path: { ws }, query: bot ? { bot } : {} }, signal })),
  refetchInterval: 30_000,
});

function statsQuery(ws: string, { from, until }: { from: number; until: number }, bot: string) {
  return {
    queryKey: ["ws", ws, "chat-stats", from, until, bot],
    queryFn: ({ signal }: { signal: AbortSignal }) => data(api.GET("/api/workspaces/{ws}/chat-stats", { params: { path: { ws }, query: { from, until, ...(bot && { bot }) } }, signal })),
  };
}

/** Parts of a thousand as percent. */
const percent = (value: number | null) => (value === null ? "–" : `${(value / 10).toFixed(1)}%`);

type Count = "requested" | "waiting" | "connected" | "completed" | "missed" | "steppedIn" | "cancelled" | "left" | "expired" | "ignored";
type Time = "averageWaitMs" | "medianWaitMs" | "p90WaitMs" | "p95WaitMs" | "longestWaitMs" | "averageResponseMs" | "medianResponseMs" | "p90ResponseMs";

function Figures({ now, before, isToday }: { now: ChatStats; before: ChatStats | undefined; isToday: boolean }) {
  const t = useT();
  const language = useLanguage();
  const time = useDuration();
  const count = (value: number) => figure(value, language);
  const change = (by: number) => t(isToday ? "chat.stats.changeToday" : "chat.stats.change", { n: by > 0 ? `+${count(by)}` : count(by) });
  // What stands now has no earlier.
  const counts = (name: Count) => (
    <Tile key={name} name={t(`chat.stats.figures.${name}`)} means={t(`chat.stats.means.${name}`)} change={before && name !== "waiting" && name !== "connected" ? change(now[name] - before[name]) : undefined}>
      {count(now[name])}
    </Tile>
  );
  const times = (name: Time) => (
    <Tile key={name} name={t(`chat.stats.figures.${name}`)} means={t(`chat.stats.means.${name}`)} change={before && before[name] !== null ? t("chat.stats.before", { value: time(before[name]) }) : undefined}>
      {time(now[name])}
    </Tile>
  );
  const weekday = (nth: number) => new Intl.DateTimeFormat(language, { weekday: "short", timeZone: "UTC" }).format(MONDAY + nth * DAY_MS);
  const day = (nth: number) => {
    const at = new Date(`${now.days[nth]?.date ?? "1970-01-01"}T00:00:00Z`);
    return new Intl.DateTimeFormat(language, { month: "numeric", day: "numeric", timeZone: "UTC" }).format(at);
  };
  return (
    <>
      <div className={styles["tiles"]}>
        {(["requested", "completed", "missed"] as const).map(counts)}
        <Tile name={t("chat.stats.figures.rate")} means={t("chat.stats.means.rate")} change={before && before.rate !== null ? t("chat.stats.before", { value: percent(before.rate) }) : undefined}>
          {percent(now.rate)}
        </Tile>
        {(["averageWaitMs", "averageResponseMs"] as const).map(times)}
        <Tile name={t("chat.stats.figures.score")} means={t("chat.stats.means.score")} change={before && before.scores.average !== null ? t("chat.stats.before", { value: score(before.scores.average) }) : undefined}>
          {score(now.scores.average)}
        </Tile>
        {(["waiting", "connected"] as const).map(counts)}
      </div>
      {isToday ? <Share now={now} before={before} /> : <Bars title={t("chat.stats.byDay")} buckets={now.days} label={day} />}
      <Bars title={t("chat.stats.byHour")} buckets={now.hours} label={(nth) => String(nth)} />
      {!isToday && <Bars title={t("chat.stats.byWeekday")} buckets={now.weekdays} label={weekday} />}
      <section className={styles["section"]}>
        <h2>{t("chat.stats.waitsTitle")}</h2>
        <div className={styles["tiles"]}>{(["medianWaitMs", "p90WaitMs", "p95WaitMs", "longestWaitMs", "medianResponseMs", "p90ResponseMs"] as const).map(times)}</div>
      </section>
      <section className={styles["section"]}>
        <h2>{t("chat.stats.reasonsTitle")}</h2>
        <div className={styles["tiles"]}>{(["cancelled", "left", "expired", "ignored", "steppedIn"] as const).map(counts)}</div>
      </section>
      <Scores now={now} />
      <section className={styles["section"]}>
        <h2>{t("chat.stats.byAgent")}</h2>
        <p className={styles["means"]}>{t("chat.stats.means.agents")}</p>
        {now.agents.length === 0 ? (
          <p className={styles["means"]}>{t("chat.stats.none")}</p>
        ) : (
          <Table
            label={t("chat.stats.byAgent")}
            head={
              <>
                <HeadCell>{t("chat.side.agents")}</HeadCell>
                {(["taken", "answered", "completed", "rate", "transfers", "response", "score"] as const).map((one) => (
                  <HeadCell key={one} end>
                    {t(`chat.stats.agent.${one}`)}
                  </HeadCell>
                ))}
              </>
            }
          >
            {now.agents.map((agent) => (
              <tr key={agent.id}>
                <Cell grow>{agent.name || t("chat.stats.gone")}</Cell>
                {(
                  [
                    ["taken", count(agent.taken)],
                    ["answered", count(agent.answered)],
                    ["completed", count(agent.completed)],
                    ["rate", percent(agent.taken > 0 ? Math.round((agent.completed * 1_000) / agent.taken) : null)],
                    ["transfers", count(agent.transfers)],
                    ["response", time(agent.averageResponseMs)],
                    ["score", score(agent.scores.average)],
                  ] as const
                ).map(([one, said]) => (
                  <Cell key={one} end name={t(`chat.stats.agent.${one}`)}>
                    {said}
                  </Cell>
                ))}
              </tr>
            ))}
          </Table>
        )}
      </section>
    </>
  );
}

/** Hundredths of a point. */
const score = (average: number | null) => (average === null ? "–" : (average / 100).toFixed(1));

/** How many of each mark customers gave, the best first. */
function Scores({ now }: { now: ChatStats }) {
  const t = useT();
  const language = useLanguage();
  const { answers, counts } = now.scores;
  return (
    <section className={styles["section"]}>
      <h2>{t("chat.stats.scoresTitle")}</h2>
      <p className={styles["means"]}>{t("chat.stats.means.scores")}</p>
      {answers === 0 ? (
        <p className={styles["means"]}>{t("chat.stats.noScores")}</p>
      ) : (
        <ul className={styles["scores"]}>
          {[5, 4, 3, 2, 1].map((mark) => {
            const n = counts[mark - 1] ?? 0;
            return (
              <li key={mark}>
                <span>{t("chat.stats.mark", { n: mark })}</span>
                <span className={styles["track"]} aria-hidden>
                  <span style={{ width: `${(n / answers) * 100}%` }} />
                </span>
                <span>{figure(n, language)}</span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

const STANDS = ["connected", "waiting", "completed", "missed"] as const;

/** Where today's requests stand, beside yesterday's until the same time. */
function Share({ now, before }: { now: ChatStats; before: ChatStats | undefined }) {
  const t = useT();
  const language = useLanguage();
  const line = (title: string, stats: ChatStats) => (
    <div className={styles["share"]}>
      <span className={styles["shareName"]}>{title}</span>
      <div className={styles["shareBar"]} aria-hidden>
        {STANDS.map((one) => stats[one] > 0 && <span key={one} className={styles[one]} style={{ flexGrow: stats[one] }} />)}
      </div>
      <ul className={styles["legend"]}>
        {STANDS.map((one) => (
          <li key={one}>
            <span className={cx(styles["swatch"], styles[one])} />
            {t(`chat.stats.figures.${one}`)} {figure(stats[one], language)}
            <span className={styles["means"]}>{percent(stats.requested > 0 ? Math.round((stats[one] * 1_000) / stats.requested) : null)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
  return (
    <section className={styles["section"]}>
      <h2>{t("chat.stats.shareTitle")}</h2>
      {line(t("chat.stats.today"), now)}
      {before && line(t("chat.stats.yesterday"), before)}
    </section>
  );
}

function Tile({ name, means, change, children }: { name: string; means: string; change?: string | undefined; children: ReactNode }) {
  return (
    <div className={styles["tile"]}>
      <p className={styles["name"]}>{name}</p>
      <p className={styles["figure"]}>
        <span>{children}</span>
        {change !== undefined && <span className={styles["change"]}>{change}</span>}
      </p>
      <p className={styles["means"]}>{means}</p>
    </div>
  );
}

/** Requests stacked by how long they waited; the same as a table for those who cannot see bars. */
function Bars({ title, buckets, label }: { title: string; buckets: readonly WaitBucket[]; label: (nth: number) => string }) {
  const t = useT();
  const most = Math.max(1, ...buckets.map((one) => one.requested));
  return (
    <section className={styles["section"]}>
      <div className={styles["sectionHead"]}>
        <h2>{title}</h2>
        <ul className={styles["legend"]}>
          {PARTS.map((part) => (
            <li key={part}>
              <span className={cx(styles["swatch"], styles[part])} />
              {t(`chat.stats.waits.${part}`)}
            </li>
          ))}
        </ul>
      </div>
      <div className={styles["bars"]} aria-hidden>
        {buckets.map((one, nth) => (
          <div key={nth} className={styles["column"]} title={`${label(nth)} · ${one.requested}`}>
            <div className={styles["stack"]}>
              {PARTS.map((part) => one[part] > 0 && <div key={part} className={styles[part]} style={{ height: `${(one[part] / most) * 100}%` }} />)}
            </div>
            <span>{label(nth)}</span>
          </div>
        ))}
      </div>
      {/* A table is as wide as its words, whatever its box: it needs another around it. */}
      <div className="sr-only">
        <table>
          <caption>{title}</caption>
          <thead>
            <tr>
              <th scope="col">{title}</th>
              {PARTS.map((part) => (
                <th key={part} scope="col">
                  {t(`chat.stats.waits.${part}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {buckets.map((one, nth) => (
              <tr key={nth}>
                <th scope="row">{label(nth)}</th>
                {PARTS.map((part) => (
                  <td key={part}>{one[part]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function useDuration(): (ms: number | null) => string {
  const t = useT();
  return (ms) => {
    if (ms === null) return "–";
    const seconds = Math.round(ms / 1_000);
    const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60), seconds % 60];
    if (hours > 0) return t("chat.stats.hoursMinutes", { h: hours, m: minutes });
    return minutes > 0 ? t("chat.stats.minutesSeconds", { m: minutes, s: rest }) : t("chat.stats.seconds", { s: rest });
  };
}
