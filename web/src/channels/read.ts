// What is read and changed of the KakaoTalk channel.

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { api, data, type Schemas, to } from "../api/client";
import type { Mode } from "./model";

export type Channel = Schemas["KakaoChannel"];
export type ChannelChange = Schemas["KakaoChange"];
/** A line of the request log. */
export type RequestLine = Schemas["RequestLine"];
/** … and the raw pair. */
export type RequestPair = Schemas["RequestPair"];
export interface LogFilter {
  /** A problem's code, or `any`. */
  problem?: string;
  mode?: Mode;
}

const KAKAO = "/api/workspaces/{ws}/bots/{bot}/kakao";
const REQUESTS = "/api/workspaces/{ws}/bots/{bot}/requests";
const key = (ws: string, bot: string) => ["ws", ws, "channel", bot] as const;

/** Asked so often while the page is open: the guide turns green by itself. */
const EVERY_MS = 2_000;

export const channelQuery = (ws: string, bot: string) =>
  queryOptions({
    queryKey: key(ws, bot),
    queryFn: ({ signal }) => data(api.GET(KAKAO, { params: { path: { ws, bot } }, signal })),
    refetchInterval: EVERY_MS,
  });

export const logQuery = (ws: string, bot: string, filter: LogFilter) =>
  infiniteQueryOptions({
    queryKey: [...key(ws, bot), "log", filter],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...filter, ...(pageParam && { cursor: pageParam }) };
      return data(api.GET(REQUESTS, { params: { path: { ws, bot }, query }, signal }));
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });

export const problemsQuery = (ws: string, bot: string) =>
  queryOptions({
    queryKey: [...key(ws, bot), "problems"],
    queryFn: async ({ signal }) => (await data(api.GET(`${REQUESTS}/problems`, { params: { path: { ws, bot } }, signal }))).items,
  });

export const requestQuery = (ws: string, bot: string, id: string) =>
  queryOptions({
    queryKey: [...key(ws, bot), "request", id],
    queryFn: ({ signal }) => data(api.GET(`${REQUESTS}/{request}`, { params: { path: { ws, bot, request: id } }, signal })),
  });

export const changeChannel = (ws: string, bot: string, body: ChannelChange) => data(api.PATCH(KAKAO, { params: to({ ws, bot }), body }));

/** It answers no more, asks for no header, and what was seen of it is forgotten. */
export const removeChannel = (ws: string, bot: string) => data(api.DELETE(KAKAO, { params: to({ ws, bot }) }));
