// What the connection brings makes the state, whatever comes first, twice or not at all.

import { expect, test } from "vitest";

import { emptyList, nameOf, type Wanted } from "./lists";
import { change, confirm, nextOf, type Outbox, put, recall, keep } from "./outbox";
import { apply, emptyState, forgetTyping, noEffects, type State, takeMessages, takePiece } from "./state";
import { EMPTY, gapAfter, shown, withMessages } from "./threads";
import { firstUnread, itemsOf } from "./turns";
import { type Chat, type ChatMessage, type Frame, readFrame } from "./types";

const ME = "me";
const chat = (id: string, part: Partial<Chat> = {}): Chat => ({
  id,
  bot: "b1",
  platform: "web",
  userKey: `key-${id}`,
  state: "requested",
  origin: "call",
  consultation: null,
  owner: null,
  previous: null,
  present: [],
  flow: false,
  category: [],
  inHours: true,
  requestedAt: 0,
  connectedAt: null,
  answeredAt: null,
  endedAt: null,
  missed: null,
  waitingSince: null,
  name: "",
  phone: "",
  email: "",
  gender: "",
  tags: [],
  lastSeq: 0,
  lastAt: 0,
  lastSender: "user",
  lastText: "",
  unread: 0,
  createdAt: 0,
  room: null,
  ...part,
});
const message = (seq: number, part: Partial<ChatMessage> = {}): ChatMessage => ({ seq, id: `m${seq}`, from: "user", at: seq * 1_000, author: null, clientId: null, data: { type: "text", text: `말 ${seq}` } as never, deliveries: [], ...part });
const said = (seq: number, of: string, it: ChatMessage, data?: Chat): Frame => ({ seq, at: it.at, type: "message", chat: of, message: it, ...(data && { data }) });
const becomes = (seq: number, it: Chat): Frame => ({ seq, at: seq, type: "chat", chat: it.id, data: it });

const waiting = (clientId: string): Outbox[number] => ({ clientId, chat: "a", at: 0, data: { type: "text", text: clientId }, stand: "sending" });
const lineAfter = (id: string, afterSeq: number) => ({ id, kind: "note", at: Math.max(0, afterSeq * 1_000), afterSeq, agent: null, by: null, data: {} });
const lineSaid = (seq: number, kind: string, agent: string | null, by: string | null): Frame => ({
  seq,
  at: 5,
  type: "line",
  chat: "a",
  data: { id: `l${seq}`, kind, at: 5, afterSeq: 0, agent, by, data: {} },
});

function listed(state: State, wanted: Wanted, all: Chat[] = [], next: string | null = null): void {
  state.lists.set(nameOf(wanted), emptyList(wanted));
  takePiece(state, nameOf(wanted), all, next, new Set(), noEffects());
}
const ids = (state: State, wanted: Wanted) => state.lists.get(nameOf(wanted))?.rows.map((row) => row.id);
const WAITING: Wanted = { view: "waiting", order: "recent" };
const LONGEST: Wanted = { view: "waiting", order: "waiting" };
const MINE: Wanted = { view: "mine", order: "recent" };

test("a number is taken in once; those that are missing are for others", () => {
  const state = emptyState(ME);
  apply(state, { type: "hello", seq: 7 }, 0);
  state.threads.set("a", { ...EMPTY, stand: "ready" });
  apply(state, said(8, "a", message(0)), 0);
  apply(state, said(8, "a", message(0)), 0);
  expect(state.threads.get("a")?.messages.map((one) => one.seq)).toEqual([0]);
  apply(state, said(12, "a", message(1)), 0);
  // After a cut one goes on from the last number; what comes again is not taken in again.
  apply(state, { type: "hello", seq: 12 }, 0);
  for (const [seq, at] of [[12, 1], [13, 2], [20, 3]] as const) apply(state, said(seq, "a", message(at)), 0);
  expect([state.seq, state.threads.get("a")?.messages.map((one) => one.seq)]).toEqual([20, [0, 1, 2, 3]]);
});

test("what is hidden from now on leaves nothing behind", () => {
  const state = emptyState(ME);
  listed(state, WAITING, [chat("a", { lastAt: 2 }), chat("b", { lastAt: 1 })]);
  state.threads.set("a", { ...EMPTY, stand: "ready" });
  apply(state, { type: "hello", seq: 0 }, 0);
  const effects = apply(state, { seq: 4, at: 0, type: "gone", chat: "a" }, 0);
  expect([[...effects.gone], ids(state, WAITING), state.chats.has("a"), state.threads.has("a")]).toEqual([["a"], ["b"], false, false]);
});

test("a kind that is not known yet counts all the same", () => {
  const state = emptyState(ME);
  apply(state, { type: "hello", seq: 0 }, 0);
  const strange = readFrame('{"seq":1,"at":0,"type":"something-new"}');
  if (!strange) throw new Error("is read");
  apply(state, strange, 0);
  expect(state.seq).toBe(1);
});

test("after a reset everything is read anew, and counted from there", () => {
  const state = emptyState(ME);
  apply(state, { type: "hello", seq: 3 }, 0);
  const effects = apply(state, { type: "reset", seq: 900 }, 0);
  expect([effects.stale, state.seq]).toEqual([true, 900]);
  apply(state, becomes(901, chat("a")), 0);
  expect(state.chats.has("a")).toBe(true);
});

test("a conversation moves between lists as it changes", () => {
  const state = emptyState(ME);
  for (const wanted of [WAITING, LONGEST, MINE]) listed(state, wanted);
  apply(state, { type: "hello", seq: 0 }, 0);
  apply(state, becomes(1, chat("a", { lastAt: 10, waitingSince: 10 })), 0);
  apply(state, becomes(2, chat("b", { lastAt: 20, waitingSince: 20 })), 0);
  expect([ids(state, WAITING), ids(state, LONGEST)]).toEqual([["b", "a"], ["a", "b"]]);
  apply(state, becomes(3, chat("a", { lastAt: 30, waitingSince: 10 })), 0);
  expect(ids(state, WAITING)).toEqual(["a", "b"]);
  apply(state, becomes(4, chat("a", { state: "connected", owner: ME, lastAt: 40 })), 0);
  expect([ids(state, WAITING), ids(state, LONGEST), ids(state, MINE)]).toEqual([["b"], ["b"], ["a"]]);
  apply(state, becomes(5, chat("a", { state: "completed", lastAt: 50 })), 0);
  expect(ids(state, MINE)).toEqual([]);
});

test("a list that was not read to its end shows what is newer and nothing that lies beyond", () => {
  const state = emptyState(ME);
  listed(state, WAITING, [chat("c", { lastAt: 300 }), chat("b", { lastAt: 200 })], "more");
  apply(state, { type: "hello", seq: 0 }, 0);
  apply(state, becomes(1, chat("old", { lastAt: 100 })), 0);
  expect(ids(state, WAITING)).toEqual(["c", "b"]);
  apply(state, becomes(2, chat("old", { lastAt: 400 })), 0);
  expect(ids(state, WAITING)).toEqual(["old", "c", "b"]);
  takePiece(state, nameOf(WAITING), [chat("a", { lastAt: 50 })], null, new Set(), noEffects());
  expect(ids(state, WAITING)).toEqual(["old", "c", "b", "a"]);
});

test("what an event said while a list was read holds", () => {
  const state = emptyState(ME);
  listed(state, WAITING);
  apply(state, { type: "hello", seq: 0 }, 0);
  const mark = new Set<string>();
  state.marks.add(mark);
  apply(state, becomes(1, chat("a", { state: "connected", lastAt: 20 })), 0);
  takePiece(state, nameOf(WAITING), [chat("a", { lastAt: 10 }), chat("b", { lastAt: 5 })], null, mark, noEffects());
  expect(ids(state, WAITING)).toEqual(["b"]);
  expect(state.chats.get("a")?.state).toBe("connected");
});

test("lists stay sorted and complete, whatever happens in whatever order", () => {
  let seed = 42;
  const dice = (most: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % most;
  };
  const state = emptyState(ME);
  const all: Wanted[] = [WAITING, LONGEST, MINE, { view: "all", order: "recent" }, { view: "bot", order: "recent", bot: "b1" }];
  for (const wanted of all) listed(state, wanted);
  apply(state, { type: "hello", seq: 0 }, 0);
  for (let seq = 1; seq <= 2_000; seq++) {
    const kind = (["bot", "requested", "connected", "completed", "missed"] as const)[dice(5)] ?? "bot";
    const it = chat(`c${dice(60)}`, { state: kind, lastAt: dice(500), waitingSince: dice(3) === 0 ? null : dice(500), owner: dice(2) === 0 ? ME : null, bot: dice(2) === 0 ? "b1" : "b2" });
    apply(state, becomes(seq, it), 0);
  }
  for (const wanted of all) {
    const fresh = emptyState(ME);
    listed(fresh, wanted, [...state.chats.values()]);
    expect(ids(state, wanted)).toEqual(ids(fresh, wanted));
    expect(new Set(ids(state, wanted)).size).toBe(ids(state, wanted)?.length);
  }
});

test("a thread shows nothing beyond a gap until it is filled, and nothing twice", () => {
  let thread = withMessages({ ...EMPTY, stand: "ready" }, [message(5), message(6)]);
  thread = withMessages(thread, [message(9)]);
  expect([gapAfter(thread), shown(thread).map((one) => one.seq)]).toEqual([6, [5, 6]]);
  thread = withMessages(thread, [message(6), message(8), message(7)]);
  expect([gapAfter(thread), shown(thread).map((one) => one.seq)]).toEqual([undefined, [5, 6, 7, 8, 9]]);
  thread = withMessages(thread, [message(3), message(4)]);
  expect(shown(thread).map((one) => one.seq)).toEqual([3, 4, 5, 6, 7, 8, 9]);
  expect(withMessages(thread, [message(4)])).toBe(thread);
});

test("what was written is confirmed by its message, or by the number of its answer", () => {
  const state = emptyState(ME, put(put([], waiting("x")), waiting("y")));
  state.threads.set("a", { ...EMPTY, stand: "ready" });
  apply(state, { type: "hello", seq: 0 }, 0);
  const mine = message(0, { from: "agent", author: ME, clientId: "x" });
  expect(apply(state, said(1, "a", mine), 0).outbox).toBe(true);
  expect(state.outbox.map((it) => it.clientId)).toEqual(["y"]);
  // Another agent's console may call its message alike.
  apply(state, said(2, "a", message(1, { from: "agent", author: "kim", clientId: "y" })), 0);
  expect(state.outbox.map((it) => it.clientId)).toEqual(["y"]);
  state.outbox = change(state.outbox, "y", { seq: 2 });
  takeMessages(state, "a", [message(2, { from: "agent", author: ME })], noEffects());
  expect(state.outbox).toEqual([]);
});

test("a failed message holds nobody up, and what waits outlives the page", () => {
  const outbox = change(put(put([], waiting("x")), waiting("y")), "x", { stand: "failed" });
  expect(nextOf(outbox, "a")?.clientId).toBe("y");
  expect(nextOf(change(outbox, "x", { stand: "sending" }), "a")?.clientId).toBe("x");
  expect(recall(keep(outbox))).toEqual(outbox);
  expect(recall("{broken")).toEqual([]);
  expect(confirm(outbox, "b", [message(0)], ME)).toBe(outbox);
});

test("seen is seen, but not what came since", () => {
  const state = emptyState(ME);
  apply(state, { type: "hello", seq: 0 }, 0);
  apply(state, becomes(1, chat("a", { lastSeq: 4, unread: 2 })), 0);
  apply(state, { seq: 2, at: 0, type: "seen", chat: "a", data: { seq: 3, by: "kim" } }, 0);
  expect(state.chats.get("a")?.unread).toBe(2);
  apply(state, { seq: 3, at: 0, type: "seen", chat: "a", data: { seq: 4, by: "kim" } }, 0);
  expect(state.chats.get("a")?.unread).toBe(0);
});

test("whoever types is seen to for a while, until they have said it", () => {
  const state = emptyState(ME);
  apply(state, { type: "typing", chat: "a", from: "user" }, 1_000);
  apply(state, { type: "typing", chat: "a", from: "agent", agent: "kim" }, 1_000);
  apply(state, { type: "typing", chat: "a", from: "agent", agent: ME }, 1_000);
  expect(state.typing.get("a")?.map((one) => one.from)).toEqual(["user", "agent"]);
  apply(state, { type: "hello", seq: 0 }, 0);
  apply(state, said(1, "a", message(0)), 0);
  expect(state.typing.get("a")?.map((one) => one.from)).toEqual(["agent"]);
  forgetTyping(state, 6_000, noEffects());
  expect(state.typing.get("a")).toBeUndefined();
});

test("people are told of requests, of what is given to them, and of messages in their own", () => {
  const state = emptyState(ME);
  apply(state, { type: "hello", seq: 0 }, 0);
  expect(apply(state, lineSaid(1, "requested", null, null), 0).news.map((one) => one.kind)).toEqual(["request"]);
  expect(apply(state, lineSaid(2, "assigned", ME, null), 0).news.map((one) => one.kind)).toEqual(["assigned"]);
  expect(apply(state, lineSaid(3, "transferred", ME, ME), 0).news).toEqual([]);
  expect(apply(state, said(4, "a", message(1), chat("a", { owner: "kim", state: "connected" })), 0).news).toEqual([]);
  expect(apply(state, said(5, "a", message(2), chat("a", { owner: ME, state: "connected" })), 0).news).toEqual([{ kind: "message", chat: "a", at: 2_000, text: "말 2" }]);
});

test("lines stand after the message they follow, and what is new is marked", () => {
  const thread = { ...EMPTY, stand: "ready" as const, messages: [message(0, { from: "bot" }), message(1), message(2)], lines: [lineAfter("l1", -1), lineAfter("l2", 1)] };
  const shape = (hideBot: boolean) => itemsOf(thread, 2, hideBot).map((item) => (item.kind === "messages" ? item.messages.map((one) => one.seq).join("+") : item.kind === "line" ? item.line.id : item.kind));
  expect(shape(false)).toEqual(["day", "l1", "0", "1", "l2", "unread", "2"]);
  expect(shape(true)).toEqual(["day", "l1", "1", "l2", "unread", "2"]);
  expect([firstUnread(thread.messages, 2), firstUnread(thread.messages, 0), firstUnread(thread.messages, 9)]).toEqual([1, undefined, undefined]);
});

const told = (seq: number, part: number, stand: string): Frame => ({ seq, at: seq, type: "delivery", chat: "a", data: { seq: 1, delivery: { part, state: stand, why: null, at: null } } });

test("what became of each bubble stays with its message", () => {
  const state = emptyState(ME);
  state.threads.set("a", { ...EMPTY, stand: "ready", messages: [message(1, { from: "agent" })] });
  const of = () => state.threads.get("a")?.messages[0]?.deliveries.map((one) => `${one.part} ${one.state}`);
  apply(state, told(1, 1, "waiting"), 0);
  apply(state, told(2, 0, "sent"), 0);
  const effects = apply(state, told(3, 1, "failed"), 0);
  expect(of()).toEqual(["0 sent", "1 failed"]);
  expect(effects.threads).toEqual(new Set(["a"]));
  // Of a message that is not here nothing is known.
  expect(apply(state, { ...told(4, 0, "sent"), data: { seq: 9, delivery: { part: 0, state: "sent", why: null, at: null } } } as Frame, 0).threads.size).toBe(0);
});
