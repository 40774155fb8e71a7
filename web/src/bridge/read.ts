// What is read of bridges: bots that an old server answers for.

import { queryOptions } from "@tanstack/react-query";

import { api, data, type Schemas, to } from "../api/client";

export type Bridge = Schemas["Bridge"];
export type BridgeOptions = Schemas["BridgeOptions"];
export type Report = Schemas["BridgeReport"];
export type Call = Schemas["BridgeCall"];
export type Recorded = Schemas["BridgeRecorded"];

export const bridgeQuery = (ws: string, bot: string) =>
  queryOptions({
    queryKey: ["ws", ws, "bridge", bot],
    queryFn: ({ signal }) => data(api.GET("/api/workspaces/{ws}/bots/{bot}/bridge", { params: { path: { ws, bot } }, signal })),
  });

export const recordedQuery = (ws: string, bot: string) =>
  queryOptions({
    queryKey: ["ws", ws, "bridge", bot, "recorded"],
    queryFn: ({ signal }) => data(api.GET("/api/workspaces/{ws}/bots/{bot}/bridge/recorded", { params: { path: { ws, bot } }, signal })),
  });

/** Calls the old server as Kakao's own test did. */
export function check(ws: string, body: Schemas["BridgeCheck"]): Promise<Report> {
  return data(api.POST("/api/workspaces/{ws}/bridges/check", { params: to({ ws }), body }));
}
