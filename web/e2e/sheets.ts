// All twelve looks of every screen (1440, 1024 and 390 px, light and dark, Korean and English) on two sheets each, to be
// looked at: `npm run sheets`, into $SHEETS or /tmp/closer-sheets. SCREENS=bots,signin chooses screens, SHARE=0/2 the first
// half of them. On the way axe looks at four of the looks, and each width is held against what stands out of it; what they
// find is in findings.txt beside the sheets.
//
// A window is opened once in each language and size and its theme switched, so this is much quicker than `npm run shots`.

import { appendFileSync, existsSync, mkdirSync } from "node:fs";

import type { Browser, Page } from "playwright-core";
import { expect, test } from "vitest";

import { launch, open, serveMock } from "./browser";
import { axe } from "./checks";
import { SCREENS } from "./screens";

const OUT = process.env["SHEETS"] ?? "/tmp/closer-sheets";
const [nth = 0, shares = 1] = (process.env["SHARE"] ?? "0/1").split("/").map(Number);

const is = (start: string) => (one: { look: string }) => one.look.startsWith(start);
const wide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

async function theme(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme });
  // The console paints anew where the system's theme changes, in the account's; this comes after it.
  await page.evaluate(async (set) => {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    document.documentElement.dataset["theme"] = set;
  }, colorScheme);
}

/** Pictures beside each other, each with its look written above it. */
async function sheet(browser: Browser, name: string, pictures: { look: string; png: Buffer; width: number }[]): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1568, height: 900 } });
  const figures = pictures.map(
    ({ look, png, width }) =>
      `<figure style="margin:0;width:${width}px"><figcaption style="font:11px sans-serif">${look}</figcaption><img style="width:100%;display:block" src="data:image/png;base64,${png.toString("base64")}"></figure>`,
  );
  await page.setContent(`<body style="margin:0;display:flex;flex-wrap:wrap;gap:4px;background:#888">${figures.join("")}</body>`);
  await page.screenshot({ path: `${OUT}/${name}.png`, fullPage: true });
  await page.close();
}

test("sheets of every screen", async () => {
  mkdirSync(OUT, { recursive: true });
  const browser = await launch();
  const { url, server } = await serveMock();
  const names = process.env["SCREENS"]?.split(",") ?? Object.keys(SCREENS).filter((_, at) => at % shares === nth);
  const findings: string[] = [];
  const found = (what: string) => {
    findings.push(what);
    appendFileSync(`${OUT}/findings.txt`, `${what}\n\n`);
  };
  for (const name of names) {
    if (process.env["RESUME"] && existsSync(`${OUT}/${name}-small.png`)) continue;
    const screen = SCREENS[name];
    if (!screen) throw new Error(`there is no screen ${name}`);
    const pictures: { look: string; png: Buffer; width: number }[] = [];
    const shoot = async (page: Page, look: string, width: number) => {
      if (await wide(page)) found(`${name}-${look}: something stands out of the window`);
      pictures.push({ look, png: await page.screenshot({ animations: "disabled", scale: "css" }), width });
    };
    const judge = async (page: Page, look: string) => {
      for (const one of await axe(page, screen.sample)) found(`${name}-${look}: ${one}`);
    };
    for (const language of ["ko", "en"]) {
      for (const width of [1440, 390]) {
        const height = width === 390 ? 844 : 900;
        try {
          const { page, complaints } = await open(browser, url, screen, { width, height, theme: "light", language });
          for (const colours of ["light", "dark"] as const) {
            await theme(page, colours);
            await shoot(page, `${width}-${colours}-${language}`, width === 390 ? 220 : 780);
            // Korean on the wide window, English on the phone: the words of a label do not depend on the width.
            if ((language === "ko") === (width === 1440)) await judge(page, `${width}-${colours}-${language}`);
          }
          if (width === 1440) {
            await page.setViewportSize({ width: 1024, height: 768 });
            for (const colours of ["dark", "light"] as const) {
              await theme(page, colours);
              await shoot(page, `1024-${colours}-${language}`, 550);
            }
          }
          for (const one of complaints) found(`${name}-${width}-${language}: the browser complains: ${one}`);
          await page.close();
        } catch (error) {
          // The others are still worth being looked at.
          found(`${name}-${width}-${language}: ${String(error)}`);
          for (const page of browser.contexts().flatMap((context) => context.pages())) await page.close();
        }
      }
    }
    await sheet(browser, `${name}-wide`, pictures.filter(is("1440")));
    const [middle, phone] = [pictures.filter(is("1024")), pictures.filter(is("390"))];
    await sheet(browser, `${name}-small`, [...middle.slice(0, 2), ...phone.slice(0, 2), ...middle.slice(2), ...phone.slice(2)]);
  }
  await browser.close();
  await server.close();
  expect(findings).toEqual([]);
});
