// What one does with one's own account, by keyboard and with a connection that breaks. Against the mock.

import type { Browser, BrowserContext, Page } from "playwright-core";
import type { PreviewServer } from "vite";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";

import { CODE, PASSWORD } from "../mock/world";
import { launch, scene, serveMock, signIn, watch } from "./browser";

let browser: Browser;
let url: string;
let server: PreviewServer;
let context: BrowserContext;
let page: Page;
let complaints: string[];
const EMAIL = "seoyun@example.com";

beforeAll(async () => {
  browser = await launch();
  ({ url, server } = await serveMock());
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
beforeEach(async () => {
  await scene(url, { world: "bakery" });
  context = await browser.newContext({ baseURL: url, locale: "ko-KR" });
  page = await context.newPage();
  page.setDefaultTimeout(10_000);
  complaints = watch(page);
});
afterEach(async () => {
  expect(complaints).toEqual([]);
  await context.close();
});

const see = (text: string | RegExp) => page.getByText(text).first().waitFor();
const fill = (label: string, text: string) => page.getByLabel(label, { exact: true }).first().fill(text);
const heading = (name: string) => page.getByRole("heading", { level: 1, name, exact: true }).waitFor();

test("one-time codes: on, asked for at the next sign-in, off", async () => {
  await signIn(context, url, EMAIL, PASSWORD);
  await page.goto("/");
  await heading("챗봇");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("보안");
  await page.keyboard.press("Enter");
  await heading("로그인과 보안");
  await page.getByRole("button", { name: "시작하기" }).click();
  await page.keyboard.type("틀린 비밀번호");
  await page.keyboard.press("Enter");
  await see("비밀번호가 맞지 않아요.");
  await fill("지금 비밀번호", PASSWORD);
  await page.locator("[data-dialog]").getByLabel("지금 비밀번호", { exact: true }).fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByRole("img", { name: "인증 앱에 등록할 QR 코드" }).waitFor();
  await page.keyboard.type("12 34");
  await page.keyboard.press("Enter");
  await see("숫자 6자리를 입력해 주세요.");
  await fill("앱에 보이는 6자리 코드", "123 456");
  await page.keyboard.press("Enter");
  await see("복구 코드를 보관해 주세요");
  await page.getByRole("button", { name: "보관했어요" }).click();
  await see("사용 중");

  await page.getByRole("button", { name: /내 메뉴/ }).click();
  await page.getByRole("menuitem", { name: "로그아웃" }).click();
  await fill("이메일", EMAIL);
  await fill("비밀번호", PASSWORD);
  await page.keyboard.press("Enter");
  await heading("인증 코드 입력");
  await page.keyboard.type("000000");
  await page.keyboard.press("Enter");
  await see("인증 코드가 맞지 않아요");
  await fill("인증 코드", CODE);
  await page.keyboard.press("Enter");
  await heading("챗봇");

  await page.goto(page.url().replace(/bots.*/, "settings/security"));
  await page.getByRole("button", { name: "사용 중지" }).click();
  await page.locator("[data-dialog]").getByLabel("지금 비밀번호").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await see("사용 안 함");
});

test("the password is changed, and the old one no longer works", async () => {
  await signIn(context, url, EMAIL, PASSWORD);
  await page.goto("/");
  await heading("챗봇");
  await page.goto(page.url().replace(/bots.*/, "settings/security"));
  await fill("지금 비밀번호", "아니에요 이건");
  await fill("새 비밀번호", "반죽은 밤새 천천히 부풀고");
  await page.keyboard.press("Enter");
  await see("비밀번호가 맞지 않아요.");
  await fill("지금 비밀번호", PASSWORD);
  await page.keyboard.press("Enter");
  await see("비밀번호를 바꿨어요");
  expect(await page.getByLabel("새 비밀번호", { exact: true }).inputValue()).toBe("");
  const old = await context.request.post("/api/session", { data: { email: EMAIL, password: PASSWORD }, headers: { "x-closer": "1" } });
  expect(old.status()).toBe(401);
});

test("a forgotten password: a link by mail, or a command where there is no mail", async () => {
  await page.goto("/signin");
  await fill("이메일", EMAIL);
  await page.getByRole("link", { name: "비밀번호를 잊었어요" }).click();
  await see(`closer user reset ${EMAIL}`);
  await scene(url, { world: "bakery", change: { mail: true } });
  await page.goto(`/forgot?email=${EMAIL}`);
  await page.getByRole("button", { name: "링크 받기" }).click();
  await see("메일을 확인해 주세요");
  await page.goto("/reset/old");
  await fill("새 비밀번호", "반죽은 밤새 천천히 부풀고");
  await page.keyboard.press("Enter");
  await see("쓸 수 없는 링크예요");
  await page.goto("/reset/good");
  await fill("새 비밀번호", "반죽은 밤새 천천히 부풀고");
  await page.keyboard.press("Enter");
  await see("비밀번호를 바꿨어요. 새 비밀번호로 로그인해 주세요.");
});

test("who has an account joins another workspace with it", async () => {
  await signIn(context, url, EMAIL, PASSWORD);
  await page.goto("/");
  await heading("챗봇");
  const ws = new URL(page.url()).pathname.split("/")[2];
  const made = await context.request.post(`/api/workspaces/${ws}/invites`, {
    data: { emails: ["barista@example.com"], role: "editor" },
    headers: { "x-closer": "1" },
  });
  const { link } = (await made.json()).items[0];
  await page.goto(new URL(link).pathname);
  await fill("이름", "윤바리");
  await fill("비밀번호", "에스프레소는 스물다섯 초");
  await page.keyboard.press("Enter");
  await heading("챗봇");
  await page.getByRole("button", { name: /내 메뉴, 윤바리/ }).waitFor();
});

test("workspaces are made and switched", async () => {
  await signIn(context, url, EMAIL, PASSWORD);
  await page.goto("/");
  await page.getByRole("button", { name: /작업 공간 바꾸기/ }).click();
  await page.getByRole("menuitem", { name: "새 작업 공간" }).click();
  await page.locator("[data-dialog] input").waitFor();
  await page.keyboard.type("한밤 파티세리");
  await page.keyboard.press("Enter");
  await see("첫 챗봇을 만들어 보세요");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("모락");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "모락모락 안내" }).waitFor();
});

test("a picture is put and removed; what is no picture is refused", async () => {
  await signIn(context, url, EMAIL, PASSWORD);
  await page.goto("/");
  await heading("챗봇");
  await page.goto(page.url().replace(/bots.*/, "settings/profile"));
  const input = page.locator("main input[type=file]");
  await input.setInputFiles({ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("글") });
  await see("사진 파일이 아니에요");
  const dot = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
  await input.setInputFiles({ name: "a.png", mimeType: "image/png", buffer: dot });
  await page.locator("nav img").waitFor();
  await page.getByRole("button", { name: "지우기" }).click();
  await page.locator("nav img").waitFor({ state: "detached" });
});

test("a lost connection is said, what fails says so with a way to try again, and all comes back by itself", async () => {
  await signIn(context, url, EMAIL, PASSWORD);
  await page.goto("/");
  await page.getByRole("link", { name: "케이크 예약" }).click();
  await page.getByRole("navigation", { name: "챗봇 메뉴" }).getByRole("link", { name: "설정" }).click();
  const resume = page.getByRole("switch", { name: "하던 대화 이어서 하기" });
  await scene(url, { down: true });
  await resume.click();
  await see("서버와 연결이 끊겼어요. 연결되면 화면을 알아서 새로 고칠게요.");
  await see("서버에 연결하지 못했어요");
  await expect.poll(() => resume.getAttribute("aria-checked")).toBe("false");
  await scene(url, {});
  // It asks by itself every few seconds; who cannot wait presses.
  await page.getByRole("button", { name: "지금 연결" }).click({ timeout: 1000 }).catch(() => undefined);
  await page.getByText("서버와 연결이 끊겼어요.").waitFor({ state: "detached" });
  // By text: a toast is read out by itself, and is not among the buttons of the page until one goes to it (F6).
  await page.getByText("다시 시도", { exact: true }).click();
  await expect.poll(() => resume.getAttribute("aria-checked")).toBe("true");
});

test("by keyboard alone: skip link, sheet of keys, search, a new bot", async () => {
  await signIn(context, url, EMAIL, PASSWORD);
  await page.goto("/");
  await heading("챗봇");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("본문으로 가기");
  await page.keyboard.press("Enter");
  await page.keyboard.press("?");
  await see("목록에서 검색");
  await page.keyboard.press("Escape");
  await page.locator("[data-dialog]").waitFor({ state: "detached" });
  await page.keyboard.press("n");
  await heading("새 챗봇");
  await page.locator("main ul button").first().focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("nbgs?");
  expect(await page.locator("[data-dialog] input").inputValue()).toBe("nbgs?");
});

test("while the list is on its way its shape is there", async () => {
  await signIn(context, url, EMAIL, PASSWORD);
  await page.goto("/");
  await heading("챗봇");
  const path = page.url();
  await scene(url, { slow: 600 });
  await page.goto(path);
  await heading("챗봇");
  await page.locator("main [aria-hidden] [class*=skeleton]").first().waitFor();
  await page.getByRole("link", { name: "모락모락 안내" }).waitFor();
  expect(await page.locator("main [class*=skeleton]").count()).toBe(0);
});
