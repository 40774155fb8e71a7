// The frames that a page of the web chat gets (docs/webchat.md) as what is seen of them. Like a page it draws what stands in
// the frames and nothing else; what the customer said comes back in one of them, and stands in the room already.

import type { Seen, Tap } from "../kakao/read";
import { readButton, readMessage } from "./message";

type Json = Record<string, unknown>;
const object = (value: unknown): Json => (typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {});

export function readFrames(frames: unknown[]): Seen {
  const all = frames.map(object);
  const said = all.filter((frame) => frame["type"] === "message" && frame["from"] !== "user");
  const state = all.findLast((frame) => frame["type"] === "state") ?? {};
  const replies = Array.isArray(state["quickReplies"]) ? state["quickReplies"].map(readButton) : [];
  const cancel = state["cancel"];
  if (typeof cancel === "string") replies.push(takesBack(cancel));
  return {
    bubbles: said.flatMap((frame) => readMessage(object(frame["data"]))),
    quickReplies: replies,
    announced: undefined,
    unreadable: false,
    waits: state["with"] === "waiting",
  };
}

/** A page sends the word as if it were typed. */
const takesBack = (word: string): Tap => ({ label: word, action: "message", says: word, leads: undefined, raw: null });
