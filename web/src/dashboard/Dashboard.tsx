// How the bot does: who came, what was said, what was slow or failed, and what it did not understand. Everything leads to
// the turns behind it.

import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { ChartColumn, Download, FileSpreadsheet, FileText, Split } from "lucide-react";
import { type ReactNode, useState } from "react";

import { useBot } from "../bots/Bot";
import type { MarkKind } from "../conversations/read";
import { ago, figure } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { Failed } from "../shell/Loading";
import { useNow } from "../shell/useNow";
import { useWorkspace } from "../shell/workspace";
import { Button, buttonClass, Cell, cx, EmptyState, HeadCell, Menu, MenuItem, MenuSeparator, Skeleton, Table } from "../ui";
import { Chart } from "./Chart";
import styles from "./Dashboard.module.css";
import { PeriodPicker } from "./PeriodPicker";
import { type ChannelFigures, fileUrl, groupsQuery, nodesQuery, type Stats, statsQuery, type Table as FileTable, TABLES, type Total } from "./read";
import { dayIn, isDay, type Period, period } from "./scale";

export function DashboardPage() {
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  // Days are those of the workspace's zone, which the figures name; until they are here, the browser's is likely the same.
  const [zone, setZone] = useState(() => new Intl.DateTimeFormat().resolvedOptions().timeZone);
  const today = dayIn(zone, useNow());
  const { from, to } = search;
  // Other pages have a `from` of their own.
  const chosen: Period = isDay(from) && isDay(to) ? { from, to } : period("week", today);
  const read = useQuery(statsQuery(ws, bot.id, chosen));
  if (read.data && read.data.zone !== zone) setZone(read.data.zone);
  const choose = (next: Period) => void navigate({ to: "/w/$ws/bots/$bot/dashboard", params: { ws, bot: bot.id }, search: next, replace: true });
  return (
    <>
      <div className={styles["head"]}>
        <PeriodPicker value={chosen} today={today} onChange={choose} />
        <Files period={chosen} />
      </div>
      {read.error && !read.data && <Failed error={read.error} retry={() => void read.refetch()} />}
      {read.isPending && <Skeleton width="full" height="box" />}
      {read.data && (
        <div className={cx(styles["figures"], read.isPlaceholderData && styles["stale"])} aria-busy={read.isPlaceholderData}>
          <Whole stats={read.data} period={chosen} />
        </div>
      )}
    </>
  );
}

function Files({ period: chosen }: { period: Period }) {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const take = (table?: FileTable) => location.assign(fileUrl(ws, bot.id, chosen, table));
  return (
    <Menu align="end" trigger={<Button icon={<Download size={16} aria-hidden />}>{t("dashboard.export")}</Button>}>
      <MenuItem icon={<FileSpreadsheet size={16} aria-hidden />} onClick={() => take()}>
        {t("dashboard.xlsx")}
      </MenuItem>
      <MenuSeparator />
      {TABLES.map((table) => (
        <MenuItem key={table} icon={<FileText size={16} aria-hidden />} onClick={() => take(table)}>
          {t("dashboard.csv", { table: t(`dashboard.tables.${table}`) })}
        </MenuItem>
      ))}
    </Menu>
  );
}

function Whole({ stats, period: chosen }: { stats: Stats; period: Period }) {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  if (stats.total.turns === 0 && stats.channels.length === 0) {
    return (
      <EmptyState
        icon={<ChartColumn size={22} aria-hidden />}
        title={t("dashboard.none")}
        action={
          <Link to="/w/$ws/bots/$bot/channels" params={{ ws, bot: bot.id }} className={buttonClass("secondary")}>
            {t("dashboard.toChannel")}
          </Link>
        }
      >
        {t("dashboard.noneLead")}
      </EmptyState>
    );
  }
  return (
    <>
      <Sums total={stats.total} period={chosen} />
      <Days stats={stats} />
      <Part title={t("dashboard.unanswered.title")} lead={t("dashboard.unanswered.lead")}>
        <Groups kind="unanswered" period={chosen} />
      </Part>
      <Part title={t("dashboard.errors.title")} lead={t("dashboard.errors.lead")}>
        <Groups kind="errors" period={chosen} />
      </Part>
      <Part title={t("dashboard.nodes.title")} lead={t("dashboard.nodes.lead")}>
        <Nodes period={chosen} />
      </Part>
      <Part title={t("dashboard.channels.title")}>
        <Channels channels={stats.channels} />
      </Part>
    </>
  );
}

function Sums({ total, period: { from, to } }: { total: Total; period: Period }) {
  const t = useT();
  const language = useLanguage();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const list: [name: string, n: number | null, behind?: MarkKind, bad?: boolean][] = [
    [t("dashboard.sums.users"), total.users],
    [t("dashboard.sums.conversations"), total.conversations],
    [t("dashboard.sums.received"), total.userMessages],
    [t("dashboard.sums.sent"), total.botMessages],
    [t("dashboard.sums.each"), total.messagesPerConversation],
    [t("dashboard.sums.unanswered"), total.unanswered, "unanswered"],
    [t("dashboard.sums.slow"), total.slow, "slow", total.slow > 0],
    [t("dashboard.sums.errors"), total.errors, "fault", total.errors > 0],
  ];
  return (
    <dl className={styles["sums"]}>
      {list.map(([name, n, behind, bad]) => (
        <div key={name} className={styles["sum"]}>
          <dt>{name}</dt>
          <dd className={cx(bad && styles["bad"])}>
            {n === null ? "–" : figure(Math.round(n * 10) / 10, language)}
            {behind && n !== null && n > 0 && (
              <Link to="/w/$ws/bots/$bot/conversations" params={{ ws, bot: bot.id }} search={{ kind: behind, from, to }} className={styles["behind"]} aria-label={t("dashboard.seeOf", { what: name })}>
                {t("dashboard.see")}
              </Link>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Days({ stats }: { stats: Stats }) {
  const t = useT();
  const language = useLanguage();
  const short = new Intl.DateTimeFormat(language, { month: "numeric", day: "numeric", timeZone: "UTC" });
  const days = stats.days.map((one) => short.format(new Date(`${one.day}T00:00:00Z`)));
  return (
    <div className={styles["charts"]}>
      <h2 className="sr-only">{t("dashboard.tables.days")}</h2>
      <div className={styles["card"]}>
        <Chart
          title={t("dashboard.people")}
          days={days}
          totals={[stats.total.returningUsers, stats.total.newUsers]}
          series={[
            { name: t("dashboard.returning"), values: stats.days.map((one) => one.returningUsers) },
            { name: t("dashboard.new"), values: stats.days.map((one) => one.newUsers) },
          ]}
        />
      </div>
      <div className={styles["card"]}>
        <Chart
          title={t("dashboard.messages")}
          days={days}
          series={[
            { name: t("dashboard.received"), values: stats.days.map((one) => one.userMessages) },
            { name: t("dashboard.sent"), values: stats.days.map((one) => one.botMessages) },
          ]}
        />
      </div>
    </div>
  );
}

function Part({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  return (
    <section className={styles["part"]}>
      <h2>{title}</h2>
      {lead && <p className={styles["lead"]}>{lead}</p>}
      {children}
    </section>
  );
}

/** How many lines of a table are shown before one asks for all. */
const FEW = 10;

function Groups({ kind, period: chosen }: { kind: "unanswered" | "errors"; period: Period }) {
  const t = useT();
  const language = useLanguage();
  const now = useNow();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const params = { ws, bot: bot.id };
  const { from, to } = chosen;
  const read = useQuery(groupsQuery(ws, bot.id, chosen, kind));
  const [all, setAll] = useState(false);
  if (read.error && !read.data) return <Failed error={read.error} retry={() => void read.refetch()} />;
  if (!read.data) return <Skeleton width="full" height="control" />;
  const groups = read.data;
  if (groups.length === 0) return <p className={styles["nothing"]}>{t(`dashboard.${kind}.none`)}</p>;
  return (
    <>
    <Table
      label={t(`dashboard.${kind}.title`)}
      head={
        <>
          <HeadCell>{t(`dashboard.${kind}.said`)}</HeadCell>
          <HeadCell end>{t("dashboard.times")}</HeadCell>
          <HeadCell end>{t("dashboard.last")}</HeadCell>
          <HeadCell end hide>
            {t("ui.acts")}
          </HeadCell>
        </>
      }
    >
      {(all ? groups : groups.slice(0, FEW)).map((group) => (
        <tr key={group.said}>
          <Cell grow>
            <span className={styles["said"]}>{group.said}</span>
          </Cell>
          <Cell end>{t("dashboard.timesOf", { n: group.times })}</Cell>
          <Cell end quiet>
            {ago(group.lastAt, now, language)}
          </Cell>
          <Cell end>
            <span className={styles["acts"]}>
              <Link to="/w/$ws/bots/$bot/conversations" params={params} search={{ kind: kind === "errors" ? "fault" : "unanswered", said: group.said, from, to }} className={buttonClass("quiet", "small")}>
                {t("dashboard.see")}
              </Link>
              {kind === "unanswered" && (
                <a href={branchUrl(ws, bot.id, group.said)} className={buttonClass("secondary", "small")}>
                  <Split size={14} aria-hidden />
                  {t("dashboard.unanswered.branch")}
                </a>
              )}
            </span>
          </Cell>
        </tr>
      ))}
    </Table>
      {!all && groups.length > FEW && (
        <div className={styles["more"]}>
          <Button size="small" variant="quiet" onClick={() => setAll(true)}>
            {t("dashboard.all", { n: groups.length })}
          </Button>
        </div>
      )}
    </>
  );
}

/** The editor, asked to begin a way for a sentence that nothing answered. */
export function branchUrl(ws: string, bot: string, said: string): string {
  return `/w/${ws}/bots/${bot}/edit?${new URLSearchParams({ branch: said })}`;
}

function Nodes({ period: chosen }: { period: Period }) {
  const t = useT();
  const language = useLanguage();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const read = useQuery(nodesQuery(ws, bot.id, chosen));
  if (read.error && !read.data) return <Failed error={read.error} retry={() => void read.refetch()} />;
  if (!read.data) return <Skeleton width="full" height="control" />;
  const nodes = read.data.slice(0, FEW);
  if (nodes.length === 0) return <p className={styles["nothing"]}>{t("dashboard.nodes.none")}</p>;
  return (
    <Table
      label={t("dashboard.nodes.title")}
      head={
        <>
          <HeadCell>{t("dashboard.nodes.node")}</HeadCell>
          <HeadCell end>{t("dashboard.times")}</HeadCell>
          <HeadCell end>{t("dashboard.nodes.mean")}</HeadCell>
          <HeadCell end>{t("dashboard.nodes.slowest")}</HeadCell>
          <HeadCell end>{t("dashboard.nodes.failed")}</HeadCell>
        </>
      }
    >
      {nodes.map((node) => (
        <tr key={`${node.flow}-${node.node}-${node.kind}`}>
          <Cell grow>
            {node.flowTitle === null ? (
              t("dashboard.nodes.gone", { flow: String(node.flow), node: String(node.node) })
            ) : (
              <Link to="/w/$ws/bots/$bot/edit/$flow" params={{ ws, bot: bot.id, flow: String(node.flow) }} search={{ node: node.node }}>
                {node.flowTitle} › {node.nodeLabel || `${node.kind} ${node.node}`}
              </Link>
            )}
          </Cell>
          <Cell end name={t("dashboard.times")}>{figure(node.times, language)}</Cell>
          <Cell end name={t("dashboard.nodes.mean")}>
            {t("channels.seen.ms", { n: figure(Math.round(node.averageMs), language) })}
          </Cell>
          <Cell end name={t("dashboard.nodes.slowest")}>
            {t("channels.seen.ms", { n: figure(Math.round(node.slowestMs), language) })}
          </Cell>
          <Cell end name={t("dashboard.nodes.failed")}>
            <span className={cx(node.failed > 0 && styles["bad"])}>{figure(node.failed, language)}</span>
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

/** A channel as people call it. */
export function useChannelName(): (channel: string) => string {
  const t = useT();
  const names: Record<string, string> = {
    kakao: t("dashboard.channels.kakao"),
    "kakao-development": t("dashboard.channels.development"),
    web: t("dashboard.channels.web"),
    kakaobiz: t("dashboard.channels.kakaobiz"),
  };
  return (channel) => names[channel] ?? channel;
}

function Channels({ channels }: { channels: ChannelFigures[] }) {
  const t = useT();
  const language = useLanguage();
  const name = useChannelName();
  return (
    <Table
      label={t("dashboard.channels.title")}
      head={
        <>
          <HeadCell>{t("dashboard.channels.channel")}</HeadCell>
          <HeadCell end>{t("dashboard.sums.users")}</HeadCell>
          <HeadCell end>{t("dashboard.sums.received")}</HeadCell>
          <HeadCell end>{t("dashboard.sums.sent")}</HeadCell>
          <HeadCell end>{t("dashboard.sums.errors")}</HeadCell>
        </>
      }
    >
      {channels.map((one) => (
        <tr key={one.channel}>
          <Cell grow>{name(one.channel)}</Cell>
          <Cell end name={t("dashboard.sums.users")}>{figure(one.users, language)}</Cell>
          <Cell end name={t("dashboard.sums.received")}>{figure(one.userMessages, language)}</Cell>
          <Cell end name={t("dashboard.sums.sent")}>{figure(one.botMessages, language)}</Cell>
          <Cell end name={t("dashboard.sums.errors")}>{figure(one.errors, language)}</Cell>
        </tr>
      ))}
    </Table>
  );
}
