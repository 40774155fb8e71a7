// The pictures of docs/screens: `npm run pictures` draws all of them anew, from the mock's world. What stands in this list
// stands there, and nothing else. ONLY=editor,preview draws a part.

import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { launch, open, serveMock } from "./browser";
import { SCREENS } from "./screens";

const OUT = join(import.meta.dirname, "..", "..", "docs", "screens");
/** Whoever clones the repository carries them along. */
const MOST_BYTES = 3 * 1024 * 1024;

interface Look {
  screen: string;
  width?: number;
  height?: number;
  theme?: "light" | "dark";
  language?: "ko" | "en";
}

const PICTURES: Record<string, Look> = {
  start: { screen: "setup" },
  bots: { screen: "bots" },
  editor: { screen: "editor-shop" },
  "editor-en-dark": { screen: "editor-shop", theme: "dark", language: "en" },
  preview: { screen: "editor-preview-trace" },
  "preview-web": { screen: "talk-web" },
  publish: { screen: "publish" },
  compare: { screen: "versions-compare" },
  guide: { screen: "channel-skill", height: 1100 },
  dashboard: { screen: "dashboard" },
  conversations: { screen: "inspector" },
  "path-tests": { screen: "tests-failed" },
  chat: { screen: "chat-beside" },
  phone: { screen: "editor-preview", width: 390, height: 844 },
  "phone-dashboard": { screen: "dashboard", width: 390, height: 844, theme: "dark" },
};

test("the pictures of the documents", async () => {
  mkdirSync(OUT, { recursive: true });
  const only = process.env["ONLY"]?.split(",") ?? Object.keys(PICTURES);
  for (const file of readdirSync(OUT)) if (file.endsWith(".png") && !PICTURES[file.slice(0, -4)]) rmSync(join(OUT, file));
  const browser = await launch();
  const { url, server } = await serveMock();
  for (const name of only) {
    const look = PICTURES[name];
    if (!look) throw new Error(`there is no picture ${name}`);
    const screen = SCREENS[look.screen];
    if (!screen) throw new Error(`there is no screen ${look.screen}`);
    const { width = 1440, height = 900, theme = "light", language = "ko" } = look;
    const { page } = await open(browser, url, screen, { width, height, theme, language });
    await page.mouse.move(0, 0);
    await page.screenshot({ path: join(OUT, `${name}.png`) });
    await page.close();
  }
  await browser.close();
  await server.close();
  const bytes = Object.keys(PICTURES).map((name) => statSync(join(OUT, `${name}.png`)).size);
  expect(bytes.reduce((sum, one) => sum + one)).toBeLessThan(MOST_BYTES);
});
