// What must hold on every screen, in both themes: axe finds nothing, nothing is wider than the window at 390, 1024 and
// 1440, and the browser has nothing to complain about (the page's policy included).

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";

import { beside, open } from "./browser";
import { SCREENS } from "./screens";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const OPTIONS = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
  // Menus and lists that hang on a button lie outside of all landmarks, as every layer of a page does.
  rules: { region: { enabled: false } },
  resultTypes: ["violations"],
};
/** Tabbing past the end of a dialog lands on these and is sent back; they are hidden from screen readers on purpose. */
const EXCLUDED = ["[data-base-ui-focus-guard]"];
/** Each theme at another width and in another language, so that all are seen without seeing each combination. */
const LOOKS = [
  { width: 1440, height: 900, theme: "light", language: "ko" },
  { width: 390, height: 844, theme: "dark", language: "en" },
];
const WIDTHS = [1440, 1024, 390];

interface Found {
  id: string;
  help: string;
  nodes: { html: string; failureSummary: string; target: string[] }[];
}

/** What axe has against the page as it stands. */
export async function axe(page: Page, sample: string | undefined): Promise<string[]> {
  // Evaluated, not added as a script: the page's policy forbids that.
  await page.evaluate(AXE);
  const found = await page.evaluate(
    async ([options, exclude, chosen]) => {
      // What goes on for ever has no end to wait for.
      const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
      await Promise.allSettled(ending.map((one) => one.finished));
      const { axe: checker } = window as unknown as {
        axe: { run: (context: object, options: object) => Promise<{ violations: Found[] }> };
      };
      const { violations } = await checker.run({ include: document, exclude }, options as object);
      const isSample = (at: string[]) => chosen !== undefined && at.every((one) => document.querySelector(one)?.closest(chosen));
      return violations
        .map((one) => (one.id === "color-contrast" ? { ...one, nodes: one.nodes.filter(({ target }) => !isSample(target)) } : one))
        .filter(({ nodes }) => nodes.length > 0);
    },
    [OPTIONS, EXCLUDED, sample] as const,
  );
  return found.map(({ id, help, nodes }) => [`${id}: ${help}`, ...nodes.flatMap((node) => [node.html, node.failureSummary])].join("\n"));
}

/** Widths at which something stands out of the window. */
async function tooWide(page: Page): Promise<number[]> {
  const wide: number[] = [];
  // A menu that is open stays where its button was; nobody widens the window under one.
  if (await page.locator("[role=menu], [role=listbox], [data-open][class*=_emojis_]").count()) await page.keyboard.press("Escape");
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    const fits = await page
      .waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth, undefined, { timeout: 1000 })
      .catch(() => undefined);
    if (!fits) wide.push(width);
  }
  return wide;
}

/** Checks a share of the screens: the `nth` of `shares`, so that files can run beside each other. SCREENS=chat,answers: only these, all in the first. */
export function checkScreens(nth: number, shares: number): void {
  const bed = beside();
  const only = process.env["SCREENS"]?.split(",");
  const names = Object.keys(SCREENS).filter((name, at) => (only ? only.includes(name) && nth === 0 : at % shares === nth));
  describe.each(names)("%s", (name) => {
    test.each(LOOKS)("in $theme, $language", async (look) => {
      const screen = SCREENS[name];
      if (!screen) throw new Error(name);
      const { page, complaints } = await open(bed.browser, bed.url, screen, look);
      expect(await axe(page, screen.sample)).toEqual([]);
      expect(await tooWide(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.close();
    });
  });
}
