// Buttons and where they lead.

import { expect, test } from "vitest";

import { setNodeDataAt } from "./commands";
import { buttonsOf, handlesOf, takenBy, whereFrom } from "./leads";
import type { BotDoc, EdgeDoc, NodeDoc } from "./types";

const keyboard = (buttons: object[], next: EdgeDoc[] = []): NodeDoc => ({ id: 2, type: "keyboard", data: { type: "buttons", buttons }, next });
const YES = { type: "postback", label: "네" };
const NO = { type: "postback", label: "아니요", payload: "no" };

test("an edge that is drawn from a button writes its condition", () => {
  const node = keyboard([YES, NO, { type: "link", label: "보기", uri: "https://example.com" }]);
  expect(whereFrom(node, "data.buttons[0]")).toEqual({ message: { equals: "네" } });
  expect(whereFrom(node, "data.buttons[1]")).toEqual({ "message.payload": { equals: "no" } });
  expect(whereFrom(node, "out")).toBeUndefined();
  expect(whereFrom({ id: 1, type: "fetch" }, "failure")).toEqual({ "fetch.error": { exists: true } });
  expect(whereFrom({ id: 1, type: "fetch" }, "success")).toEqual({ "fetch.error": { exists: false } });
});

test("an edge begins at the button that takes it", () => {
  const node = keyboard([YES, NO], [
    { nodeId: 3 },
    { nodeId: 4, where: { message: { equals: "네" } } },
    { nodeId: 5, where: { $or: [{ "message.payload": { equals: "no" } }, { message: { regex: "싫" } }] } },
    { nodeId: 6, where: { "params.age": { gte: 19 } } },
  ]);
  expect(handlesOf(node)).toEqual(["out", "data.buttons[0]", "data.buttons[1]", "out"]);
});

test("a press takes the edge that the engine would take", () => {
  const node = keyboard([YES], [
    { nodeId: 3, where: { message: { regex: "네" } } },
    { nodeId: 4, where: { message: { equals: "네" } }, priority: 1 },
    { nodeId: 5 },
  ]);
  expect(takenBy(node, YES)).toBe(1);
  expect(takenBy(node, { label: "음" })).toBe(2);
});

test("buttons of cards have points of their own", () => {
  const node: NodeDoc = { id: 1, type: "response", data: { message: { type: "cards", cards: [{ title: "a", buttons: [YES] }, { title: "b", buttons: [NO] }] } } };
  expect(buttonsOf(node).map((one) => one.at)).toEqual(["data.message.cards[0].buttons[0]", "data.message.cards[1].buttons[0]"]);
});

test("the way of a button follows when its label is corrected", () => {
  const node = keyboard([YES, NO], [{ nodeId: 2, where: { message: { equals: "네" } } }, { nodeId: 2, where: { "message.payload": { equals: "no" } } }]);
  const doc: BotDoc = { title: "", flows: [{ id: 1, title: "", nodes: [{ id: 1, type: "entry" }, node] }] };
  const next = setNodeDataAt(1, 2, ["buttons", 0, "label"], "네, 좋아요").run(doc).flows[0]?.nodes[1]?.next;
  expect(next).toEqual([{ nodeId: 2, where: { message: { equals: "네, 좋아요" } } }, { nodeId: 2, where: { "message.payload": { equals: "no" } } }]);
});
