// What was said in a conversation, the newest below; between it what only agents see. Older ones are read as one scrolls up.

import { ArrowDown, Bot, ChevronDown, ChevronUp, CircleAlert, Lightbulb, NotebookPen } from "lucide-react";
import { useQuery } from "@tanstack/react-query";
import { Fragment, memo, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";

import { clock } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { Failed } from "../shell/Loading";
import { Button, cx, IconButton, Skeleton } from "../ui";
import { Bubble } from "./Bubble";
import { isPicture } from "./files";
import { useAgents, useChat, useNames, useOutbox, useStore, useThread, useTyping } from "./hooks";
import { parts, peopleQuery } from "./mentions";
import { Fate, useWhy } from "./Room";
import { firstUnread, type Item, itemsOf } from "./model/turns";
import type { Pending } from "./model/outbox";
import { textOf } from "./model/state";
import type { ChatLine } from "./model/types";
import styles from "./Thread.module.css";
import { useCustomerName } from "./words";

/** So near to the end one follows what comes. */
const NEAR_PX = 90;
/** So near to the beginning older ones are read. */
const OLDER_PX = 300;
/** Of so many bot messages in a row the first ones are folded away. */
const FOLD_FROM = 4;

/** So many pieces are read to reach a message that was found. */
const MOST_PIECES = 40;

interface Props {
  chat: string;
  isFocused: boolean;
  hideBot: boolean;
  /** The message to be shown, by its number. */
  sought: number | undefined;
  onFound: () => void;
  /** Looks for an answer to what the customer wrote. */
  onAsk: ((text: string) => void) | undefined;
}

export function ThreadView({ chat: id, isFocused, hideBot, sought, onFound, onAsk }: Props) {
  const t = useT();
  const store = useStore();
  const chat = useChat(id);
  const thread = useThread(id);
  const outbox = useOutbox(id);
  const name = useCustomerName();
  const room = useRef<HTMLDivElement>(null);
  const [follows, setFollows] = useState(true);
  const [unreadFrom, setUnreadFrom] = useState<number | undefined>();
  const [marked, setMarked] = useState(false);
  const ready = thread.stand === "ready";
  // What was new when the window was opened stays marked; later messages are seen coming.
  if (ready && chat && !marked) {
    setMarked(true);
    setUnreadFrom(firstUnread(thread.messages, chat.unread));
  }
  const items = useMemo(() => itemsOf(thread, unreadFrom, hideBot), [thread, unreadFrom, hideBot]);
  const firstSeq = thread.messages[0]?.seq;
  const lastSeq = thread.messages.at(-1)?.seq;

  // Older ones come above: what one reads stays where it is.
  const before = useRef<{ first: number | undefined; height: number }>({ first: undefined, height: 0 });
  useLayoutEffect(() => {
    const element = room.current;
    if (!element) return;
    const was = before.current;
    if (was.first !== undefined && firstSeq !== undefined && firstSeq < was.first) element.scrollTop += element.scrollHeight - was.height;
    else if (follows) element.scrollTop = element.scrollHeight;
    before.current = { first: firstSeq, height: element.scrollHeight };
  }, [items, outbox.length, firstSeq, follows, ready]);

  // Pictures grow while they load, windows get smaller when the keyboard of a phone comes.
  const following = useRef(follows);
  useEffect(() => {
    following.current = follows;
  }, [follows]);
  useEffect(() => {
    const element = room.current;
    if (!element) return undefined;
    const stay = () => {
      if (following.current) element.scrollTop = element.scrollHeight;
    };
    const observer = new ResizeObserver(stay);
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, [ready]);

  const unread = chat?.unread ?? 0;
  useEffect(() => {
    if (!isFocused || !follows || !ready || unread === 0) return undefined;
    const see = () => document.visibilityState === "visible" && store.sees(id);
    see();
    document.addEventListener("visibilitychange", see);
    return () => document.removeEventListener("visibilitychange", see);
  }, [store, id, isFocused, follows, ready, unread, lastSeq]);

  // A message that was found lies further up: what stands before it is read until it is there.
  const pieces = useRef(0);
  useEffect(() => {
    if (sought === undefined || !ready || firstSeq === undefined) return;
    const missing = firstSeq > sought && thread.more && pieces.current < MOST_PIECES;
    if (missing) {
      if (thread.loadingOlder) return;
      pieces.current += 1;
      void store.readOlder(id);
      return;
    }
    pieces.current = 0;
    // At once: what has just grown would lead back to the end.
    following.current = false;
    setFollows(false);
    const element = room.current?.querySelector<HTMLElement>(`[data-seq="${sought}"]`);
    element?.scrollIntoView({ block: "center" });
    element?.animate([{ backgroundColor: "var(--accent-soft)" }, { backgroundColor: "transparent" }], { duration: 1_600, easing: "ease-in" });
    onFound();
  }, [sought, ready, firstSeq, thread.more, thread.loadingOlder, store, id, onFound]);

  const onScroll = () => {
    const element = room.current;
    if (!element) return;
    setFollows(element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX);
    if (element.scrollTop < OLDER_PX && thread.more) void store.readOlder(id);
  };
  return (
    <div className={styles["frame"]}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div ref={room} className={styles["room"]} tabIndex={0} onScroll={onScroll} role="log" aria-live={isFocused ? "polite" : "off"} aria-label={t("chat.thread.label", { name: chat ? name(chat) : "" })}>
        <div className={styles["inner"]}>
          {thread.stand === "failed" && thread.messages.length === 0 && <Failed error={thread.error} retry={() => store.openThread(id)} />}
          {thread.stand === "loading" && thread.messages.length === 0 && <Ghosts />}
          {ready && thread.more && (
            <Button size="small" variant="quiet" className={styles["older"]} busy={thread.loadingOlder} onClick={() => void store.readOlder(id)}>
              {t("chat.thread.older")}
            </Button>
          )}
          {ready && !thread.more && <p className={styles["begin"]}>{t("chat.thread.begin")}</p>}
          <Items items={items} onAsk={onAsk} seenAt={chat?.room?.seenAt} />
          {outbox.map((pending) => (
            <Waiting key={pending.clientId} pending={pending} />
          ))}
          <TypingLine chat={id} />
        </div>
      </div>
      {!follows && (
        <Button
          size="small"
          icon={<ArrowDown size={14} aria-hidden />}
          className={styles["newest"]}
          onClick={() => {
            setFollows(true);
            if (room.current) room.current.scrollTop = room.current.scrollHeight;
          }}
        >
          {t("chat.thread.newest")}
        </Button>
      )}
    </div>
  );
}

function Ghosts() {
  return (
    <div aria-hidden className={styles["ghosts"]}>
      <Skeleton width="l" height="control" />
      <Skeleton width="m" height="control" />
      <Skeleton width="l" height="control" />
    </div>
  );
}

const Items = memo(function Items({ items, onAsk, seenAt }: { items: readonly Item[]; onAsk: Props["onAsk"]; seenAt: number | null | undefined }) {
  const t = useT();
  const language = useLanguage();
  return items.map((item) => {
    switch (item.kind) {
      case "day":
        return (
          <p key={item.key} className={styles["day"]}>
            <span>{new Intl.DateTimeFormat(language, { dateStyle: "full" }).format(item.at)}</span>
          </p>
        );
      case "unread":
        return (
          <p key={item.key} className={styles["unread"]}>
            <span>{t("chat.thread.unread")}</span>
          </p>
        );
      case "line":
        return <Line key={item.key} line={item.line} />;
      default:
        return <Turn key={item.key} item={item} onAsk={onAsk} seenAt={seenAt} />;
    }
  });
});

function Turn({ item, onAsk, seenAt }: { item: Extract<Item, { kind: "messages" }>; onAsk: Props["onAsk"]; seenAt: number | null | undefined }) {
  const t = useT();
  const store = useStore();
  const language = useLanguage();
  const names = useNames();
  const [folded, setFolded] = useState(true);
  const { from, author, messages } = item;
  const folds = from === "bot" && messages.length >= FOLD_FROM;
  const shownMessages = folds && folded ? messages.slice(-1) : messages;
  const who = from === "user" ? t("chat.thread.user") : from === "bot" ? t("chat.thread.bot") : author === store.me ? t("chat.thread.you") : names(author) || t("chat.thread.agent");
  return (
    <div className={cx(styles["turn"], from !== "user" && styles["right"])} data-from={from}>
      <p className={styles["who"]}>
        {from === "bot" && <Bot size={13} aria-hidden />}
        {who}
        <time dateTime={new Date(item.at).toISOString()}>{clock(item.at, language)}</time>
      </p>
      {folds && (
        <button type="button" className={styles["fold"]} aria-expanded={!folded} onClick={() => setFolded(!folded)}>
          {folded ? <ChevronDown size={13} aria-hidden /> : <ChevronUp size={13} aria-hidden />}
          {folded ? t("chat.thread.botUnfold", { n: messages.length - 1 }) : t("chat.thread.botFold", { n: messages.length - 1 })}
        </button>
      )}
      {shownMessages.map((message) => (
        <Fragment key={message.seq}>
        <div className={styles["said"]} data-seq={message.seq}>
          <Bubble data={message.data} from={from} />
          {from === "user" && onAsk && textOf(message) && (
            <IconButton size="small" label={t("chat.suggest.to")} className={styles["ask"]} onClick={() => onAsk(textOf(message))}>
              <Lightbulb size={14} aria-hidden />
            </IconButton>
          )}
        </div>
        <Fate message={message} seenAt={seenAt} />
        </Fragment>
      ))}
    </div>
  );
}

/** What is on its way, or did not get there. */
function Waiting({ pending }: { pending: Pending }) {
  const t = useT();
  const store = useStore();
  const { file } = pending;
  const preview = useMemo(() => file && isPicture(file) && URL.createObjectURL(file), [file]);
  useEffect(
    () => () => {
      if (preview) URL.revokeObjectURL(preview);
    },
    [preview],
  );
  const shown = preview
    ? { type: "media", media: { contentType: "image", uri: preview } }
    : file
      ? { type: "media", media: { contentType: "link", altText: file.name } }
      : pending.data;
  const failed = pending.stand === "failed";
  return (
    <div className={cx(styles["turn"], styles["right"])} data-pending={pending.stand}>
      <div className={styles["said"]}>
        <Bubble data={shown} from="agent" waits={!failed && pending.seq === undefined} />
      </div>
      {failed ? (
        <p className={styles["failed"]} role="alert">
          <CircleAlert size={13} aria-hidden />
          <span>
            {t("chat.thread.failed")}
            {pending.why && <span className={styles["why"]}> {pending.why}</span>}
          </span>
          <button type="button" onClick={() => store.retry(pending.chat, pending.clientId)}>
            {t("chat.thread.retry")}
          </button>
          <button type="button" onClick={() => store.discard(pending.chat, pending.clientId)}>
            {t("chat.thread.discard")}
          </button>
        </p>
      ) : (
        <p className={styles["who"]}>{pending.seq === undefined ? t("chat.thread.sending") : t("chat.thread.sent")}</p>
      )}
    </div>
  );
}

interface LineData {
  text?: string;
  category?: string[];
  why?: string;
  event?: string | null;
}

function Line({ line }: { line: ChatLine }) {
  const language = useLanguage();
  const t = useT();
  const names = useNames();
  const data = line.data as LineData;
  if (line.kind === "note") {
    return (
      <div className={styles["note"]} data-line="note">
        <p className={styles["noteHead"]}>
          <NotebookPen size={13} aria-hidden />
          {t("chat.thread.note")} · {names(line.by)}
          <time dateTime={new Date(line.at).toISOString()}>{clock(line.at, language)}</time>
        </p>
        <NoteText text={data.text ?? ""} />
      </div>
    );
  }
  return (
    <p className={styles["line"]} data-line={line.kind}>
      <span>
        <LineWords line={line} />
      </span>
      <time dateTime={new Date(line.at).toISOString()}>{clock(line.at, language)}</time>
    </p>
  );
}

/** The words of a note; the people who are mentioned stand out. */
export function NoteText({ text }: { text: string }) {
  const { ws, me } = useStore();
  const members = useQuery(peopleQuery(ws));
  return (
    <p className={styles["noteText"]}>
      {parts(text, members.data ?? []).map((part, at) =>
        part.person ? (
          <mark key={at} className={cx(styles["mention"], part.person.id === me && styles["me"])}>
            {part.text}
          </mark>
        ) : (
          <Fragment key={at}>{part.text}</Fragment>
        ),
      )}
    </p>
  );
}

function LineWords({ line }: { line: ChatLine }) {
  return useLineWords()(line);
}

/** What happened, as a sentence. */
function useLineWords(): (line: ChatLine) => string {
  const t = useT();
  const names = useNames();
  const whyOf = useWhy();
  return (line) => {
    const data = line.data as LineData;
    const [agent, by] = [names(line.agent), names(line.by)];
    switch (line.kind) {
      case "requested":
        return data.category?.length ? t("chat.lines.requestedAbout", { category: data.category.join(" › ") }) : t("chat.lines.requested");
      case "assigned":
        return t("chat.lines.assigned", { agent });
      case "connected":
        return t("chat.lines.connected", { agent });
      case "joined":
        return t("chat.lines.joined", { agent });
      case "left":
        return t("chat.lines.left", { agent });
      case "transferred":
        return line.agent ? t("chat.lines.transferred", { agent, by }) : t("chat.lines.queued", { by });
      case "flow-started":
        return t("chat.lines.flowStarted");
      case "flow-stopped":
        return t("chat.lines.flowStopped");
      case "completed":
        return by ? t("chat.lines.completedBy", { by }) : t("chat.lines.completed");
      case "room-opened":
        return t("chat.lines.roomOpened");
      case "room-closed": {
        const why = whyOf(data.why);
        return why ? t("chat.lines.roomClosedWhy", { why }) : t("chat.lines.roomClosed");
      }
      case "room-ending":
        return data.event ? t("chat.lines.roomHandedOver", { by, event: data.event }) : t("chat.lines.roomEnding", { by });
      case "room-blocking":
        return t("chat.lines.roomBlocking", { by });
      case "room-unblocking":
        return t("chat.lines.roomUnblocking", { by });
      case "room-blocked":
        return t("chat.lines.roomBlocked");
      case "room-unblocked":
        return t("chat.lines.roomUnblocked");
      case "consented":
        return t("chat.lines.consented");
      case "missed":
        return t(`chat.lines.missed.${(data.why ?? "left") as "left"}`);
      default:
        return data.text ?? "";
    }
  };
}

function TypingLine({ chat }: { chat: string }) {
  const t = useT();
  const typing = useTyping(chat);
  const agents = useAgents();
  if (typing.length === 0) return null;
  return (
    <p className={styles["typing"]}>
      <span className={styles["dots"]} aria-hidden>
        <i />
        <i />
        <i />
      </span>
      {typing.map((one, nth) => (
        <Fragment key={nth}>
          {one.from === "user" ? t("chat.thread.userTyping") : t("chat.thread.typing", { name: agents.find((agent) => agent.id === one.agent)?.name ?? t("chat.thread.agent") })}{" "}
        </Fragment>
      ))}
    </p>
  );
}
