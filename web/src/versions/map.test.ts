import { expect, test } from "vitest";

import { difference, type FlowLike, type NodeLike } from "./compare";
import { curve, draw, NODE } from "./map";

const node = (id: number, x: number, to: number[] = [], text = ""): NodeLike => ({
  id, type: "response", data: { message: { text } }, meta: { design: { x, y: 100 } }, next: to.map((nodeId) => ({ nodeId })),
});

test("what is gone is drawn where it stood, with its ways", () => {
  const before: FlowLike = { id: 1, title: "시작", nodes: [node(1, 0, [2, 3]), node(2, 300), node(3, 600)] };
  const after: FlowLike = { id: 1, title: "시작", nodes: [node(1, 0, [3, 4]), node(3, 600, [], "새 글"), node(4, 900)] };
  const found = difference({ flows: [before] }, { flows: [after] }).flows[0]?.nodes ?? [];
  const drawing = draw(before, after, found);
  expect(drawing.nodes.map((one) => [one.node.id, one.how, one.x])).toEqual([[1, "changed", 24], [3, "changed", 624], [4, "added", 924], [2, "removed", 324]]);
  expect(drawing.ways.map((way) => [way.from.node.id, way.to.node.id, way.how])).toEqual([[1, 3, "same"], [1, 4, "added"], [1, 2, "removed"]]);
  expect(drawing.width).toBe(924 + NODE.width + 24);
  const [way] = drawing.ways;
  expect(way && curve(way)).toBe("M214 51C419 51 419 51 624 51");
});

test("a flow without nodes is an empty drawing", () => {
  expect(draw(undefined, { id: 1, title: "빈", nodes: [] }, [])).toMatchObject({ nodes: [], ways: [] });
});
