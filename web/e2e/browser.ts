// A browser and a server for the tests: Debian's chromium, and the built console in front of the mock.

import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { preview, type PreviewServer } from "vite";

import { PASSWORD } from "../mock/world";
import type { Screen } from "./screens";

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

/** Sets the scene of the mock (mock/plugin.ts). */
export async function scene(url: string, set: Record<string, unknown>): Promise<void> {
  await fetch(`${url}/mock`, { method: "POST", body: JSON.stringify(set) });
}

/** Whatever the browser complains about fails a test: errors, and what the page's policy refused. */
export function watch(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    // A refused call is an answer that the page deals with; chromium reports each on the console.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) complaints.push(message.text());
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

/** Comes to a screen of the mock as a person would see it. */
export async function open(
  browser: Browser,
  url: string,
  screen: Screen,
  look: { width: number; height: number; theme: string; language: string },
): Promise<Page> {
  const { width, height, theme, language } = look;
  await scene(url, { world: screen.world ?? "bakery", change: screen.change });
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height },
    locale: language,
    colorScheme: theme as "light" | "dark",
    reducedMotion: "reduce",
    ...(width < PHONE && { isMobile: true, hasTouch: true, deviceScaleFactor: 2 }),
  });
  const page = await context.newPage();
  if (screen.as !== null) {
    await signIn(context, url, screen.as ?? "seoyun@example.com", PASSWORD);
    await context.request.patch(`${url}/api/me`, { data: { language, theme }, headers: { "x-closer": "1" } });
  }
  const path = typeof screen.path === "string" ? screen.path : await screen.path(page);
  await page.goto(path);
  await page.waitForLoadState("networkidle");
  await screen.act?.(page);
  return page;
}
