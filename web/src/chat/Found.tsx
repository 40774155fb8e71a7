// What a search has found: conversations by a name, or with the words of a message that are shown then.

import { useInfiniteQuery } from "@tanstack/react-query";
import { Search, X } from "lucide-react";
import { Fragment, useCallback, useEffect, useMemo } from "react";

import { useT } from "../i18n/i18n";
import { Failed } from "../shell/Loading";
import { Button, EmptyState } from "../ui";
import { readChats } from "./api";
import { useStore } from "./hooks";
import styles from "./List.module.css";
import { noEffects, takeChats } from "./model/state";
import { type Inner, RowList, type Rows, Waiting } from "./Rows";

/** What the server has found. It stands as it was found; what happens in it is seen. */
export function Found({ q, bot, open, focused, onOpen, onRows, onClear }: Inner & { q: string; bot: string | undefined; onClear: () => void }) {
  const t = useT();
  const store = useStore();
  const found = useInfiniteQuery({
    queryKey: ["ws", store.ws, "chats", "found", q, bot],
    queryFn: async ({ pageParam }) => {
      const piece = await readChats(store.ws, { search: q, ...(bot && { bot }), ...(pageParam && { cursor: pageParam }) });
      const effects = noEffects();
      // What events have told of is known better.
      takeChats(store.state, piece.items.filter((chat) => !store.state.chats.has(chat.id)), new Set(), effects);
      return { hits: piece.items.map(({ id, found: at }) => ({ id, ...at })), next: piece.next };
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
  const all = useMemo(() => (found.data?.pages ?? []).flatMap((page) => page.hits), [found.data]);
  const ids = useCallback<Rows>(() => all.map((hit) => hit.id), [all]);
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
  const wordsAt = (at: number) => {
    const { text, seq } = all[at] ?? {};
    return text === undefined ? undefined : { text: <Marked text={text} words={q} />, seq };
  };
  return <RowList key={q} count={all.length} idAt={(at) => all[at]?.id ?? ""} wordsAt={wordsAt} ids={ids} open={open} focused={focused} onOpen={onOpen} onEnd={hasNextPage ? onEnd : undefined} failed={found.error ?? undefined} retry={() => void found.fetchNextPage()} />;
}

/** A word, with anything but letters between its letters. */
function letters(word: string): string {
  return [...word].map((letter) => letter.replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&")).join("[^\\p{L}\\p{N}]*");
}

/** The words that were looked for stand out, whatever stands between their letters. */
function Marked({ text, words }: { text: string; words: string }) {
  const wanted = words.split(/\s+/u).filter(Boolean);
  const parts = text.split(new RegExp(`(${wanted.map(letters).join("|")})`, "giu"));
  return parts.map((part, at) => (at % 2 === 1 ? <mark key={at}>{part}</mark> : <Fragment key={at}>{part}</Fragment>));
}
