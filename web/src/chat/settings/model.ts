// How a team works in the chat, as the server keeps it (docs/live.md, “Settings”); the API tells it as a plain object.

import { queryOptions } from "@tanstack/react-query";

import { json, sending } from "../../api/json";

export interface Interval {
  from: string;
  to: string;
}
export interface SpecialDay {
  date: string;
  name: string;
  open: Interval[];
}
export interface Assignment {
  auto: boolean;
  max: number;
  specialistsOnly: boolean;
  previousFirst: boolean;
  othersIfPreviousAbsent: boolean;
  inHoursFirst: boolean;
  onlyAssigned: boolean;
}
export interface Hours {
  enabled: boolean;
  timeZone: string;
  /** Monday first. */
  week: Interval[][];
  publicHolidays: boolean;
  days: SpecialDay[];
  notice: string;
  accept: boolean;
  botAnswers: boolean;
  flowId: number | null;
}
export interface AutoClose {
  waitingMinutes: number | null;
  connectedMinutes: number | null;
  evenIfUnanswered: boolean;
  message: string;
}
export interface ChatSettings {
  assignment: Assignment;
  hours: Hours;
  autoClose: AutoClose;
  completion: { flowId: number | null };
  cancel: { ignoreQuick: boolean };
}
export type BotChatSettings = Partial<ChatSettings>;

const path = (ws: string, bot?: string) => `/api/workspaces/${ws}/${bot === undefined ? "" : `bots/${bot}/`}chat-settings`;

export const settingsQuery = (ws: string) =>
  queryOptions({ queryKey: ["ws", ws, "chat-settings"], queryFn: ({ signal }) => json<ChatSettings>(path(ws), { signal }) });
export const botSettingsQuery = (ws: string, bot: string) =>
  queryOptions({ queryKey: ["ws", ws, "chat-settings", bot], queryFn: ({ signal }) => json<BotChatSettings>(path(ws, bot), { signal }) });
export const saveSettings = (ws: string, settings: ChatSettings) => json<ChatSettings>(path(ws), sending("PUT", settings));
export const saveBotSettings = (ws: string, bot: string, settings: BotChatSettings) => json<BotChatSettings>(path(ws, bot), sending("PUT", settings));

/** "주문 > 취소, 배송" as the categories it means: each from the outside in. */
export function readCategories(text: string): string[][] {
  return text
    .split(/[,\n]/)
    .map((one) =>
      one
        .split(">")
        .map((level) => level.trim())
        .filter(Boolean),
    )
    .filter((levels) => levels.length > 0);
}

export function writeCategories(categories: readonly (readonly string[])[]): string {
  return categories.map((levels) => levels.join(" > ")).join(", ");
}

/** The first interval that ends before it begins, or overlaps the one before; nothing where all are sound. */
export function unsound(intervals: readonly Interval[]): number | undefined {
  const at = intervals.findIndex((one, nth) => one.from >= one.to || (nth > 0 && one.from < (intervals[nth - 1]?.to ?? "")));
  return at < 0 ? undefined : at;
}
