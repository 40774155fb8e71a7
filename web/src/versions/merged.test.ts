import { expect, test } from "vitest";

import type { FlowDoc, NodeDoc } from "../flow/types";
import { merged } from "./merged";

const node = (id: number, to: number[] = []): NodeDoc => ({ id, type: "response", next: to.map((nodeId) => ({ nodeId })) });
const flow = (...nodes: NodeDoc[]): FlowDoc => ({ id: 1, title: "시작", nodes });

test("what is gone is drawn too, with its ways", () => {
  const one = merged(flow(node(1, [2, 3]), node(2, [3]), node(3)), flow(node(1, [3, 4]), node(3), node(4)));
  expect(one?.flow.nodes.map(({ id, next }) => [id, next?.map((edge) => edge.nodeId)])).toEqual([[1, [3, 4, 2]], [3, []], [4, []], [2, [3]]]);
  expect([...(one?.ways ?? [])]).toEqual([["1 3", "same"], ["1 4", "added"], ["1 2", "removed"], ["2 3", "removed"]]);
});

test("a flow that came or went is drawn as it is", () => {
  const only = flow(node(1, [1]));
  expect(merged(undefined, only)).toEqual({ flow: only, ways: new Map([["1 1", "added"]]) });
  expect(merged(only, undefined)).toEqual({ flow: only, ways: new Map([["1 1", "removed"]]) });
  expect(merged(undefined, undefined)).toBeUndefined();
});
