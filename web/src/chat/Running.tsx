// Conversations in which bots answer now, with where they are in the scenario: watched, and stepped into with one press.

import { useInfiniteQuery } from "@tanstack/react-query";
import { Bot } from "lucide-react";
import { useCallback, useEffect, useMemo } from "react";

import { useT } from "../i18n/i18n";
import { Failed } from "../shell/Loading";
import { EmptyState } from "../ui";
import { readRunning } from "./api";
import { useStore, useTopic } from "./hooks";
import styles from "./List.module.css";
import { nameOf } from "./model/lists";
import { noEffects, takeChats } from "./model/state";
import { type Inner, RowList, type Rows, Waiting } from "./Rows";

/** Where a conversation stands is told by no event: it is looked at so often, and when one moves up. */
const LOOK_MS = 5_000;

export function Running({ bot, open, focused, onOpen, onRows }: Inner & { bot: string | undefined }) {
  const t = useT();
  const store = useStore();
  // The list of bot conversations is kept by events: that it moved says that something was said.
  const everyone = { view: "bot", bot, order: "recent" } as const;
  useEffect(() => store.wantList({ view: "bot", bot, order: "recent" }), [store, bot]);
  const moved = useTopic(`list:${nameOf(everyone)}`);
  const read = useInfiniteQuery({
    queryKey: ["ws", store.ws, "chats", "running", bot],
    queryFn: async ({ pageParam }) => {
      const piece = await readRunning(store.ws, { ...(bot && { bot }), ...(pageParam && { cursor: pageParam }) });
      takeChats(store.state, piece.items.filter((chat) => !store.state.chats.has(chat.id)), new Set(), noEffects());
      return { at: piece.items.map(({ id, flowTitle, nodeTitle }) => ({ id, flowTitle, nodeTitle })), next: piece.next };
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    refetchInterval: LOOK_MS,
    staleTime: 0,
  });
  const { refetch, fetchNextPage, hasNextPage } = read;
  useEffect(() => {
    if (moved > 0) void refetch();
  }, [moved, refetch]);
  // Who asked for a person meanwhile waits elsewhere.
  const all = useMemo(() => (read.data?.pages ?? []).flatMap((page) => page.at), [read.data]);
  const ids = useCallback<Rows>(() => all.map((one) => one.id), [all]);
  useEffect(() => onRows(ids), [onRows, ids]);
  const onEnd = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  if (read.isPending) return <Waiting />;
  if (read.error && !read.data) return <Failed error={read.error} retry={() => void read.refetch()} />;
  if (all.length === 0) {
    return (
      <div className={styles["room"]}>
        <EmptyState icon={<Bot size={22} aria-hidden />} title={t("chat.list.none.running")}>
          {t("chat.list.noneLead.running")}
        </EmptyState>
      </div>
    );
  }
  const wordsAt = (at: number) => {
    const one = all[at];
    if (!one) return undefined;
    const place = [one.flowTitle, one.nodeTitle].filter(Boolean).join(" › ");
    return { foot: <span className={styles["place"]}>{place || t("chat.list.notBegun")}</span> };
  };
  return <RowList count={all.length} idAt={(at) => all[at]?.id ?? ""} wordsAt={wordsAt} ids={ids} open={open} focused={focused} onOpen={onOpen} onEnd={hasNextPage ? onEnd : undefined} failed={read.error ?? undefined} retry={() => void read.refetch()} />;
}
