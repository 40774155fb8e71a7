// The rows of a list: who it is, what was said last, whose it is and how long they have waited.

import { Clock3, Columns2 } from "lucide-react";
import { memo, type MouseEvent, type ReactNode, useEffect, useRef } from "react";

import { ago } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { Failed } from "../shell/Loading";
import { Avatar, cx, IconButton, Skeleton } from "../ui";
import { useAgents, useChat } from "./hooks";
import styles from "./List.module.css";
import { waitsSince } from "./model/lists";
import type { Chat } from "./model/types";
import { Virtual } from "./Virtual";
import { patience, useCustomerName, useSpan, useTick } from "./words";

const ROW = 68;

/** What stands in the list, from above. A function: nobody copies 50,000 rows for each message. */
export type Rows = () => readonly string[];
/** Opens a conversation, beside the others or in place of one, perhaps at a message. */
export type OpenChat = (chat: string, beside: boolean, seq?: number) => void;
/** What every kind of list is given. */
export interface Inner {
  open: readonly string[];
  focused: string | undefined;
  onOpen: OpenChat;
  onRows: (rows: Rows) => void;
}
/** What a list says of a row in place of the last message and of whose it is. */
export interface Words {
  text?: ReactNode;
  seq?: number | undefined;
  foot?: ReactNode;
}

/** The shape of rows that are on their way. */
export function Waiting() {
  return (
    <div className={styles["room"]} aria-busy>
      {[0, 1, 2, 3, 4].map((nth) => (
        <div key={nth} className={styles["ghost"]}>
          <Skeleton width="square" height="control" />
          <div>
            <Skeleton width="m" />
            <Skeleton width="l" />
          </div>
        </div>
      ))}
    </div>
  );
}

export function RowList({
  count,
  idAt,
  wordsAt,
  ids,
  open,
  focused,
  onOpen,
  onEnd,
  failed,
  retry,
}: Omit<Inner, "onRows"> & {
  count: number;
  idAt: (at: number) => string;
  /** What stands in place of the last message, and the message that is shown when the row is opened. */
  wordsAt?: (at: number) => Words | undefined;
  ids: Rows;
  onEnd: (() => void) | undefined;
  failed?: unknown;
  retry: () => void;
}) {
  const t = useT();
  const room = useRef<HTMLDivElement>(null);
  const now = useTick();
  useEffect(() => {
    // The keys lead to rows that may be out of sight.
    const element = room.current;
    const at = focused === undefined ? -1 : ids().indexOf(focused);
    if (!element || at < 0) return;
    if (at * ROW < element.scrollTop) element.scrollTop = at * ROW;
    else if ((at + 1) * ROW > element.scrollTop + element.clientHeight) element.scrollTop = (at + 1) * ROW - element.clientHeight;
    // Only when another one is opened: the list moves by itself otherwise.
    // oxlint-disable-next-line react/exhaustive-deps -- as above
  }, [focused]);
  return (
    <div ref={room} className={styles["room"]}>
      <Virtual
        room={room}
        count={count}
        height={ROW}
        label={t("chat.areas.list")}
        onEnd={onEnd}
        renderRow={(nth) => {
          const id = idAt(nth);
          return <Row key={id} id={id} top={nth * ROW} now={now} words={wordsAt?.(nth)} isOpen={open.includes(id)} isFocused={id === focused} onOpen={onOpen} />;
        }}
      />
      {failed !== undefined && <Failed error={failed} retry={retry} />}
    </div>
  );
}

/** Drawn anew only when it is otherwise, not with each step of scrolling. */
const Row = memo(function Row({
  id,
  top,
  now,
  words,
  isOpen,
  isFocused,
  onOpen,
}: {
  id: string;
  top: number;
  now: number;
  words: Words | undefined;
  isOpen: boolean;
  isFocused: boolean;
  onOpen: OpenChat;
}) {
  const chat = useChat(id);
  const name = useCustomerName();
  const t = useT();
  const language = useLanguage();
  if (!chat) return <li className={styles["row"]} style={{ top }} />;
  const press = (event: MouseEvent) => onOpen(id, event.metaKey || event.ctrlKey || event.shiftKey, words?.seq);
  return (
    <li className={styles["row"]} style={{ top }}>
      <button
        type="button"
        data-chat={id}
        className={cx(styles["button"], isOpen && styles["open"], isFocused && styles["focused"])}
        aria-current={isFocused ? "true" : undefined}
        onClick={press}
      >
        <span className={styles["face"]}>
          <Avatar name={chat.name || chat.userKey.slice(-4)} size={36} />
          <span className={cx(styles["channel"], chat.platform === "kakaobiz" && styles["kakao"])} title={channelName(t, chat.platform)}>
            {chat.platform === "web" ? "W" : "K"}
          </span>
        </span>
        <span className={styles["words"]}>
          <span className={styles["line"]}>
            <span className={styles["name"]}>{name(chat)}</span>
            <time className={styles["time"]} dateTime={new Date(chat.lastAt).toISOString()}>
              {ago(chat.lastAt, now, language)}
            </time>
          </span>
          <span className={styles["line"]}>
            <span className={cx(styles["text"], chat.unread > 0 && words?.text === undefined && styles["fresh"])}>{words?.text ?? lastWords(t, chat)}</span>
            {chat.unread > 0 && (
              <span className={styles["unread"]}>
                <span aria-hidden>{chat.unread > 99 ? "99+" : chat.unread}</span>
                <span className="sr-only">{t("chat.list.unread", { n: chat.unread })}</span>
              </span>
            )}
          </span>
          {words?.foot === undefined ? <Foot chat={chat} now={now} /> : <span className={styles["line"]}>{words.foot}</span>}
        </span>
      </button>
      {!isOpen && (
        <IconButton size="small" label={t("chat.window.beside")} className={styles["beside"]} onClick={() => onOpen(id, true)}>
          <Columns2 size={14} aria-hidden />
        </IconButton>
      )}
    </li>
  );
});

/** Whose it is and how long the customer has waited. */
function Foot({ chat, now }: { chat: Chat; now: number }) {
  const t = useT();
  const span = useSpan();
  const agents = useAgents();
  const since = waitsSince(chat);
  const owner = agents.find((agent) => agent.id === chat.owner);
  return (
    <span className={styles["line"]}>
      <span className={styles["owner"]}>
        {owner ? (
          <>
            <Avatar name={owner.name} picture={owner.picture} size={20} />
            {owner.name}
          </>
        ) : (
          t(`chat.states.${chat.state as "bot"}`)
        )}
        {chat.category.length > 0 && <span className={styles["category"]}>{chat.category.join(" › ")}</span>}
      </span>
      {since !== undefined && (
        <span className={cx(styles["wait"], styles[patience(now - since)])}>
          <Clock3 size={12} aria-hidden />
          {t("chat.list.waits", { time: span(now - since) })}
        </span>
      )}
    </span>
  );
}

type T = ReturnType<typeof useT>;

export function channelName(t: T, platform: string): string {
  return platform === "web" || platform === "kakaobiz" || platform === "kakao" ? t(`chat.channels.${platform}`) : platform;
}

function lastWords(t: T, chat: Chat): string {
  const text = chat.lastText;
  if (!text) return "";
  if (chat.lastSender === "bot") return t("chat.list.bot", { text });
  return chat.lastSender === "agent" ? t("chat.list.agent", { text }) : text;
}
