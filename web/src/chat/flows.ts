// The flows of a bot's published version, which are what the bot can run in a conversation.

import { queryOptions } from "@tanstack/react-query";

import { api, data } from "../api/client";

export interface FlowName {
  id: number;
  title: string;
}

export const flowsQuery = (ws: string, bot: string) =>
  queryOptions({
    queryKey: ["ws", ws, "bot", bot, "published-flows"],
    queryFn: async (): Promise<FlowName[]> => {
      const { liveVersion } = await data(api.GET("/api/workspaces/{ws}/bots/{bot}", { params: { path: { ws, bot } } }));
      if (liveVersion === null || liveVersion === undefined) return [];
      const file: unknown = await data(api.GET("/api/workspaces/{ws}/bots/{bot}/versions/{version}/file", { params: { path: { ws, bot, version: String(liveVersion) } } }) as Promise<{ data?: unknown }>);
      const { flows } = file as { flows?: { id?: unknown; title?: unknown }[] };
      return (flows ?? []).flatMap((flow) => (typeof flow.id === "number" ? [{ id: flow.id, title: typeof flow.title === "string" ? flow.title : String(flow.id) }] : []));
    },
    staleTime: 300_000,
  });
