import { expect, test } from "vitest";

import { asText, contrast, isColor, readableOn } from "./read";

test("contrast is that of WCAG", () => {
  expect(contrast("#000000", "#FFFFFF")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#FFFFFF")).toBeCloseTo(4.48, 2);
  expect(contrast("#FFFFFF", "#777777")).toBe(contrast("#777777", "#FFFFFF"));
});

test("what is easier to read is chosen", () => {
  expect(readableOn("#4F5BD5")).toBe("#FFFFFF");
  expect(readableOn("#FEE500")).toBe("#1B1D22");
});

test("a bright colour of a site is darkened until letters of it can be read, and the other way round", () => {
  expect(asText("#434EC0", "#F1F2F5")).toBe("#434ec0");
  for (const [color, ground] of [["#FEE500", "#F1F2F5"], ["#14213D", "#272B33"], ["#FFFFFF", "#F1F2F5"]] as const) {
    expect(contrast(asText(color, ground), ground)).toBeGreaterThanOrEqual(4.5);
  }
});

test("a colour is six digits", () => {
  expect(["#4F5BD5", "#4f5bd5"].every(isColor)).toBe(true);
  expect(["#4F5", "4F5BD5", "red", "#4F5BD5;"].some(isColor)).toBe(false);
});
