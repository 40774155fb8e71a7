// What is read and changed of alerts.

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { json, type Piece, query, sending } from "../api/json";
import type { Language } from "../api/client";

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
  language: Language;
  emails: string[];
  webhookUrl: string | null;
}
export interface Told {
  mailed: number;
  mailError: string | null;
  hooked: boolean;
  hookError: string | null;
}
export interface Alert extends Told {
  id: string;
  bot: string;
  botTitle: string;
  kind: "errors" | "slow" | "cuts" | "silent";
  at: number;
  endedAt: number | null;
  amount: number;
  threshold: number;
  minutes: number;
  /** What it says, in the language of the page. */
  text: string;
  read: boolean;
}
interface Alerts extends Piece<Alert> {
  unread: number;
}

const rules = (ws: string, bot: string) => `/api/workspaces/${ws}/bots/${bot}/alert-rules`;

export const rulesQuery = (ws: string, bot: string) =>
  queryOptions({ queryKey: ["ws", ws, "alert-rules", bot], queryFn: ({ signal }) => json<Rules>(rules(ws, bot), { signal }) });

/** The alerts of a workspace, or of one bot. */
export const alertsQuery = (ws: string, bot?: string) =>
  infiniteQueryOptions({
    queryKey: ["ws", ws, "alerts", bot],
    queryFn: ({ pageParam, signal }) => json<Alerts>(`/api/workspaces/${ws}/alerts?${query({ bot, cursor: pageParam })}`, { signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    refetchInterval: 30_000,
  });

export const setRules = (ws: string, bot: string, next: Rules) => json<Rules>(rules(ws, bot), sending("PUT", next));
/** Tells an alert that never was. */
export const tryOut = (ws: string, bot: string) => json<Told>(`${rules(ws, bot)}/try`, { method: "POST" });
export const markRead = (ws: string, upTo: string) => json<void>(`/api/workspaces/${ws}/alerts/read`, sending("PUT", { upTo }));
