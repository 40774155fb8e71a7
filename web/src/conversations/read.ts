// What is read of conversations: lists, threads, turns.

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { json, type Piece, query, sending } from "../api/json";

export interface ThreadLine {
  id: string;
  userKey: string;
  channel: string;
  firstAt: number;
  lastAt: number;
  said: string;
  turns: number;
  messages: number;
  errors: number;
  /** The message in which the words were found. */
  found?: number;
}
export interface Conversation extends ThreadLine {
  state: unknown;
}
export interface Said {
  seq: number;
  id: string;
  turn: string;
  visit: string;
  isUser: boolean;
  sender: string;
  /** As the engine has it: text, media, cards, location. */
  data: Record<string, unknown> | null;
  at: number;
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
  conversation: string;
  at: number;
  tookMs: number;
  mode: string;
  block: string | null;
  /** 0 for the draft. */
  version: number;
  requestId: string | null;
  fault: string | null;
  trace: { from?: Visit; visits?: Visit[]; fault?: string } | null;
  request: string | null;
  answer: string;
  late: string | null;
}
/** A turn behind a figure. */
export interface MarkedTurn {
  turn: string;
  conversation: string;
  channel: string;
  at: number;
  said: string;
  tookMs: number;
}
export type MarkKind = "fault" | "unanswered" | "slow" | "cut";
/** Which conversations, or which turns. */
export interface Wanted {
  q?: string;
  channel?: string;
  kind?: MarkKind;
  said?: string;
  from?: string;
  to?: string;
}

const base = (ws: string, bot: string) => `/api/workspaces/${ws}/bots/${bot}`;
const of = (ws: string, bot: string, who: string) => `${base(ws, bot)}/conversations/${who}`;

/** What looks like the beginning of a customer's key; anything else is looked for in what was said. */
export function isKey(text: string): boolean {
  return /^[0-9a-f]{6,}$/i.test(text);
}

export const threadsQuery = (ws: string, bot: string, { q, channel }: Wanted) =>
  infiniteQueryOptions({
    queryKey: ["ws", ws, "conversations", bot, { q, channel }],
    queryFn: ({ pageParam, signal }) => {
      const searched = q === undefined ? {} : isKey(q) ? { key: q } : { text: q };
      return json<Piece<ThreadLine>>(`${base(ws, bot)}/conversations?${query({ ...searched, channel, cursor: pageParam })}`, { signal });
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });

export const markedQuery = (ws: string, bot: string, { kind, said, from, to, channel }: Wanted) =>
  infiniteQueryOptions({
    queryKey: ["ws", ws, "marked", bot, { kind, said, from, to, channel }],
    queryFn: ({ pageParam, signal }) =>
      json<Piece<MarkedTurn>>(`${base(ws, bot)}/turns?${query({ kind, said, from, to, channel, cursor: pageParam })}`, { signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });

export const conversationQuery = (ws: string, bot: string, who: string) =>
  queryOptions({
    queryKey: ["ws", ws, "conversation", bot, who],
    queryFn: ({ signal }) => json<Conversation>(of(ws, bot, who), { signal }),
  });

/** A stretch of a thread, and where it goes on to either side. */
interface Stretch {
  items: Said[];
  older: number | undefined;
  newer: number | undefined;
}
type From = { before?: number; after?: number; turn?: string };

/** The newest messages, or those from a turn on; older and newer ones come on request. */
export const threadQuery = (ws: string, bot: string, who: string, turn: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ["ws", ws, "thread", bot, who, turn],
    queryFn: async ({ pageParam, signal }): Promise<Stretch> => {
      const { items, next } = await json<Piece<Said>>(`${of(ws, bot, who)}/messages?${query(pageParam)}`, { signal });
      const seqs = items.map((one) => one.seq);
      const backwards = pageParam.after === undefined && pageParam.turn === undefined;
      const more = next === null ? undefined : Number(next);
      if (backwards) return { items, older: more, newer: undefined };
      const first = seqs.length > 0 ? Math.min(...seqs) : 0;
      return { items, older: pageParam.turn !== undefined && first > 0 ? first : undefined, newer: more };
    },
    initialPageParam: (turn === undefined ? {} : { turn }) as From,
    getPreviousPageParam: (first): From | undefined => (first.older === undefined ? undefined : { before: first.older }),
    getNextPageParam: (last): From | undefined => (last.newer === undefined ? undefined : { after: last.newer }),
  });

export const turnQuery = (ws: string, bot: string, turn: string) =>
  queryOptions({
    queryKey: ["ws", ws, "turn", bot, turn],
    queryFn: ({ signal }) => json<Turn>(`${base(ws, bot)}/turns/${turn}`, { signal }),
    staleTime: 60_000,
  });

/** All that is kept of one customer, as a file. */
export function customerFileUrl(ws: string, bot: string, who: string): string {
  return `${of(ws, bot, who)}/export`;
}

export const eraseCustomer = (ws: string, bot: string, who: string, userKey: string) => json<void>(of(ws, bot, who), sending("DELETE", { userKey }));
