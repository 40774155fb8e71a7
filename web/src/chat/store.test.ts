// What the store makes of answers and events that come at the same time.

import { expect, test, vi } from "vitest";

import type { Chat, Frame } from "./model/types";
import { ChatStore } from "./store";

const chat = (open: boolean) => ({ id: "a", state: "connected", platform: "kakaobiz", present: [], room: { open } }) as unknown as Chat;

test("an answer that comes after the event that follows from it is older than that", async () => {
  vi.stubGlobal("fetch", async () => Response.json({ items: [], next: null }));
  const store = new ChatStore("ws", "me");
  const event = (seq: number, of: Chat) => store["take"]({ seq, at: seq, type: "chat", chat: "a", data: of } as Frame);
  store["take"]({ type: "hello", seq: 0 });
  event(1, chat(true));
  const isOpen = () => store["state"].chats.get("a")?.room?.open;
  // The session is closed before the answer to ending it has come.
  await store.does(async () => {
    event(2, chat(true));
    event(3, chat(false));
    return chat(true);
  });
  expect(isOpen()).toBe(false);
  // Where nothing was told meanwhile the answer holds at once.
  await store.does(async () => chat(true));
  expect(isOpen()).toBe(true);
});

test("what happens while it is counted is counted after that", async () => {
  vi.useFakeTimers();
  let open = 1;
  let asked = 0;
  vi.stubGlobal("fetch", async (request: Request) => {
    const counts = request.url.endsWith("/counted/chats/counts");
    const items = counts ? [{ bot: "b", requested: 0, connected: open, queued: 0 }] : [];
    // The first is under way while the conversation ends.
    if (counts && ++asked === 1) await new Promise((done) => setTimeout(done, 2_000));
    return Response.json({ items, next: null, unseen: 0 });
  });
  const store = new ChatStore("counted", "me");
  const ends = (seq: number) => store["take"]({ seq, at: seq, type: "chat", chat: "a", data: chat(false) } as Frame);
  store["take"]({ type: "hello", seq: 0 });
  ends(1);
  await vi.advanceTimersByTimeAsync(1_000);
  open = 0;
  ends(2);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(store.counts.map((one) => one.connected)).toEqual([0]);
  vi.useRealTimers();
});
