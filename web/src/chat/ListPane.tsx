// The list of conversations: who they are, what was said last, and at a glance who waits longest.

import { useInfiniteQuery } from "@tanstack/react-query";
import { ArrowDownWideNarrow, Clock3, Columns2, MessageCircle, Search, X } from "lucide-react";
import { type MouseEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";

import { ago } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { Failed } from "../shell/Loading";
import { Avatar, Button, cx, EmptyState, IconButton, Menu, MenuItem, MenuSeparator, Skeleton, TextInput } from "../ui";
import { readChats } from "./api";
import { useAgents, useChat, useList, useStore } from "./hooks";
import styles from "./List.module.css";
import { nameOf, type Order, ORDERS, waitsSince, type Wanted } from "./model/lists";
import type { Chat } from "./model/types";
import { noEffects, takeChats } from "./model/state";
import { Virtual } from "./Virtual";
import { patience, useCustomerName, useSpan, useTick } from "./words";

const ROW = 68;
/** Typing is over after so long. */
const TYPED_MS = 250;

/** What stands in the list, from above. A function: nobody copies 50,000 rows for each message. */
export type Rows = () => readonly string[];

interface Props {
  wanted: Wanted;
  q: string;
  open: readonly string[];
  focused: string | undefined;
  onSearch: (q: string) => void;
  onOrder: (order: Order) => void;
  /** Only the person's own, or all. */
  onMine: (on: boolean) => void;
  onOpen: (chat: string, beside: boolean) => void;
  /** Gives what stands in the list now, for the keys. */
  onRows: (rows: Rows) => void;
}

export function ListPane({ wanted, q, open, focused, onSearch, onOrder, onMine, onOpen, onRows }: Props) {
  const t = useT();
  return (
    <>
      <header className={styles["head"]}>
        <h2 className={styles["title"]}>{q ? t("chat.list.found", { what: q }) : t(`chat.views.${wanted.view}`)}</h2>
        {!q && (
          <Menu
            align="end"
            trigger={
              <IconButton size="small" label={t("chat.list.order")}>
                <ArrowDownWideNarrow size={16} aria-hidden />
              </IconButton>
            }
          >
            {ORDERS.map((order) => (
              <MenuItem key={order} checked={order === wanted.order} onClick={() => onOrder(order)}>
                {t(`chat.list.${order}`)}
              </MenuItem>
            ))}
            {wanted.view !== "mine" && (
              <>
                <MenuSeparator />
                <MenuItem checked={wanted.mine === true} onClick={() => onMine(wanted.mine !== true)}>
                  {t("chat.list.onlyMine")}
                </MenuItem>
              </>
            )}
          </Menu>
        )}
      </header>
      <SearchField q={q} onSearch={onSearch} />
      {q ? (
        <Found q={q} bot={wanted.bot} open={open} focused={focused} onOpen={onOpen} onRows={onRows} onClear={() => onSearch("")} />
      ) : (
        <Listed wanted={wanted} open={open} focused={focused} onOpen={onOpen} onRows={onRows} />
      )}
    </>
  );
}

function SearchField({ q, onSearch }: { q: string; onSearch: (q: string) => void }) {
  const t = useT();
  const [typed, setTyped] = useState(q);
  const [known, setKnown] = useState(q);
  if (known !== q) {
    setKnown(q);
    setTyped(q);
  }
  useEffect(() => {
    if (typed.trim() === q) return undefined;
    const timer = setTimeout(() => onSearch(typed.trim()), TYPED_MS);
    return () => clearTimeout(timer);
  }, [typed, q, onSearch]);
  return (
    <div className={styles["search"]}>
      <TextInput
        label={t("chat.list.search")}
        hideLabel
        type="search"
        placeholder={t("chat.list.search")}
        icon={<Search size={15} aria-hidden />}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && typed) {
            event.preventDefault();
            setTyped("");
            onSearch("");
          }
        }}
        data-search
      />
    </div>
  );
}

type Inner = Pick<Props, "open" | "focused" | "onOpen" | "onRows">;

function Listed({ wanted, open, focused, onOpen, onRows }: Inner & { wanted: Wanted }) {
  const t = useT();
  const store = useStore();
  const list = useList(wanted);
  const name = nameOf(wanted);
  const rows = list?.rows ?? [];
  const ids = useCallback<Rows>(() => store.list(wanted)?.rows.map((row) => row.id) ?? [], [store, name]); // oxlint-disable-line react/exhaustive-deps -- the name says all that is wanted
  useEffect(() => onRows(ids), [onRows, ids]);
  const onEnd = useCallback(() => {
    if (store.list(wanted)?.failed === undefined) void store.readMore(name);
    // The name says all that is wanted.
    // oxlint-disable-next-line react/exhaustive-deps -- as above
  }, [store, name]);
  if (!list || (rows.length === 0 && list.next !== null && list.failed === undefined)) return <Waiting />;
  if (rows.length === 0 && list.failed === undefined) {
    return (
      <div className={styles["room"]}>
        <EmptyState icon={<MessageCircle size={22} aria-hidden />} title={t(`chat.list.none.${wanted.view}`)}>
          {t(`chat.list.noneLead.${wanted.view}`)}
        </EmptyState>
      </div>
    );
  }
  return (
    <RowList
      key={name}
      count={rows.length}
      idAt={(at) => rows[at]?.id ?? ""}
      ids={ids}
      open={open}
      focused={focused}
      onOpen={onOpen}
      onEnd={list.next === null ? undefined : onEnd}
      failed={list.failed}
      retry={() => void store.readMore(name)}
    />
  );
}

/** What the server has found. It stands as it was found; what happens in it is seen. */
function Found({ q, bot, open, focused, onOpen, onRows, onClear }: Inner & { q: string; bot: string | undefined; onClear: () => void }) {
  const t = useT();
  const store = useStore();
  const found = useInfiniteQuery({
    queryKey: ["ws", store.ws, "chats", "found", q, bot],
    queryFn: async ({ pageParam }) => {
      const piece = await readChats(store.ws, { search: q, ...(bot && { bot }), ...(pageParam && { cursor: pageParam }) });
      const effects = noEffects();
      // What events have told of is known better.
      takeChats(store.state, piece.items.filter((chat) => !store.state.chats.has(chat.id)), new Set(), effects);
      return { ids: piece.items.map((chat) => chat.id), next: piece.next };
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
  const all = useMemo(() => (found.data?.pages ?? []).flatMap((page) => page.ids), [found.data]);
  const ids = useCallback<Rows>(() => all, [all]);
  useEffect(() => onRows(ids), [onRows, ids]);
  const { fetchNextPage, hasNextPage } = found;
  const onEnd = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  if (found.isPending) return <Waiting />;
  if (found.error && !found.data) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (all.length === 0) {
    return (
      <div className={styles["room"]}>
        <EmptyState
          icon={<Search size={22} aria-hidden />}
          title={t("chat.list.noneFound", { what: q })}
          action={
            <Button icon={<X size={14} aria-hidden />} onClick={onClear}>
              {t("chat.list.clear")}
            </Button>
          }
        />
      </div>
    );
  }
  return <RowList key={q} count={all.length} idAt={(at) => all[at] ?? ""} ids={ids} open={open} focused={focused} onOpen={onOpen} onEnd={hasNextPage ? onEnd : undefined} failed={found.error ?? undefined} retry={() => void found.fetchNextPage()} />;
}

function Waiting() {
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

function RowList({
  count,
  idAt,
  ids,
  open,
  focused,
  onOpen,
  onEnd,
  failed,
  retry,
}: Pick<Props, "open" | "focused" | "onOpen"> & { count: number; idAt: (at: number) => string; ids: Rows; onEnd: (() => void) | undefined; failed?: unknown; retry: () => void }) {
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
          return <Row key={id} id={id} top={nth * ROW} now={now} isOpen={open.includes(id)} isFocused={id === focused} onOpen={onOpen} />;
        }}
      />
      {failed !== undefined && <Failed error={failed} retry={retry} />}
    </div>
  );
}

function Row({
  id,
  top,
  now,
  isOpen,
  isFocused,
  onOpen,
}: {
  id: string;
  top: number;
  now: number;
  isOpen: boolean;
  isFocused: boolean;
  onOpen: Props["onOpen"];
}) {
  const chat = useChat(id);
  const name = useCustomerName();
  const t = useT();
  const language = useLanguage();
  if (!chat) return <li className={styles["row"]} style={{ top }} />;
  const press = (event: MouseEvent) => onOpen(id, event.metaKey || event.ctrlKey || event.shiftKey);
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
            <span className={cx(styles["text"], chat.unread > 0 && styles["fresh"])}>{lastWords(t, chat)}</span>
            {chat.unread > 0 && (
              <span className={styles["unread"]}>
                <span aria-hidden>{chat.unread > 99 ? "99+" : chat.unread}</span>
                <span className="sr-only">{t("chat.list.unread", { n: chat.unread })}</span>
              </span>
            )}
          </span>
          <Foot chat={chat} now={now} />
        </span>
      </button>
      {!isOpen && (
        <IconButton size="small" label={t("chat.window.beside")} className={styles["beside"]} onClick={() => onOpen(id, true)}>
          <Columns2 size={14} aria-hidden />
        </IconButton>
      )}
    </li>
  );
}

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
