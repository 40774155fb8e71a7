// What the editor may cost: a large bot opens in two seconds, and a flow of 500 nodes is dragged and panned as fast as bare
// boxes of the same library. Both are measured in the same browser, in turns, so that the machine's mood falls on both.
// `npm run bench`; a built console must be there (`npm run build`).

import type { Browser, Page } from "playwright-core";
import { build, preview, type PreviewServer } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";

import { launch } from "../e2e/browser";
import { addBot, begin, openEditor, type Place } from "../e2e/editor";
import { bigBot, bigFlow } from "./flow";

const OPEN_MS = 2_000;
const RATIO = 1.2;
/** 50 frames a second need no comparison. */
const SMOOTH_MS = 20;
const ROUNDS = 3;
const NODES = 500;

let browser: Browser;
let place: Place;
let bare: PreviewServer;
let bareUrl: string;

beforeAll(async () => {
  browser = await launch();
  const config = new URL("vite.config.ts", import.meta.url).pathname;
  await build({ configFile: config });
  bare = await preview({ configFile: config, preview: { port: 0, host: "127.0.0.1" } });
  bareUrl = `${bare.resolvedUrls?.local[0]}bare.html`;
  place = await begin(browser, bigBot(100, 50));
});
afterAll(async () => {
  await browser?.close();
  await bare?.close();
  await place?.target.stop();
});

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

test("a bot of 100 flows with 50 nodes each opens within two seconds", async () => {
  const took: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const page = await place.context.newPage();
    await page.goto(`/w/${place.ws}/bots/${place.bot}`);
    const tab = page.getByRole("link", { name: "시나리오" });
    await tab.waitFor();
    await page.waitForLoadState("networkidle");
    const from = Date.now();
    await tab.click();
    await page.locator("[data-canvas] .react-flow__node").first().waitFor();
    took.push(Date.now() - from);
    await page.close();
  }
  console.log(`100 × 50 nodes open in ${took.join(", ")} ms (median ${median(took)}; ${OPEN_MS} allowed)`);
  expect(median(took)).toBeLessThanOrEqual(OPEN_MS);
});

/** The mean time of a frame while the pointer goes through these places with the button held. */
async function frames(page: Page, way: { x: number; y: number }[]): Promise<number> {
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { seen, watching: true });
    const look = (at: number) => {
      seen.push(at);
      if ((window as unknown as { watching: boolean }).watching) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  const [first] = way;
  if (!first) return NaN;
  await page.mouse.move(first.x, first.y);
  await page.mouse.down();
  for (const { x, y } of way) await page.mouse.move(x, y);
  await page.mouse.up();
  return page.evaluate(() => {
    const { seen } = Object.assign(window as unknown as { seen: number[] }, { watching: false });
    return ((seen.at(-1) ?? 0) - (seen[0] ?? 0)) / Math.max(1, seen.length - 1);
  });
}

const circle = (x: number, y: number) =>
  Array.from({ length: 40 }, (_, at) => ({ x: x + 60 * Math.sin(at / 5), y: y + 40 * (1 - Math.cos(at / 5)) }));

const onNode = (page: Page) => async () => {
  const box = await page.locator('.react-flow__node[data-id="130"]').boundingBox();
  if (!box) throw new Error("node 130 is in sight");
  return { x: box.x + box.width / 2, y: box.y + box.height / 4 };
};

test("500 nodes are dragged and panned as bare boxes are", async () => {
  const flow = bigFlow(NODES);
  const bot = { ...bigBot(1, 2), flows: [flow] };
  const ours = await openEditor(place.context, { ...place, bot: await addBot(place.context, place.ws, bot) });
  const area = await ours.locator("[data-canvas]").boundingBox();
  if (!area) throw new Error("there is a canvas");
  const plain = await place.context.newPage();
  await plain.goto(`${bareUrl}?nodes=${NODES}&width=${Math.round(area.width)}&height=${Math.round(area.height)}`);
  await plain.locator(".react-flow__node").first().waitFor();
  // All 500 in sight: the worst there is.
  await ours.bringToFront();
  await ours.keyboard.press("f");
  await ours.waitForTimeout(600);

  const onPane = (page: Page) => async () => {
    const box = (await page.locator("[data-canvas]").boundingBox()) ?? area;
    return { x: box.x + 12, y: box.y + box.height / 2 };
  };
  for (const [what, where] of [["pan", onPane], ["drag", onNode]] as const) {
    const taken = { ours: [] as number[], plain: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [name, page] of [["ours", ours], ["plain", plain]] as const) {
        await page.bringToFront();
        const { x, y } = await where(page)();
        taken[name].push(await frames(page, circle(x, y)));
      }
    }
    const [own, other] = [median(taken.ours), median(taken.plain)];
    console.log(`${what}: ${own.toFixed(1)} ms a frame (${(1000 / own).toFixed(0)}/s), bare ${other.toFixed(1)} ms (${(1000 / other).toFixed(0)}/s), ratio ${(own / other).toFixed(2)} (${RATIO} allowed)`);
    expect(own <= SMOOTH_MS || own / other <= RATIO, `${what}: ${own} ms against ${other} ms`).toBe(true);
  }
});
