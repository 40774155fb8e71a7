import { expect, test } from "vitest";

import { read, write as spell } from "../../flow/json";
import { addAt, ask, type Group, isPlain, joinAt, readWhere, replaceAt, type Test, typed, weightOf, writeWhere } from "./model";

/** Reading and writing again gives the same text. */
function keeps(text: string): void {
  expect(spell(writeWhere(readWhere(read(text))), 0)).toBe(text);
}

test("what is read is written as it was", () => {
  for (const text of [
    '{"message":{"equals":"네"}}',
    '{"age":{"gte":10,"lt":20},"platform":{"equals":"kakao"}}',
    '{"$or":[{"age":{"lt":5}},{"$and":[{"name":{"exists":true}},{"zero":{"equals":0}}]}]}',
    '{"$and":[{"a":{"gt":1},"b":{"lt":2}},{}]}',
    '{"a":{"gt":1},"$or":[{"b":{"exists":"false"}}],"$and":[{"c":{"regex":"^1"}}]}',
    '{"$and":[{"$and":[{"a":{"equals":null}}]}]}',
    '{"$or":[]}',
  ]) {
    keeps(text);
    expect(isPlain(readWhere(read(text)))).toBe(true);
  }
});

test("what rows cannot show is written as it was", () => {
  for (const text of [
    '{"a":{"near":1,"gt":2}}',
    '{"$not":{"a":{"gt":1}},"b":{"exists":true}}',
    '{"a":{}}',
    '{"a":"b"}',
    '{"a":{"exists":1}}',
    '{"$or":"x"}',
    '{"$or":[{"a":{"near":[1,{"b":2}]}},"text",null]}',
    '"text"',
    "[1]",
    '{"a":{"equals":1.0,"gt":1e3},"2":{"exists":true},"1":{"exists":true}}',
    '{"toString":{"constructor":1}}',
  ]) {
    keeps(text);
  }
  expect(isPlain(readWhere({ a: { near: 1 } }))).toBe(false);
});

test("no condition asks nothing", () => {
  for (const none of [undefined, null, {}]) expect(writeWhere(readWhere(none))).toBeUndefined();
});

const row = (path: string, value: unknown, question: Test["question"] = "equals"): Test => ({ kind: "test", path, question, value });
const all = (...items: Group["items"]): Group => ({ kind: "group", any: false, form: "object", items });

test("rows that want the same place make a list", () => {
  expect(writeWhere(all(row("m", "a", "contains"), row("m", "b", "contains")))).toEqual({
    $and: [{ m: { contains: "a" } }, { m: { contains: "b" } }],
  });
  expect(writeWhere(all(row("m", true, "exists"), row("m", false, "missing")))).toEqual({ $and: [{ m: { exists: true } }, { m: { exists: false } }] });
});

test("tests of one path share an object, whatever stands between them", () => {
  expect(writeWhere(all(row("age", 10, "gte"), row("p", "kakao"), row("age", 20, "lt")))).toEqual({
    age: { gte: 10, lt: 20 },
    p: { equals: "kakao" },
  });
});

test("and becomes or, and back", () => {
  const both = readWhere({ a: { gt: 1 }, b: { lt: 2 } });
  const one = joinAt(both, [], true);
  expect(writeWhere(one)).toEqual({ $or: [{ a: { gt: 1 } }, { b: { lt: 2 } }] });
  expect(writeWhere(joinAt(one, [], false))).toEqual({ a: { gt: 1 }, b: { lt: 2 } });
});

test("groups are added, changed and removed in their place", () => {
  const start = readWhere({ a: { gt: 1 } });
  const grouped = addAt(start, [], { kind: "group", any: true, form: "list", items: [row("b", "1")] });
  const grown = addAt(grouped, [1], row("c", "2"));
  expect(writeWhere(grown)).toEqual({ a: { gt: 1 }, $or: [{ b: { equals: "1" } }, { c: { equals: "2" } }] });
  expect(writeWhere(addAt(grown, [], { kind: "group", any: true, form: "list", items: [row("d", "3")] }))).toEqual({
    $and: [{ a: { gt: 1 } }, { $or: [{ b: { equals: "1" } }, { c: { equals: "2" } }] }, { $or: [{ d: { equals: "3" } }] }],
  });
  expect(writeWhere(replaceAt(grown, [1, 0], undefined))).toEqual({ a: { gt: 1 }, $or: [{ c: { equals: "2" } }] });
  expect(writeWhere(replaceAt(grown, [0], row("a", 2, "gt")))).toEqual({ a: { gt: 2 }, $or: [{ b: { equals: "1" } }, { c: { equals: "2" } }] });
  expect(writeWhere(joinAt(grown, [1], false))).toEqual({ a: { gt: 1 }, $and: [{ b: { equals: "1" } }, { c: { equals: "2" } }] });
  expect(weightOf(grown)).toBe(3);
  const less = replaceAt(replaceAt(grown, [1, 0], undefined), [1, 0], undefined);
  expect(writeWhere(less)).toEqual({ a: { gt: 1 } });
  expect(writeWhere(replaceAt(readWhere({ $or: [{ a: { gt: 1 } }] }), [0], undefined))).toBeUndefined();
});

test("a question takes the value along that it can use", () => {
  expect(ask(row("a", "3"), "gt").value).toBe("3");
  expect(ask(row("a", "3"), "missing")).toEqual(row("a", false, "missing"));
  expect(ask(row("a", true, "exists"), "contains").value).toBe("");
});

test("numbers stay numbers while they read as such", () => {
  expect(typed("19", "", "gte")).toBe(19);
  expect(typed("19", "", "equals")).toBe("19");
  expect(typed("20", 19, "equals")).toBe(20);
  expect(typed("019", 19, "equals")).toBe("019");
  expect(typed("1.", 1, "gt")).toBe("1.");
  expect(typed("", 1, "gt")).toBe("");
  expect(typed("{{params.limit}}", 1, "gt")).toBe("{{params.limit}}");
  expect(typed("2", read("1.0"), "equals")).toBe(2);
});
