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
