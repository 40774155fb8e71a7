// The words of live chat as the API has them, and what comes over the connection (docs/live.md).

import type { components } from "../../api/schema.gen";

type Schemas = components["schemas"];
export type Chat = Schemas["Chat"];
export type ChatInFull = Schemas["ChatInFull"];
export type ChatMessage = Schemas["ChatMessage"];
export type ChatLine = Schemas["ChatLine"];
/** What became of one bubble of a message on its way through a relay. */
export type Delivery = Schemas["Delivery"];
export type Agent = Schemas["Agent"];
export type Canned = Schemas["Canned"];
export type Mention = Schemas["Mention"];
export type RunningChat = Schemas["RunningChat"];

/** Whoever is an agent, as far as everybody may know. */
export type AgentSeen = Pick<Agent, "id" | "name" | "away" | "online" | "open">;

/** A message in an event: what nobody has is left out there. */
export type EventMessage = Omit<ChatMessage, "author" | "clientId" | "deliveries"> & Partial<Pick<ChatMessage, "author" | "clientId" | "deliveries">>;

/** Something that was committed. `seq` counts per workspace; what is for others alone is left out, so numbers may be missing. */
export type LiveEvent = { seq: number; at: number; chat?: string } & (
  | { type: "message"; message: EventMessage; data?: Chat }
  | { type: "line"; data: ChatLine }
  | { type: "chat"; data: Chat }
  | { type: "seen"; data: { seq: number; by: string } }
  | { type: "delivery"; data: { seq: number; delivery: Delivery } }
  | { type: "mention"; data: { line: string; by: string; text: string } }
  | { type: "gone" }
);

/** What is told and not stored. */
export type Signal =
  | { type: "hello"; seq: number }
  | { type: "reset"; seq: number }
  | { type: "agents"; agents: AgentSeen[] }
  | { type: "typing"; chat: string; from: "user" | "agent"; agent?: string }
  | { type: "settings" }
  | { type: "pong" };

export type Frame = LiveEvent | Signal;

const KINDS = new Set(["message", "line", "chat", "seen", "delivery", "mention", "gone", "hello", "reset", "agents", "typing", "settings", "pong"]);

/** Reads a frame; nothing where a newer server says something that this console does not know. */
export function readFrame(text: string): Frame | undefined {
  const frame = JSON.parse(text) as { type?: unknown; seq?: unknown };
  if (typeof frame.type !== "string") return undefined;
  if (KINDS.has(frame.type)) return frame as Frame;
  // It counts all the same: one goes on from there after a cut.
  return typeof frame.seq === "number" ? ({ ...frame, type: "unknown" } as unknown as Frame) : undefined;
}

export function isEvent(frame: Frame): frame is LiveEvent {
  return "seq" in frame && frame.type !== "hello" && frame.type !== "reset";
}

export function isOpen(chat: Pick<Chat, "state">): boolean {
  return chat.state === "requested" || chat.state === "connected";
}
