// Conversations, to read: who wrote lately to the left, what was said to the right, and on request what the bot did in a
// turn. On a phone the list and the thread are two pages.

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { MessagesSquare, Search, User, X } from "lucide-react";
import { useEffect, useState } from "react";

import { useBot } from "../bots/Bot";
import { useChannelName } from "../dashboard/Dashboard";
import { ago, figure } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { Failed } from "../shell/Loading";
import { useNow } from "../shell/useNow";
import { useWorkspace } from "../shell/workspace";
import { Badge, Button, buttonClass, cx, EmptyState, Select, Skeleton, TextInput } from "../ui";
import styles from "./Conversations.module.css";
import { type MarkedTurn, markedQuery, type ThreadLine, threadsQuery, turnQuery, type MarkedWanted, type Wanted } from "./read";
import type { ConversationSearch } from "./search";
import { Thread } from "./Thread";

/** Typing is over after so long. */
const TYPED_MS = 300;

export function ConversationsPage() {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const navigate = useNavigate();
  const search: ConversationSearch = useSearch({ strict: false });
  const { who: named, turn, ...wanted } = search;
  // A turn alone says whose it is.
  const asked = useQuery({ ...turnQuery(ws, bot.id, turn ?? ""), enabled: turn !== undefined && named === undefined });
  const who = named ?? (turn === undefined ? undefined : asked.data?.conversation);
  const go = (next: ConversationSearch) =>
    void navigate({ to: "/w/$ws/bots/$bot/conversations", params: { ws, bot: bot.id }, search: next, replace: true });
  return (
    <div className={cx(styles["page"], who !== undefined && styles["open"])}>
      <section className={styles["list"]} aria-label={t("conversations.title")}>
        <Filters wanted={wanted} onChange={(next) => go({ ...next, ...(who !== undefined && { who }) })} />
        {wanted.kind === undefined ? <List wanted={wanted} who={who} /> : <Marked wanted={{ ...wanted, kind: wanted.kind }} turn={turn} />}
      </section>
      <div className={styles["thread"]}>
        {who === undefined ? (
          asked.error ? (
            <Failed error={asked.error} retry={() => void asked.refetch()} />
          ) : (
            <div className={styles["choose"]}>
              <MessagesSquare size={22} aria-hidden />
              <p>{t("conversations.choose")}</p>
            </div>
          )
        ) : (
          <Thread key={`${who} ${named === undefined || wanted.kind !== undefined ? turn : ""}`} who={who} turn={turn} onTurn={(next) => go({ ...wanted, who, ...(next && { turn: next }) })} onBack={() => go(wanted)} />
        )}
      </div>
    </div>
  );
}

function Filters({ wanted, onChange }: { wanted: Wanted; onChange: (next: Wanted) => void }) {
  const t = useT();
  const name = useChannelName();
  const [typed, setTyped] = useState(wanted.q ?? "");
  useEffect(() => {
    if (typed.trim() === (wanted.q ?? "")) return;
    const timer = setTimeout(() => {
      const { q: _, ...rest } = wanted;
      onChange({ ...rest, ...(typed.trim() && { q: typed.trim() }) });
    }, TYPED_MS);
    return () => clearTimeout(timer);
  }, [typed, wanted, onChange]);
  const { kind, said, from: _1, to: _2, ...rest } = wanted;
  return (
    <div className={styles["filters"]}>
      <TextInput
        label={t("conversations.search")}
        hideLabel
        placeholder={t("conversations.search")}
        icon={<Search size={16} aria-hidden />}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        data-search
      />
      <Select
        label={t("dashboard.channels.channel")}
        value={wanted.channel ?? "every"}
        onChange={(next) => {
          const { channel: _, ...others } = wanted;
          onChange({ ...others, ...(next !== "every" && { channel: next }) });
        }}
        options={[
          { value: "every", label: t("conversations.everyChannel") },
          ...["kakao", "kakao-development", "web", "kakaobiz"].map((one) => ({ value: one, label: name(one) })),
        ]}
      />
      {kind && (
        <p className={styles["chosen"]}>
          <span>{said ? t("conversations.only", { what: said }) : t(`conversations.kinds.${kind}`)}</span>
          <Button size="small" variant="quiet" icon={<X size={14} aria-hidden />} onClick={() => onChange(rest)}>
            {t("conversations.all")}
          </Button>
        </p>
      )}
    </div>
  );
}

function List({ wanted, who }: { wanted: Wanted; who: string | undefined }) {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const list = useInfiniteQuery(threadsQuery(ws, bot.id, wanted));
  if (list.error && !list.data) return <Failed error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <Skeleton width="full" height="box" />;
  const lines = list.data.pages.flatMap((page) => page.items);
  const filtered = Object.keys(wanted).length > 0;
  if (lines.length === 0) {
    return (
      <div className={styles["none"]}>
        <EmptyState
          title={filtered ? t("conversations.noneFiltered") : t("conversations.none")}
          action={
            !filtered && (
              <Link to="/w/$ws/bots/$bot/channels" params={{ ws, bot: bot.id }} className={buttonClass("secondary")}>
                {t("conversations.toChannel")}
              </Link>
            )
          }
        >
          {!filtered && t("conversations.noneLead")}
        </EmptyState>
      </div>
    );
  }
  return (
    <>
      <ul className={styles["lines"]}>
        {lines.map((line) => (
          <li key={line.id}>
            <Line line={line} here={line.id === who} wanted={wanted} />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <div className={styles["more"]}>
          <Button size="small" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t("conversations.more")}
          </Button>
        </div>
      )}
    </>
  );
}

/** What stands for a customer, of whom nothing but a long key is known: its beginning, by which they can be found. */
export function shortKey(key: string): string {
  return key.slice(0, 8);
}

/** Turns behind a figure of the dashboard: each leads into its conversation. */
function Marked({ wanted, turn }: { wanted: MarkedWanted; turn: string | undefined }) {
  const t = useT();
  const language = useLanguage();
  const now = useNow();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const name = useChannelName();
  const list = useInfiniteQuery(markedQuery(ws, bot.id, wanted));
  if (list.error && !list.data) return <Failed error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <Skeleton width="full" height="box" />;
  const turns: MarkedTurn[] = list.data.pages.flatMap((page) => page.items);
  if (turns.length === 0) return <EmptyState title={t("conversations.noneFiltered")} />;
  return (
    <ul className={styles["lines"]}>
      {turns.map((one) => (
        <li key={one.turn}>
          <Link
            to="/w/$ws/bots/$bot/conversations"
            params={{ ws, bot: bot.id }}
            search={{ ...wanted, who: one.conversation, turn: one.turn }}
            className={cx(styles["line"], one.turn === turn && styles["here"])}
            aria-current={one.turn === turn ? "true" : undefined}
          >
            <span className={styles["words"]}>
              <span className={styles["top"]}>
                <span className={styles["said"]}>{one.said || t("conversations.saidNothing")}</span>
                <time className={styles["time"]} dateTime={new Date(one.at).toISOString()}>
                  {ago(one.at, now, language)}
                </time>
              </span>
              <span className={styles["marks"]}>
                <Badge tone={one.channel === "kakao" ? "kakao" : "neutral"}>{name(one.channel)}</Badge>
                <Badge>{t("channels.seen.ms", { n: figure(Math.round(one.tookMs), language) })}</Badge>
              </span>
            </span>
          </Link>
        </li>
      ))}
      {list.hasNextPage && (
        <li className={styles["more"]}>
          <Button size="small" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t("conversations.more")}
          </Button>
        </li>
      )}
    </ul>
  );
}

function Line({ line, here, wanted }: { line: ThreadLine; here: boolean; wanted: Wanted }) {
  const t = useT();
  const language = useLanguage();
  const now = useNow();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const name = useChannelName();
  return (
    <Link
      to="/w/$ws/bots/$bot/conversations"
      params={{ ws, bot: bot.id }}
      search={{ ...wanted, who: line.id }}
      className={cx(styles["line"], here && styles["here"])}
      aria-current={here ? "true" : undefined}
    >
      <span className={styles["face"]} aria-hidden>
        <User size={18} strokeWidth={1.75} />
      </span>
      <span className={styles["words"]}>
        <span className={styles["top"]}>
          <span className={styles["name"]}>{t("conversations.customer", { key: shortKey(line.userKey) })}</span>
          <time className={styles["time"]} dateTime={new Date(line.lastAt).toISOString()}>
            {ago(line.lastAt, now, language)}
          </time>
        </span>
        <span className={styles["said"]}>{line.said || t("conversations.saidNothing")}</span>
        <span className={styles["marks"]}>
          <Badge tone={line.channel === "kakao" ? "kakao" : "neutral"}>{name(line.channel)}</Badge>
          {line.errors > 0 && <Badge tone="danger">{t("conversations.errors", { n: line.errors })}</Badge>}
        </span>
      </span>
    </Link>
  );
}
