// Undo and redo across flows, as a person does them.

import { expect, test } from "vitest";

import {
  addFlow,
  addNode,
  type Command,
  connect,
  copied,
  edge,
  emptyFlow,
  moveEdge,
  moveNodes,
  pasteNodes,
  removeEdges,
  removeFlow,
  removeNodes,
  renameFlow,
  setEntryFlow,
  setFallbackFlow,
  setNodeDataAt,
} from "./commands";
import { apply, diff, invert } from "./delta";
import { edgesOf, flowOf, nodeAt, placeOf } from "./document";
import { botText } from "./file";
import { NO_HISTORY, record, redo, undo } from "./history";
import { settle } from "./merge";
import type { BotDoc, NodeDoc } from "./types";

const node = (id: number, type: string, to: number[] = []): NodeDoc => ({
  id,
  type,
  label: `${type} ${id}`,
  data: {},
  meta: { design: { x: id * 100, y: 0 } },
  next: to.map((one) => edge(one)),
});
const BOT: BotDoc = {
  title: "봇",
  flows: [
    { id: 1, title: "시작", data: { entry: 1 }, nodes: [node(1, "entry", [2]), node(2, "response", [3]), node(3, "keyboard", [2])] },
    { id: 2, title: "폴백", data: { entry: 1 }, nodes: [node(1, "entry")] },
  ],
  preference: { entryFlowId: 1, fallbackFlowId: 2 },
};

class Desk {
  doc = BOT;
  history = NO_HISTORY;
  clock = 0;
  run(...commands: Command[]): this {
    for (const { name, undo: how, join, spot, run } of commands) {
      const next = run(this.doc);
      this.clock += 100;
      const step = { name, delta: diff(this.doc, next), spot, withNext: how === "next", join, at: this.clock };
      if (how !== "never") this.history = record(this.history, step);
      this.doc = next;
    }
    return this;
  }
  undo(): this {
    Object.assign(this, undo(this.history, this.doc, settle) ?? {});
    return this;
  }
  redo(): this {
    Object.assign(this, redo(this.history, this.doc, settle) ?? {});
    return this;
  }
}

const EVERYTHING: Command[] = [
  addNode(1, node(4, "params")),
  connect(1, 3, edge(4, { message: { equals: "네" } }, 2)),
  setNodeDataAt(1, 2, ["message"], { type: "text", text: "안녕" }),
  moveNodes(1, new Map([[2, { x: 7, y: 9 }]])),
  moveEdge(1, 3, 1, { from: 2 }),
  removeEdges(1, [{ from: 3, index: 0 }]),
  addFlow(emptyFlow(3, "안내", "진입")),
  renameFlow(3, "영업시간"),
  setEntryFlow(3),
  setFallbackFlow(undefined),
  removeFlow(1),
  setFallbackFlow(3),
  removeNodes(3, [1]),
];

test("everything is taken back to the first byte, and done again to the last", () => {
  const desk = new Desk().run(...EVERYTHING);
  const done = botText(desk.doc);
  expect(done).not.toBe(botText(BOT));
  for (let n = 0; n < EVERYTHING.length; n += 1) desk.undo();
  expect(botText(desk.doc)).toBe(botText(BOT));
  for (let n = 0; n < EVERYTHING.length; n += 1) desk.redo();
  expect(botText(desk.doc)).toBe(done);
});

test("any run of chance commands is taken back to the first byte", () => {
  // A small generator with a seed: a failure can be seen again.
  let seed = 7;
  const chance = (n: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * n);
  };
  for (let round = 0; round < 40; round += 1) {
    const desk = new Desk();
    for (let n = 0; n < 30; n += 1) {
      const flow = desk.doc.flows[chance(desk.doc.flows.length)] ?? BOT.flows[0];
      if (!flow) continue;
      const some = flow.nodes[chance(flow.nodes.length)]?.id ?? 1;
      const other = flow.nodes[chance(flow.nodes.length)]?.id ?? 1;
      const fresh = Math.max(...flow.nodes.map((one) => one.id)) + 1;
      const commands: Command[] = [
        addNode(flow.id, node(fresh, "response"), chance(2) ? "next" : "alone"),
        removeNodes(flow.id, [some, other]),
        connect(flow.id, some, edge(other)),
        removeEdges(flow.id, [{ from: some, index: 0 }]),
        moveEdge(flow.id, some, 0, { from: other }),
        moveNodes(flow.id, new Map([[some, { x: chance(900), y: chance(900) }]])),
        setNodeDataAt(flow.id, some, ["message", "text"], `${n}`),
        addFlow(emptyFlow(Math.max(...desk.doc.flows.map((one) => one.id)) + 1, `${n}`, "진입")),
        removeFlow(flow.id),
        pasteNodes(flow.id, copied(flow, flow.nodes, { x: 10, y: 10 })),
      ];
      desk.run(commands[chance(commands.length)] as Command);
    }
    const done = botText(desk.doc);
    while (desk.history.past.length > 0) desk.undo();
    expect(botText(desk.doc)).toBe(botText(BOT));
    while (desk.history.future.length > 0) desk.redo();
    expect(botText(desk.doc)).toBe(done);
  }
});

test("together with the next: a node and the edge that brought it are one step", () => {
  const desk = new Desk().run(addNode(1, node(4, "params"), "next"), connect(1, 3, edge(4)));
  expect(edgesOf(nodeAt(desk.doc, 1, 3) as NodeDoc)).toHaveLength(2);
  desk.undo();
  expect(nodeAt(desk.doc, 1, 4)).toBeUndefined();
  expect(edgesOf(nodeAt(desk.doc, 1, 3) as NodeDoc)).toHaveLength(1);
  desk.redo();
  expect(edgesOf(nodeAt(desk.doc, 1, 3) as NodeDoc).at(-1)?.nodeId).toBe(4);
});

test("never: it changes the document and leaves no step", () => {
  const desk = new Desk().run(renameFlow(1, "처음"), { ...renameFlow(2, "그 밖"), undo: "never" });
  desk.undo();
  expect(desk.doc.flows.map((flow) => flow.title)).toEqual(["시작", "그 밖"]);
});

const type = (text: string) => setNodeDataAt(1, 2, ["text"], text);

test("typing is one step until one rests", () => {
  const desk = new Desk().run(type("안"), type("안녕"), type("안녕하"));
  desk.clock += 5_000;
  desk.run(type("안녕하세요"));
  expect(desk.history.past).toHaveLength(2);
  desk.undo();
  expect(nodeAt(desk.doc, 1, 2)?.data?.["text"]).toBe("안녕하");
  desk.undo();
  expect(nodeAt(desk.doc, 1, 2)?.data?.["text"]).toBeUndefined();
});

test("what was done after taking back cannot be done again", () => {
  const desk = new Desk().run(renameFlow(1, "a"), renameFlow(1, "b")).undo().run(renameFlow(1, "c")).redo();
  expect(flowOf(desk.doc, 1)?.title).toBe("c");
});

test("the entry of a flow and the entry flow stay", () => {
  const desk = new Desk().run(removeNodes(1, [1, 2]), removeFlow(1));
  expect(flowOf(desk.doc, 1)?.nodes.map((one) => one.id)).toEqual([1, 3]);
  expect(edgesOf(nodeAt(desk.doc, 1, 1) as NodeDoc)).toEqual([]);
});

test("a copy keeps the edges within it and has ids of its own", () => {
  const flow = BOT.flows[0];
  if (!flow) throw new Error("there is a flow");
  const made = copied(flow, flow.nodes, { x: 5, y: 6 });
  expect(made.map((one) => [one.id, edgesOf(one).map((way) => way.nodeId)])).toEqual([
    [4, [5]],
    [5, [4]],
  ]);
  expect(placeOf(made[0] as NodeDoc)).toEqual({ x: 205, y: 6 });
});

test("taking back leaves alone what somebody else changed meanwhile", () => {
  const desk = new Desk().run(setNodeDataAt(1, 2, ["message"], "mine"));
  desk.doc = setNodeDataAt(1, 3, ["type"], "buttons").run(desk.doc);
  desk.doc = { ...desk.doc, flows: desk.doc.flows.map((flow) => (flow.id === 1 ? { ...flow, nodes: flow.nodes.map((one) => (one.id === 2 ? { ...one, label: "theirs" } : one)) } : flow)) };
  desk.undo();
  expect(nodeAt(desk.doc, 1, 2)).toMatchObject({ label: "theirs", data: {} });
  expect(nodeAt(desk.doc, 1, 3)?.data).toEqual({ type: "buttons" });
});

test("a delta turned around is the way back", () => {
  const there = EVERYTHING.reduce((doc, command) => command.run(doc), BOT);
  expect(botText(apply(there, invert(diff(BOT, there))))).toBe(botText(BOT));
});
