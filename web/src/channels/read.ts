// What is read and changed of the KakaoTalk channel.

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { json, type Piece, query, sending } from "../api/json";
import type { ChannelView, Mode } from "./model";

export interface RequestProblem {
  code: string;
  /** Where in the request, as a JSON pointer. */
  place: string;
  detail: string;
}
/** A line of the request log. */
export interface RequestLine {
  id: string;
  at: number;
  draft: boolean;
  mode: Mode;
  kind: "welcome" | "fallback" | "other" | "";
  block: string;
  userKey: string | null;
  requestId: string | null;
  tookMs: number;
  status: number;
  hasTurn: boolean;
  size: number;
  problems: RequestProblem[];
}
export interface RequestPair extends RequestLine {
  request: string | null;
  answer: string | null;
  late: string | null;
}
/** A block or a bot at Kakao that has called. */
export interface Seen {
  what: "welcome" | "fallback" | "other" | "bot";
  name: string;
  mode: Mode;
  draft: boolean;
  firstAt: number;
  lastAt: number;
  times: number;
  tookMs: number;
  slowestMs: number;
}
export interface Channel extends ChannelView {
  liveUrl: string;
  draftUrl: string;
  firstAt: number | null;
  lastAt: number | null;
  seen: Seen[];
  /** The newest line of the log. */
  last: RequestLine | null;
}
export interface LogFilter {
  /** A problem's code, or `any`. */
  problem?: string;
  mode?: Mode;
}
export interface ChannelChange {
  enabled?: boolean;
  header?: { name: string; value: string };
  removeHeader?: boolean;
}

const base = (ws: string, bot: string) => `/api/workspaces/${ws}/bots/${bot}`;
const key = (ws: string, bot: string) => ["ws", ws, "channel", bot] as const;

/** Asked so often while the page is open: the guide turns green by itself. */
const EVERY_MS = 2_000;

export const channelQuery = (ws: string, bot: string) =>
  queryOptions({
    queryKey: key(ws, bot),
    queryFn: ({ signal }) => json<Channel>(`${base(ws, bot)}/kakao`, { signal }),
    refetchInterval: EVERY_MS,
  });

export const logQuery = (ws: string, bot: string, filter: LogFilter) =>
  infiniteQueryOptions({
    queryKey: [...key(ws, bot), "log", filter],
    queryFn: ({ pageParam, signal }) => json<Piece<RequestLine>>(`${base(ws, bot)}/requests?${query({ ...filter, cursor: pageParam })}`, { signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });

export const problemsQuery = (ws: string, bot: string) =>
  queryOptions({
    queryKey: [...key(ws, bot), "problems"],
    queryFn: async ({ signal }) => (await json<Piece<{ code: string; count: number }>>(`${base(ws, bot)}/requests/problems`, { signal })).items,
  });

export const requestQuery = (ws: string, bot: string, id: string) =>
  queryOptions({
    queryKey: [...key(ws, bot), "request", id],
    queryFn: ({ signal }) => json<RequestPair>(`${base(ws, bot)}/requests/${id}`, { signal }),
  });

export const changeChannel = (ws: string, bot: string, change: ChannelChange) => json<Channel>(`${base(ws, bot)}/kakao`, sending("PATCH", change));

/** It answers no more, asks for no header, and what was seen of it is forgotten. */
export const removeChannel = (ws: string, bot: string) => json<void>(`${base(ws, bot)}/kakao`, { method: "DELETE" });
