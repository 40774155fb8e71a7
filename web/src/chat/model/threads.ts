// One conversation's thread: messages by their numbers, and beside them what only agents see. Messages may come in pieces and
// in any order; what is shown has no gap, no double and no disorder.

import type { ChatLine, ChatMessage, Delivery, EventMessage } from "./types";

export interface Thread {
  /** By number, ascending; there may be a gap until what is missing has been read. */
  messages: readonly ChatMessage[];
  lines: readonly ChatLine[];
  /** Are there older ones? */
  more: boolean;
  stand: "absent" | "loading" | "ready" | "failed";
  loadingOlder: boolean;
  error?: unknown;
  /** Counts changes. */
  version: number;
}

export const EMPTY: Thread = { messages: [], lines: [], more: false, stand: "absent", loadingOlder: false, version: 0 };

export function whole(message: EventMessage): ChatMessage {
  return { ...message, author: message.author ?? null, clientId: message.clientId ?? null, deliveries: message.deliveries ?? [] };
}

/** Adds messages; one that is there stays as it is. */
export function withMessages(thread: Thread, come: readonly ChatMessage[]): Thread {
  const last = thread.messages.at(-1)?.seq ?? Number.NEGATIVE_INFINITY;
  if (come.every((message, at) => message.seq > (come[at - 1]?.seq ?? last))) {
    return come.length === 0 ? thread : { ...thread, messages: [...thread.messages, ...come], version: thread.version + 1 };
  }
  const bySeq = new Map(come.map((message) => [message.seq, message]));
  for (const message of thread.messages) bySeq.set(message.seq, message);
  if (bySeq.size === thread.messages.length) return thread;
  return { ...thread, messages: [...bySeq.values()].sort((a, b) => a.seq - b.seq), version: thread.version + 1 };
}

/** Something has become of a bubble; of a message that is not here nothing is known. */
export function withDelivery(thread: Thread, seq: number, delivery: Delivery): Thread {
  const at = thread.messages.findIndex((message) => message.seq === seq);
  const message = thread.messages[at];
  if (!message) return thread;
  const deliveries = [...message.deliveries.filter((one) => one.part !== delivery.part), delivery].sort((a, b) => a.part - b.part);
  return { ...thread, messages: thread.messages.with(at, { ...message, deliveries }), version: thread.version + 1 };
}

export function withLines(thread: Thread, come: readonly ChatLine[]): Thread {
  const byId = new Map(thread.lines.map((line) => [line.id, line]));
  for (const line of come) byId.set(line.id, line);
  if (byId.size === thread.lines.length) return thread;
  // Ids of one moment sort as things happened.
  const lines = [...byId.values()].sort((a, b) => a.afterSeq - b.afterSeq || (a.id < b.id ? -1 : 1));
  return { ...thread, lines, version: thread.version + 1 };
}

/** The number after which one is missing; nothing where none is. */
export function gapAfter(thread: Thread): number | undefined {
  const { messages } = thread;
  for (let at = 1; at < messages.length; at++) {
    const [one, next] = [messages[at - 1], messages[at]];
    if (one && next && next.seq !== one.seq + 1) return one.seq;
  }
  return undefined;
}

/** What may be shown: everything up to the first gap. */
export function shown(thread: Thread): readonly ChatMessage[] {
  const gap = gapAfter(thread);
  return gap === undefined ? thread.messages : thread.messages.filter((message) => message.seq <= gap);
}
