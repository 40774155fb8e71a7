// The customer's side of web chat, as customers and sites use it: the real program, and a shop on another origin.

import { readFileSync } from "node:fs";
import { createHmac } from "node:crypto";
import { createRequire } from "node:module";

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { launch } from "./browser";
import { phone, Shop, type Visitor } from "./shop";
import { REAL } from "./target";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
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

/** What axe finds serious in a frame of the page. */
async function axe(page: Page, isRoom: boolean): Promise<string[]> {
  const frame = isRoom ? page.frames().find((one) => one.url().includes("/webchat/")) : page.mainFrame();
  if (!frame) throw new Error("there is no room");
  await frame.evaluate(AXE);
  return frame.evaluate(async () => {
    interface Found { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }
    const { axe: checker } = window as unknown as { axe: { run: (options: object) => Promise<{ violations: Found[] }> } };
    const { violations } = await checker.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], resultTypes: ["violations"], iframes: false });
    return violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
  });
}

/** A path of the workspace's. */
const at = (rest: string) => `/api/workspaces/${shop.ws}/${rest}`;
/** An agent answers the newest conversation. */
async function agent() {
  const chat = ((await shop.call("GET", at("chats"))) as { items: { id: string }[] }).items[0]?.id;
  return {
    chat,
    says: (text: string) => shop.call("POST", at(`chats/${chat}/messages`), { clientId: `a${Math.random()}`, data: { type: "text", text } }),
    acts: (act: string, body: object = {}) => shop.call("POST", at(`chats/${chat}/${act}`), body),
  };
}
/** The control object of the page. */
const control = <T>(visitor: Visitor, run: string) => visitor.page.evaluate(`(() => { const chat = window.chat; return ${run}; })()`) as Promise<T>;

describe.runIf(REAL)("a customer", () => {
  test("talks with the bot, and a reload keeps the thread and the open room", async () => {
    await shop.web({});
    const visitor = await shop.visit();
    await visitor.enter();
    await expect.poll(() => visitor.input.evaluate((input) => input === document.activeElement)).toBe(true);
    await visitor.room.getByRole("button", { name: "배송 조회" }).click();
    await visitor.sees("내일 오후에 도착해요");
    await visitor.says("빵 추천해 주세요");
    await visitor.sees("잘 모르겠어요");
    const before = await visitor.bubbles();
    await visitor.page.reload();
    // Whoever had it open on the page before finds it open.
    await visitor.sees("빵 추천해 주세요");
    await visitor.room.locator("#room[data-ready]").waitFor();
    expect(await visitor.bubbles()).toEqual(before);
    expect(await axe(visitor.page, true)).toEqual([]);
    expect(visitor.complaints).toEqual([]);
    await visitor.page.context().close();
  });

  test("writes Hangul: the Enter that ends a composition sends nothing, the next sends it whole, Shift+Enter breaks", async () => {
    const visitor = await shop.visit();
    await visitor.enter();
    await visitor.input.focus();
    const cdp = await visitor.page.context().newCDPSession(visitor.page);
    const compose = async (text: string) => cdp.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    const key = async (isComposing: boolean) => {
      // 229 is what a key is to the page while the input method has it.
      await cdp.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key: "Enter", code: "Enter", windowsVirtualKeyCode: isComposing ? 229 : 13 });
      await cdp.send("Input.dispatchKeyEvent", { type: "keyUp", key: "Enter", code: "Enter", windowsVirtualKeyCode: 13 });
    };
    for (const text of ["ㅅ", "소", "소그", "소금"]) await compose(text);
    await key(true);
    await cdp.send("Input.insertText", { text: "소금" });
    expect(await visitor.input.inputValue()).toBe("소금");
    expect(await visitor.room.locator("li.user").count()).toBe(0);
    await visitor.page.keyboard.press("Shift+Enter");
    for (const text of ["ㅃ", "빠", "빵"]) await compose(text);
    await cdp.send("Input.insertText", { text: "빵" });
    await visitor.page.keyboard.press("Enter");
    await visitor.room.locator("li.user:not(.waits) .bubble").waitFor();
    expect(await visitor.room.locator("li.user .bubble").allTextContents()).toEqual(["소금\n빵"]);
    await visitor.page.context().close();
  });

  test("what is too long is told and not cut; emoji are put where the cursor is", async () => {
    const visitor = await shop.visit();
    await visitor.enter();
    await visitor.input.fill("가".repeat(1_001));
    await visitor.room.getByText("1,000자까지 보낼 수 있어요. 지금 1,001자예요.").waitFor();
    expect(await visitor.room.locator("#send").isDisabled()).toBe(true);
    await visitor.input.press("Enter");
    expect(await visitor.input.inputValue()).toHaveLength(1_001);
    await visitor.input.fill("빵");
    await visitor.room.getByRole("button", { name: "이모지" }).click();
    await visitor.room.getByRole("button", { name: "😍" }).click();
    await visitor.page.keyboard.press("Escape");
    expect(await visitor.input.inputValue()).toBe("빵😍");
    // Escape closed what lay on top, not the room.
    expect(await control(visitor, "chat.isOpen")).toBe(true);
    await visitor.page.keyboard.press("Escape");
    await expect.poll(() => control(visitor, "chat.isOpen")).toBe(false);
    expect(await visitor.launcher.evaluate((button) => (button.getRootNode() as ShadowRoot).activeElement === button)).toBe(true);
    await visitor.page.context().close();
  });

  test("sends a picture by choosing, by pasting and by dropping; what is no picture is not sent", async () => {
    const visitor = await shop.visit();
    await visitor.enter();
    const picture = await (await shop.api.get(new URL(shop.picture).pathname)).body();
    await visitor.room.locator("#file").setInputFiles({ name: "빵.png", mimeType: "image/png", buffer: picture });
    await visitor.room.locator("li.user:not(.waits) .picture img").waitFor();
    const encoded = picture.toString("base64");
    const give = (kind: "paste" | "drop", type: string, content: string) =>
      visitor.room.locator("#text").evaluate((input, [event, mime, base64]) => {
        const data = new DataTransfer();
        data.items.add(new File([Uint8Array.from(atob(base64 ?? ""), (letter) => letter.charCodeAt(0))], "file", { type: mime }));
        const init = { bubbles: true, cancelable: true };
        input.dispatchEvent(event === "paste" ? new ClipboardEvent("paste", { ...init, clipboardData: data }) : new DragEvent("drop", { ...init, dataTransfer: data }));
      }, [kind, type, content]);
    await give("paste", "image/png", encoded);
    await expect.poll(() => visitor.room.locator("li.user:not(.waits) .picture img").count()).toBe(2);
    await give("drop", "image/png", encoded);
    await expect.poll(() => visitor.room.locator("li.user:not(.waits) .picture img").count()).toBe(3);
    await expect.poll(() => visitor.room.locator("li.user .picture img").last().evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBe(800);
    // A program and a drawing that can run scripts, by the name of pictures.
    await give("drop", "image/svg+xml", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>").toString("base64"));
    await visitor.room.getByText("10 MB 이하의 사진만 보낼 수 있어요.").waitFor();
    await give("drop", "image/png", Buffer.from("MZ this is a program").toString("base64"));
    await visitor.room.locator("li.failed").getByText("사진을 읽을 수 없어요", { exact: false }).waitFor();
    expect(await visitor.room.locator("li.user:not(.failed) .picture").count()).toBe(3);
    await visitor.page.context().close();
  });

  test("in two tabs shares one conversation, and reads back beyond what a page gets first", async () => {
    const visitor = await shop.visit();
    await visitor.enter();
    // Two messages each, for more than fifty of them.
    for (let nth = 0; nth < 32; nth += 1) {
      await visitor.says(`질문 ${nth}`);
      await expect.poll(async () => (await visitor.bubbles()).length).toBe(1 + (nth + 1) * 2);
    }
    const whole = await visitor.bubbles();
    const other = await shop.come(await visitor.page.context().newPage());
    await other.launcher.click();
    await other.sees("질문 31");
    await other.room.locator("#room[data-ready]").waitFor();
    expect((await other.bubbles()).length).toBe(50);
    await other.room.locator("#thread").evaluate((thread) => { thread.scrollTop = 0; });
    await expect.poll(() => other.bubbles()).toEqual(whole);
    await expect.poll(() => other.room.locator("#earlier").isHidden()).toBe(true);
    // Whoever reads what was said before stays where they are.
    expect(await other.room.locator("#thread").evaluate((thread) => thread.scrollTop)).toBeGreaterThan(100);
    await other.says("여기서도 보여요");
    await visitor.sees("여기서도 보여요");
    await visitor.page.context().close();
  }, 120_000);

  test("is told of a cut, writes on, and after the server's restart all is there once and in order", async () => {
    const visitor = await shop.visit();
    await visitor.enter();
    await visitor.says("끊기기 전");
    const restarting = shop.restart("SIGKILL");
    await visitor.room.getByText("연결이 끊겼어요", { exact: false }).waitFor();
    for (const text of ["끊긴 동안 하나", "끊긴 동안 둘"]) {
      await visitor.input.fill(text);
      await visitor.input.press("Enter");
      await visitor.room.locator("li.waits", { hasText: text }).waitFor();
    }
    await restarting;
    await expect.poll(() => visitor.room.locator("li.waits").count(), { timeout: 40_000 }).toBe(0);
    await expect.poll(() => visitor.room.locator("#bar").isHidden()).toBe(true);
    const said = (await visitor.room.locator("li.user .bubble").allInnerTexts()).map((text) => text.trim());
    expect(said).toEqual(["끊기기 전", "끊긴 동안 하나", "끊긴 동안 둘"]);
    await visitor.page.context().close();
  }, 120_000);

  test("calls an agent, sees them type and answer, and is told of what is new by the button", async () => {
    const visitor = await shop.visit();
    await visitor.enter();
    await visitor.says("상담원");
    await visitor.room.getByText("상담원을 기다리고 있어요").last().waitFor();
    await visitor.room.getByRole("button", { name: "상담 취소" }).waitFor();
    const kim = await agent();
    await kim.says("안녕하세요, 상담원 김이에요.");
    await visitor.room.locator("li.agent").getByText("상담원 김이에요").waitFor();
    await visitor.room.locator("#description[data-with=agent]").waitFor();
    expect(await visitor.room.locator("li.agent .who").last().innerText()).toBe("상담원");
    await visitor.room.getByRole("button", { name: "채팅 닫기" }).click();
    await kim.says("더 도와드릴까요?");
    await kim.says("천천히 보세요.");
    await expect.poll(() => visitor.page.locator("closer-webchat b").innerText()).toBe("2");
    expect(await visitor.launcher.getAttribute("aria-label")).toBe("채팅 열기, 새 메시지 2개");
    // The badge outlives a reload: whoever has talked here is told without opening the room.
    await visitor.page.reload();
    await expect.poll(() => visitor.page.locator("closer-webchat b").innerText()).toBe("2");
    await visitor.launcher.click();
    await visitor.sees("천천히 보세요.");
    await expect.poll(() => visitor.page.locator("closer-webchat b").innerText()).toBe("");
    await visitor.page.reload();
    await visitor.sees("천천히 보세요.");
    await kim.acts("complete");
    await expect.poll(() => visitor.room.locator("#description").getAttribute("data-with")).toBe("bot");
    await visitor.page.context().close();
  });
});

describe.runIf(REAL)("on a phone", () => {
  test("the room fills the screen, opens no keyboard by itself, and holds the keyboard's focus", async () => {
    const visitor = await shop.visit(phone);
    await visitor.launcher.tap();
    await visitor.sees("안녕하세요, 맑은마켓이에요.");
    const box = await visitor.page.locator("closer-webchat iframe").boundingBox();
    expect(box).toEqual({ x: 0, y: 0, width: 390, height: 844 });
    expect(await visitor.input.evaluate((input) => input === document.activeElement)).toBe(false);
    expect(await visitor.launcher.isVisible()).toBe(false);
    expect(await visitor.page.locator("closer-webchat .window").getAttribute("aria-modal")).toBe("true");
    // Around and around: the page behind is never reached.
    const names = new Set<string>();
    for (let nth = 0; nth < 16; nth += 1) {
      await visitor.page.keyboard.press("Tab");
      expect(await visitor.page.evaluate(() => document.activeElement?.tagName)).toBe("CLOSER-WEBCHAT");
      names.add((await visitor.page.frames()[1]?.evaluate(() => document.activeElement?.id ?? "")) ?? "");
    }
    expect([...names]).toEqual(expect.arrayContaining(["more", "close", "text", "attach"]));
    expect(await axe(visitor.page, true)).toEqual([]);
    await visitor.page.keyboard.press("Escape");
    await visitor.launcher.waitFor();
    await visitor.page.context().close();
  });

  test("a soft keyboard leaves the input in sight", async () => {
    const visitor = await shop.visit(phone);
    await visitor.launcher.tap();
    await visitor.sees("안녕하세요, 맑은마켓이에요.");
    // As a browser says it that lays the keyboard over the page: less of the page is seen, which stays as tall as it was.
    await visitor.page.evaluate(() => {
      const seen = window.visualViewport as VisualViewport;
      Object.defineProperties(seen, { height: { get: () => 480 }, offsetTop: { get: () => 60 } });
      seen.dispatchEvent(new Event("resize"));
    });
    expect(await visitor.page.locator("closer-webchat iframe").boundingBox()).toEqual({ x: 0, y: 60, width: 390, height: 480 });
    const input = await visitor.input.boundingBox();
    expect(input && input.y + input.height).toBeLessThanOrEqual(540);
    await visitor.page.context().close();
  });
});

describe.runIf(REAL)("a site", () => {
  test("loads little before the button is pressed", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const asked: string[] = [];
    page.on("request", (request) => request.url().startsWith(shop.url) && asked.push(new URL(request.url()).pathname));
    const visitor = await shop.come(page);
    await visitor.launcher.waitFor();
    await page.waitForTimeout(2_500);
    expect(asked).toEqual(["/webchat.js"]);
    await context.close();
  });

  test("names its user, signed; an unsigned name is refused and says why; another user has another conversation", async () => {
    const { secret } = (await shop.call("GET", shop.at("web/secret"))) as { secret: string };
    const sign = (key: string) => createHmac("sha256", Buffer.from(secret, "hex")).update(key).digest("hex");
    shop.pages.set("/member", { html: shop.html(`<script src="${shop.url}/webchat.js"></script><script>
      CloserWebChat.load(window, document, "${shop.url}/webchat.js", "${shop.bot}", (init) => {
        window.chat = init({ userKey: "member-7", signature: "${sign("member-7")}", params: { grade: "골드" }, theme: { position: "left", title: "회원 상담" } });
      });</script>`) });
    const visitor = await shop.visit({ path: "/member" });
    await visitor.enter();
    expect(await visitor.room.locator("h1").innerText()).toBe("회원 상담");
    expect((await visitor.launcher.boundingBox())?.x).toBe(20);
    await visitor.says("회원 질문");
    await control(visitor, "chat.changeNavigation({ flowId: 3 })");
    await visitor.sees("골드 손님께 쿠폰을 드려요.");
    // Elsewhere the same user finds it.
    const there = await shop.visit({ path: "/member" });
    await there.launcher.click();
    await there.sees("회원 질문");
    await control(there, `chat.setUserKey("member-8")`);
    await there.room.getByText("userKey에 서명이 필요해요", { exact: false }).waitFor();
    expect(await there.room.locator("#log").innerText()).toBe("");
    await control(there, `chat.setUserKey("member-8", "${sign("member-8")}")`);
    await there.sees("안녕하세요, 맑은마켓이에요.");
    expect(await there.room.getByText("회원 질문").count()).toBe(0);
    await visitor.page.context().close();
    await there.page.context().close();
  });

  test("steers the chat by its control object", async () => {
    const visitor = await shop.visit();
    await visitor.launcher.waitFor();
    await control(visitor, `(window.heard = [], ["open", "close", "view", "message"].forEach((name) => chat.addListener(name, (detail) => window.heard.push([name, detail]))))`);
    expect(await control(visitor, "[chat.isOpen, chat.isEnabled, chat.view, chat.userKey ?? null]")).toEqual([false, true, "chat", null]);
    await control(visitor, "chat.open()");
    await visitor.sees("안녕하세요, 맑은마켓이에요.");
    await control(visitor, `chat.changeView("welcome")`);
    await visitor.room.getByRole("heading", { name: "맑은마켓", level: 2 }).waitFor();
    expect(await axe(visitor.page, true)).toEqual([]);
    await control(visitor, `chat.changeView("setting")`);
    await visitor.room.getByRole("radio", { name: "어둡게" }).check();
    await expect.poll(() => visitor.room.locator("html").getAttribute("data-look")).toBe("dark");
    await visitor.room.getByRole("radio", { name: "English" }).check();
    await visitor.room.getByRole("heading", { name: "Settings" }).waitFor();
    expect(await axe(visitor.page, true)).toEqual([]);
    await visitor.page.screenshot({ path: "/tmp/closer-widget-settings.png" });
    await visitor.room.getByRole("radio", { name: "한국어" }).check();
    await control(visitor, `chat.changeView("back")`);
    await expect.poll(() => control(visitor, "chat.view")).toBe("welcome");
    await control(visitor, `chat.changeView("chat")`);
    await control(visitor, `chat.sendMessage({ data: { type: "text", text: "배송 조회" } })`);
    await visitor.sees("내일 오후에 도착해요");
    await control(visitor, `chat.sendMessage({ data: { type: "media", media: { contentType: "video", uri: "https://youtu.be/aqz-KE-bpKQ" } } })`);
    await visitor.room.locator("li.user iframe[src='https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ']").waitFor();
    await control(visitor, "(chat.setParams({ grade: '은' }), chat.startConversation({ navigation: { flowId: 3 } }))");
    await visitor.sees("은 손님께 쿠폰을 드려요.");
    await control(visitor, "chat.setTheme({ primaryColor: '#0B6E4F', position: 'top-left', pageMargin: [40, 60], buttonSize: 64 })");
    expect(await visitor.launcher.boundingBox()).toEqual({ x: 40, y: 60, width: 64, height: 64 });
    expect(await visitor.room.locator("header").evaluate((header) => getComputedStyle(header).backgroundColor)).toBe("rgb(11, 110, 79)");
    await control(visitor, "chat.close()");
    await control(visitor, "chat.setEnabled(false)");
    expect(await visitor.launcher.isVisible()).toBe(false);
    await control(visitor, "chat.setEnabled(true)");
    expect(await visitor.launcher.isVisible()).toBe(true);
    const heard = await control<[string, unknown][]>(visitor, "window.heard");
    expect(heard.map(([name]) => name)).toEqual(expect.arrayContaining(["open", "view", "message", "close"]));
    // What was said is told to no page around, only that something was.
    expect(JSON.stringify(heard)).not.toMatch(/도착|쿠폰/);
    await visitor.page.context().close();
  });

  test("has an interface of its own by the SDK", async () => {
    shop.pages.set("/own", { html: `<!doctype html><title>own</title><script src="${shop.url}/webchat/sdk.js"></script><script>
      window.heard = [];
      new CloserSDK.WebChat({ apiKey: "not needed" }).open({ botId: "${shop.bot}", params: { grade: "VIP" } }).then((client) => {
        window.client = client;
        for (const name of ["message", "open", "close", "error"]) client.addListener(name, (detail) => window.heard.push([name, detail]));
      });</script>` });
    const { page } = await shop.visit({ path: "/own" });
    const heard = () => page.evaluate("window.heard.filter(([name, one]) => name === 'message' && one.kind === 'message').map(([, one]) => one.data.text)");
    await expect.poll(heard).toEqual(["안녕하세요, 맑은마켓이에요.\n무엇을 도와드릴까요?"]);
    await page.evaluate("window.client.sendMessage({ type: 'text', text: '배송 조회' })");
    await expect.poll(heard).toHaveLength(3);
    await page.evaluate("window.client.changeNavigation({ flowId: 3 })");
    await expect.poll(heard).toContainEqual("VIP 손님께 쿠폰을 드려요.");
    await page.evaluate("window.client.close()");
    await expect.poll(() => page.evaluate("window.heard.at(-1)[0]")).toBe("close");
    await page.context().close();
  });

  test("off: the button is not shown, the page says so; on again, it is there", async () => {
    await shop.web({}, false);
    const visitor = await shop.visit();
    await visitor.page.waitForTimeout(1_500);
    expect(await visitor.launcher.isVisible()).toBe(false);
    await visitor.page.goto(`${shop.url}/webchat/${shop.bot}`);
    await visitor.page.getByText("지금은 채팅을 쓸 수 없어요").waitFor();
    await visitor.page.screenshot({ path: "/tmp/closer-widget-off.png" });
    await shop.web({});
    await visitor.page.getByRole("button", { name: "다시 시도" }).click();
    await visitor.page.getByText("안녕하세요, 맑은마켓이에요.").waitFor();
    await visitor.page.context().close();
  });

  test("may be named by the channel: a site that is not does not show the button", async () => {
    await shop.web({ origins: ["https://shop.example.com"] });
    const stranger = await shop.visit();
    await stranger.page.waitForTimeout(1_500);
    expect(await stranger.launcher.isVisible()).toBe(false);
    await shop.web({ origins: [shop.site] });
    const named = await shop.visit();
    await named.enter();
    await shop.web({});
    await stranger.page.context().close();
    await named.page.context().close();
  });

  test("greets by a note that is put away for good", async () => {
    await shop.web({ greeting: "궁금한 점이 있으면 물어보세요" });
    const visitor = await shop.visit();
    await visitor.page.getByText("궁금한 점이 있으면 물어보세요").waitFor();
    expect(await axe(visitor.page, false)).toEqual([]);
    await visitor.page.screenshot({ path: "/tmp/closer-widget-note.png" });
    await visitor.page.getByRole("button", { name: "인사말 닫기" }).click();
    await visitor.page.reload();
    await visitor.launcher.waitFor();
    expect(await visitor.page.getByText("궁금한 점이 있으면 물어보세요").isVisible()).toBe(false);
    await shop.web({});
    await visitor.page.context().close();
  });

  test("links to the chat as a page", async () => {
    const context = await browser.newContext({ locale: "en-US", viewport: { width: 1280, height: 860 } });
    const page = await context.newPage();
    await page.goto(`${shop.url}/webchat/${shop.bot}?params.grade=${encodeURIComponent("링크")}`);
    await page.getByText("안녕하세요, 맑은마켓이에요.").waitFor();
    await page.screenshot({ path: "/tmp/closer-widget-page.png" });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await context.close();
  });
});
