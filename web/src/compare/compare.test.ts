import { expect, test } from "vitest";

import { canonical, changes } from "./json";
import { lines, pieces } from "./text";

test("data differs by path", () => {
  const before = { text: "안녕", buttons: [{ label: "예약" }, { label: "위치" }], gone: 1 };
  const after = { text: "반가워요", buttons: [{ label: "새로" }, { label: "예약" }, { label: "위치" }], "odd key": null };
  expect(changes(before, after)).toEqual([
    { path: "text", kind: "changed", before: "안녕", after: "반가워요" },
    { path: "buttons[0]", kind: "added", after: { label: "새로" } },
    { path: "gone", kind: "removed", before: 1 },
    { path: '["odd key"]', kind: "added", after: null },
  ]);
});

test("what is the same is no change, whatever the order of keys", () => {
  expect(changes({ a: 1, b: [{ c: 2, d: undefined }] }, { b: [{ c: 2 }], a: 1 })).toEqual([]);
  expect(canonical({ b: 1, a: [true, "x"] })).toBe('{"a":[true,"x"],"b":1}');
});

test("a number with a spelling of its own is the number", () => {
  const odd = { spelling: "1.0", valueOf: () => 1 };
  expect(changes({ n: odd }, { n: 1 })).toEqual([]);
  expect(changes({ n: odd }, { n: 2 })).toEqual([{ path: "n", kind: "changed", before: odd, after: 2 }]);
});

test("a list item that changed is compared inside", () => {
  expect(changes([{ l: "a" }, { l: "b" }], [{ l: "a" }, { l: "c" }])).toEqual([{ path: "[1].l", kind: "changed", before: "b", after: "c" }]);
  expect(changes([1, 2, 3], [1, 3])).toEqual([{ path: "[1]", kind: "removed", before: 2 }]);
});

test("texts differ by word", () => {
  expect(pieces("내일 3시에 봬요", "내일 4시에 봬요")).toEqual([
    { kind: "same", text: "내일 " },
    { kind: "removed", text: "3시에" },
    { kind: "added", text: "4시에" },
    { kind: "same", text: " 봬요" },
  ]);
  expect(pieces("", "새 글")).toEqual([{ kind: "added", text: "새 글" }]);
  const long = Array.from({ length: 300 }, (_, at) => `줄 ${at}`).join("\n");
  const changed = pieces(long, long.replace("줄 7\n", "칠\n"));
  expect(changed.filter((one) => one.kind !== "same")).toEqual([
    { kind: "removed", text: "줄 7\n" },
    { kind: "added", text: "칠\n" },
  ]);
  for (const [b, a] of [["가 나 다", "나 라"], ["x", ""], ["같아요", "같아요"]] as const) {
    const all = pieces(b, a);
    expect(all.filter((one) => one.kind !== "added").map((one) => one.text).join("")).toBe(b);
    expect(all.filter((one) => one.kind !== "removed").map((one) => one.text).join("")).toBe(a);
  }
});

test("lines stand beside each other", () => {
  expect(lines(["a", "b", "c"], ["a", "x", "c", "d"])).toEqual([
    { kind: "same", before: "a", after: "a" },
    { kind: "changed", before: "b", after: "x" },
    { kind: "same", before: "c", after: "c" },
    { kind: "added", after: "d" },
  ]);
});
