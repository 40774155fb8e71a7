// What the editor may cost: a large bot opens in two seconds, a flow of 500 nodes is dragged and panned as fast as bare
// boxes of the same library, and typing in a form never waits. Everything is measured in one browser, ours and the bare one
// in turns, so that the machine's mood falls on both; every figure is said with its bound before anything fails.
// `npm run bench`; a built console must be there (`npm run build`).

import type { Browser, CDPSession, Page } from "playwright-core";
import { build, preview, type PreviewServer } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";

import { launch } from "../e2e/browser";
import { addBot, begin, openEditor, type Place } from "../e2e/editor";
import { bigBot, bigFlow } from "./flow";

const OPEN_MS = 2_000;
const RATIO = 1.2;
/** 50 frames a second need no comparison. */
const SMOOTH_MS = 20;
/** Under this nobody feels that a letter waits; a slower machine is compared with a bare field beside bare boxes. */
const TYPE_MS = 50;
const ROUNDS = 5;
const NODES = 500;
/** A round ends after so many moves, or when it has taken so long: a slow machine measures fewer of them. */
const MOVES = 40;
const LEAST_MOVES = 8;
const ROUND_MS = 5_000;
const LETTERS = "오늘은 소금빵이 따뜻해요.";

let browser: Browser;
let meter: CDPSession;
let place: Place;
let bare: PreviewServer;
let bareUrl: string;

beforeAll(async () => {
  browser = await launch();
  meter = await browser.newBrowserCDPSession();
  const config = new URL("vite.config.ts", import.meta.url).pathname;
  // The bare canvas is built as ours is: without React's checks.
  process.env["NODE_ENV"] = "production";
  await build({ configFile: config, mode: "production" });
  process.env["NODE_ENV"] = "test";
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
const list = (values: number[]) => values.map((one) => one.toFixed(0)).join(", ");

/** Seconds of all processors that the browser has used so far. */
async function used(): Promise<number> {
  const { processInfo } = await meter.send("SystemInfo.getProcessInfo");
  return processInfo.reduce((sum, one) => sum + one.cpuTime, 0);
}

test("a bot of 100 flows with 50 nodes each opens within two seconds", async () => {
  const took: number[] = [];
  const parts: { draft: number; drawn: number }[] = [];
  const cost: number[] = [];
  for (let nth = 0; nth < ROUNDS; nth += 1) {
    const page = await place.context.newPage();
    await page.goto(`/w/${place.ws}/bots/${place.bot}`);
    const tab = page.getByRole("link", { name: "시나리오" });
    await tab.waitFor();
    // What the page loads for itself is no part of it.
    await page.waitForLoadState("networkidle", { timeout: 10_000 }).catch(() => undefined);
    const [before, from] = [await used(), await page.evaluate(() => performance.now())];
    // Asked of the page itself, frame by frame: a question from outside would wait in line.
    const seen = page.evaluate(
      () =>
        new Promise<number>((done) => {
          const look = () => (document.querySelector("[data-canvas] .react-flow__node") ? requestAnimationFrame(() => done(performance.now())) : requestAnimationFrame(look));
          look();
        }),
    );
    await tab.click();
    const drawn = (await seen) - from;
    const draft = await page.evaluate(() => performance.getEntriesByType("resource").find((one) => one.name.endsWith("/draft"))?.toJSON() as { responseEnd: number });
    took.push(drawn);
    parts.push({ draft: draft.responseEnd - from, drawn: drawn - (draft.responseEnd - from) });
    cost.push((await used()) - before);
    await page.close();
  }
  console.log(
    [
      `open 100 × 50 nodes: ${median(took).toFixed(0)} ms (${OPEN_MS} allowed; ${list(took)})`,
      `  until the draft was there ${median(parts.map((one) => one.draft)).toFixed(0)} ms, from there to the picture ${median(parts.map((one) => one.drawn)).toFixed(0)} ms, ${(1000 * median(cost)).toFixed(0)} ms of processors`,
    ].join("\n"),
  );
  expect(median(took)).toBeLessThanOrEqual(OPEN_MS);
});

interface Round {
  /** The mean time of a frame. */
  frame: number;
  /** What a move costs all processors, in milliseconds. */
  cost: number;
}

/** The pointer goes through these places with the button held. */
async function round(page: Page, way: { x: number; y: number }[]): Promise<Round> {
  const [first] = way;
  if (!first) throw new Error("a way begins somewhere");
  await page.mouse.move(first.x, first.y);
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { seen, watching: true });
    const look = (at: number) => {
      seen.push(at);
      if ((window as unknown as { watching: boolean }).watching) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  const [before, from] = [await used(), Date.now()];
  await page.mouse.down();
  let moves = 0;
  for (const { x, y } of way) {
    await page.mouse.move(x, y);
    moves += 1;
    if (moves >= LEAST_MOVES && Date.now() - from > ROUND_MS) break;
  }
  const frame = await page.evaluate(() => {
    const { seen } = Object.assign(window as unknown as { seen: number[] }, { watching: false });
    return ((seen.at(-1) ?? 0) - (seen[0] ?? 0)) / Math.max(1, seen.length - 1);
  });
  const cost = (1000 * ((await used()) - before)) / moves;
  await page.mouse.up();
  return { frame, cost };
}

const circle = (x: number, y: number) =>
  Array.from({ length: MOVES }, (_, at) => ({ x: x + 60 * Math.sin(at / 5), y: y + 40 * (1 - Math.cos(at / 5)) }));

async function onNode(page: Page) {
  const box = await page.locator('.react-flow__node[data-id="130"]').boundingBox();
  if (!box) throw new Error("node 130 is in sight");
  return { x: box.x + box.width / 2, y: box.y + box.height / 4 };
}

async function onPane(page: Page) {
  const box = await page.locator("[data-canvas]").boundingBox();
  if (!box) throw new Error("there is a canvas");
  return { x: box.x + 12, y: box.y + box.height / 2 };
}

/**
 * From each letter to the frame after it was painted, in milliseconds. The page writes them by itself, as fast as it can: a
 * letter from outside waits in line, and a field that is put in another's place while it is written in would not be heard.
 */
async function typing(page: Page): Promise<number[]> {
  const { waits, text } = await page.evaluate(async (letters) => {
    const taken: number[] = [];
    for (const letter of letters) {
      const from = performance.now();
      document.execCommand("insertText", false, letter);
      await new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done)));
      taken.push(performance.now() - from);
    }
    const { activeElement: field } = document;
    return { waits: taken, text: field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement ? field.value : (field?.textContent ?? "") };
  }, [...LETTERS]);
  expect(text).toContain(LETTERS);
  return waits;
}

test("500 nodes are dragged and panned as bare boxes are, and typing beside them does not wait", async () => {
  const flow = bigFlow(NODES);
  const bot = { ...bigBot(1, 2), flows: [flow] };
  const ours = await openEditor(place.context, { ...place, bot: await addBot(place.context, place.ws, bot) });
  const area = await ours.locator("[data-canvas]").boundingBox();
  if (!area) throw new Error("there is a canvas");
  const plain = await place.context.newPage();
  await plain.goto(`${bareUrl}?nodes=${NODES}&width=${Math.round(area.width)}&height=${Math.round(area.height)}`);
  await plain.locator(".react-flow__node").first().waitFor();
  const pages = { ours, bare: plain };
  const wrong: string[] = [];

  // All 500 in sight: the worst there is.
  await ours.bringToFront();
  await ours.keyboard.press("f");
  await ours.locator("[data-canvas][data-far]").waitFor();
  await ours.waitForTimeout(1_000);
  for (const [what, where] of [["pan", onPane], ["drag", onNode]] as const) {
    const taken: Record<keyof typeof pages, Round[]> = { ours: [], bare: [] };
    for (let at = 0; at < ROUNDS; at += 1) {
      for (const name of ["ours", "bare"] as const) {
        const page = pages[name];
        await page.bringToFront();
        await page.waitForTimeout(300);
        const { x, y } = await where(page);
        taken[name].push(await round(page, circle(x, y)));
      }
    }
    const of = (name: keyof typeof pages, part: keyof Round) => median(taken[name].map((one) => one[part]));
    const [own, other] = [of("ours", "frame"), of("bare", "frame")];
    console.log(
      [
        `${what} ${NODES} nodes: ${own.toFixed(1)} ms a frame (${(1000 / own).toFixed(0)}/s; ${SMOOTH_MS} ms allowed), bare ${other.toFixed(1)} ms, ratio ${(own / other).toFixed(2)} (or ${RATIO} allowed)`,
        `  frames of ours ${list(taken.ours.map((one) => one.frame))}; of the bare one ${list(taken.bare.map((one) => one.frame))}`,
        `  processors for a move: ${of("ours", "cost").toFixed(0)} ms, bare ${of("bare", "cost").toFixed(0)} ms, ratio ${(of("ours", "cost") / of("bare", "cost")).toFixed(2)}`,
      ].join("\n"),
    );
    if (own > SMOOTH_MS && own / other > RATIO) wrong.push(`${what}: ${own} ms against ${other} ms`);
  }

  await ours.bringToFront();
  await ours.evaluate(() => document.querySelector<HTMLElement>("[data-canvas]")?.focus());
  await ours.locator('.react-flow__node[data-id="131"]').click();
  const form = ours.locator("[data-pane=form]");
  await form.locator("textarea, input[type=text], input:not([type])").first().waitFor();
  await ours.waitForTimeout(500);
  await ours.keyboard.press("Enter");
  await ours.waitForFunction(() => document.activeElement?.closest("[data-pane=form]") !== null);
  const own = await typing(ours);
  await plain.bringToFront();
  await plain.locator("textarea").focus();
  const other = await typing(plain);
  const slowest = Math.max(...own);
  console.log(
    `type beside ${NODES} nodes: ${median(own).toFixed(0)} ms from key to picture (${TYPE_MS} allowed), slowest ${slowest.toFixed(0)} ms; a bare field ${median(other).toFixed(0)} ms, slowest ${Math.max(...other).toFixed(0)} ms, ratio ${(median(own) / median(other)).toFixed(2)} (or ${RATIO} allowed)`,
  );
  if (median(own) > TYPE_MS && median(own) / median(other) > RATIO) wrong.push(`type: ${median(own)} ms against ${median(other)} ms`);
  expect(wrong).toEqual([]);
});
