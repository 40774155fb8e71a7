// What is read of conversations: lists, threads, turns.

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { api, data, type Schemas, to } from "../api/client";

export type ThreadLine = Schemas["ConversationLine"];
export type Said = Schemas["ThreadMessage"];
export type Turn = Schemas["TurnDetail"];
/** A turn behind a figure. */
export type MarkedTurn = Schemas["MarkedTurn"];
/** What the engine has written down of a turn; the API hands it on as it is. */
export interface Trace {
  from?: Visit;
  visits?: Visit[];
  fault?: string;
  /** What an old server was asked and answered. */
  bridge?: BridgeTrace;
}
export interface BridgeTrace {
  asked: "text" | "photo" | "video" | "audio" | "keyboard" | "nothing";
  content: string;
  tookMs: number;
  reply: unknown;
  failure: { ko: string; en: string; answer: string | null } | null;
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

/** … turns. */
export type MarkedWanted = Wanted & { kind: MarkKind };

const BOT = "/api/workspaces/{ws}/bots/{bot}";
const ONE = "/api/workspaces/{ws}/bots/{bot}/conversations/{user}";

/** What was written down of a turn; null where it is kept no more. */
export function traceOf(turn: Turn): Trace | null {
  return turn.trace as Trace | null;
}

/** What looks like the beginning of a customer's key; anything else is looked for in what was said. */
export function isKey(text: string): boolean {
  return /^[0-9a-f]{6,}$/i.test(text);
}

export const threadsQuery = (ws: string, bot: string, { q, channel }: Wanted) =>
  infiniteQueryOptions({
    queryKey: ["ws", ws, "conversations", bot, { q, channel }],
    queryFn: ({ pageParam, signal }) => {
      const searched = q === undefined ? {} : isKey(q) ? { key: q } : { text: q };
      const query = { ...searched, ...(channel !== undefined && { channel }), ...(pageParam && { cursor: pageParam }) };
      return data(api.GET(`${BOT}/conversations`, { params: { path: { ws, bot }, query }, signal }));
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });

export const markedQuery = (ws: string, bot: string, { kind, said, from, to: until, channel }: MarkedWanted) =>
  infiniteQueryOptions({
    queryKey: ["ws", ws, "marked", bot, { kind, said, from, until, channel }],
    queryFn: ({ pageParam, signal }) => {
      const query = {
        kind,
        ...(said !== undefined && { said }),
        ...(from !== undefined && { from }),
        ...(until !== undefined && { to: until }),
        ...(channel !== undefined && { channel }),
        ...(pageParam && { cursor: pageParam }),
      };
      return data(api.GET(`${BOT}/turns`, { params: { path: { ws, bot }, query }, signal }));
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });

export const conversationQuery = (ws: string, bot: string, user: string) =>
  queryOptions({
    queryKey: ["ws", ws, "conversation", bot, user],
    queryFn: ({ signal }) => data(api.GET(ONE, { params: { path: { ws, bot, user } }, signal })),
  });

/** A stretch of a thread, and where it goes on to either side. */
interface Stretch {
  items: Said[];
  older: number | undefined;
  newer: number | undefined;
}
type From = { before?: number; after?: number; turn?: string };

/** The newest messages, or those from a turn on; older and newer ones come on request. */
export const threadQuery = (ws: string, bot: string, user: string, turn: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ["ws", ws, "thread", bot, user, turn],
    queryFn: async ({ pageParam, signal }): Promise<Stretch> => {
      const { items, next } = await data(api.GET(`${ONE}/messages`, { params: { path: { ws, bot, user }, query: pageParam }, signal }));
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
    queryFn: ({ signal }) => data(api.GET(`${BOT}/turns/{turn}`, { params: { path: { ws, bot, turn } }, signal })),
    staleTime: 60_000,
  });

/** All that is kept of one customer, as a file. */
export function customerFileUrl(ws: string, bot: string, user: string): string {
  return `/api/workspaces/${ws}/bots/${bot}/conversations/${user}/export`;
}

export const eraseCustomer = (ws: string, bot: string, user: string, userKey: string) =>
  data(api.DELETE(ONE, { params: to({ ws, bot, user }), body: { userKey } }));
