// What is read of a bot's statistics.

import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, data, type Schemas } from "../api/client";
import type { Period } from "./scale";

export type Stats = Schemas["Stats"];
export type Total = Schemas["StatTotal"];
export type Figures = Schemas["StatFigures"];
export type ChannelFigures = Schemas["StatChannel"];
export type Table = "days" | "channels" | "nodes" | "errors" | "unanswered";
export const TABLES: Table[] = ["days", "unanswered", "errors", "nodes", "channels"];

const STATS = "/api/workspaces/{ws}/bots/{bot}/stats";
/** The figures of the period before stay until those of the next are there. */
const kept = { placeholderData: keepPreviousData };
const params = (ws: string, bot: string, { from, to }: Period) => ({ path: { ws, bot }, query: { from, to } });

export const statsQuery = (ws: string, bot: string, of: Period) =>
  queryOptions({
    queryKey: ["ws", ws, "stats", bot, of],
    queryFn: ({ signal }) => data(api.GET(STATS, { params: params(ws, bot, of), signal })),
    ...kept,
  });

export const nodesQuery = (ws: string, bot: string, of: Period) =>
  queryOptions({
    queryKey: ["ws", ws, "stats", bot, of, "nodes"],
    queryFn: async ({ signal }) => (await data(api.GET(`${STATS}/nodes`, { params: params(ws, bot, of), signal }))).items,
    ...kept,
  });

export const groupsQuery = (ws: string, bot: string, of: Period, kind: "errors" | "unanswered") =>
  queryOptions({
    queryKey: ["ws", ws, "stats", bot, of, kind],
    queryFn: async ({ signal }) => (await data(api.GET(`${STATS}/${kind}`, { params: params(ws, bot, of), signal }))).items,
    ...kept,
  });

/** Where the figures are to be had as a file: one table as CSV, all of them as XLSX. */
export function fileUrl(ws: string, bot: string, { from, to }: Period, table?: Table): string {
  const query = new URLSearchParams({ from, to, ...(table ? { format: "csv", table } : { format: "xlsx" }) });
  return `/api/workspaces/${ws}/bots/${bot}/stats/file?${query}`;
}
