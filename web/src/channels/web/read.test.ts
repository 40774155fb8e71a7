import { expect, test } from "vitest";

import { contrast, isColor, readableOn } from "./read";

test("contrast is that of WCAG", () => {
  expect(contrast("#000000", "#FFFFFF")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#FFFFFF")).toBeCloseTo(4.48, 2);
  expect(contrast("#FFFFFF", "#777777")).toBe(contrast("#777777", "#FFFFFF"));
});

test("what is easier to read is chosen", () => {
  expect(readableOn("#4F5BD5")).toBe("#FFFFFF");
  expect(readableOn("#FEE500")).toBe("#1B1D22");
});

test("a colour is six digits", () => {
  expect(["#4F5BD5", "#4f5bd5"].every(isColor)).toBe(true);
  expect(["#4F5", "4F5BD5", "red", "#4F5BD5;"].some(isColor)).toBe(false);
});
