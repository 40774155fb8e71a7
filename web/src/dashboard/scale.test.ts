import { expect, test } from "vitest";

import { dayAfter, dayIn, isDay, labelled, period, presetOf, ticks } from "./scale";

test("the axis has round steps, whole numbers, and reaches the top", () => {
  expect(ticks(0)).toEqual([0, 1]);
  expect(ticks(1)).toEqual([0, 1]);
  expect(ticks(3)).toEqual([0, 1, 2, 3]);
  expect(ticks(38)).toEqual([0, 10, 20, 30, 40]);
  expect(ticks(412)).toEqual([0, 200, 400, 600]);
  expect(ticks(2_380)).toEqual([0, 1_000, 2_000, 3_000]);
});

const shown = (count: number, room: number) => Array.from({ length: count }, (_, at) => at).filter(labelled(count, room));

test("labels that do not fit are left out evenly, never the first", () => {
  expect(shown(7, 12)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(shown(30, 8)).toEqual([0, 4, 8, 12, 16, 20, 24, 28]);
  expect(shown(1, 0)).toEqual([0]);
});

test("periods are whole calendar days", () => {
  expect(dayAfter("2026-03-01", -1)).toBe("2026-02-28");
  expect(dayAfter("2026-12-31", 1)).toBe("2027-01-01");
  expect(period("week", "2026-11-27")).toEqual({ from: "2026-11-21", to: "2026-11-27" });
  expect(period("yesterday", "2026-11-01")).toEqual({ from: "2026-10-31", to: "2026-10-31" });
  expect(presetOf({ from: "2026-10-29", to: "2026-11-27" }, "2026-11-27")).toBe("month");
  expect(presetOf({ from: "2026-10-28", to: "2026-11-27" }, "2026-11-27")).toBeUndefined();
});

test("the day of a moment is that of the zone", () => {
  const at = Date.parse("2026-11-26T15:30:00Z");
  expect(dayIn("Asia/Seoul", at)).toBe("2026-11-27");
  expect(dayIn("UTC", at)).toBe("2026-11-26");
});

test("what is no day is refused", () => {
  expect(["2026-11-27", "2026-13-01", "2026-1-1", "", 7].map(isDay)).toEqual([true, false, false, false, false]);
});
