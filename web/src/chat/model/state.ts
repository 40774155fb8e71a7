// All that a console knows of live chat, and what each frame of the connection makes of it. Nothing here reads, sends or
// draws: `apply` changes the state by one frame and says what is otherwise now, so that it can be tested with plain frames.

import { belongs, extend, leave, type List, settle } from "./lists";
import { confirm, type Outbox } from "./outbox";
import { type Thread, whole, withDelivery, withLines, withMessages } from "./threads";
import { type AgentSeen, type Chat, type ChatLine, type ChatMessage, type Delivery, type Frame, isEvent, type LiveEvent } from "./types";

/** How long somebody counts as typing after they were last seen to. */
export const TYPING_MS = 4_000;

export interface Typing {
  from: "user" | "agent";
  agent?: string;
  until: number;
}

/** Which conversations events have told of while a read was under way: of these the events know better. */
export type Mark = Set<string>;

export interface State {
  /** The person here. */
  me: string;
  /** The number of the last event that was taken in. */
  seq: number | undefined;
  chats: Map<string, Chat>;
  lists: Map<string, List>;
  threads: Map<string, Thread>;
  outbox: Outbox;
  agents: readonly AgentSeen[];
  typing: Map<string, readonly Typing[]>;
  marks: Set<Mark>;
}

/** Something that a person may want to be told. */
export interface News {
  kind: "request" | "assigned" | "message" | "mention";
  chat: string;
  at: number;
  text: string;
}

/** What is otherwise after a frame. */
export interface Effects {
  chats: Set<string>;
  lists: Set<string>;
  threads: Set<string>;
  typing: Set<string>;
  agents: boolean;
  outbox: boolean;
  /** How many conversations wait or go on may be otherwise. */
  counts: boolean;
  news: News[];
  /** Conversations that are hidden from the person here from now on. */
  gone: Set<string>;
  /** What was missed is not told any more: read everything anew. */
  stale: boolean;
}

export function emptyState(me: string, outbox: Outbox = []): State {
  return {
    me,
    seq: undefined,
    chats: new Map(),
    lists: new Map(),
    threads: new Map(),
    outbox,
    agents: [],
    typing: new Map(),
    marks: new Set(),
  };
}

export function noEffects(): Effects {
  return {
    chats: new Set(),
    lists: new Set(),
    threads: new Set(),
    typing: new Set(),
    agents: false,
    outbox: false,
    counts: false,
    news: [],
    gone: new Set(),
    stale: false,
  };
}

export function apply(state: State, frame: Frame, now: number, effects: Effects = noEffects()): Effects {
  if (isEvent(frame)) {
    // Twice is once. Numbers that are missing are events for others alone: the connection itself keeps order and loses nothing.
    if (state.seq !== undefined && frame.seq <= state.seq) return effects;
    state.seq = frame.seq;
    happened(state, frame, effects);
    return effects;
  }
  switch (frame.type) {
    case "hello":
      // With a number of ours it is the same; without one, from here on.
      state.seq ??= frame.seq;
      break;
    case "reset":
      state.seq = frame.seq;
      effects.stale = true;
      break;
    case "agents":
      state.agents = frame.agents;
      effects.agents = true;
      break;
    case "typing":
      types(state, frame, now, effects);
      break;
    default:
  }
  return effects;
}

function happened(state: State, event: LiveEvent, effects: Effects): void {
  const { chat } = event;
  if (chat === undefined) return;
  switch (event.type) {
    case "message": {
      const message = whole(event.message);
      takeMessages(state, chat, [message], effects);
      if (event.data) changed(state, event.data, effects);
      stopsTyping(state, chat, message, effects);
      if (message.from === "user") tellOfMessage(state, chat, event.at, textOf(message), effects);
      break;
    }
    case "line":
      takeLines(state, chat, [event.data], effects);
      tellOfLine(state, chat, event.data, effects);
      effects.counts ||= event.data.kind !== "note";
      break;
    case "chat":
      changed(state, event.data, effects);
      effects.counts = true;
      break;
    case "seen": {
      const known = state.chats.get(chat);
      if (known && event.data.seq >= known.lastSeq && known.unread > 0) changed(state, { ...known, unread: 0 }, effects);
      break;
    }
    case "delivery":
      takeDelivery(state, chat, event.data, effects);
      break;
    case "mention":
      effects.news.push({ kind: "mention", chat, at: event.at, text: event.data.text });
      break;
    case "gone":
      goes(state, chat, effects);
      break;
    default:
  }
}

/** It is somebody else's now, and the team wants it hidden: nothing of it stays. */
function goes(state: State, chat: string, effects: Effects): void {
  for (const mark of state.marks) mark.add(chat);
  const was = state.chats.get(chat);
  if (was) for (const [name, list] of state.lists) if (leave(list, was)) effects.lists.add(name);
  state.chats.delete(chat);
  state.threads.delete(chat);
  effects.chats.add(chat);
  effects.threads.add(chat);
  effects.gone.add(chat);
  effects.counts = true;
}

/** An event brought this conversation as it is. */
function changed(state: State, chat: Chat, effects: Effects): void {
  for (const mark of state.marks) mark.add(chat.id);
  setChat(state, chat, effects);
}

/** A conversation is otherwise: every list that was made puts it where it belongs. */
export function setChat(state: State, chat: Chat, effects: Effects): void {
  const was = state.chats.get(chat.id);
  state.chats.set(chat.id, chat);
  effects.chats.add(chat.id);
  for (const [name, list] of state.lists) if (settle(list, was, chat, state.me)) effects.lists.add(name);
}

export function takeMessages(state: State, chat: string, messages: readonly ChatMessage[], effects: Effects): void {
  const thread = state.threads.get(chat);
  if (thread && thread.stand !== "absent") {
    const next = withMessages(thread, messages);
    if (next !== thread) {
      state.threads.set(chat, next);
      effects.threads.add(chat);
    }
  }
  const outbox = confirm(state.outbox, chat, messages, state.me);
  if (outbox !== state.outbox) {
    state.outbox = outbox;
    effects.outbox = true;
    effects.threads.add(chat);
  }
}

export function takeLines(state: State, chat: string, lines: readonly ChatLine[], effects: Effects): void {
  const thread = state.threads.get(chat);
  if (!thread || thread.stand === "absent") return;
  const next = withLines(thread, lines);
  if (next === thread) return;
  state.threads.set(chat, next);
  effects.threads.add(chat);
}

function takeDelivery(state: State, chat: string, told: { seq: number; delivery: Delivery }, effects: Effects): void {
  const thread = state.threads.get(chat);
  if (!thread || thread.stand === "absent") return;
  const next = withDelivery(thread, told.seq, told.delivery);
  if (next === thread) return;
  state.threads.set(chat, next);
  effects.threads.add(chat);
}

/** A piece of a list has come. Of conversations that events have told of meanwhile the events know better. */
export function takePiece(state: State, name: string, piece: readonly Chat[], next: string | null, mark: Mark, effects: Effects): void {
  takeChats(state, piece, mark, effects);
  const list = state.lists.get(name);
  if (!list) return;
  extend(list, piece, next, state.chats.values(), state.me);
  effects.lists.add(name);
}

export function takeChats(state: State, chats: readonly Chat[], mark: Mark, effects: Effects): void {
  for (const chat of chats) if (!mark.has(chat.id)) setChat(state, chat, effects);
}

function types(state: State, frame: { chat: string; from: "user" | "agent"; agent?: string }, now: number, effects: Effects): void {
  if (frame.agent === state.me) return;
  const others = (state.typing.get(frame.chat) ?? []).filter((one) => one.until > now && (one.from !== frame.from || one.agent !== frame.agent));
  state.typing.set(frame.chat, [...others, { from: frame.from, ...(frame.agent && { agent: frame.agent }), until: now + TYPING_MS }]);
  effects.typing.add(frame.chat);
}

/** Whoever has said it types no more. */
function stopsTyping(state: State, chat: string, message: ChatMessage, effects: Effects): void {
  const typing = state.typing.get(chat);
  if (!typing) return;
  const rest = typing.filter((one) => one.from !== message.from || (one.from === "agent" && one.agent !== message.author));
  if (rest.length === typing.length) return;
  state.typing.set(chat, rest);
  effects.typing.add(chat);
}

/** Time has passed. */
export function forgetTyping(state: State, now: number, effects: Effects): void {
  for (const [chat, typing] of state.typing) {
    const rest = typing.filter((one) => one.until > now);
    if (rest.length === typing.length) continue;
    if (rest.length > 0) state.typing.set(chat, rest);
    else state.typing.delete(chat);
    effects.typing.add(chat);
  }
}

function tellOfMessage(state: State, chat: string, at: number, text: string, effects: Effects): void {
  const known = state.chats.get(chat);
  if (known && belongs(known, { view: "mine", order: "recent" }, state.me)) effects.news.push({ kind: "message", chat, at, text });
}

function tellOfLine(state: State, chat: string, line: ChatLine, effects: Effects): void {
  if (line.kind === "requested") effects.news.push({ kind: "request", chat, at: line.at, text: "" });
  else if ((line.kind === "assigned" || line.kind === "transferred") && line.agent === state.me && line.by !== state.me) {
    effects.news.push({ kind: "assigned", chat, at: line.at, text: "" });
  }
}

/** What a message says, in one line. */
export function textOf(message: ChatMessage): string {
  const { text } = message.data as { text?: unknown };
  return typeof text === "string" ? text : "";
}
