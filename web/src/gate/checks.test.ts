import { expect, test } from "vitest";

import { isEmail } from "./checks";
import { safeNext } from "./enter";

test.each([
  ["seoyun@example.com", true],
  [" seoyun@example.com ", true],
  ["김서윤@예시.한국", true],
  ["seoyun@", false],
  ["@example.com", false],
  ["seo yun@example.com", false],
  ["a@b@c", false],
])("%s", (text, good) => {
  expect(isEmail(text)).toBe(good);
});

test("after signing in only an address of ours is followed", () => {
  expect(safeNext("/w/1/bots?q=1")).toBe("/w/1/bots?q=1");
  for (const evil of ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "", 3, undefined]) {
    expect(safeNext(evil)).toBeUndefined();
  }
});
