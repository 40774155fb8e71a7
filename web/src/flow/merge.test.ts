// Two people on one draft: nothing is lost, and what cannot be decided is asked.

import { expect, test } from "vitest";

import { addFlow, addNode, type Command, connect, edge, emptyFlow, moveNodes, removeFlow, removeNodes, renameFlow, setEntryFlow, setNodeDataAt, setPreferenceAt } from "./commands";
import { diff } from "./delta";
import { edgesOf, nodeAt } from "./document";
import { NO_HISTORY, record, remapped, undo } from "./history";
import { merge } from "./merge";
import type { BotDoc, NodeDoc } from "./types";

const node = (id: number, type: string, to: number[] = []): NodeDoc => ({ id, type, label: `${id}`, data: {}, next: to.map((one) => edge(one)) });
const BASE: BotDoc = {
  title: "봇",
  flows: [
    { id: 1, title: "시작", data: { entry: 1 }, nodes: [node(1, "entry", [2]), node(2, "response", [3]), node(3, "keyboard")] },
    { id: 2, title: "폴백", data: { entry: 1 }, nodes: [node(1, "entry")] },
  ],
  preference: { entryFlowId: 1, systemMessage: { empty: "비었어요", error: "오류" } },
};
const after = (...commands: Command[]) => commands.reduce((doc, command) => command.run(doc), BASE);
const text = (flow: number, id: number, what: string) => setNodeDataAt(flow, id, ["message", "text"], what);

test("what only one changed is taken from either", () => {
  const { doc, conflicts } = merge(
    BASE,
    after(text(1, 2, "mine"), renameFlow(2, "다른 말"), addNode(1, node(9, "params"))),
    after(text(1, 3, "theirs"), setPreferenceAt(["systemMessage", "error"], "미안해요"), addFlow(emptyFlow(3, "안내", "진입"))),
  );
  expect(conflicts).toEqual([]);
  expect(nodeAt(doc, 1, 2)?.data).toEqual({ message: { text: "mine" } });
  expect(nodeAt(doc, 1, 3)?.data).toEqual({ message: { text: "theirs" } });
  expect(doc.flows.map((flow) => flow.title)).toEqual(["시작", "다른 말", "안내"]);
  expect(nodeAt(doc, 1, 9)?.type).toBe("params");
  expect(doc.preference?.systemMessage).toEqual({ empty: "비었어요", error: "미안해요" });
});

test("content from one, ways out from another, of one node", () => {
  const { doc, conflicts } = merge(BASE, after(text(1, 2, "mine")), after(connect(1, 2, edge(2))));
  expect(conflicts).toEqual([]);
  expect(nodeAt(doc, 1, 2)).toMatchObject({ data: { message: { text: "mine" } }, next: [{ nodeId: 3 }, { nodeId: 2 }] });
});

test("the same text changed by both is asked about, and taken as chosen", () => {
  const [mine, theirs] = [after(text(1, 2, "mine")), after(text(1, 2, "theirs"))];
  const asked = merge(BASE, mine, theirs);
  expect(asked.conflicts).toMatchObject([{ flow: 1, node: 2, field: "data", mine: { message: { text: "mine" } }, theirs: { message: { text: "theirs" } } }]);
  for (const side of ["mine", "theirs"] as const) {
    const { doc } = merge(BASE, mine, theirs, () => side);
    expect(nodeAt(doc, 1, 2)?.data).toEqual({ message: { text: side } });
  }
});

test("changed alike is no conflict", () => {
  expect(merge(BASE, after(text(1, 2, "x")), after(text(1, 2, "x"))).conflicts).toEqual([]);
});

test("a name and a setting that both changed are asked about by name", () => {
  const { conflicts } = merge(
    BASE,
    after(renameFlow(1, "a"), setPreferenceAt(["systemMessage", "error"], "a"), setEntryFlow(2)),
    after(renameFlow(1, "b"), setPreferenceAt(["systemMessage", "error"], "b")),
  );
  expect(conflicts.map(({ flow, field }) => [flow, field])).toEqual([
    [undefined, "preference.systemMessage.error"],
    [1, "title"],
  ]);
});

test("deleted by one and changed by the other is asked about; untouched it goes", () => {
  const quiet = merge(BASE, after(removeNodes(1, [3])), after(text(1, 2, "theirs")));
  expect(quiet.conflicts).toEqual([]);
  expect(nodeAt(quiet.doc, 1, 3)).toBeUndefined();
  const [mine, theirs] = [after(removeNodes(1, [3])), after(text(1, 3, "theirs"))];
  expect(merge(BASE, mine, theirs).conflicts).toMatchObject([{ flow: 1, node: 3, field: undefined, mine: undefined }]);
  expect(nodeAt(merge(BASE, mine, theirs, () => "theirs").doc, 1, 3)).toBeDefined();
  expect(nodeAt(merge(BASE, mine, theirs, () => "mine").doc, 1, 3)).toBeUndefined();
  expect(merge(BASE, after(removeFlow(2)), after(text(2, 1, "theirs"))).conflicts).toMatchObject([{ flow: 2, node: undefined }]);
});

test("an edge to a node that the other deleted: the node is asked about, and no edge leads nowhere", () => {
  const [mine, theirs] = [after(connect(1, 3, edge(2))), after(removeNodes(1, [2]))];
  expect(merge(BASE, mine, theirs).conflicts).toMatchObject([{ flow: 1, node: 2 }]);
  for (const side of ["mine", "theirs"] as const) {
    const { doc } = merge(BASE, mine, theirs, () => side);
    const ids = new Set(doc.flows[0]?.nodes.map((one) => one.id));
    expect(ids.has(2)).toBe(side === "mine");
    expect(doc.flows[0]?.nodes.flatMap(edgesOf).every((way) => ids.has(way.nodeId))).toBe(true);
  }
});

test("ids that both gave out: both things stay, mine under another id, and taking back still finds it", () => {
  const add = addNode(1, { ...node(4, "params"), label: "mine" });
  const mine = connect(1, 3, edge(4)).run(add.run(BASE));
  const theirs = after(addNode(1, { ...node(4, "fetch"), label: "theirs" }), addFlow(emptyFlow(3, "theirs", "진입")));
  const { doc, conflicts, renumbered } = merge(BASE, addFlow(emptyFlow(3, "mine", "진입")).run(mine), theirs);
  expect(conflicts).toEqual([]);
  expect(renumbered).toEqual([
    { flow: 1, node: 4, to: 5 },
    { flow: 3, node: undefined, to: 4 },
  ]);
  expect(doc.flows[0]?.nodes.map((one) => [one.id, one.label])).toEqual([[1, "1"], [2, "2"], [3, "3"], [5, "mine"], [4, "theirs"]]);
  expect(edgesOf(nodeAt(doc, 1, 3) as NodeDoc).map((way) => way.nodeId)).toEqual([5]);
  expect(doc.flows.map((flow) => [flow.id, flow.title])).toEqual([
    [1, "시작"],
    [2, "폴백"],
    [4, "mine"],
    [3, "theirs"],
  ]);
  const step = { name: "addNode" as const, delta: diff(BASE, add.run(BASE)), spot: { flow: 1, node: 4 }, withNext: false, join: undefined, at: 0 };
  const back = undo(remapped(record(NO_HISTORY, step), renumbered), doc);
  expect(back?.doc.flows[0]?.nodes.map((one) => one.label)).not.toContain("mine");
  expect(back?.doc.flows[0]?.nodes.map((one) => one.label)).toContain("theirs");
});

const to = (x: number) => moveNodes(1, new Map([[2, { x, y: 0 }]]));

test("where a node stands is no conflict, but it is told that both moved it", () => {
  const { doc, conflicts, moved } = merge(BASE, after(to(10)), after(to(20)));
  expect(conflicts).toEqual([]);
  expect(moved).toEqual([{ flow: 1, node: 2, theirs: { x: 20, y: 0 } }]);
  expect(nodeAt(doc, 1, 2)?.meta).toEqual({ design: { x: 10, y: 0 } });
});
