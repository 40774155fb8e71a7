// Pictures of every screen, to be looked at: `npm run shots`, into $SHOTS or /tmp/closer-shots. Names are
// screen-width-theme-language.png. SCREENS, WIDTHS, THEMES and LANGUAGES choose a part ("bots,signin"), or
// LOOKS some of the mixes ("1440-light-ko,390-dark-en").

import { mkdirSync } from "node:fs";

import { expect, test } from "vitest";

import { launch, open, serveMock } from "./browser";
import { SCREENS } from "./screens";

const OUT = process.env["SHOTS"] ?? "/tmp/closer-shots";
const choose = (name: string, all: string[]) => process.env[name]?.split(",") ?? all;
const HEIGHTS: Record<string, number> = { "1440": 900, "1024": 768, "390": 844 };

test("pictures of every screen", async () => {
  mkdirSync(OUT, { recursive: true });
  const browser = await launch();
  const { url, server } = await serveMock();
  const failed: string[] = [];
  const only = choose("SCREENS", Object.keys(SCREENS));
  const mixes = choose("WIDTHS", ["1440", "1024", "390"]).flatMap((width) =>
    choose("THEMES", ["light", "dark"]).flatMap((theme) => choose("LANGUAGES", ["ko", "en"]).map((language) => `${width}-${theme}-${language}`)),
  );
  const looks = choose("LOOKS", mixes);
  for (const look of looks) {
    const [width = "1440", theme = "light", language = "ko"] = look.split("-");
    for (const name of only) {
      const screen = SCREENS[name];
      if (!screen) throw new Error(`there is no screen ${name}`);
      try {
        const { page } = await open(browser, url, screen, { width: Number(width), height: HEIGHTS[width] ?? 900, theme, language });
        await page.screenshot({ path: `${OUT}/${name}-${look}.png`, fullPage: screen.full ?? false, animations: "disabled" });
        await page.close();
      } catch (error) {
        // The others are still worth being looked at.
        failed.push(`${name}-${look}: ${String(error)}`);
        for (const page of browser.contexts().flatMap((context) => context.pages())) await page.close();
      }
    }
  }
  await browser.close();
  await server.close();
  expect(failed).toEqual([]);
});
