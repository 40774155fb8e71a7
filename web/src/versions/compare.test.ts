import { expect, test } from "vitest";

import { type BotLike, count, difference, type NodeLike } from "./compare";

const node = (id: number, text: string, more: Partial<NodeLike> = {}): NodeLike => ({
  id, type: "response", label: "", data: { message: { type: "text", text } }, meta: { design: { x: 0, y: 0 } }, next: [], ...more,
});
const bot = (...flows: [id: number, title: string, nodes: NodeLike[]][]): BotLike => ({
  flows: flows.map(([id, title, nodes]) => ({ id, title, nodes })),
  preference: { entryFlowId: 1 },
});

test("nothing differs from itself", () => {
  const one = bot([1, "시작", [node(1, "안녕")]]);
  expect(difference(one, structuredClone(one))).toEqual({ flows: [], preference: [] });
  expect(count(difference(one, one))).toBe(0);
});

test("flows and nodes that were added, changed and removed", () => {
  const before = bot([1, "시작", [node(1, "안녕"), node(2, "또 봐요")]], [2, "옛날", [node(1, "x")]]);
  const after = bot([1, "시작", [node(1, "반가워요"), node(3, "새로")]], [3, "새 플로우", [node(1, "y")]]);
  const { flows } = difference(before, after);
  expect(flows.map((flow) => [flow.id, flow.how, flow.nodes.map((one) => [one.id, one.how])])).toEqual([
    [1, "changed", [[1, "changed"], [3, "added"], [2, "removed"]]],
    [3, "added", [[1, "added"]]],
    [2, "removed", [[1, "removed"]]],
  ]);
  expect(flows[0]?.nodes[0]?.fields).toEqual([{ path: "data.message.text", kind: "changed", before: "안녕", after: "반가워요" }]);
  expect(count(difference(before, after))).toBe(5);
});

test("a node that was only moved is no change for a customer", () => {
  const before = bot([1, "시작", [node(1, "안녕")]]);
  const after = bot([1, "시작", [node(1, "안녕", { meta: { design: { x: 90, y: 10 } } })]]);
  const found = difference(before, after);
  expect(found.flows[0]?.nodes[0]).toMatchObject({ how: "moved", fields: [] });
  expect([found.flows[0]?.how, count(found)]).toEqual(["moved", 0]);
});

test("ways out are compared, and what else stands in meta", () => {
  const before = bot([1, "시작", [node(1, "안녕", { next: [{ nodeId: 2 }], meta: { design: { x: 1 }, custom: "a" } }), node(2, "끝")]]);
  const after = bot([1, "시작", [node(1, "안녕", { next: [{ nodeId: 2, where: { message: { equals: "네" } } }], meta: { design: { x: 1 }, custom: "b" } }), node(2, "끝")]]);
  expect(difference(before, after).flows[0]?.nodes[0]?.fields.map(({ path, kind }) => [path, kind])).toEqual([
    ["next[0].where", "added"],
    ["meta.custom", "changed"],
  ]);
});

test("preferences and a flow's own fields", () => {
  const before = bot([1, "시작", []]);
  const after: BotLike = { flows: [{ id: 1, title: "처음", nodes: [] }], preference: { entryFlowId: 1, systemMessage: { empty: "…" } } };
  const found = difference(before, after);
  expect(found.preference).toEqual([{ path: "systemMessage", kind: "added", after: { empty: "…" } }]);
  expect(found.flows[0]).toMatchObject({ how: "changed", fields: [{ path: "title", before: "시작", after: "처음" }] });
  expect(count(found)).toBe(2);
});
