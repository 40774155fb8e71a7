// What the first visit loads: signing in and the list of bots, everything that the browser asks for, fonts included, as
// the server sends it (compressed where it lies compressed).

import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { expect, test } from "vitest";

import { PASSWORD } from "../mock/world";
import { launch, scene, serveMock } from "./browser";

const DIST = join(import.meta.dirname, "../dist");
const BUDGET = 350 * 1024;

/** Bytes on the wire with gzip, the worse of the two that are offered. */
function weight(path: string): number {
  const file = join(DIST, path === "/" || !path.includes(".") ? "index.html" : path);
  return isFont(file) ? statSync(file).size : gzipSync(readFileSync(file), { level: 9 }).length;
}

const isFont = (path: string) => path.endsWith(".woff2");

test.each(["ko", "en"])("signing in and the list of bots stay within 350 KB (%s)", async (language) => {
  const browser = await launch();
  const { url, server } = await serveMock();
  await scene(url, { world: "bakery" });
  const page = await browser.newPage({ baseURL: url, locale: language });
  const asked = new Set<string>();
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.startsWith("/api/") && response.url().startsWith("http")) asked.add(pathname.startsWith("/w/") ? "/" : pathname);
  });
  await page.goto("/signin");
  await page.locator("input[type=email]").fill("seoyun@example.com");
  await page.locator("input[type=password]").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByRole("row").nth(1).waitFor();
  await page.waitForLoadState("networkidle");
  await browser.close();
  await server.close();

  const weights = [...asked].map((path) => [path, weight(path)] as const);
  const sum = (of: (path: string) => boolean) => weights.reduce((all, [path, bytes]) => (of(path) ? all + bytes : all), 0);
  // Names and descriptions of bots are the person's own words: their letters come from Pretendard's subsets.
  const own = weights.filter(([path]) => isFont(path) && /subset/.test(path));
  const first = sum((path) => !own.some(([one]) => one === path));
  console.log(
    `first load (${language}): ${Math.round(first / 1024)} KB of ${BUDGET / 1024}, of which ${Math.round(sum((path) => isFont(path) && !/subset/.test(path)) / 1024)} KB our font; ` +
      `letters of the bots' names: ${own.length} subsets, ${Math.round(sum((path) => isFont(path) && /subset/.test(path)) / 1024)} KB`,
  );
  expect(first).toBeLessThanOrEqual(BUDGET);
});
