// What is read and changed of alerts.

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { call } from "../api/client";

export interface Rule {
  on: boolean;
  count: number;
  minutes: number;
}
export interface Rules {
  errors: Rule;
  slow: Rule;
  cuts: Rule;
  silent: { on: boolean; hours: number };
  language: "ko" | "en";
  emails: string[];
  webhookUrl: string | null;
}
export type AlertKind = "errors" | "slow" | "cuts" | "silent";
export interface Alert {
  id: string;
  kind: AlertKind;
  amount: number;
  threshold: number;
  minutes: number;
  at: number;
  endedAt: number | null;
  /** What became of telling it outside. */
  told: { mail?: string; webhook?: string };
}
interface Page {
  items: Alert[];
  next: string | null;
}

const base = (ws: string, bot: string) => `/api/workspaces/${ws}/bots/${bot}`;

export const rulesQuery = (ws: string, bot: string) =>
  queryOptions({
    queryKey: ["ws", ws, "alert-rules", bot],
    queryFn: async ({ signal }) => (await (await call(`${base(ws, bot)}/alert-rules`, { signal })).json()) as Rules,
  });

export const alertsQuery = (ws: string, bot: string) =>
  infiniteQueryOptions({
    queryKey: ["ws", ws, "alerts", bot],
    queryFn: async ({ pageParam, signal }) =>
      (await (await call(`${base(ws, bot)}/alerts?${new URLSearchParams(pageParam ? { cursor: pageParam } : {})}`, { signal })).json()) as Page,
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    refetchInterval: 30_000,
  });

export async function setRules(ws: string, bot: string, rules: Rules): Promise<Rules> {
  const init = { method: "PUT", body: JSON.stringify(rules), headers: { "content-type": "application/json" } };
  return (await (await call(`${base(ws, bot)}/alert-rules`, init)).json()) as Rules;
}
