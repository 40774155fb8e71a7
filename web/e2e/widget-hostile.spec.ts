// The widget on pages that were not made for it, and what strangers write in it: a page's styles, policy and scripts do not
// break it, and nothing that is written runs.

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { launch } from "./browser";
import { Shop } from "./shop";
import { REAL } from "./target";

let browser: Browser;
let shop: Shop;
if (!REAL) console.log("not run: the web chat needs the real program (CLOSER_BIN)");

beforeAll(async () => {
  if (!REAL) return;
  browser = await launch();
  shop = await Shop.open(browser, REAL);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

/** Where the button stands on a page that does nothing to it. */
const STANDS = { x: 1280 - 20 - 56, y: 860 - 20 - 56, width: 56, height: 56 };
const ROOM = { x: 1280 - 20 - 390, y: 860 - 20 - 56 - 14 - 680, width: 390, height: 680 };

const HOSTILE: Record<string, string> = {
  "everything unset, hidden and moved": `<style>html * { all: unset !important; display: none !important; position: static !important; visibility: hidden !important; opacity: 0 !important; z-index: -1 !important; transform: rotate(9deg) !important; width: 1px !important; pointer-events: none !important; }</style>`,
  "rules for plain elements": `<style>div, button, iframe, span, svg, b, closer-webchat { display: none; float: left; width: 100%; max-width: 3px; color: red; font-size: 80px; margin: 99px; padding: 50px; border: 9px solid red; direction: rtl; writing-mode: vertical-rl; zoom: 2; filter: blur(4px); }</style>`,
  "a body that is moved, scaled and a container": `<style>body { transform: translate(80px, 40px) scale(.5); filter: grayscale(1); contain: strict; overflow: hidden; height: 300px; perspective: 200px; } html { font-size: 62.5%; }</style>`,
  "a layer over everything": `<style>body::after { content: ""; position: fixed; inset: 0; z-index: 2147482999; background: rgb(255 0 0 / .1); }</style>`,
};

describe.runIf(REAL)("a hostile page", () => {
  test.each(Object.entries(HOSTILE))("with %s", async (name, style) => {
    const path = `/hostile-${Object.keys(HOSTILE).indexOf(name)}`;
    shop.pages.set(path, { html: shop.html("", style) });
    const visitor = await shop.visit({ path });
    await visitor.launcher.waitFor();
    expect(await visitor.launcher.boundingBox()).toEqual(STANDS);
    // A person's press: whatever lies on top would take it.
    await visitor.page.mouse.click(STANDS.x + 28, STANDS.y + 28);
    await visitor.sees("안녕하세요, 맑은마켓이에요.");
    expect(await visitor.page.locator("closer-webchat iframe").boundingBox()).toEqual(ROOM);
    await visitor.page.screenshot({ path: `/tmp/closer-widget${path}.png` });
    await visitor.says("배송 조회");
    await visitor.sees("내일 오후에 도착해요");
    expect(visitor.complaints).toEqual([]);
    await visitor.page.context().close();
  });

  test("with a strict policy that admits the server where docs/webchat.md says", async () => {
    const policy = `default-src 'none'; script-src ${shop.url}; frame-src ${shop.url}; style-src 'self'; require-trusted-types-for 'script'; base-uri 'none'; form-action 'none'`;
    shop.pages.set("/strict", { html: shop.html().replace(/<style>.*<\/style>| style="[^"]*"/gs, ""), headers: { "content-security-policy": policy } });
    const visitor = await shop.visit({ path: "/strict" });
    await visitor.launcher.waitFor();
    expect(await visitor.launcher.boundingBox()).toEqual(STANDS);
    await visitor.enter();
    await visitor.says("배송 조회");
    await visitor.sees("내일 오후에 도착해요");
    expect(visitor.complaints).toEqual([]);
    await visitor.page.context().close();
  });

  test("whose policy forbids the frame says on the console what to add, and offers the chat in a window of its own", async () => {
    shop.pages.set("/forbidden", { html: shop.html(), headers: { "content-security-policy": `script-src ${shop.url}; frame-src 'none'` } });
    const visitor = await shop.visit({ path: "/forbidden" });
    await visitor.launcher.click();
    await expect.poll(() => visitor.complaints.join("\n")).toContain(`add ${shop.url} to its frame-src`);
    const link = visitor.page.locator("closer-webchat").getByRole("link", { name: "새 창에서 열기" });
    expect(await link.getAttribute("href", { timeout: 20_000 })).toBe(`${shop.url}/webchat/${shop.bot}`);
    await visitor.page.context().close();
  });

  test("whose scripts have changed the language, that loads the script twice, before there is a body", async () => {
    const changed = `<script>
      Array.prototype.contains = function () { return true; };
      Array.prototype.toJSON = function () { return "changed"; };
      Array.prototype.flat = undefined; Array.prototype.remove = function () {};
      Object.prototype.each = function () {}; Object.prototype.get = function () {}; Object.prototype.value = "polluted";
      String.prototype.startsWith = undefined; Element.prototype.remove = function () {};
      window.$ = window.jQuery = function () { return this; }; window.Prototype = {}; window.name = "[object Object]";
    </script>`;
    const script = shop.script.replace(" async", "");
    shop.pages.set("/changed", { html: `<!doctype html><html lang="ko"><head><meta charset="utf-8">${changed}${script}${script}</head><body><form name="chat2"><input name="closer"></form><h1>빵</h1>${script}
      <script>addEventListener("hashchange", function () { document.body.innerHTML = "<p>다른 화면</p>"; });</script></body></html>` });
    const visitor = await shop.visit({ path: "/changed" });
    await visitor.launcher.waitFor();
    expect(await visitor.page.locator("closer-webchat").count()).toBe(1);
    await visitor.enter();
    await visitor.says("배송 조회");
    await visitor.sees("내일 오후에 도착해요");
    // A page that draws its body anew keeps the chat.
    await visitor.page.goto(`${shop.site}/changed#other`);
    await visitor.page.getByText("다른 화면").waitFor();
    await visitor.says("상품 보기");
    expect(visitor.complaints).toEqual([]);
    await visitor.page.context().close();
  });

  test("within a frame", async () => {
    shop.pages.set("/outer", { html: `<!doctype html><iframe src="/inner" width="700" height="800"></iframe>` });
    const { page, complaints } = await shop.visit({ path: "/outer" });
    const inner = page.frameLocator("iframe");
    await inner.locator("closer-webchat .launcher").click();
    await inner.frameLocator("closer-webchat iframe").getByText("안녕하세요, 맑은마켓이에요.").waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("in a browser that gives frames of other sites no storage: the page keeps who the visitor is, and what they chose", async () => {
    const context = await browser.newContext({ locale: "ko-KR" });
    await context.addInitScript(() => {
      if (!location.pathname.startsWith("/webchat/")) return;
      for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { get: () => { throw new DOMException("denied", "SecurityError"); } });
    });
    const visitor = await shop.come(await context.newPage());
    await visitor.enter();
    await visitor.says("배송 조회");
    await visitor.sees("내일 오후에 도착해요");
    await visitor.room.getByRole("button", { name: "메뉴" }).click();
    await visitor.room.getByText("설정", { exact: true }).click();
    await visitor.room.getByRole("radio", { name: "English" }).check();
    await visitor.page.reload();
    await visitor.sees("내일 오후에 도착해요");
    // What a visitor has chosen is kept there too.
    await visitor.room.getByRole("button", { name: "Close the chat" }).waitFor();
    expect(visitor.complaints).toEqual([]);
    await context.close();
  });
});

describe.runIf(REAL)("what strangers write", () => {
  test("runs nothing: texts, names, addresses, pictures", async () => {
    await shop.web({ title: `<img src=x onerror="window.hacked=1">`, description: `"><script>window.hacked=1</script>`, greeting: `<svg onload="window.hacked=1">` });
    const visitor = await shop.visit();
    await visitor.page.getByText("<svg onload=").waitFor();
    await visitor.enter();
    await visitor.says("링크");
    await visitor.sees("자세한 안내는");
    const texts = [`<img src=x onerror="window.hacked=1">`, `<script>window.hacked=1</script>`, `javascript:window.hacked=1`, `https://a.example/"onmouseover="window.hacked=1`, `data:text/html,<script>window.hacked=1</script>`, "{{constructor.constructor('window.hacked=1')()}}", "\u202e안녕\u0000"];
    for (const text of texts) {
      await visitor.input.fill(text);
      await visitor.input.press("Enter");
      await expect.poll(() => visitor.room.locator("li.waits").count(), { timeout: 20_000 }).toBe(0);
    }
    const room = visitor.page.frames().find((one) => one.url().includes("/webchat/"));
    const found = await room?.evaluate(() => ({
      hacked: "hacked" in window,
      scripts: document.querySelectorAll("#room script, #room [onerror], #room [onload], #room [onmouseover]").length,
      links: [...document.querySelectorAll("#log a")].map((link) => new URL((link as HTMLAnchorElement).href).protocol),
      bad: [...document.querySelectorAll("#log .buttons > *")].find((one) => one.textContent === "나쁜 링크")?.tagName,
      rel: [...document.querySelectorAll("#log a")].every((link) => (link as HTMLAnchorElement).rel.includes("noopener")),
    }));
    expect(found).toMatchObject({ hacked: false, scripts: 0, bad: "SPAN", rel: true });
    expect(new Set(found?.links)).toEqual(new Set(["https:"]));
    expect(await visitor.page.evaluate(() => "hacked" in window)).toBe(false);
    await shop.web({});
    expect(visitor.complaints).toEqual([]);
    await visitor.page.context().close();
  });

  test("and a page of somebody else's that shows the room hears nothing of what is said", async () => {
    shop.pages.set("/spy", { html: `<!doctype html><script>window.heard = []; addEventListener("message", (event) => heard.push(JSON.stringify(event.data)));</script>
      <iframe src="${shop.url}/webchat/${shop.bot}?embed=1" width="400" height="600"></iframe><script>
      document.querySelector("iframe").onload = (event) => { for (const message of [{ type: "who" }, { type: "open", open: true }]) event.target.contentWindow.postMessage({ closer: 1, ...message }, "*"); };</script>` });
    const { page } = await shop.visit({ path: "/spy" });
    await page.frameLocator("iframe").getByText("안녕하세요, 맑은마켓이에요.").waitFor();
    await page.frameLocator("iframe").locator("#text").fill("비밀 이야기");
    await page.frameLocator("iframe").locator("#text").press("Enter");
    await page.frameLocator("iframe").locator("li.user:not(.waits)").waitFor();
    const heard = (await page.evaluate("window.heard.join()")) as string;
    expect(heard).toContain("ready");
    expect(heard).not.toMatch(/비밀|맑은마켓이에요|token/);
    await page.context().close();
  });
});
