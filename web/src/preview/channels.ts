// The channels of the bot: which it uses, and what each shows of it.

import { queryOptions } from "@tanstack/react-query";

import { api, data } from "../api/client";

export const botChannelsQuery = (ws: string, bot: string) =>
  queryOptions({
    queryKey: ["ws", ws, "bot", bot, "channels"],
    queryFn: async ({ signal }) => (await data(api.GET("/api/workspaces/{ws}/bots/{bot}/channels", { params: { path: { ws, bot } }, signal }))).channels,
  });
