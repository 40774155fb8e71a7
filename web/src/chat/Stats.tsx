// What came of the calls of a period: figures with what they mean beside them, by hour and weekday, by agent; as a file.

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { type ReactNode, useState } from "react";

import { api, data } from "../api/client";
import { botsQuery } from "../api/queries";
import type { components } from "../api/schema.gen";
import { figure } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { Failed } from "../shell/Loading";
import { useWorkspace } from "../shell/workspace";
import { buttonClass, Cell, cx, HeadCell, Page, PageHead, Segmented, Select, Skeleton, Table } from "../ui";
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

export function ChatStatsPage() {
  const t = useT();
  const { id: ws } = useWorkspace();
  const [days, setDays] = useState<(typeof DAYS)[number]>("7");
  const [bot, setBot] = useState("");
  const bots = useQuery(botsQuery(ws));
  const [opened] = useState(() => Date.now());
  const period = periodOf(Number(days), opened);
  const before = { from: period.from - (period.until - period.from), until: period.from };
  const read = useQuery({ ...statsQuery(ws, period, bot), placeholderData: keepPreviousData });
  // Only what is asked for at once: 90 days and the 90 before are two questions.
  const earlier = useQuery({ ...statsQuery(ws, before, bot), placeholderData: keepPreviousData });
  const query = new URLSearchParams({ from: String(period.from), until: String(period.until), ...(bot && { bot }) });
  return (
    <Page>
      <PageHead
        title={t("chat.stats.title")}
        actions={
          <a className={buttonClass()} href={`/api/workspaces/${ws}/chat-stats/file?format=csv&${query}`} download>
            <Download size={16} aria-hidden />
            {t("chat.stats.csv")}
          </a>
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
      {read.error && !read.data && <Failed error={read.error} retry={() => void read.refetch()} />}
      {read.isPending && <Skeleton width="full" height="box" />}
      {read.data && <Figures now={read.data} before={earlier.data} />}
    </Page>
  );
}

function statsQuery(ws: string, { from, until }: { from: number; until: number }, bot: string) {
  return {
    queryKey: ["ws", ws, "chat-stats", from, until, bot],
    queryFn: ({ signal }: { signal: AbortSignal }) => data(api.GET("/api/workspaces/{ws}/chat-stats", { params: { path: { ws }, query: { from, until, ...(bot && { bot }) } }, signal })),
  };
}

/** Parts of a thousand as percent. */
const percent = (value: number | null) => (value === null ? "–" : `${(value / 10).toFixed(1)}%`);

function Figures({ now, before }: { now: ChatStats; before: ChatStats | undefined }) {
  const t = useT();
  const language = useLanguage();
  const time = useDuration();
  const count = (value: number) => figure(value, language);
  const tile = (name: "requested" | "waiting" | "connected" | "completed" | "missed" | "steppedIn") => (
    <Tile key={name} name={t(`chat.stats.figures.${name}`)} means={t(`chat.stats.means.${name}`)} change={before && name !== "waiting" && name !== "connected" ? now[name] - before[name] : undefined}>
      {count(now[name])}
    </Tile>
  );
  const weekday = (nth: number) => new Intl.DateTimeFormat(language, { weekday: "short", timeZone: "UTC" }).format(MONDAY + nth * DAY_MS);
  return (
    <>
      <div className={styles["tiles"]}>
        {tile("requested")}
        {tile("completed")}
        {tile("missed")}
        <Tile name={t("chat.stats.figures.rate")} means={t("chat.stats.means.rate")}>
          {percent(now.rate)}
        </Tile>
        <Tile name={t("chat.stats.figures.averageWait")} means={t("chat.stats.means.averageWait")}>
          {time(now.averageWaitMs)}
        </Tile>
        <Tile name={t("chat.stats.figures.medianWait")} means={t("chat.stats.means.medianWait")}>
          {time(now.medianWaitMs)}
        </Tile>
        <Tile name={t("chat.stats.figures.response")} means={t("chat.stats.means.response")}>
          {time(now.averageResponseMs)}
        </Tile>
        {tile("waiting")}
        {tile("connected")}
        {tile("steppedIn")}
      </div>
      <Bars title={t("chat.stats.byHour")} buckets={now.hours} label={(nth) => String(nth)} />
      <Bars title={t("chat.stats.byWeekday")} buckets={now.weekdays} label={weekday} />
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
                {(["taken", "answered", "completed", "transfers", "response"] as const).map((one) => (
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
                <Cell end>{count(agent.taken)}</Cell>
                <Cell end>{count(agent.answered)}</Cell>
                <Cell end>{count(agent.completed)}</Cell>
                <Cell end>{count(agent.transfers)}</Cell>
                <Cell end>{time(agent.averageResponseMs)}</Cell>
              </tr>
            ))}
          </Table>
        )}
      </section>
    </>
  );
}

function Tile({ name, means, change, children }: { name: string; means: string; change?: number | undefined; children: ReactNode }) {
  const t = useT();
  return (
    <div className={styles["tile"]}>
      <p className={styles["name"]}>{name}</p>
      <p className={styles["figure"]}>
        {children}
        {change !== undefined && <span className={styles["change"]}>{t("chat.stats.change", { n: change > 0 ? `+${change}` : String(change) })}</span>}
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
      <table className="sr-only">
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
