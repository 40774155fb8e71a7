// The period of the dashboard by keyboard only, before the mock: a day is typed part by part, as a browser's date field has
// it, and only what was meant is asked for.

import type { Browser } from "playwright-core";
import type { PreviewServer } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";

import { launch, open, serveMock } from "./browser";
import { SCREENS } from "./screens";

let browser: Browser;
let url: string;
let server: PreviewServer;
beforeAll(async () => {
  browser = await launch();
  ({ url, server } = await serveMock());
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test("a period is chosen by keyboard only", async () => {
  const screen = SCREENS["dashboard"];
  if (!screen) throw new Error("there is no dashboard");
  const { page, complaints } = await open(browser, url, screen, { width: 1440, height: 900, theme: "light", language: "en" });
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
