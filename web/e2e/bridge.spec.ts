// An old server of the closed auto-reply API is brought back in the console, against the real program: looked at, made, used
// by a customer, seen afterwards, and made a bot with flows. The old server is this test, Kakao's side is the simulator.

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFailed, test } from "vitest";

import { launch, watch } from "./browser";
import { program, REAL, type Target } from "./target";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const HEADERS = { "x-closer": "1" };
/** Pictures of each step go here, where one wants to look at them. */
const SHOTS = process.env["SHOTS"];
if (!REAL) console.warn("bridge.spec.ts needs CLOSER_BIN: the mock bridges nothing; nothing of it runs here");

const MENU = ["영업시간", "오시는 길", "오늘의 빵", "예약하기"];
let browser: Browser;
let target: Target;
let old: Server;
let oldUrl = "";
let page: Page;
let complaints: string[] = [];
let ws = "";

/** A bakery's server of 2017. */
function bakery(): Server {
  return createServer((request, answer) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const say = (body: object) => answer.writeHead(200, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(body));
      if (request.url === "/kakao/keyboard") return say({ type: "buttons", buttons: MENU });
      if (request.url !== "/kakao/message") return answer.writeHead(404, { "content-type": "text/html" }).end("<h1>Not Found</h1>");
      const { content } = JSON.parse(Buffer.concat(parts).toString()) as { content: string };
      const keyboard = { type: "buttons", buttons: ["처음으로"] };
      if (content === "영업시간") return say({ message: { text: "매일 10시부터 8시까지예요." }, keyboard });
      if (content === "오시는 길") return say({ message: { text: "역 2번 출구 앞이에요.", message_button: { label: "지도 보기", url: "https://map.example/빵집" } }, keyboard });
      if (content === "처음으로") return say({ message: { text: "무엇이 궁금하세요?" }, keyboard: { type: "buttons", buttons: MENU } });
      return answer.writeHead(500, { "content-type": "text/html" }).end(`<html><body>Undefined index: ${content}</body></html>`);
    });
  });
}

async function kakao(skillUrl: string, user: string, said: string[]): Promise<void> {
  const run = promisify(execFile)(REAL ?? "", ["simulate", "kakao", skillUrl, "--user", user, "--script", "-"]);
  run.child.stdin?.end(said.map((line) => `> ${line}\n`).join(""));
  await run;
}

/** Nothing that axe finds, nothing wider than the window, at each width and in both themes; pictures where wanted. */
async function looks(name: string): Promise<void> {
  for (const [width, theme] of [[1440, "light"], [1024, "dark"], [390, "light"]] as const) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await page.evaluate(AXE);
    const found = await page.evaluate(async () => {
      // Another theme comes by a transition; what is between is nobody's colour.
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      await Promise.allSettled(document.getAnimations().map((one) => one.finished));
      const { axe } = window as unknown as { axe: { run: (context: object, options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
      const options = { runOnly: ["wcag2a", "wcag2aa", "best-practice"], rules: { region: { enabled: false } } };
      return (await axe.run({ include: document, exclude: ["[data-base-ui-focus-guard]"] }, options)).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    });
    expect(found, `${name} ${width}`).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide, `${name} at ${width}`).toBeLessThanOrEqual(0);
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}-${width}-${theme}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

beforeAll(async () => {
  if (!REAL) return;
  old = bakery();
  await new Promise<void>((done) => old.listen(0, "127.0.0.1", done));
  oldUrl = `http://127.0.0.1:${(old.address() as AddressInfo).port}/kakao`;
  [browser, target] = await Promise.all([launch(), program(REAL, ["--allow-outbound", "127.0.0.1/32"])]);
  const context = await browser.newContext({ baseURL: target.url, locale: "ko-KR", viewport: { width: 1280, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  complaints = watch(page);
  const data = { workspace: "모락모락 베이커리", name: "한서윤", email: "seoyun@example.com", password: "소금빵 굽는 새벽 네시", language: "ko" };
  ws = (await (await context.request.post("/api/setup", { data, headers: HEADERS })).json()).workspaces[0].id;
  await page.request.patch("/api/me", { data: { theme: "system" }, headers: HEADERS });
});
let broken = false;
beforeEach((story) => {
  if (broken) story.skip("an earlier part failed");
  onTestFailed(() => {
    broken = true;
  });
});
afterAll(async () => {
  await browser?.close();
  await target?.stop();
  old?.close();
});

describe.runIf(REAL).sequential("an old server comes back", () => {
  let id = "";

  test("it is looked at before it is made", async () => {
    await page.goto(`/w/${ws}/bots/new`);
    await page.getByRole("link", { name: /예전 API형 스마트채팅 서버 연결/ }).click();
    await page.getByRole("heading", { name: "예전 스마트채팅 서버 연결" }).waitFor();
    await page.getByRole("button", { name: "서버 확인" }).click();
    await page.getByText("서버 주소를 입력해 주세요.").waitFor();
    await page.getByLabel("서버 주소").fill("bot.example.com");
    await page.getByRole("button", { name: "서버 확인" }).click();
    await page.getByText(/http:\/\/ 또는 https:\/\/로 시작하는/).waitFor();
    await page.getByLabel("서버 주소").fill(`${oldUrl}/keyboard`);
    await page.getByRole("button", { name: "서버 확인" }).click();
    await page.getByText("아직 연결할 수 없어요").waitFor();
    await page.getByText(/주소가 \/keyboard로 끝나요/).waitFor();
    await page.getByLabel("서버 주소").fill(`${oldUrl}/`);
    await page.getByLabel("보내 볼 말 (선택)").fill("영업시간");
    await page.getByRole("button", { name: "서버 확인" }).click();
    await page.getByText("연결할 수 있는 서버예요").waitFor();
    expect(await page.locator("ol code").allTextContents()).toEqual([
      "DELETE /friend/test",
      "POST /friend",
      "DELETE /chat_room/test",
      "GET /keyboard",
      "POST /message",
    ]);
    await page.getByText("오늘의 빵", { exact: true }).waitFor();
    await looks("new");
    await page.getByLabel("챗봇 이름").fill("모락모락 예전 봇");
    await page.getByRole("button", { name: "챗봇 만들기" }).click();
    await page.waitForURL(/\/channels$/);
    id = /bots\/([^/]+)\//.exec(page.url())?.[1] ?? "";
  });

  test("a customer talks to it, and the console shows what was said and what went wrong", async () => {
    const bot = await (await page.request.get(`/api/workspaces/${ws}/bots/${id}`)).json();
    await kakao(bot.skillUrl, "서윤", ["(enter)", "영업시간", "처음으로", "오시는 길", "오늘의 빵"]);
    await page.goto(`/w/${ws}/bots`);
    await page.getByText("브리지", { exact: true }).waitFor();
    await looks("list");
    await page.goto(`/w/${ws}/bots/${id}/conversations`);
    await page.locator("a", { hasText: "오늘의 빵" }).first().click();
    await page.getByText("매일 10시부터 8시까지예요.").first().waitFor();
  });

  test("it behaves as its owner sets it", async () => {
    await page.goto(`/w/${ws}/bots/${id}/bridge`);
    expect(await page.getByRole("link", { name: "시나리오" }).count()).toBe(0);
    const words = page.getByLabel("처음으로 가는 말");
    await words.fill("홈, 처음");
    await page.getByText("목록 카드로 보여 주기").click();
    await page.getByRole("button", { name: "저장" }).last().click();
    await page.getByText("저장했어요").first().waitFor();
    const { options } = await (await page.request.get(`/api/workspaces/${ws}/bots/${id}/bridge`)).json();
    expect(options).toMatchObject({ homeWords: ["홈", "처음"], many: "list", budgetMs: 4000 });
    await page.reload();
    expect(await words.inputValue()).toBe("홈, 처음");
    await looks("bridge");
  });

  test("it becomes a draft with flows", async () => {
    await page.getByText(/아무도 누르지 않은 버튼/).click();
    await page.getByText(/예약하기 · 시작/).waitFor();
    await page.getByRole("button", { name: "플로우 챗봇 초안 만들기" }).click();
    await page.waitForURL(/\/edit/);
    await page.getByText("모락모락 예전 봇 (플로우)").first().waitFor();
    expect(complaints).toEqual([]);
  });
});
