// What is read of a bot's statistics.

import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { json, type Piece, query } from "../api/json";
import type { Period } from "./scale";

export interface Figures {
  turns: number;
  messages: number;
  userMessages: number;
  botMessages: number;
  errors: number;
  unanswered: number;
  slow: number;
  cuts: number;
  averageMs: number | null;
  slowestMs: number;
}
export interface Total extends Figures {
  users: number;
  newUsers: number;
  returningUsers: number;
  conversations: number;
  messagesPerConversation: number | null;
}
export interface DayFigures extends Figures {
  day: string;
  users: number;
  newUsers: number;
  returningUsers: number;
}
export interface ChannelFigures extends Figures {
  channel: string;
  users: number;
}
export interface Stats {
  from: string;
  to: string;
  zone: string;
  total: Total;
  days: DayFigures[];
  channels: ChannelFigures[];
}
export interface NodeFigures {
  flow: number;
  flowTitle: string | null;
  node: number;
  nodeLabel: string | null;
  kind: string;
  times: number;
  averageMs: number;
  slowestMs: number;
  failed: number;
}
export interface Group {
  said: string;
  times: number;
  lastAt: number;
}
export type Table = "days" | "channels" | "nodes" | "errors" | "unanswered";
export const TABLES: Table[] = ["days", "unanswered", "errors", "nodes", "channels"];

const base = (ws: string, bot: string) => `/api/workspaces/${ws}/bots/${bot}/stats`;
/** The figures of the period before stay until those of the next are there. */
const kept = { placeholderData: keepPreviousData };

export const statsQuery = (ws: string, bot: string, of: Period) =>
  queryOptions({
    queryKey: ["ws", ws, "stats", bot, of],
    queryFn: ({ signal }) => json<Stats>(`${base(ws, bot)}?${query(of)}`, { signal }),
    ...kept,
  });

export const nodesQuery = (ws: string, bot: string, of: Period) =>
  queryOptions({
    queryKey: ["ws", ws, "stats", bot, of, "nodes"],
    queryFn: async ({ signal }) => (await json<Piece<NodeFigures>>(`${base(ws, bot)}/nodes?${query(of)}`, { signal })).items,
    ...kept,
  });

export const groupsQuery = (ws: string, bot: string, of: Period, kind: "errors" | "unanswered") =>
  queryOptions({
    queryKey: ["ws", ws, "stats", bot, of, kind],
    queryFn: async ({ signal }) => (await json<Piece<Group>>(`${base(ws, bot)}/${kind}?${query(of)}`, { signal })).items,
    ...kept,
  });

/** Where the figures are to be had as a file: one table as CSV, all of them as XLSX. */
export function fileUrl(ws: string, bot: string, of: Period, table?: Table): string {
  return `${base(ws, bot)}/file?${query({ ...of, ...(table ? { format: "csv", table } : { format: "xlsx" }) })}`;
}
