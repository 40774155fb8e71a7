// Pictures of every screen, to be looked at: `npm run shots`, into $SHOTS or /tmp/closer-shots. Names are
// screen-width-theme-language.png. SCREENS, WIDTHS, THEMES and LANGUAGES choose a part ("bots,signin").

import { mkdirSync } from "node:fs";

import type { Page } from "playwright-core";
import { test } from "vitest";

import { PASSWORD } from "../mock/world";
import { launch, scene, serveMock, signIn } from "./browser";

const OUT = process.env["SHOTS"] ?? "/tmp/closer-shots";
const choose = (name: string, all: string[]) => process.env[name]?.split(",") ?? all;
const HEIGHTS: Record<string, number> = { "1440": 900, "1024": 768, "390": 844 };

interface Screen {
  world?: "fresh" | "bakery";
  as?: string | null;
  change?: Record<string, unknown>;
  path: string | ((page: Page) => Promise<string>);
  then?: (page: Page) => Promise<void>;
  full?: boolean;
}

async function bot(page: Page, part = ""): Promise<string> {
  const ws = await workspace(page);
  const { items } = await (await page.request.get(`/api/workspaces/${ws}/bots`)).json();
  return `/w/${ws}/bots/${items[1].id}${part}`;
}
async function workspace(page: Page): Promise<string> {
  return (await (await page.request.get("/api/me")).json()).workspaces[0].id;
}
const inside = (part: string) => async (page: Page) => `/w/${await workspace(page)}/${part}`;
const click = (page: Page, ko: string, en: string) => page.getByRole("button", { name: new RegExp(`^(${ko}|${en})`) }).first().click();

const SCREENS: Record<string, Screen> = {
  setup: { world: "fresh", as: null, path: "/setup" },
  "setup-errors": { world: "fresh", as: null, path: "/setup", then: (page) => page.locator("button[type=submit]").click() },
  signin: { as: null, path: "/signin" },
  "signin-wrong": {
    as: null,
    path: "/signin",
    then: async (page) => {
      await page.locator("input[type=email]").fill("seoyun@example.com");
      await page.locator("input[type=password]").fill("wrong");
      await page.locator("button[type=submit]").click();
    },
  },
  forgot: { as: null, path: "/forgot" },
  "forgot-mail": { as: null, path: "/forgot", change: { mail: true } },
  reset: { as: null, path: "/reset/good" },
  invite: { as: null, path: "/invite/invited-haneul@example.com" },
  "invite-gone": { as: null, path: "/invite/nothing" },
  bots: { path: "/" },
  "bots-empty": { path: async (page) => {
    const made = await page.request.post("/api/workspaces", { data: { name: "새 가게" }, headers: { "x-closer": "1" } });
    return `/w/${(await made.json()).id}/bots`;
  } },
  "bots-readonly": { as: "alex@example.com", path: "/" },
  "bots-none": { path: inside("bots?q=없는이름") },
  "bots-switcher": { path: "/", then: (page) => page.locator("nav button[aria-haspopup=menu]").first().click() },
  "bots-me": { path: "/", then: (page) => page.locator("nav button[aria-haspopup=menu]").last().click() },
  "bots-demo": { path: "/", change: { demo: true } },
  palette: { path: "/", then: async (page) => {
    await page.keyboard.press("Control+k");
    await page.locator("[role=combobox]").waitFor();
  } },
  keys: { path: "/", then: (page) => page.keyboard.press("?") },
  new: { path: inside("bots/new") },
  "new-name": { path: inside("bots/new"), then: (page) => page.locator("main ul button").nth(2).click() },
  deleted: { path: inside("bots/deleted") },
  bot: { path: bot },
  "bot-settings": { path: (page) => bot(page, "/settings"), full: true },
  "bot-over": { path: (page) => bot(page, "/settings"), then: async (page) => {
    const label = page.getByLabel(/늦은 답 받기|late answer/);
    await label.scrollIntoViewIfNeeded();
    await label.fill("준비된 답변을 지금 바로 확인하기");
  } },
  "bot-delete": { path: (page) => bot(page, "/settings"), then: (page) => page.getByRole("button", { name: /^(삭제|Delete)$/ }).click() },
  profile: { path: inside("settings/profile") },
  security: { path: inside("settings/security"), full: true },
  "totp-1": { path: inside("settings/security"), then: (page) => click(page, "시작하기", "Set up") },
  "totp-2": { path: inside("settings/security"), then: async (page) => {
    await click(page, "시작하기", "Set up");
    await page.locator("[role=dialog] input").first().fill(PASSWORD);
    await page.keyboard.press("Enter");
    await page.locator("[role=dialog] img").waitFor();
  } },
  "totp-3": { path: inside("settings/security"), then: async (page) => {
    await click(page, "시작하기", "Set up");
    await page.locator("[role=dialog] input").first().fill(PASSWORD);
    await page.keyboard.press("Enter");
    await page.locator("[role=dialog] img").waitFor();
    await page.locator("[role=dialog] input[inputmode=numeric]").fill("123456");
    await page.keyboard.press("Enter");
  } },
  workspace: { path: inside("settings/workspace") },
  members: { path: inside("settings/members") },
  "invite-dialog": { path: inside("settings/members?invite=true") },
  "invite-made": { path: inside("settings/members?invite=true"), then: async (page) => {
    await page.locator("[role=dialog] textarea").fill("a@example.com, 이하늘 <b@example.com>");
    await page.locator("[role=dialog] button[type=submit]").click();
  } },
  audit: { path: inside("settings/audit") },
  offline: { path: "/", then: async (page) => {
    await scene(new URL(page.url()).origin, { down: true });
    await page.evaluate(() => window.dispatchEvent(new Event("offline")));
  } },
  missing: { path: "/nothing/here" },
};

test("pictures of every screen", async () => {
  mkdirSync(OUT, { recursive: true });
  const browser = await launch();
  const { url, server } = await serveMock();
  const only = choose("SCREENS", Object.keys(SCREENS));
  for (const width of choose("WIDTHS", ["1440", "1024", "390"])) {
    for (const theme of choose("THEMES", ["light", "dark"])) {
      for (const language of choose("LANGUAGES", ["ko", "en"])) {
        for (const name of only) {
          const screen = SCREENS[name];
          if (!screen) throw new Error(`there is no screen ${name}`);
          await scene(url, { world: screen.world ?? "bakery", change: screen.change });
          const context = await browser.newContext({
            baseURL: url,
            viewport: { width: Number(width), height: HEIGHTS[width] ?? 900 },
            locale: language,
            colorScheme: theme as "light" | "dark",
            reducedMotion: "reduce",
            ...(width === "390" && { isMobile: true, hasTouch: true, deviceScaleFactor: 2 }),
          });
          const page = await context.newPage();
          if (screen.as !== null) {
            await signIn(context, url, screen.as ?? "seoyun@example.com", PASSWORD);
            await context.request.patch(`${url}/api/me`, { data: { language, theme }, headers: { "x-closer": "1" } });
          }
          const path = typeof screen.path === "string" ? screen.path : await screen.path(page);
          await page.goto(path);
          await page.waitForLoadState("networkidle");
          await screen.then?.(page);
          await page.waitForTimeout(250);
          await page.evaluate(() => document.fonts.ready);
          await page.screenshot({ path: `${OUT}/${name}-${width}-${theme}-${language}.png`, fullPage: screen.full ?? false });
          await context.close();
        }
      }
    }
  }
  await browser.close();
  await server.close();
});
