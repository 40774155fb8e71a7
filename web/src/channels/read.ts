// What is read and changed of the KakaoTalk channel.

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { call } from "../api/client";
import type { ChannelView, Mode } from "./model";

/** A line of the request log. */
export interface RequestLine {
  id: string;
  at: number;
  draft: boolean;
  mode: Mode;
  kind: "welcome" | "fallback" | "other" | "";
  block: string;
  userKey: string | null;
  tookMs: number;
  status: number;
  problems: { code: string; message: string }[];
  endUser: string | null;
}
export interface RequestWhole extends RequestLine {
  request: string | null;
  answer: string | null;
}
export interface Channel extends ChannelView {
  /** The newest line of the log. */
  last: RequestLine | null;
}
export interface LogFilter {
  problem?: string;
  mode?: Mode;
}
interface Log {
  items: RequestLine[];
  next: string | null;
  problems: { code: string; title: string; times: number }[];
}

const base = (ws: string, bot: string) => `/api/workspaces/${ws}/bots/${bot}/channels/kakao`;
const key = (ws: string, bot: string) => ["ws", ws, "channel", bot] as const;

/** Asked so often while the page is open: the guide turns green by itself. */
const EVERY_MS = 2_000;

async function json<T>(path: string, init?: RequestInit): Promise<T> {
  const answer = await call(path, init);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

const body = (value: unknown): RequestInit => ({ body: JSON.stringify(value), headers: { "content-type": "application/json" } });

export const channelQuery = (ws: string, bot: string) =>
  queryOptions({
    queryKey: key(ws, bot),
    queryFn: ({ signal }) => json<Channel>(base(ws, bot), { signal }),
    refetchInterval: EVERY_MS,
  });

export const logQuery = (ws: string, bot: string, filter: LogFilter) =>
  infiniteQueryOptions({
    queryKey: [...key(ws, bot), "log", filter],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ ...filter, ...(pageParam && { cursor: pageParam }) });
      return json<Log>(`${base(ws, bot)}/requests?${query}`, { signal });
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });

export const requestQuery = (ws: string, bot: string, id: string) =>
  queryOptions({
    queryKey: [...key(ws, bot), "request", id],
    queryFn: ({ signal }) => json<RequestWhole>(`${base(ws, bot)}/requests/${id}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const setEnabled = (ws: string, bot: string, enabled: boolean) => json<void>(base(ws, bot), { method: "PATCH", ...body({ enabled }) });
export const setHeader = (ws: string, bot: string, name: string, value: string) => json<void>(`${base(ws, bot)}/header`, { method: "PUT", ...body({ name, value }) });
export const removeHeader = (ws: string, bot: string) => json<void>(`${base(ws, bot)}/header`, { method: "DELETE" });
/** Forgets what was seen: the guide begins anew. */
export const forget = (ws: string, bot: string) => json<void>(`${base(ws, bot)}/seen`, { method: "DELETE" });
