// The request log: what KakaoTalk sent and got, newest first, with the raw pair of each.

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { FileJson2 } from "lucide-react";

import { useBot } from "../bots/Bot";
import { clock, day, figure } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { Failed } from "../shell/Loading";
import { useNow } from "../shell/useNow";
import { useWorkspace } from "../shell/workspace";
import { Badge, Button, CopyButton, cx, Dialog, EmptyState, Select, Skeleton } from "../ui";
import { ModeBadge } from "./Kakao";
import styles from "./Log.module.css";
import { type Mode, MODES } from "./model";
import { useProblemName } from "./problems";
import { type LogFilter, logQuery, problemsQuery, type RequestLine, requestQuery } from "./read";

export function LogPage() {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const filter: LogFilter = {
    ...(search.problem !== undefined && { problem: search.problem }),
    ...(search.mode !== undefined && { mode: search.mode }),
  };
  const log = useInfiniteQuery(logQuery(ws, bot.id, filter));
  const problems = useQuery(problemsQuery(ws, bot.id));
  const name = useProblemName();
  const go = (next: LogFilter & { request?: string }) =>
    void navigate({ to: "/w/$ws/bots/$bot/channels/log", params: { ws, bot: bot.id }, search: next, replace: true });
  const lines = log.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = filter.problem !== undefined || filter.mode !== undefined;
  return (
    <>
      <div className={styles["filters"]}>
        <div className={styles["filter"]}>
          <Select
            label={t("channels.log.problem")}
            value={filter.problem ?? "every"}
            onChange={(next) => go({ ...(filter.mode && { mode: filter.mode }), ...(next !== "every" && { problem: next }) })}
            options={[
              { value: "every", label: t("channels.log.every") },
              { value: "any", label: t("channels.log.anyProblem") },
              ...(problems.data ?? []).map((one) => ({ value: one.code, label: name(one.code), note: t("channels.log.times", { n: one.count }) })),
            ]}
          />
        </div>
        <div className={styles["filter"]}>
          <Select
            label={t("channels.seen.from")}
            value={filter.mode ?? "every"}
            onChange={(next) =>
              go({ ...(filter.problem !== undefined && { problem: filter.problem }), ...(next !== "every" && { mode: next as Mode }) })
            }
            options={[{ value: "every", label: t("channels.log.everywhere") }, ...MODES.map((mode) => ({ value: mode as string, label: t(`channels.mode.${mode}`) }))]}
          />
        </div>
        <p className={styles["kept"]}>{t("channels.log.kept")}</p>
      </div>
      {log.error && !log.data && <Failed error={log.error} retry={() => void log.refetch()} />}
      {log.isPending && <Skeleton width="full" height="box" />}
      {log.data && lines.length === 0 && (
        <EmptyState
          icon={<FileJson2 size={22} aria-hidden />}
          title={filtered ? t("channels.log.noneFiltered") : t("channels.seen.none")}
          action={filtered ? <Button onClick={() => go({})}>{t("channels.log.clear")}</Button> : undefined}
        >
          {!filtered && t("channels.log.noneLead")}
        </EmptyState>
      )}
      <ul className={styles["lines"]}>
        {lines.map((line) => (
          <li key={line.id}>
            <Line line={line} onOpen={() => go({ ...filter, request: line.id })} />
          </li>
        ))}
      </ul>
      {log.hasNextPage && (
        <Button busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          {t("channels.log.more")}
        </Button>
      )}
      {search.request !== undefined && <Whole id={search.request} onClose={() => go(filter)} />}
    </>
  );
}

function Line({ line, onOpen }: { line: RequestLine; onOpen: () => void }) {
  const t = useT();
  const language = useLanguage();
  const now = useNow();
  const name = useProblemName();
  return (
    <button type="button" className={cx(styles["line"], line.problems.length > 0 && styles["wrong"])} onClick={onOpen}>
      <time className={styles["time"]} dateTime={new Date(line.at).toISOString()}>
        {day(line.at, now, language)} {clock(line.at, language)}
      </time>
      <span className={styles["block"]}>{line.block || t("channels.seen.noBlock")}</span>
      <span className={styles["marks"]}>
        <ModeBadge mode={line.mode} />
        {line.draft && <Badge>{t("channels.seen.draft")}</Badge>}
      </span>
      <span className={styles["problems"]}>{[...new Set(line.problems.map((problem) => name(problem.code)))].join(" · ")}</span>
      <span className={cx(styles["took"], line.tookMs > 4_000 && styles["slow"])}>
        {t("channels.seen.ms", { n: figure(Math.round(line.tookMs), language) })}
      </span>
    </button>
  );
}

/** JSON as people read it; what is none stays as it came. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function Whole({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const read = useQuery(requestQuery(ws, bot.id, id));
  const whole = read.data;
  const name = useProblemName();
  return (
    <Dialog open onClose={onClose} width="large" title={t("channels.log.one")} description={whole?.block}>
      {read.error && <Failed error={read.error} retry={() => void read.refetch()} />}
      {read.isPending && <Skeleton width="full" height="box" />}
      {whole && (
        <div className={styles["whole"]}>
          {whole.problems.map((problem) => (
            <div key={`${problem.code} ${problem.place}`} className={styles["problem"]}>
              <p className={styles["problemName"]}>{name(problem.code)}</p>
              {problem.detail && <p>{problem.detail}</p>}
              {problem.place && <code>{problem.place}</code>}
            </div>
          ))}
          {whole.hasTurn && (
            <p>
              <Link to="/w/$ws/bots/$bot/conversations" params={{ ws, bot: bot.id }} search={{ turn: whole.id }}>
                {t("channels.log.toConversation")}
              </Link>
            </p>
          )}
          <Raw title={t("channels.log.request")} text={whole.request} />
          <Raw title={t("channels.log.answer")} text={whole.answer} />
          {whole.late !== null && <Raw title={t("channels.log.late")} text={whole.late} />}
        </div>
      )}
    </Dialog>
  );
}

export function Raw({ title, text }: { title: string; text: string | null }) {
  const t = useT();
  const shown = text === null ? null : pretty(text);
  return (
    <section className={styles["raw"]} aria-label={title}>
      <div className={styles["rawHead"]}>
        <h3>{title}</h3>
        {shown !== null && <CopyButton text={shown}>{t("channels.log.copy")}</CopyButton>}
      </div>
      {shown === null ? (
        <p className={styles["kept"]}>{t("channels.log.notKept")}</p>
      ) : (
        // Long JSON is moved by keyboard too.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above
        <pre className={styles["json"]} tabIndex={0}>
          {shown}
        </pre>
      )}
    </section>
  );
}
