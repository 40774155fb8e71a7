// The Chat screen: where conversations are, the list, windows side by side, whose conversation it is. On a phone one area at a
// time.

import { useNavigate, useSearch } from "@tanstack/react-router";
import { MessagesSquare } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";

import { useLanguage, useT } from "../i18n/i18n";
import { useWaiting } from "../shell/waiting";
import { useMe, useWorkspace } from "../shell/workspace";
import { cx, EmptyState } from "../ui";
import { useChatActs } from "./acts";
import styles from "./Chat.module.css";
import type { ComposerHandle } from "./Composer";
import { storeOf } from "./current";
import { Divider } from "./Divider";
import { StoreContext, useLink, useStore, useTopic } from "./hooks";
import { InfoPane } from "./Info";
import { useKept } from "./kept";
import { ListPane } from "./ListPane";
import type { Wanted } from "./model/lists";
import { badge, play, show, wanted as isWanted } from "./notify";
import { ownSettings } from "./own";
import { keepOn } from "./push";
import type { Rows } from "./Rows";
import type { ChatSearch } from "./search";
import { Side } from "./Side";
import { ChatWindow } from "./Window";
import { useCustomerName } from "./words";

/** Windows at once. */
const MOST_WINDOWS = 6;
const SIZES = { list: { first: 324, least: 240, most: 520 }, info: { first: 300, least: 240, most: 520 } };
/** In windows narrower than this the customer lies over the conversation, and is closed at first. */
const NARROW_PX = 1280;
const isSize = (value: unknown): value is number => typeof value === "number" && value >= 200 && value <= 600;
const isSwitch = (value: unknown): value is boolean => typeof value === "boolean";

export function ChatPage() {
  const me = useMe();
  const { id: ws } = useWorkspace();
  const store = storeOf(ws, me.id);
  return (
    <StoreContext value={store}>
      <Screen key={ws} />
    </StoreContext>
  );
}

function Screen() {
  const t = useT();
  const store = useStore();
  const navigate = useNavigate();
  const search: ChatSearch = useSearch({ strict: false });
  const open = useMemo(() => (search.open ? search.open.split(".") : []), [search.open]);
  const [last, setFocused] = useState<string>();
  const focused = last !== undefined && open.includes(last) ? last : open.at(-1);
  const [listWidth, setListWidth] = useKept("list-width", SIZES.list.first, isSize);
  const [infoWidth, setInfoWidth] = useKept("info-width", SIZES.info.first, isSize);
  const [infoOpen, setInfoOpen] = useKept("info-open", window.innerWidth >= NARROW_PX, isSwitch);
  const composer = useRef<ComposerHandle>(null);
  const rows = useRef<Rows>(() => []);
  const takeRows = useCallback((next: Rows) => {
    rows.current = next;
  }, []);
  const place = search.view ?? "waiting";
  const view = place === "mentions" ? "mine" : place;
  const [sought, setSought] = useState<{ chat: string; seq: number }>();
  const onFound = useCallback(() => setSought(undefined), []);
  const order = search.order ?? (view === "waiting" ? "waiting" : "recent");
  const wanted: Wanted = useMemo(() => ({ view, bot: search.bot, mine: search.mine, order }), [view, search.bot, search.mine, order]);

  const go = useCallback(
    (change: (now: ChatSearch) => ChatSearch) =>
      void navigate({ to: "/w/$ws/chat", params: { ws: store.ws }, search: (now) => change(now as ChatSearch), replace: true }),
    [navigate, store],
  );
  const openChat = useCallback(
    (chat: string, beside: boolean, seq?: number) => {
      setFocused(chat);
      setSought(seq === undefined ? undefined : { chat, seq });
      // One opens it to write; on a phone the keyboard would hide what is to be read first.
      if (!matchMedia("(pointer: coarse)").matches) requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-window="${chat}"] textarea`)?.focus());
      go((now) => {
        const windows = now.open ? now.open.split(".") : [];
        if (windows.includes(chat)) return now;
        const at = focused === undefined ? -1 : windows.indexOf(focused);
        const next = beside || at < 0 ? [...windows, chat].slice(-MOST_WINDOWS) : windows.with(at, chat);
        return { ...now, open: next.join(".") };
      });
    },
    [go, focused],
  );
  const closeChat = useCallback(
    (chat: string) =>
      go(({ open: all, ...now }) => {
        const next = (all ?? "").split(".").filter((one) => one && one !== chat);
        return next.length > 0 ? { ...now, open: next.join(".") } : now;
      }),
    [go],
  );
  const closeAll = useCallback(() => go(({ open: _, ...now }) => now), [go]);
  const find = useCallback((q: string) => go(({ q: _, ...now }) => ({ ...now, ...(q && { q }) })), [go]);

  const gone = useTopic("gone");
  useEffect(() => {
    for (const chat of open) if (store.isHidden(chat)) closeChat(chat);
  }, [gone, open, store, closeChat]);
  useNews(openChat);
  useChatActs({ focused, open, rows, composer, openChat, closeChat, setFocused, toggleInfo: () => setInfoOpen(!infoOpen) });

  return (
    <div className={cx(styles["screen"], focused !== undefined && styles["talking"], open.length > 1 && styles["several"], infoOpen && styles["informed"])} style={{ "--list": `${listWidth}px`, "--info": `${infoWidth}px` } as React.CSSProperties}>
      <h1 className="sr-only">{t("chat.title")}</h1>
      <LostLine />
      <div className={styles["areas"]}>
        <section className={styles["side"]} aria-label={t("chat.areas.side")}>
          <Side
            view={place}
            bot={search.bot}
            onChoose={(next) =>
              go(({ q: _, order: _2, ...now }) => {
                const { bot, ...rest } = { ...now, ...next };
                return { ...rest, ...(bot !== undefined && { bot }) };
              })
            }
          />
        </section>
        <section className={styles["list"]} aria-label={t("chat.areas.list")}>
          <ListPane wanted={wanted} mentions={place === "mentions"} q={search.q ?? ""} open={open} focused={focused} onSearch={find} onOrder={(next) => go((now) => ({ ...now, order: next }))} onMine={(on) => go(({ mine: _, ...now }) => (on ? { ...now, mine: true } : now))} onOpen={openChat} onRows={takeRows} />
        </section>
        <Divider label={t("chat.resize.list")} size={listWidth} {...SIZES.list} sign={1} onSize={setListWidth} />
        <div className={styles["windows"]} data-windows={open.length}>
          {open.length === 0 ? (
            <div className={styles["choose"]}>
              <EmptyState icon={<MessagesSquare size={22} aria-hidden />} title={t("chat.window.choose")}>
                {t("chat.window.chooseLead")}
              </EmptyState>
            </div>
          ) : (
            open.map((id) => (
              <ChatWindow
                key={id}
                id={id}
                isFocused={id === focused}
                composer={composer}
                onFocus={() => id !== focused && setFocused(id)}
                onClose={() => closeChat(id)}
                onBack={closeAll}
                onInfo={() => setInfoOpen(!infoOpen)}
                sought={sought?.chat === id ? sought.seq : undefined}
                onFound={onFound}
              />
            ))
          )}
        </div>
        {infoOpen && (
          <>
            <Divider label={t("chat.resize.info")} size={infoWidth} {...SIZES.info} sign={-1} onSize={setInfoWidth} />
            <section className={styles["info"]} aria-label={t("chat.areas.info")}>
              <InfoPane id={focused} composer={composer} onClose={() => setInfoOpen(false)} />
            </section>
          </>
        )}
      </div>
    </div>
  );
}

/** Said at once when the connection is gone; before it was ever there, nothing is said. */
function LostLine() {
  const t = useT();
  const store = useStore();
  const link = useLink();
  const lost = link !== "open" && store.wasOpen;
  return (
    <div role="status" className={cx(lost && styles["lost"])}>
      {lost && t("chat.link.lost")}
    </div>
  );
}

/** Notifications, sound and the number in the tab. */
function useNews(openChat: (chat: string, beside: boolean) => void): void {
  const t = useT();
  const store = useStore();
  const name = useCustomerName();
  const { queued, unread } = useWaiting(store.ws);
  const language = useLanguage();
  // A browser that cannot be told now is asked again with the next visit.
  useEffect(() => void keepOn(store.ws, language).catch(() => undefined), [store.ws, language]);
  useEffect(() => {
    store.onNews((news) => {
      const own = ownSettings(store.agents.find((agent) => agent.id === store.me));
      if (!isWanted(news, own, Date.now())) return;
      // What one looks at needs no bell.
      const inSight = document.visibilityState === "visible" && document.hasFocus();
      if (inSight && news.kind === "message" && document.querySelector(`[data-window="${news.chat}"]`)) return;
      const chat = store.state.chats.get(news.chat);
      const who = chat ? name(chat) : "";
      const title = news.kind === "message" ? t("chat.notify.message", { name: who }) : t(`chat.notify.${news.kind}`);
      if (own.sound) play();
      if (!inSight) show(title, news.text || who, news.chat, own.seconds, () => openChat(news.chat, true));
    });
  }, [store, t, name, openChat]);
  useEffect(() => {
    const was = document.title;
    document.title = badge(t("chat.title"), queued + unread);
    return () => {
      document.title = was;
    };
  }, [t, queued, unread]);
}
