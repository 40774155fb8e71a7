// What stands on an edge is read without knowing the file.

import { expect, test } from "vitest";

import { translator } from "../i18n/i18n";
import { ko } from "../i18n/ko";
import { sentence } from "./sentence";

const t = translator(ko, "ko");

test.each([
  [{}, undefined],
  [{ message: { equals: "예약" } }, "메시지 = ‘예약’"],
  [{ "params.age": { gte: 19 }, "params.member": { exists: true } }, "age ≥ 19 그리고 member 있음"],
  [{ $or: [{ "params.a": { equals: "1" } }, { "params.b": { equals: "2" } }] }, "a = ‘1’ 또는 b = ‘2’"],
  // Who reads it must not have to know which of the two binds closer.
  [{ "params.points": { equals: "7" }, $or: [{ "params.total": { equals: "21" } }, { "params.vip": { equals: "네" } }] }, "points = ‘7’ 그리고 (total = ‘21’ 또는 vip = ‘네’)"],
  [{ $or: [{ "params.a": { equals: "1" } }, { $and: [{ "params.b": { equals: "2" } }, { "params.c": { exists: false } }] }] }, "a = ‘1’ 또는 (b = ‘2’ 그리고 c 없음)"],
])("%j is read as a sentence", (where, said) => {
  expect(sentence(where, t)).toBe(said);
});
