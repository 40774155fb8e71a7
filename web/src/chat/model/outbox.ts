// What an agent has written and the server has not confirmed. One of a conversation goes after the other, each under an id
// that this console made: sent again, it is the same message.

import type { ChatMessage } from "./types";

export interface Pending {
  clientId: string;
  chat: string;
  at: number;
  data: Record<string, unknown>;
  /** A picture that is to be uploaded before; it does not outlive the page. */
  file?: File;
  stand: "sending" | "failed";
  /** Why, in words. */
  why?: string;
  /** The number it got, once the server has said so; it goes when its message comes. */
  seq?: number;
}

export type Outbox = readonly Pending[];

export function put(outbox: Outbox, pending: Pending): Outbox {
  return [...outbox, pending];
}

export function change(outbox: Outbox, clientId: string, part: Partial<Pending>): Outbox {
  return outbox.map((one) => (one.clientId === clientId ? { ...one, ...part } : one));
}

export function drop(outbox: Outbox, clientId: string): Outbox {
  return outbox.filter((one) => one.clientId !== clientId);
}

/** Messages have come: what was confirmed by them goes. */
export function confirm(outbox: Outbox, chat: string, messages: readonly ChatMessage[], me: string): Outbox {
  if (!outbox.some((one) => one.chat === chat)) return outbox;
  const ids = new Set(messages.filter((message) => message.author === me && message.clientId !== null).map((message) => message.clientId));
  const seqs = new Set(messages.map((message) => message.seq));
  const rest = outbox.filter((one) => one.chat !== chat || !(ids.has(one.clientId) || (one.seq !== undefined && seqs.has(one.seq))));
  return rest.length === outbox.length ? outbox : rest;
}

/** The one of a conversation that goes next; a failed one waits for its author and holds nobody up. */
export function nextOf(outbox: Outbox, chat: string): Pending | undefined {
  return outbox.find((one) => one.chat === chat && one.stand === "sending" && one.seq === undefined);
}

/** What is kept over a reload: all but pictures, whose bytes the page alone has. */
export function keep(outbox: Outbox): string {
  return JSON.stringify(outbox.filter((one) => one.file === undefined && one.seq === undefined));
}

export function recall(text: string | null): Outbox {
  if (!text) return [];
  try {
    const read = JSON.parse(text) as Pending[];
    return Array.isArray(read) ? read.filter((one) => typeof one.clientId === "string" && typeof one.chat === "string") : [];
  } catch {
    return [];
  }
}
