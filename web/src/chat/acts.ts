// The keys of the Chat screen, which the palette and the sheet of keys show too.

import { type RefObject, useMemo } from "react";

import { useT } from "../i18n/i18n";
import { type Act, useScreenActs } from "../shell/acts";
import { useAct } from "../shell/act";
import { changeMine } from "./api";
import type { ComposerHandle } from "./Composer";
import { useDeeds } from "./deeds";
import { useAgents, useChat, useStore } from "./hooks";
import type { Rows } from "./Rows";
import { waitsSince } from "./model/lists";
import { isOpen } from "./model/types";

interface Parts {
  focused: string | undefined;
  open: readonly string[];
  rows: RefObject<Rows>;
  composer: RefObject<ComposerHandle | null>;
  openChat: (chat: string, beside: boolean) => void;
  closeChat: (chat: string) => void;
  setFocused: (chat: string) => void;
  toggleInfo: () => void;
}

export function useChatActs({ focused, open, rows, composer, openChat, closeChat, setFocused, toggleInfo }: Parts): void {
  const t = useT();
  const store = useStore();
  const deeds = useDeeds();
  const act = useAct();
  const chat = useChat(focused);
  const away = useAgents().find((agent) => agent.id === store.me)?.away ?? false;
  const state = chat?.state;
  const isMine = chat !== undefined && (chat.owner === store.me || chat.present.includes(store.me));
  const acts = useMemo<Act[]>(() => {
    const group = t("chat.acts.group");
    const step = (by: 1 | -1) => {
      const all = rows.current();
      const at = focused === undefined ? -1 : all.indexOf(focused);
      const next = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))];
      if (next !== undefined) openChat(next, false);
    };
    const longest = () => {
      let first: { id: string; since: number } | undefined;
      for (const one of store.state.chats.values()) {
        const since = waitsSince(one);
        if (since === undefined || !isOpen(one) || (one.owner !== null && one.owner !== store.me)) continue;
        if (!first || since < first.since) first = { id: one.id, since };
      }
      if (first) openChat(first.id, false);
    };
    const without = focused === undefined ? t("chat.window.choose") : undefined;
    return [
      { id: "next", name: t("chat.acts.next"), group, keys: ["Alt+ArrowDown"], inFields: true, run: () => step(1) },
      { id: "previous", name: t("chat.acts.previous"), group, keys: ["Alt+ArrowUp"], inFields: true, run: () => step(-1) },
      { id: "longest", name: t("chat.acts.longest"), group, keys: ["Alt+KeyN"], inFields: true, run: longest },
      { id: "reply", name: t("chat.acts.reply"), group, keys: ["KeyR"], reason: without, run: () => composer.current?.focus("message") },
      { id: "suggest", name: t("chat.acts.suggest"), group, keys: ["Alt+KeyS"], inFields: true, reason: without, run: () => composer.current?.suggest() },
      { id: "note", name: t("chat.acts.note"), group, keys: ["KeyM"], reason: without, run: () => composer.current?.focus("note") },
      {
        id: "take",
        name: t("chat.acts.take"),
        group,
        keys: ["Alt+KeyT"],
        inFields: true,
        reason: focused === undefined || state === "connected" ? t("chat.window.choose") : undefined,
        run: () => focused !== undefined && void deeds.take(focused).then((went) => went && composer.current?.focus("message")),
      },
      {
        id: "complete",
        name: t("chat.acts.complete"),
        group,
        keys: ["Alt+KeyC"],
        inFields: true,
        reason: !isMine || (state !== "connected" && state !== "requested") ? t("chat.window.choose") : undefined,
        run: () => focused !== undefined && void deeds.complete(focused),
      },
      {
        id: "nextWindow",
        name: t("chat.acts.nextWindow"),
        group,
        keys: ["Alt+KeyW"],
        inFields: true,
        reason: open.length < 2 ? t("chat.window.choose") : undefined,
        run: () => {
          const next = open[(open.indexOf(focused ?? "") + 1) % open.length];
          if (next === undefined) return;
          setFocused(next);
          document.querySelector<HTMLElement>(`[data-window="${next}"] textarea`)?.focus();
        },
      },
      { id: "closeWindow", name: t("chat.acts.closeWindow"), group, keys: ["Alt+KeyX"], inFields: true, reason: without, run: () => focused !== undefined && closeChat(focused) },
      { id: "info", name: t("chat.acts.info"), group, keys: ["KeyI"], run: toggleInfo },
      {
        id: "away",
        name: t("chat.acts.away"),
        group,
        keys: ["Alt+KeyA"],
        inFields: true,
        run: () => {
          store.setAway(!away);
          void act({ run: () => changeMine(store.ws, { away: !away }) }).then((went) => !went && store.setAway(away));
        },
      },
      {
        id: "search",
        name: t("chat.acts.search"),
        group,
        keys: ["Slash"],
        // The key of every search of the console.
        native: true,
        run: () => document.querySelector<HTMLInputElement>("input[data-search]")?.focus(),
      },
    ];
    // `act`, `toggleInfo` and the like are made anew with each drawing and do the same.
    // oxlint-disable-next-line react/exhaustive-deps -- as above
  }, [t, store, deeds, focused, open, openChat, closeChat, state, isMine, away]);
  useScreenActs(acts);
}
