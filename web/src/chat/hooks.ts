// Parts of the store for those who draw them: each is drawn anew when it is otherwise, and only then.

import { createContext, useCallback, useContext, useEffect, useSyncExternalStore } from "react";

import { type List, nameOf, type Wanted } from "./model/lists";
import { EMPTY, type Thread } from "./model/threads";
import type { Chat } from "./model/types";
import type { ChatStore } from "./store";

export const StoreContext = createContext<ChatStore | undefined>(undefined);

export function useStore(): ChatStore {
  const store = useContext(StoreContext);
  if (!store) throw new Error("the Chat screen stands in a StoreContext");
  return store;
}

/** Draws anew when the topic changes. */
export function useTopic(topic: string): number {
  const store = useStore();
  const subscribe = useCallback((listener: () => void) => store.listen(topic, listener), [store, topic]);
  return useSyncExternalStore(subscribe, () => store.version(topic));
}

export function useChat(id: string | undefined): Chat | undefined {
  const store = useStore();
  useTopic(`chat:${id ?? ""}`);
  return id === undefined ? undefined : store.state.chats.get(id);
}

export function useList(wanted: Wanted): List | undefined {
  const store = useStore();
  const name = nameOf(wanted);
  useTopic(`list:${name}`);
  useEffect(() => {
    store.wantList(wanted);
    // The name says all that is wanted.
    // oxlint-disable-next-line react/exhaustive-deps -- as above
  }, [store, name]);
  return store.state.lists.get(name);
}

export function useThread(id: string): Thread {
  const store = useStore();
  useTopic(`thread:${id}`);
  useEffect(() => store.openThread(id), [store, id]);
  return store.state.threads.get(id) ?? EMPTY;
}

export function useOutbox(id: string) {
  const store = useStore();
  useTopic(`thread:${id}`);
  return store.state.outbox.filter((one) => one.chat === id);
}

export function useAgents() {
  const store = useStore();
  useTopic("agents");
  return store.agents;
}

export function useCounts() {
  const store = useStore();
  useTopic("counts");
  return store.counts;
}

/** How many notes mention the person here and are new to them. */
export function useUnseenMentions(): number {
  const store = useStore();
  useTopic("mentions");
  return store.unseenMentions;
}

export function useTyping(id: string) {
  const store = useStore();
  useTopic(`typing:${id}`);
  return store.state.typing.get(id) ?? [];
}

export function useLink() {
  const store = useStore();
  useTopic("link");
  return store.stand;
}

/** What a person is called, by their account. */
export function useNames(): (account: string | null | undefined) => string {
  const agents = useAgents();
  return (account) => agents.find((agent) => agent.id === account)?.name ?? "";
}
