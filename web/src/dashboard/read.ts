// What is read of a bot's statistics.

import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { call } from "../api/client";
import type { Period } from "./scale";

export interface Totals {
  users: number;
  newUsers: number;
  returningUsers: number;
  conversations: number;
  received: number;
  sent: number;
  errors: number;
  unanswered: number;
  slow: number;
}
export interface DayFigures {
  day: string;
  newUsers: number;
  returningUsers: number;
  received: number;
  sent: number;
  errors: number;
}
export interface ChannelFigures {
  channel: string;
  users: number;
  conversations: number;
  received: number;
  sent: number;
  errors: number;
}
export interface NodeFigures {
  flow: number;
  node: number;
  flowTitle: string;
  nodeTitle: string;
  kind: string;
  times: number;
  meanMs: number;
  slowestMs: number;
  failed: number;
}
export interface Group {
  said: string;
  times: number;
  users: number;
  lastAt: number;
}
export interface Dashboard {
  zone: string;
  totals: Totals;
  days: DayFigures[];
  channels: ChannelFigures[];
  nodes: NodeFigures[];
  errors: Group[];
  unanswered: Group[];
}

const base = (ws: string, bot: string) => `/api/workspaces/${ws}/bots/${bot}/statistics`;

export const dashboardQuery = (ws: string, bot: string, { from, to }: Period) =>
  queryOptions({
    queryKey: ["ws", ws, "dashboard", bot, from, to],
    queryFn: async ({ signal }) => (await (await call(`${base(ws, bot)}?${new URLSearchParams({ from, to })}`, { signal })).json()) as Dashboard,
    // The figures of the period before stay until those of the next are there.
    placeholderData: keepPreviousData,
  });

/** Where the figures are to be had as a file. */
export function exportUrl(ws: string, bot: string, { from, to }: Period, kind: "csv" | "xlsx"): string {
  return `${base(ws, bot)}/export?${new URLSearchParams({ from, to, format: kind })}`;
}
