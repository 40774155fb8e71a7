// A browser and a server for the tests: Debian's chromium, and the built console in front of the mock.

import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { preview, type PreviewServer } from "vite";
import { afterAll, beforeAll } from "vitest";

import { PASSWORD } from "../mock/world";
import type { Screen } from "./ways";

/** Without these Debian's chromium looks for a sandbox, a GPU and updates that are not there. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** The built console before the mock server, on a free port. */
export async function serveMock(): Promise<{ url: string; server: PreviewServer }> {
  const server = await preview({ mode: "mock", preview: { port: 0, host: "127.0.0.1" }, logLevel: "error" });
  const url = server.resolvedUrls?.local[0]?.replace(/\/$/, "");
  if (!url) throw new Error("the preview server did not say where it listens");
  return { url, server };
}

/** A browser and the mock for the tests that stand beside this: started before them, stopped after them. */
export function beside(): { browser: Browser; url: string } {
  const bed = {} as { browser: Browser; url: string; server: PreviewServer };
  beforeAll(async () => {
    bed.browser = await launch();
    Object.assign(bed, await serveMock());
  });
  afterAll(async () => {
    await bed.browser?.close();
    await bed.server?.close();
  });
  return bed;
}

/** Sets the scene of the mock (mock/plugin.ts). */
export async function scene(url: string, set: Record<string, unknown>): Promise<void> {
  await fetch(`${url}/mock`, { method: "POST", body: JSON.stringify(set) });
}

/** Whatever the browser complains about fails a test: errors, and what the page's policy refused. */
export function watch(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    // A refused call is an answer that the page deals with; chromium reports each on the console. The mock answers a socket with
    // events, as a proxy may that forbids sockets.
    const known = message.text().startsWith("Failed to load resource") || /^WebSocket connection .* Unexpected response code: 200$/.test(message.text());
    if (message.type() === "error" && !known) complaints.push(message.text());
  });
  return complaints;
}

/** Signs in by the API, as the page would. */
export async function signIn(context: BrowserContext, url: string, email: string, password: string): Promise<void> {
  const answer = await context.request.post(`${url}/api/session`, { data: { email, password }, headers: { "x-closer": "1" } });
  if (!answer.ok()) throw new Error(`signing in as ${email}: ${answer.status()} ${await answer.text()}`);
}

/** A phone is narrower than this. */
const PHONE = 600;

export interface Look {
  width: number;
  height: number;
  theme: string;
  language: string;
}

/** One context for each kind of window: what it has compiled is there for the next screen. */
const rooms = new WeakMap<Browser, Map<string, BrowserContext>>();

async function room(browser: Browser, url: string, { width, height, language }: Look): Promise<BrowserContext> {
  const phone = width < PHONE;
  const kind = `${url} ${phone} ${language}`;
  const known = rooms.get(browser) ?? new Map<string, BrowserContext>();
  rooms.set(browser, known);
  const there = known.get(kind);
  if (there) return there;
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height },
    locale: language,
    reducedMotion: "reduce",
    ...(phone && { isMobile: true, hasTouch: true, deviceScaleFactor: 2 }),
  });
  known.set(kind, context);
  return context;
}

/**
 * All that the screen is about to show is there: its title, no line that stands for what is still to come, its letters.
 * A quiet network says nothing of this: on a busy machine a page is quiet while it is still thinking.
 */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector("h1") !== null &&
      document.querySelector("[class*=_skeleton_], [aria-busy=true]") === null &&
      document.fonts.status === "loaded",
  );
}

/** Comes to a screen of the mock as a person would see it, with nothing left of the one before. Close the page afterwards. */
export async function open(browser: Browser, url: string, screen: Screen, look: Look): Promise<{ page: Page; complaints: string[] }> {
  await scene(url, { world: screen.world ?? "bakery", change: screen.change });
  const context = await room(browser, url, look);
  const page = await context.newPage();
  const complaints = watch(page);
  await page.setViewportSize({ width: look.width, height: look.height });
  await page.emulateMedia({ colorScheme: look.theme as "light" | "dark" });
  const devtools = await context.newCDPSession(page);
  await devtools.send("Storage.clearDataForOrigin", { origin: url, storageTypes: "cookies,local_storage,indexeddb" });
  await devtools.detach();
  if (screen.as !== null) {
    await signIn(context, url, screen.as ?? "seoyun@example.com", PASSWORD);
    await context.request.patch(`${url}/api/me`, { data: { language: look.language, theme: look.theme }, headers: { "x-closer": "1" } });
  }
  await page.goto(typeof screen.path === "string" ? screen.path : await screen.path(page));
  await settled(page);
  if (screen.act) {
    await screen.act(page);
    await settled(page);
  }
  return { page, complaints };
}
