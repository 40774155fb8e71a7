// A conversation in the preview: turns, each with the state from which it began, so that one can go back to any of them.
// Plain data and functions; who asks the server and draws stands elsewhere.

import { type Channel, NEW_PERSON_BODY, type Person, type PreviewEvent, type Previewed } from "./api";

/** Something that a tap does which does not reach the bot. */
export interface Aside {
  what: "link" | "phone" | "share" | "operator" | "app" | "bot" | "form" | "channel" | "unknown";
  detail: string;
}

export interface Turn {
  id: number;
  event: PreviewEvent;
  /** When it was sent, ms UTC. */
  at: number;
  /** From where it began. */
  state: unknown;
  /** Absent while it runs. */
  answer?: Previewed;
  failed?: { title: string; detail: string };
  asides: Aside[];
}

export interface Talk {
  turns: Turn[];
  next: number;
}

export const EMPTY: Talk = { turns: [], next: 1 };
export const NEW_PERSON = NEW_PERSON_BODY;

/** The state with which the next event is sent: that of the last answer. */
export function stateOf(talk: Talk): unknown {
  return talk.turns.findLast((turn) => turn.answer)?.answer?.state ?? null;
}

export function busy(talk: Talk): boolean {
  const last = talk.turns.at(-1);
  return last !== undefined && !last.answer && !last.failed;
}

/** One more turn. One that failed is tried anew, not kept. */
export function ask(talk: Talk, event: PreviewEvent, at: number): { talk: Talk; turn: Turn } {
  const turns = talk.turns.filter((one) => !one.failed);
  const turn: Turn = { id: talk.next, event, at, state: stateOf({ ...talk, turns }), asides: [] };
  return { talk: { turns: [...turns, turn], next: talk.next + 1 }, turn };
}

function change(talk: Talk, id: number, part: Partial<Turn>): Talk {
  return { ...talk, turns: talk.turns.map((turn) => (turn.id === id ? { ...turn, ...part } : turn)) };
}

export const answered = (talk: Talk, id: number, answer: Previewed): Talk => change(talk, id, { answer });

export const failed = (talk: Talk, id: number, why: { title: string; detail: string }): Talk => change(talk, id, { failed: why });

export function aside(talk: Talk, note: Aside): Talk {
  const last = talk.turns.at(-1);
  return last ? change(talk, last.id, { asides: [...last.asides, note] }) : talk;
}

/** As it was when this answer had come: what came after is gone. */
export function backTo(talk: Talk, id: number): Talk {
  const at = talk.turns.findIndex((turn) => turn.id === id);
  if (at < 0) return talk;
  return { ...talk, turns: talk.turns.slice(0, at + 1).map((turn, nth) => (nth === at ? { ...turn, asides: [] } : turn)) };
}

/** What the customer's own bubble says; nothing where no bubble stands there. */
export function said(event: PreviewEvent): string {
  return event.type === "message" ? event.text : "";
}

/** The turns as a path test keeps them: what happened, what was answered, what the world had said. */
export function stepsOf(talk: Talk): { event: PreviewEvent; answer: unknown; replies: unknown[] }[] {
  return talk.turns.flatMap((turn) => (turn.answer ? [{ event: turn.event, answer: turn.answer.answer, replies: turn.answer.replies }] : []));
}

export interface Setting {
  channel: Channel;
  person: Person;
}
