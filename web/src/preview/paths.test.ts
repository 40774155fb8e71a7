import { expect, test } from "vitest";

import { answers, contextLines, pathLines } from "./paths";

test("a context is written in paths", () => {
  expect(pathLines({ params: { 이름: "서윤", "a b": 1 }, list: [{ x: true }, []], none: {}, gone: null }).map(({ path, value }) => `${path}=${value}`)).toEqual([
    "params.이름=서윤",
    'params["a b"]=1',
    "list[0].x=true",
    "list[1]=[]",
    "none={}",
    "gone=null",
  ]);
});

test("each line says what it was before the turn", () => {
  const lines = contextLines({ params: { a: 1, b: "x", c: 2 } }, { params: { a: 1, b: "y", d: 3 } });
  expect(lines.map(({ path, state, before, value }) => [path, state, before, value])).toEqual([
    ["params.a", "same", undefined, "1"],
    ["params.b", "changed", "x", "y"],
    ["params.d", "added", undefined, "3"],
    ["params.c", "removed", "2", ""],
  ]);
});

test("lines are found by path and by value", () => {
  const [line] = pathLines({ params: { name: "소금빵" } });
  expect(line && ["NAME", "소금", "", "없음"].map((wanted) => answers(line, wanted))).toEqual([true, true, true, false]);
});
