// Webhooks of a bot, read and written.

import { queryOptions } from "@tanstack/react-query";

import { api, data, to } from "../api/client";
import type { components } from "../api/schema.gen";

type Schemas = components["schemas"];
export type Webhook = Schemas["Webhook"];
export type WebhookBody = Schemas["WebhookBody"];

const ALL = "/api/workspaces/{ws}/bots/{bot}/webhooks";
const ONE = "/api/workspaces/{ws}/bots/{bot}/webhooks/{id}";
const SECRET = "/api/workspaces/{ws}/bots/{bot}/webhooks/{id}/secret";

/** The events that there are, by their last word, as they are shown. */
export const EVENTS = ["agent_call_requested", "agent_call_connected", "agent_call_cancelled", "agent_call_disconnected", "agent_assigned", "agent_joined", "agent_left", "agent_transferred"] as const;
const PREFIX = "bot.conversation.";
export type EventName = (typeof EVENTS)[number];
export const nameOf = (event: EventName) => `${PREFIX}${event}`;

export const webhooksQuery = (ws: string, bot: string) =>
  queryOptions({
    queryKey: ["ws", ws, "webhooks", bot],
    queryFn: async ({ signal }) => (await data(api.GET(ALL, { params: { path: { ws, bot } }, signal }))).items,
    // It may switch itself off.
    refetchInterval: 30_000,
  });
export const triesQuery = (ws: string, bot: string, id: string) =>
  queryOptions({
    queryKey: ["ws", ws, "webhooks", bot, id, "tries"],
    queryFn: async ({ signal }) => (await data(api.GET("/api/workspaces/{ws}/bots/{bot}/webhooks/{id}/tries", { params: { path: { ws, bot, id } }, signal }))).items,
    staleTime: 0,
  });

export const addWebhook = (ws: string, bot: string, body: WebhookBody) => data(api.POST(ALL, { params: to({ ws, bot }), body }));
export const changeWebhook = (ws: string, bot: string, id: string, body: WebhookBody) => data(api.PUT(ONE, { params: to({ ws, bot, id }), body }));
export const removeWebhook = (ws: string, bot: string, id: string) => api.DELETE(ONE, { params: to({ ws, bot, id }) });
export const readSecret = (ws: string, bot: string, id: string) => data(api.GET(SECRET, { params: { path: { ws, bot, id } } }));
export const renewSecret = (ws: string, bot: string, id: string) => data(api.POST(SECRET, { params: to({ ws, bot, id }) }));
