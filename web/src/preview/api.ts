// What the preview asks of the server: one turn of a conversation that is kept here and not there. The state is opaque:
// it comes with an answer and goes back with the next event, so that going back to an answer is sending its state again.

import { call } from "../api/client";
import type { components } from "../api/schema.gen";

type S = components["schemas"];
export type Channel = S["ChannelId"];
export const CHANNELS: readonly Channel[] = ["kakao", "kakaobiz", "web"];

export interface Media {
  contentType: string;
  uri: string;
}

export interface Location {
  latitude: number;
  longitude: number;
}

export type PreviewEvent =
  | { type: "start" }
  | { type: "message"; text: string; button?: unknown; payload?: string; media?: Media; location?: Location }
  | { type: "goto"; flow: number; node?: number };

export interface Person {
  params: Record<string, unknown>;
  returning: boolean;
}

/** A node that ran (engine `Visit`). */
export interface Visit {
  flow: number;
  node: number;
  kind: string;
  edge?: number;
  data?: unknown;
  changed?: Record<string, unknown>;
  sent?: number;
  error?: string;
  waitedMs?: number;
}

export interface Trace {
  from?: Visit;
  visits: Visit[];
  fault?: string;
}

/** What the channel cut, divided or held back, told to our user. */
export type Mark = S["PreviewMark"];

/** What became of a turn; where the schema says only "an object", what is in it. */
export interface Previewed extends Omit<S["Preview"], "state" | "request" | "answer" | "trace" | "context" | "contextBefore" | "replies" | "agentCall"> {
  state: unknown;
  request: unknown;
  answer: unknown;
  trace: Trace;
  contextBefore: Record<string, unknown>;
  context: Record<string, unknown>;
  /** An agent was called, and why nobody comes here. */
  agentCall: (Omit<S["PreviewAgentCall"], "message"> & { message: unknown }) | null;
  /** What the world answered, for recording. */
  replies: unknown[];
}

export interface Asked {
  channel: Channel;
  state: unknown;
  event: PreviewEvent;
  person: Person;
  source: "draft" | "live" | number;
}

const json = (body: unknown): RequestInit => ({ method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } });

export const pathOf = (ws: string, bot: string) => `/api/workspaces/${encodeURIComponent(ws)}/bots/${encodeURIComponent(bot)}`;

export async function preview(ws: string, bot: string, asked: Asked, signal?: AbortSignal): Promise<Previewed> {
  const answer = await call(`${pathOf(ws, bot)}/preview`, { ...json(asked), ...(signal && { signal }) });
  return (await answer.json()) as Previewed;
}

/** Keeps a picture at the server; its address is what the messenger would give the bot. */
export async function upload(ws: string, bot: string, file: File): Promise<string> {
  const answer = await call(`${pathOf(ws, bot)}/media`, { method: "POST", body: file, headers: { "content-type": file.type } });
  return new URL(((await answer.json()) as { url: string }).url, location.origin).href;
}

/** Somebody of whom nothing is known. */
export const NEW_PERSON_BODY: Person = { params: {}, returning: false };
