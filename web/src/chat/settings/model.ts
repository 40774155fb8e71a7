// How a team works in the chat, as the server keeps it (docs/live.md, “Settings”); the API tells it as a plain object.

import { queryOptions } from "@tanstack/react-query";

import { api, data, to } from "../../api/client";

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
  labels: { categories: string[][]; tags: string[] };
  suggest: { url: string };
  panels: Panel[];
}
/** A page of the business's own (`url`) or a text (`html`); both are templates. */
export interface Panel {
  title: string;
  url: string;
  html: string;
}
/** What a bot does otherwise; parts that are absent are the team's. */
export type BotChatSettings = Partial<Pick<ChatSettings, "assignment" | "hours" | "autoClose" | "completion" | "cancel" | "panels">>;

/** The parts that a dialog keeps per bot, as it shows them. */
export const OWN_PARTS = ["hours", "assignment", "autoClose", "panels"] as const;
export type OwnPart = (typeof OWN_PARTS)[number];

const TEAM = "/api/workspaces/{ws}/chat-settings";
const BOT = "/api/workspaces/{ws}/bots/{bot}/chat-settings";

export const settingsQuery = (ws: string) =>
  queryOptions({
    queryKey: ["ws", ws, "chat-settings"],
    queryFn: async ({ signal }) => (await data(api.GET(TEAM, { params: { path: { ws } }, signal }))) as unknown as ChatSettings,
  });
export const botSettingsQuery = (ws: string, bot: string) =>
  queryOptions({
    queryKey: ["ws", ws, "chat-settings", bot],
    queryFn: async ({ signal }) => (await data(api.GET(BOT, { params: { path: { ws, bot } }, signal }))) as BotChatSettings,
  });
export const saveSettings = async (ws: string, settings: ChatSettings) =>
  (await data(api.PUT(TEAM, { params: to({ ws }), body: { ...settings } }))) as unknown as ChatSettings;
export const saveBotSettings = async (ws: string, bot: string, settings: BotChatSettings) =>
  (await data(api.PUT(BOT, { params: to({ ws, bot }), body: { ...settings } }))) as BotChatSettings;

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

/** "단골, VIP" as the tags it means, each once. */
export function readTags(text: string): string[] {
  return [...new Set(text.split(/[,\n]/).map((tag) => tag.trim()).filter(Boolean))];
}

/** The first interval that ends before it begins, or overlaps the one before; nothing where all are sound. */
export function unsound(intervals: readonly Interval[]): number | undefined {
  const at = intervals.findIndex((one, nth) => one.from >= one.to || (nth > 0 && one.from < (intervals[nth - 1]?.to ?? "")));
  return at < 0 ? undefined : at;
}
