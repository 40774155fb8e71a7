// The notes that mention the person here: what colleagues asked them to look at. To see them is to have seen them.

import { useInfiniteQuery } from "@tanstack/react-query";
import { AtSign } from "lucide-react";
import { useCallback, useEffect, useMemo, useState } from "react";

import { ago } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { Failed } from "../shell/Loading";
import { Avatar, Button, cx, EmptyState } from "../ui";
import { readMentions, seeMentions } from "./api";
import { useAgents, useNames, useStore, useTopic } from "./hooks";
import styles from "./List.module.css";
import { type Inner, type Rows, Waiting } from "./Rows";
import { NoteText } from "./ThreadView";
import { useCustomerName, useTick } from "./words";

export function MentionList({ focused, onOpen, onRows }: Omit<Inner, "open">) {
  const t = useT();
  const language = useLanguage();
  const store = useStore();
  const names = useNames();
  const agents = useAgents();
  const name = useCustomerName();
  const now = useTick();
  const news = useTopic("mentions");
  const read = useInfiniteQuery({
    queryKey: ["ws", store.ws, "mentions"],
    queryFn: ({ pageParam }) => readMentions(store.ws, pageParam || undefined),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
  const all = useMemo(() => (read.data?.pages ?? []).flatMap((page) => page.items), [read.data]);
  // What was new when one came stays marked while one looks.
  const [fresh] = useState(() => new Set<string>());
  for (const one of all) if (!one.seen) fresh.add(one.line);
  const ids = useCallback<Rows>(() => [...new Set(all.map((one) => one.chat.id))], [all]);
  useEffect(() => onRows(ids), [onRows, ids]);
  const { refetch } = read;
  useEffect(() => {
    if (store.unseenMentions > 0) void refetch();
  }, [news, store, refetch]);
  const newest = all[0];
  useEffect(() => {
    if (!newest || newest.seen) return;
    void seeMentions(store.ws, newest.line).then(
      () => store.setMentions(0),
      () => undefined,
    );
  }, [newest, store]);
  if (read.isPending) return <Waiting />;
  if (read.error && !read.data) return <Failed error={read.error} retry={() => void read.refetch()} />;
  return (
    <div className={styles["room"]}>
      {all.length === 0 && (
        <EmptyState icon={<AtSign size={22} aria-hidden />} title={t("chat.list.none.mentions")}>
          {t("chat.list.noneLead.mentions")}
        </EmptyState>
      )}
      <ul aria-label={t("chat.views.mentions")}>
        {all.map((one) => {
          const by = agents.find((agent) => agent.id === one.by);
          return (
            <li key={one.line}>
              <button type="button" className={cx(styles["mentioned"], one.chat.id === focused && styles["focused"])} aria-current={one.chat.id === focused ? "true" : undefined} onClick={() => onOpen(one.chat.id, false)}>
                <Avatar name={names(one.by) || "?"} picture={by?.picture ?? null} size={24} />
                <span className={styles["words"]}>
                  <span className={styles["line"]}>
                    <span className={styles["name"]}>{names(one.by)}</span>
                    <time className={styles["time"]} dateTime={new Date(one.at).toISOString()}>
                      {fresh.has(one.line) && <span className={styles["new"]}>{t("chat.list.new")}</span>}
                      {ago(one.at, now, language)}
                    </time>
                  </span>
                  <NoteText text={one.text} />
                  <span className={styles["place"]}>{t("chat.list.inChat", { name: name(one.chat) })}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {read.hasNextPage && (
        <Button size="small" variant="quiet" busy={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>
          {t("chat.list.more")}
        </Button>
      )}
    </div>
  );
}
