// Which conversations stand in a list, and in what order. A list knows how far it has been read; what is newer than that,
// or was moved up by an event, finds its place by itself.

import { type Chat, isOpen } from "./types";

export const VIEWS = ["mine", "waiting", "connected", "all", "bot", "completed", "missed"] as const;
export type View = (typeof VIEWS)[number];
export const ORDERS = ["recent", "waiting"] as const;
export type Order = (typeof ORDERS)[number];

/** Which list: of which kind, of which bot, and what stands above. */
export interface Wanted {
  view: View;
  bot?: string | undefined;
  /** Only those of the person here. */
  mine?: boolean | undefined;
  order: Order;
}

export interface Row {
  id: string;
  /** What it is sorted by; smaller stands above. */
  rank: number;
}

export interface List {
  wanted: Wanted;
  rows: Row[];
  /** Where it goes on; null at its end, nothing before its first piece. */
  next: string | null | undefined;
  /** The oldest moment that has been read. */
  until: number;
  loading: boolean;
  failed?: unknown;
}

export function nameOf({ view, bot, mine, order }: Wanted): string {
  return [view, bot ?? "", mine ? "mine" : "", order].join(" ");
}

export function emptyList(wanted: Wanted): List {
  return { wanted, rows: [], next: undefined, until: Number.POSITIVE_INFINITY, loading: false };
}

/** Does it stand in such a list? `me` is the person here. */
export function belongs(chat: Chat, { view, bot, mine }: Wanted, me: string): boolean {
  if (bot !== undefined && chat.bot !== bot) return false;
  const own = chat.owner === me || (Array.isArray(chat.present) && chat.present.includes(me));
  if (mine && !own) return false;
  switch (view) {
    case "mine":
      return isOpen(chat) && own;
    case "waiting":
      return chat.state === "requested";
    case "connected":
      return chat.state === "connected";
    case "all":
      return chat.state !== "bot";
    default:
      return chat.state === view;
  }
}

/** What the server is asked for, for such a list. */
export function queryOf({ view, bot, mine }: Wanted): { state?: string; mine?: boolean; withoutBot?: boolean; bot?: string } {
  const state = { waiting: "requested", connected: "connected", bot: "bot", completed: "completed", missed: "missed", mine: undefined, all: undefined }[view];
  return {
    ...(state && { state }),
    ...((view === "mine" || mine) && { mine: true }),
    ...(view === "all" && { withoutBot: true }),
    ...(bot !== undefined && { bot }),
  };
}

/** Does the server say who of such a list waits longest? */
export function readsLongest({ view, order }: Wanted): boolean {
  return order === "waiting" && (view === "waiting" || view === "connected");
}

/** Whoever waits longest stands above, and whoever does not wait below, the newest first. */
function rankOf(chat: Chat, order: Order): number {
  if (order === "recent") return -chat.lastAt;
  const since = waitsSince(chat);
  return since ?? Number.MAX_SAFE_INTEGER - chat.lastAt;
}

/** Since when the end user waits for a person; nothing where it is their turn. */
export function waitsSince(chat: Chat): number | undefined {
  return isOpen(chat) ? (chat.waitingSince ?? undefined) : undefined;
}

function before(a: Row, b: Row): boolean {
  return a.rank === b.rank ? a.id > b.id : a.rank < b.rank;
}

/** Where a row stands or would stand. */
function place(rows: readonly Row[], row: Row): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = rows[middle];
    if (at && before(at, row)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A conversation is otherwise than it was: it finds its place, or leaves. Did anything move? */
export function settle(list: List, was: Chat | undefined, now: Chat, me: string): boolean {
  let moved = was !== undefined && leave(list, was);
  if (isIn(list, now, me)) {
    const row = { id: now.id, rank: rankOf(now, list.wanted.order) };
    const at = place(list.rows, row);
    if (list.rows[at]?.id !== now.id) list.rows.splice(at, 0, row);
    moved = true;
  }
  return moved;
}

/** Takes a conversation out, as it was known. Did it stand there? */
export function leave(list: List, was: Chat): boolean {
  const at = place(list.rows, { id: was.id, rank: rankOf(was, list.wanted.order) });
  if (list.rows[at]?.id !== was.id) return false;
  list.rows.splice(at, 1);
  return true;
}

/** It belongs, and the list has been read as far; who waits longest is known from the beginning. */
function isIn(list: List, chat: Chat, me: string): boolean {
  return belongs(chat, list.wanted, me) && (list.next === null || chat.lastAt >= list.until || readsLongest(list.wanted));
}

/** A piece has been read: the list reaches further. `known` are all conversations, with the piece's in them. */
export function extend(list: List, piece: readonly Chat[], next: string | null, known: Iterable<Chat>, me: string): void {
  const was = { ...list };
  list.next = next;
  list.until = next === null ? Number.NEGATIVE_INFINITY : (piece.at(-1)?.lastAt ?? list.until);
  // What an event told of and lay beyond the end is within now.
  const fresh: Row[] = [];
  for (const chat of known) if (isIn(list, chat, me) && !isIn(was, chat, me)) fresh.push({ id: chat.id, rank: rankOf(chat, list.wanted.order) });
  list.rows = merged(list.rows, fresh.sort((a, b) => (before(a, b) ? -1 : 1)));
}

/** Two sorted lists in one: 50,000 rows are not sorted anew for 50 more. */
function merged(some: readonly Row[], others: readonly Row[]): Row[] {
  const all: Row[] = [];
  let other = 0;
  for (const row of some) {
    for (let next = others[other]; next && before(next, row); next = others[++other]) all.push(next);
    all.push(row);
  }
  for (; other < others.length; other++) all.push(others[other] as Row);
  return all;
}
