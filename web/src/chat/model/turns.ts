// A thread as it is drawn: messages and lines in one order, with days between, and what belongs together together.

import type { Thread } from "./threads";
import { shown } from "./threads";
import type { ChatLine, ChatMessage } from "./types";

export type Item =
  | { kind: "day"; key: string; at: number }
  | { kind: "unread"; key: string }
  | { kind: "line"; key: string; line: ChatLine }
  | { kind: "messages"; key: string; from: string; author: string | null; at: number; messages: ChatMessage[] };

/** Messages of one sender within this time stand together. */
const TOGETHER_MS = 3 * 60_000;

const dayOf = (at: number) => new Date(at).toDateString();

export function itemsOf(thread: Thread, unreadFrom: number | undefined, hideBot = false): Item[] {
  const items: Item[] = [];
  const { lines } = thread;
  let line = 0;
  let day = "";
  const onDay = (at: number) => {
    const next = dayOf(at);
    if (next === day) return;
    day = next;
    items.push({ kind: "day", key: `day ${next}`, at });
  };
  const linesUpTo = (seq: number) => {
    for (let next = lines[line]; next && next.afterSeq < seq; next = lines[++line]) {
      onDay(next.at);
      items.push({ kind: "line", key: next.id, line: next });
    }
  };
  for (const message of shown(thread)) {
    linesUpTo(message.seq);
    if (hideBot && message.from === "bot") continue;
    onDay(message.at);
    if (message.seq === unreadFrom) items.push({ kind: "unread", key: "unread" });
    const last = items.at(-1);
    if (last?.kind === "messages" && last.from === message.from && last.author === message.author && message.at - last.at < TOGETHER_MS) {
      last.messages.push(message);
      last.at = message.at;
    } else {
      items.push({ kind: "messages", key: message.id, from: message.from, author: message.author, at: message.at, messages: [message] });
    }
  }
  linesUpTo(Number.POSITIVE_INFINITY);
  return items;
}

/** The first of the last `unread` messages of the end user. */
export function firstUnread(messages: readonly ChatMessage[], unread: number): number | undefined {
  let left = unread;
  for (let at = messages.length - 1; at >= 0 && left > 0; at--) {
    const message = messages[at];
    if (message?.from === "user" && --left === 0) return message.seq;
  }
  return undefined;
}
