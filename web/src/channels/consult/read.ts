// What is read and changed of ConsultationTalk, and how its connection stands.

import { queryOptions } from "@tanstack/react-query";

import { api, data, to } from "../../api/client";
import type { components } from "../../api/schema.gen";

type Schemas = components["schemas"];
export type ConsultChannel = Schemas["ConsultChannel"];
export type ConsultBody = Schemas["ConsultBody"];
export type ConsultAnswer = Schemas["ConsultAnswer"];
export type StartLink = Schemas["StartLink"];

/** What of a relay's facts the console speaks of. */
export interface Relay {
  relay: string;
  baseUrl: string;
  text: number;
  buttons: number;
  quickReplies: number;
  carousel: [number, number] | null;
  dedupesBySerial: boolean;
  resultComesLater: boolean;
  asksConsent: boolean;
  endsWithBot: boolean;
  setsReceiveAddress: boolean;
  credentials: { name: string; headerOrPath: string; secret: boolean }[];
}

const DAY_MS = 86_400_000;
/** Korea is nine hours before UTC, a billed day begins at four there. */
const SHIFT_MS = 5 * 3_600_000;
/** A sign of life that is older says nothing of now. */
const LIVES_MS = 7 * DAY_MS;

export const consultQuery = (ws: string, bot: string) =>
  queryOptions({
    queryKey: ["ws", ws, "bot", bot, "consulttalk"],
    queryFn: ({ signal }) => data(api.GET("/api/workspaces/{ws}/bots/{bot}/consulttalk", { params: { path: { ws, bot } }, signal })),
    // Signs of life appear by themselves.
    refetchInterval: 3_000,
  });

export const setConsult = (ws: string, bot: string, body: ConsultBody) => data(api.PUT("/api/workspaces/{ws}/bots/{bot}/consulttalk", { params: to({ ws, bot }), body }));
export const removeConsult = (ws: string, bot: string) => data(api.DELETE("/api/workspaces/{ws}/bots/{bot}/consulttalk", { params: to({ ws, bot }) }));
export const askDealer = (ws: string, bot: string, work: Schemas["ConsultWork"]): Promise<ConsultAnswer> =>
  data(api.POST("/api/workspaces/{ws}/bots/{bot}/consulttalk/ask", { params: to({ ws, bot }), body: { work } }));

export const useQueryOf = (ws: string, bot: string, month: { from: number; to: number }) =>
  queryOptions({
    queryKey: ["ws", ws, "bot", bot, "consulttalk-use", month.from],
    queryFn: ({ signal }) => data(api.GET("/api/workspaces/{ws}/bots/{bot}/consulttalk/use", { params: { path: { ws, bot }, query: month }, signal })),
  });

export const linkQuery = (ws: string, bot: string, query: { extra?: string; bot?: string; event?: string }) =>
  queryOptions({
    queryKey: ["ws", ws, "bot", bot, "consulttalk-link", query],
    queryFn: ({ signal }) => data(api.GET("/api/workspaces/{ws}/bots/{bot}/consulttalk/link", { params: { path: { ws, bot }, query }, signal })),
    retry: false,
  });

export const relaysOf = (channel: ConsultChannel): Relay[] => channel.relays as unknown as Relay[];
export const relayOf = (channel: ConsultChannel, name: string): Relay | undefined => relaysOf(channel).find((one) => one.relay === name);

/** How the connection stands, for one sentence above all. */
export type Standing = "none" | "off" | "trouble" | "silent" | "half" | "good";

export function standing(channel: ConsultChannel, now: number): Standing {
  if (!channel.configured) return "none";
  if (!channel.enabled) return "off";
  if (channel.trouble) return "trouble";
  const lives = (at: number | null) => at !== null && now - at < LIVES_MS;
  if (!lives(channel.heardAt)) return "silent";
  return lives(channel.calledAt) ? "good" : "half";
}

/** The month of billed days in which a moment lies, so many months before: from 04:00 in Korea on the first to that of the next. */
export function monthAt(now: number, before: number): { from: number; to: number; first: number } {
  const day = new Date(now + SHIFT_MS);
  const begin = (offset: number) => Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + offset, 1);
  return { from: begin(-before) - SHIFT_MS, to: begin(1 - before) - SHIFT_MS, first: begin(-before) };
}

/** A billed day's date, as a moment at noon UTC of it. */
export const dateOf = (at: number) => at + SHIFT_MS + DAY_MS / 2;

/** What is asked of a dealer by mail: the five things that they need. */
export interface Enquiry {
  company: string;
  profile: string;
  phone: string;
  homepage: string;
  registration: string;
}
