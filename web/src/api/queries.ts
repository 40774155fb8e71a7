// What is read from the server, by name. A screen asks for these and never writes a path itself; what changes the server
// stands in `acts.ts` beside it.

import { infiniteQueryOptions, QueryClient, queryOptions } from "@tanstack/react-query";

import { api, data } from "./client";
import { Problem } from "./problem";

/** Reads are tried again where that can help; a refusal is an answer. */
const RETRIES = 2;
const FRESH_MS = 15_000;

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        networkMode: "always",
        retry: (count, error) => count < RETRIES && !(error instanceof Problem && error.status < 500),
        retryDelay: (count) => 400 * 2 ** count,
      },
      mutations: { networkMode: "always" },
    },
  });
}

export const keys = {
  state: ["state"],
  me: ["me"],
  sessions: ["sessions"],
  invitation: (token: string) => ["invitation", token],
  workspace: (ws: string) => ["ws", ws],
  bots: (ws: string) => ["ws", ws, "bots"],
  deletedBots: (ws: string) => ["ws", ws, "deleted"],
  bot: (ws: string, bot: string) => ["ws", ws, "bot", bot],
  templates: (ws: string) => ["ws", ws, "templates"],
  members: (ws: string) => ["ws", ws, "members"],
  invites: (ws: string) => ["ws", ws, "invites"],
  audit: (ws: string) => ["ws", ws, "audit"],
} as const;

export const stateQuery = queryOptions({
  queryKey: keys.state,
  queryFn: ({ signal }) => data(api.GET("/api/state", { signal })),
  staleTime: 60_000,
});

export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: ({ signal }) => data(api.GET("/api/me", { signal })),
  staleTime: 60_000,
});

export const sessionsQuery = queryOptions({
  queryKey: keys.sessions,
  queryFn: async ({ signal }) => (await data(api.GET("/api/sessions", { signal }))).items,
});

export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: keys.invitation(token),
    queryFn: ({ signal }) => data(api.GET("/api/invites/{token}", { params: { path: { token } }, signal })),
  });

export const botsQuery = (ws: string) =>
  queryOptions({
    queryKey: keys.bots(ws),
    queryFn: async ({ signal }) =>
      (await data(api.GET("/api/workspaces/{ws}/bots", { params: { path: { ws } }, signal }))).items,
  });

export const deletedBotsQuery = (ws: string) =>
  queryOptions({
    queryKey: keys.deletedBots(ws),
    queryFn: async ({ signal }) => {
      const params = { path: { ws }, query: { deleted: true } };
      return (await data(api.GET("/api/workspaces/{ws}/bots", { params, signal }))).items;
    },
  });

export const botQuery = (ws: string, bot: string) =>
  queryOptions({
    queryKey: keys.bot(ws, bot),
    queryFn: ({ signal }) => data(api.GET("/api/workspaces/{ws}/bots/{bot}", { params: { path: { ws, bot } }, signal })),
  });

export const templatesQuery = (ws: string, language: string) =>
  queryOptions({
    queryKey: [...keys.templates(ws), language],
    queryFn: async ({ signal }) =>
      (await data(api.GET("/api/workspaces/{ws}/templates", { params: { path: { ws } }, signal }))).items,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const membersQuery = (ws: string) =>
  queryOptions({
    queryKey: keys.members(ws),
    queryFn: async ({ signal }) =>
      (await data(api.GET("/api/workspaces/{ws}/members", { params: { path: { ws } }, signal }))).items,
  });

export const invitesQuery = (ws: string) =>
  queryOptions({
    queryKey: keys.invites(ws),
    queryFn: async ({ signal }) =>
      (await data(api.GET("/api/workspaces/{ws}/invites", { params: { path: { ws } }, signal }))).items,
  });

export const auditQuery = (ws: string) =>
  infiniteQueryOptions({
    queryKey: keys.audit(ws),
    queryFn: ({ pageParam, signal }) => {
      const params = { path: { ws }, query: pageParam ? { cursor: pageParam } : {} };
      return data(api.GET("/api/workspaces/{ws}/audit", { params, signal }));
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
