// What is read of conversations: lists, threads, turns.

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { call } from "../api/client";

export interface ThreadLine {
  id: string;
  userKey: string;
  channel: string;
  firstAt: number;
  lastAt: number;
  said: string;
  messages: number;
  errors: number;
}
export interface Said {
  seq: number;
  at: number;
  turn: string;
  isUser: boolean;
  /** As the engine has it: text, media, cards, location. */
  message: Record<string, unknown>;
}
export interface Visit {
  flow: number;
  node: number;
  kind: string;
  edge?: number;
  data?: unknown;
  changed?: Record<string, unknown>;
  sent?: number;
  error?: string;
  waitedMs?: number;
}
export interface Turn {
  id: string;
  at: number;
  mode: string;
  block: string;
  version: number | null;
  tookMs: number;
  fault: string | null;
  trace: { from?: Visit; visits: Visit[]; fault?: string } | null;
  request: string | null;
  answer: string | null;
  late: string | null;
}
export interface Page<T> {
  items: T[];
  next: string | null;
}
/** Which conversations, or which turns. */
export interface Wanted {
  q?: string;
  channel?: string;
  kind?: "unanswered" | "errors" | "slow" | "cuts";
  said?: string;
  from?: string;
  to?: string;
}

const base = (ws: string, bot: string) => `/api/workspaces/${ws}/bots/${bot}/conversations`;
const json = async <T>(path: string, signal?: AbortSignal): Promise<T> => (await (await call(path, signal ? { signal } : {})).json()) as T;

export const threadsQuery = (ws: string, bot: string, wanted: Wanted) =>
  infiniteQueryOptions({
    queryKey: ["ws", ws, "conversations", bot, wanted],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ ...wanted, ...(pageParam && { cursor: pageParam }) });
      return json<Page<ThreadLine>>(`${base(ws, bot)}?${query}`, signal);
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });

/** The newest first; older ones come on request. */
export const threadQuery = (ws: string, bot: string, who: string) =>
  infiniteQueryOptions({
    queryKey: ["ws", ws, "thread", bot, who],
    queryFn: ({ pageParam, signal }) => json<Page<Said>>(`${base(ws, bot)}/${who}/messages?${new URLSearchParams(pageParam ? { cursor: pageParam } : {})}`, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });

export const turnQuery = (ws: string, bot: string, who: string, turn: string) =>
  queryOptions({
    queryKey: ["ws", ws, "turn", bot, turn],
    queryFn: ({ signal }) => json<Turn>(`${base(ws, bot)}/${who}/turns/${turn}`, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** All that is kept of one customer, as a file. */
export function customerExportUrl(ws: string, bot: string, who: string): string {
  return `${base(ws, bot)}/${who}/export`;
}

export async function eraseCustomer(ws: string, bot: string, who: string): Promise<void> {
  await call(`${base(ws, bot)}/${who}`, { method: "DELETE" });
}
