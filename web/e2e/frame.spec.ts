// The frame of the console before the mock: what fills the window fills it beneath a bar too, and nothing else scrolls.

import { describe, expect, test } from "vitest";

import { beside, open } from "./browser";
import { SCREENS } from "./screens";

const bed = beside();

describe.each(["editor-demo", "chat-demo"])("%s", (name) => {
  test.each([
    [1440, 900],
    [390, 844],
  ])("fills the window beneath the bar of the demo at %i px", async (width, height) => {
    const screen = SCREENS[name];
    if (!screen) throw new Error(name);
    const { page } = await open(bed.browser, bed.url, screen, { width, height, theme: "light", language: "ko" });
    await page.getByText("데모예요.").waitFor();
    const { scrolls, bottom } = await page.evaluate(() => ({
      scrolls: document.documentElement.scrollHeight - document.documentElement.clientHeight,
      bottom: Math.round(document.querySelector("#page > *")?.getBoundingClientRect().bottom ?? 0),
    }));
    expect(scrolls).toBe(0);
    // On a phone the places stand beneath.
    expect(bottom).toBe(width === 390 ? height - 57 : height);
    await page.close();
  });
});
