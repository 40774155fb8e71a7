// How the bot does: who came, what was said, what was slow or failed, and what it did not understand. Everything leads to
// the turns behind it.

import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { ChartColumn, Download, FileSpreadsheet, Split } from "lucide-react";
import type { ReactNode } from "react";

import { useBot } from "../bots/Bot";
import { ago, figure } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { Failed } from "../shell/Loading";
import { useNow } from "../shell/useNow";
import { useWorkspace } from "../shell/workspace";
import { Button, buttonClass, Cell, cx, EmptyState, HeadCell, Menu, MenuItem, Skeleton, Table } from "../ui";
import { Chart } from "./Chart";
import styles from "./Dashboard.module.css";
import { PeriodPicker } from "./PeriodPicker";
import { type ChannelFigures, type Dashboard, dashboardQuery, exportUrl, type Group, type NodeFigures, type Totals } from "./read";
import { dayIn, type Period, period } from "./scale";

export function DashboardPage() {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const today = dayIn(new Intl.DateTimeFormat().resolvedOptions().timeZone, useNow());
  const chosen: Period = search.from !== undefined && search.to !== undefined ? { from: search.from, to: search.to } : period("week", today);
  const read = useQuery(dashboardQuery(ws, bot.id, chosen));
  const choose = (next: Period) => void navigate({ to: "/w/$ws/bots/$bot/dashboard", params: { ws, bot: bot.id }, search: next, replace: true });
  return (
    <>
      <div className={styles["head"]}>
        <PeriodPicker value={chosen} today={today} onChange={choose} />
        <Menu
          align="end"
          trigger={
            <Button icon={<Download size={16} aria-hidden />}>{t("dashboard.export")}</Button>
          }
        >
          {(["xlsx", "csv"] as const).map((kind) => (
            <MenuItem key={kind} icon={<FileSpreadsheet size={16} aria-hidden />} onClick={() => location.assign(exportUrl(ws, bot.id, chosen, kind))}>
              {t(`dashboard.${kind}`)}
            </MenuItem>
          ))}
        </Menu>
      </div>
      {read.error && !read.data && <Failed error={read.error} retry={() => void read.refetch()} />}
      {read.isPending && <Skeleton width="full" height="box" />}
      {read.data && (
        <div className={cx(styles["figures"], read.isPlaceholderData && styles["stale"])} aria-busy={read.isPlaceholderData}>
          <Whole data={read.data} period={chosen} />
        </div>
      )}
    </>
  );
}

function Whole({ data, period: chosen }: { data: Dashboard; period: Period }) {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  if (data.totals.received === 0 && data.totals.sent === 0) {
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
      <Sums totals={data.totals} />
      <Days data={data} />
      <Part title={t("dashboard.unanswered.title")} lead={t("dashboard.unanswered.lead")}>
        <Groups kind="unanswered" groups={data.unanswered} period={chosen} />
      </Part>
      <Part title={t("dashboard.errors.title")} lead={t("dashboard.errors.lead")}>
        <Groups kind="errors" groups={data.errors} period={chosen} />
      </Part>
      <Part title={t("dashboard.nodes.title")} lead={t("dashboard.nodes.lead")}>
        <Nodes nodes={data.nodes} />
      </Part>
      <Part title={t("dashboard.channels.title")}>
        <Channels channels={data.channels} />
      </Part>
    </>
  );
}

function Sums({ totals }: { totals: Totals }) {
  const t = useT();
  const language = useLanguage();
  const each = totals.conversations === 0 ? 0 : Math.round(((totals.received + totals.sent) / totals.conversations) * 10) / 10;
  const list: [name: string, n: number, bad?: boolean][] = [
    [t("dashboard.sums.users"), totals.users],
    [t("dashboard.sums.conversations"), totals.conversations],
    [t("dashboard.sums.received"), totals.received],
    [t("dashboard.sums.sent"), totals.sent],
    [t("dashboard.sums.each"), each],
    [t("dashboard.sums.unanswered"), totals.unanswered],
    [t("dashboard.sums.slow"), totals.slow, totals.slow > 0],
    [t("dashboard.sums.errors"), totals.errors, totals.errors > 0],
  ];
  return (
    <dl className={styles["sums"]}>
      {list.map(([name, n, bad]) => (
        <div key={name} className={styles["sum"]}>
          <dt>{name}</dt>
          <dd className={cx(bad && styles["bad"])}>{figure(n, language)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Days({ data }: { data: Dashboard }) {
  const t = useT();
  const language = useLanguage();
  const short = new Intl.DateTimeFormat(language, { month: "numeric", day: "numeric", timeZone: "UTC" });
  const days = data.days.map((one) => short.format(new Date(`${one.day}T00:00:00Z`)));
  return (
    <div className={styles["charts"]}>
      <div className={styles["card"]}>
        <Chart
          title={t("dashboard.people")}
          days={days}
          totals={[data.totals.returningUsers, data.totals.newUsers]}
          series={[
            { name: t("dashboard.returning"), values: data.days.map((one) => one.returningUsers) },
            { name: t("dashboard.new"), values: data.days.map((one) => one.newUsers) },
          ]}
        />
      </div>
      <div className={styles["card"]}>
        <Chart
          title={t("dashboard.messages")}
          days={days}
          series={[
            { name: t("dashboard.sums.received"), values: data.days.map((one) => one.received) },
            { name: t("dashboard.sums.sent"), values: data.days.map((one) => one.sent) },
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

function Groups({ kind, groups, period: { from, to } }: { kind: "unanswered" | "errors"; groups: Group[]; period: Period }) {
  const t = useT();
  const language = useLanguage();
  const now = useNow();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const params = { ws, bot: bot.id };
  if (groups.length === 0) return <p className={styles["nothing"]}>{t(`dashboard.${kind}.none`)}</p>;
  return (
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
      {groups.map((group) => (
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
              <Link to="/w/$ws/bots/$bot/conversations" params={params} search={{ kind, said: group.said, from, to }} className={buttonClass("quiet", "small")}>
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
  );
}

/** The editor, asked to begin a way for a sentence that nothing answered. */
export function branchUrl(ws: string, bot: string, said: string): string {
  return `/w/${ws}/bots/${bot}/edit?${new URLSearchParams({ branch: said })}`;
}

function Nodes({ nodes }: { nodes: NodeFigures[] }) {
  const t = useT();
  const language = useLanguage();
  const { id: ws } = useWorkspace();
  const bot = useBot();
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
            <a href={`/w/${ws}/bots/${bot.id}/edit/${node.flow}?node=${node.node}`}>
              {node.flowTitle} › {node.nodeTitle}
            </a>
          </Cell>
          <Cell end>{figure(node.times, language)}</Cell>
          <Cell end>{t("channels.seen.ms", { n: figure(Math.round(node.meanMs), language) })}</Cell>
          <Cell end>{t("channels.seen.ms", { n: figure(Math.round(node.slowestMs), language) })}</Cell>
          <Cell end>
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
          <HeadCell end>{t("dashboard.sums.conversations")}</HeadCell>
          <HeadCell end>{t("dashboard.sums.received")}</HeadCell>
          <HeadCell end>{t("dashboard.sums.sent")}</HeadCell>
          <HeadCell end>{t("dashboard.sums.errors")}</HeadCell>
        </>
      }
    >
      {channels.map((one) => (
        <tr key={one.channel}>
          <Cell grow>{name(one.channel)}</Cell>
          {[one.users, one.conversations, one.received, one.sent, one.errors].map((n, nth) => (
            <Cell key={nth} end>
              {figure(n, language)}
            </Cell>
          ))}
        </tr>
      ))}
    </Table>
  );
}
