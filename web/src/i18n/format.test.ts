import { expect, test } from "vitest";

import { ago, daysLeft } from "./format";

const NOW = Date.UTC(2026, 10, 25, 3, 0);
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

test.each([
  [0, "방금", "just now"],
  [59_000, "방금", "just now"],
  [5 * MINUTE, "5분 전", "5 minutes ago"],
  [3 * 60 * MINUTE, "3시간 전", "3 hours ago"],
  [DAY, "어제", "yesterday"],
  [2 * DAY, "그저께", "2 days ago"],
  [6 * DAY, "6일 전", "6 days ago"],
])("%d ms ago", (passed, ko, en) => {
  expect([ago(NOW - passed, NOW, "ko"), ago(NOW - passed, NOW, "en")]).toEqual([ko, en]);
});

test("older times are dates, with the year where it is another", () => {
  expect(ago(NOW - 30 * DAY, NOW, "ko")).toBe("10월 26일");
  expect(ago(NOW - 400 * DAY, NOW, "ko")).toBe("2025년 10월 21일");
});

test("days that are left are never fewer than none", () => {
  expect([daysLeft(NOW + DAY + 1, NOW), daysLeft(NOW + 1, NOW), daysLeft(NOW - DAY, NOW)]).toEqual([2, 1, 0]);
});
