// The period of the dashboard by keyboard only, before the mock: a day is typed part by part, as a browser's date field has
// it, and only what was meant is asked for.

import { expect, test } from "vitest";

import { beside, open } from "./browser";
import { SCREENS } from "./screens";

const bed = beside();

test("a period is chosen by keyboard only", async () => {
  const screen = SCREENS["dashboard"];
  if (!screen) throw new Error("there is no dashboard");
  const { page, complaints } = await open(bed.browser, bed.url, screen, { width: 1440, height: 900, theme: "light", language: "en" });
  const asked: string[] = [];
  page.on("request", (request) => {
    const from = new URL(request.url()).searchParams.get("from");
    if (from) asked.push(from);
  });
  const from = page.getByLabel("First day");
  const to = page.getByLabel("Last day");
  const preset = page.getByRole("combobox", { name: "Period" });

  await preset.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  const chosen = await from.inputValue();
  const last = await to.inputValue();
  expect(last).not.toBe("");

  // Month, day and year, one key after the other; 0202 is a year on the way to 2026.
  await from.focus();
  await page.keyboard.type("10012026");
  expect(await to.inputValue()).toBe(last);
  expect(asked.filter((day) => day < "2020")).toEqual([]);
  await page.keyboard.press("Enter");
  await expect.poll(() => asked.at(-1)).toBe("2026-10-01");
  expect(chosen).not.toBe("2026-10-01");

  // The last day goes over January on its way to October: the first day stays where it is.
  await to.focus();
  await page.keyboard.type("10152026");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect.poll(() => to.inputValue()).toBe("2026-10-15");
  expect(await from.inputValue()).toBe("2026-10-01");
  await expect.poll(() => page.url()).toContain("2026-10-15");

  // A last day before the first takes the first along.
  await to.focus();
  await page.keyboard.type("09152026");
  await page.keyboard.press("Enter");
  await expect.poll(() => from.inputValue()).toBe("2026-09-15");
  expect(complaints).toEqual([]);
  await page.close();
});
