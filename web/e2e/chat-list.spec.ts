// The list with 50,000 open conversations: it scrolls smoothly from one end to the other, with a few rows in the page.

import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";

import { PASSWORD } from "../mock/world";
import { beside, scene, signIn } from "./browser";

const MANY = 50_000;
/** Rows in the page at most: those in sight and some beyond the edges. */
const MOST_ROWS = 60;
/** Half of the frames take no longer than twice what they take with a fiftieth of the conversations, on this machine at this moment. */
const AS_SMOOTH = 2;
/** A frame of a quiet machine. */
const FRAME_MS = 17;

const bed = beside();

const room = (page: Page) => page.getByRole("list", { name: "대화 목록" }).locator("xpath=..");

describe("50,000 open conversations", { timeout: 300_000 }, () => {
  test("are scrolled through smoothly", async () => {
    await scene(bed.url, { world: "bakery" });
    const context = await bed.browser.newContext({ baseURL: bed.url, viewport: { width: 1440, height: 900 }, locale: "ko-KR" });
    await signIn(context, bed.url, "seoyun@example.com", PASSWORD);
    const page = await context.newPage();
    // Larger pieces than a server sends: what is measured is the list, not a thousand calls.
    const PIECE = 1_000;
    const all = await waiting(page);
    await page.route(/\/chats\?/, async (route) => {
      const query = new URL(route.request().url()).searchParams;
      if (query.get("state") !== "requested" || query.get("longest")) return route.continue();
      const from = Number(query.get("cursor") ?? 0);
      return route.fulfill({ json: { items: all.slice(from, from + PIECE), next: from + PIECE < all.length ? String(from + PIECE) : null } });
    });
    await page.goto("/");
    await page.waitForURL(/\/w\//);
    const ws = /\/w\/([^/]+)/.exec(page.url())?.[1] ?? "";
    await page.goto(`/w/${ws}/chat?view=waiting&order=recent`);
    await page.locator("[data-chat]").first().waitFor();
    const few = await scrolls(page, 200, 240);
    // To the end, which reads on, until nothing more comes.
    const height = () => room(page).evaluate((element) => element.scrollHeight);
    await expect
      .poll(
        async () => {
          await room(page).evaluate((element) => void (element.scrollTop = element.scrollHeight));
          return height();
        },
        { timeout: 120_000, interval: 200 },
      )
      .toBeGreaterThanOrEqual(MANY * 60);
    // A quick wheel, and the bar dragged from one end to the other.
    const wheel = await scrolls(page, 300, 240);
    const drag = await scrolls(page, 100, (MANY * 68) / 100);
    for (const [what, { median, p95, most, rows }] of [["wheel over the first thousand", few], ["wheel", wheel], ["drag", drag]] as const) {
      console.log(`50,000 conversations, ${what}: a frame takes ${median} ms at the median, ${p95} ms at p95, ${most} ms at most; ${rows} rows in the page`);
      expect(rows).toBeLessThan(MOST_ROWS);
    }
    expect(wheel.median).toBeLessThanOrEqual(AS_SMOOTH * Math.max(FRAME_MS, few.median));
    // What the keys do with all of them does not take long, either.
    const begun = Date.now();
    await page.keyboard.press("Alt+ArrowDown");
    await page.locator("[data-window] textarea").waitFor();
    expect(Date.now() - begun).toBeLessThan(2_000);
    await context.close();
  });
});

/** Scrolls up, so much in each frame. How long frames take, in milliseconds, and how many rows are there at most. */
async function scrolls(page: Page, steps: number, by: number): Promise<{ median: number; p95: number; most: number; rows: number }> {
  return room(page).evaluate(
    async (element, [count, px]) => {
      // Not quite to the end, which would read on meanwhile.
      element.scrollTop = Math.min(element.scrollHeight - 4_000, (count ?? 0) * (px ?? 0));
      await new Promise((done) => setTimeout(done, 500));
      const taken: number[] = [];
      let rows = 0;
      let last = performance.now();
      for (let step = 0; step < (count ?? 0); step++) {
        element.scrollTop -= px ?? 0;
        await new Promise((done) => requestAnimationFrame(done));
        const now = performance.now();
        taken.push(now - last);
        last = now;
        rows = Math.max(rows, element.querySelectorAll("[data-chat]").length);
      }
      taken.sort((a, b) => a - b);
      const share = (part: number) => Math.round(taken[Math.floor((taken.length - 1) * part)] ?? 0);
      return { median: share(0.5), p95: share(0.95), most: share(1), rows };
    },
    [steps, by],
  );
}

/** All waiting conversations, as the server's list has them. */
async function waiting(page: Page): Promise<object[]> {
  const me = await (await page.request.get("/api/me")).json();
  const ws = me.workspaces[0].id as string;
  const first = await (await page.request.get(`/api/workspaces/${ws}/chats?state=requested`)).json();
  const pattern = first.items.at(-1);
  const { lastAt, id } = pattern as { lastAt: number; id: string };
  // Ids of the same length that sort downwards, as those of older conversations do.
  return Array.from({ length: MANY }, (_, nth) => ({ ...pattern, id: `${id.slice(0, -8)}${String(99_999_999 - nth)}`, name: `손님 ${nth}`, lastAt: lastAt - nth * 1_000, waitingSince: lastAt - nth * 1_000 }));
}
