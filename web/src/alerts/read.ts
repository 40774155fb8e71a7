// What is read and changed of alerts.

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { api, data, type Schemas, to } from "../api/client";

export type Rules = Schemas["AlertRules"];
export type Alert = Schemas["Alert"];
/** What came of telling an alert that never was. */
export type Told = Schemas["AlertTried"];

export const rulesQuery = (ws: string, bot: string) =>
  queryOptions({
    queryKey: ["ws", ws, "alert-rules", bot],
    queryFn: ({ signal }) => data(api.GET("/api/workspaces/{ws}/bots/{bot}/alert-rules", { params: { path: { ws, bot } }, signal })),
  });

/** The alerts of a workspace, or of one bot. */
export const alertsQuery = (ws: string, bot?: string) =>
  infiniteQueryOptions({
    queryKey: ["ws", ws, "alerts", bot],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...(bot !== undefined && { bot }), ...(pageParam && { cursor: pageParam }) };
      return data(api.GET("/api/workspaces/{ws}/alerts", { params: { path: { ws }, query }, signal }));
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    refetchInterval: 30_000,
  });

export const setRules = (ws: string, bot: string, body: Rules) =>
  data(api.PUT("/api/workspaces/{ws}/bots/{bot}/alert-rules", { params: to({ ws, bot }), body }));
/** What the webhook is signed with. */
export const readSecret = (ws: string, bot: string) => data(api.GET("/api/workspaces/{ws}/bots/{bot}/alert-rules/secret", { params: { path: { ws, bot } } }));
export const renewSecret = (ws: string, bot: string) => data(api.POST("/api/workspaces/{ws}/bots/{bot}/alert-rules/secret", { params: to({ ws, bot }) }));
/** Tells an alert that never was. */
export const tryOut = (ws: string, bot: string) => data(api.POST("/api/workspaces/{ws}/bots/{bot}/alert-rules/try", { params: to({ ws, bot }) }));
export const markRead = (ws: string, upTo: string) => data(api.PUT("/api/workspaces/{ws}/alerts/read", { params: to({ ws }), body: { upTo } }));
