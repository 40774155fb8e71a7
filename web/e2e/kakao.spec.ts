// A new owner connects KakaoTalk with nothing but the screen: from a published bot to green, with the simulator of Kakao as
// the other side. Then each mistake that the guide names is made at Kakao's side, and the guide says it and, once it is put
// right, takes it back.

import { execFile } from "node:child_process";
import { promisify } from "node:util";

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFailed, test } from "vitest";

import { launch, watch } from "./browser";
import { freshServer, REAL, type Target } from "./target";

const SHOWN = 15_000;
if (!REAL) console.log("not run: connecting KakaoTalk needs the real program (CLOSER_BIN)");

let browser: Browser;
let target: Target;
let page: Page;
let complaints: string[] = [];
let skill = "";
let draft = "";
let bots = "";

let people = 0;

/** Kakao's side: plays a scene at an address, as a person who is new in the bot's room. All of it goes as written,
 * and lines with `<` are seen. */
async function kakao(url: string, scene: string[], options: string[] = []): Promise<void> {
  people += 1;
  const run = promisify(execFile)(REAL ?? "", ["simulate", "kakao", url, "--user", `person-${people}`, "--script", "-", ...options]);
  run.child.stdin?.end(scene.map((line) => `${line.startsWith("< ") ? "" : "> "}${line}\n`).join(""));
  await run;
}
/** The same, where something is refused or not seen. */
async function refused(url: string, scene: string[], options: string[] = []): Promise<void> {
  await expect(kakao(url, scene, options)).rejects.toMatchObject({ code: 1 });
}

/** A new published bot's channel page. */
async function connectNew(title: string): Promise<void> {
  await page.goto(bots);
  await page.getByRole("link", { name: /^(예시로 시작하기|새 챗봇)$/ }).first().click();
  await page.locator("main ul button").nth(2).click();
  await page.locator("[data-dialog]").getByLabel("챗봇 이름").fill(title);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
  const { pathname } = new URL(page.url());
  const [, , ws, , bot] = pathname.split("/");
  const published = await page.request.post(`/api/workspaces/${ws}/bots/${bot}/publish`, { headers: { "x-closer": "1" }, data: {} });
  expect(published.ok()).toBe(true);
  await page.goto(`${pathname.replace(/\/$/, "")}/channels`);
  await step("skill").getByRole("button").first().click();
  skill = await page.getByLabel("URL", { exact: true }).inputValue();
  draft = await page.getByLabel("테스트 URL", { exact: true }).inputValue();
}
const step = (name: string) => page.locator(`[data-step=${name}]`);
const stands = (name: string, stand: string) => page.locator(`[data-step=${name}][data-stand=${stand}]`).waitFor();
const overall = (how: string) => page.locator(`[data-overall=${how}]`).waitFor();
/** The guide names this problem, with these words. */
async function told(check: string, words: RegExp): Promise<void> {
  await page.locator(`[data-check=${check}][data-state=problem]`).filter({ hasText: words }).first().waitFor();
}
const takenBack = (check: string) => page.locator(`[data-check=${check}][data-state=problem]`).waitFor({ state: "detached" });

beforeAll(async () => {
  if (!REAL) return;
  [browser, target] = await Promise.all([launch(), freshServer()]);
  const context = await browser.newContext({ baseURL: target.url, locale: "ko-KR", viewport: { width: 1280, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(SHOWN);
  complaints = watch(page);
  const owner = { email: "seoyun@example.com", password: "소금빵 굽는 새벽 네시", name: "한서윤", workspace: "모락모락 베이커리", language: "ko" };
  const me = await (await context.request.post("/api/setup", { data: owner, headers: { "x-closer": "1" } })).json();
  bots = `/w/${me.workspaces[0].id}/bots`;
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
});

describe.runIf(REAL).sequential("connecting KakaoTalk", () => {
  test("a new owner follows the guide from a published bot to green", async () => {
    await connectNew("모락모락 안내");
    await overall("waiting");
    await page.getByText("카카오톡에서 첫 요청을 기다리고 있어요").first().waitFor();
    await stands("publish", "done");
    await stands("fallback", "waiting");
    // 스킬서버로 전송, then 봇테스트.
    await kakao(draft, ["안녕하세요"], ["--mode", "editor"]);
    await stands("skill", "done");
    await kakao(draft, ["안녕하세요"], ["--mode", "test"]);
    await stands("test", "done");
    await overall("testing");
    // 배포, and a customer comes.
    await kakao(skill, ["(enter)", "영업시간", "주문 문의", "[배송이 궁금해요]"]);
    for (const name of ["channel", "skill", "welcome", "fallback", "test", "deploy"]) await stands(name, "done");
    await overall("good");
    await page.getByText("카카오톡에서 답하고 있어요").waitFor();
    expect(await page.getByRole("complementary").innerText()).toMatch(/운영 채널/);
  });

  test("the request log holds the raw pair, and leads to the conversation", async () => {
    await page.getByRole("link", { name: "요청 기록", exact: true }).click();
    await page.locator("main ul button").first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText('"userRequest"').first().waitFor();
    await dialog.getByText('"template"').first().waitFor();
    await dialog.getByRole("link", { name: "이 고객의 대화 보기" }).click();
    await page.getByRole("dialog", { name: "이 답이 나온 과정" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("region", { name: "대화 내용" }).getByText("영업시간").first().waitFor();
  });

  test("the fallback block is not connected", async () => {
    await connectNew("폴백 없음");
    await kakao(skill, ["(enter)", "(block 주문) 커피 한 잔"]);
    await told("fallback-block", /폴백 블록.*‘파라미터 설정’에서 스킬을 선택/s);
    await stands("fallback", "wrong");
    await overall("bad");
    await kakao(skill, ["안녕하세요"]);
    await takenBack("fallback-block");
    await told("other-blocks", /‘주문’ 블록에서도 이 스킬을 불러요/);
  });

  test("another block calls the skill", async () => {
    await connectNew("다른 블록");
    await kakao(skill, ["안녕하세요", "(block 쿠폰 안내) 쿠폰"]);
    await told("other-blocks", /‘쿠폰 안내’ 블록에서도/);
    // It may be meant so: no alarm.
    await overall("good");
  });

  test("the blocks do not use the skill's data", async () => {
    await connectNew("스킬데이터 꺼짐");
    // The skill is asked, and nobody sees what it says: there is nothing to press.
    await kakao(skill, ["(unused) 안녕하세요", "(unused) 주문 문의", "(unused) 저기요", "(unused) 주문 문의"]);
    await told("skill-data", /스킬데이터로 사용/);
    await stands("fallback", "wrong");
    await overall("bad");
    await kakao(skill, ["안녕하세요", "주문 문의", "[배송이 궁금해요]"]);
    await takenBack("skill-data");
  });

  test("a transform function changes the requests", async () => {
    await connectNew("변환함수");
    await kakao(skill, ["(transformed) 안녕하세요"]);
    await told("transform-function", /변환함수/);
    await stands("skill", "wrong");
    await kakao(skill, ["안녕하세요"]);
    await takenBack("transform-function");
  });

  test("the secret header is missing, then wrong, then right", async () => {
    await connectNew("비밀 헤더");
    await page.getByRole("link", { name: "설정", exact: true }).last().click();
    await page.getByRole("button", { name: "비밀 헤더 정하기" }).click();
    const dialog = page.getByRole("dialog");
    const name = await dialog.getByLabel("키", { exact: true }).inputValue();
    const value = await dialog.getByLabel("값", { exact: true }).inputValue();
    await dialog.getByRole("button", { name: "저장" }).click();
    await page.getByText("이제 이 헤더가 있는 요청에만 답해요").waitFor();
    await page.getByRole("link", { name: "연결하기", exact: true }).click();
    await refused(skill, ["안녕하세요"]);
    await told("secret-header", /헤더값 입력/);
    await refused(skill, ["안녕하세요"], ["--header", name, "wrong-value-0000"]);
    await told("secret-header", /헤더값이 없거나 다른 요청을 거절했어요/);
    await kakao(skill, ["안녕하세요"], ["--header", name, value]);
    await takenBack("secret-header");
    await overall("good");
  });

  test("only the bot test has called: it is not deployed", async () => {
    await connectNew("배포 전");
    await kakao(draft, ["안녕하세요"], ["--mode", "test"]);
    await told("deployed", /봇테스트의 요청만 왔어요.*‘배포’/s);
    await stands("deploy", "waiting");
    await overall("testing");
    await kakao(draft, ["안녕하세요"], ["--mode", "dev"]);
    await told("deployed", /개발 채널의 요청만 왔어요/);
    await kakao(skill, ["안녕하세요"]);
    await stands("deploy", "done");
  });

  test("switched off, nobody is answered; switched on again, everybody", async () => {
    await page.getByRole("link", { name: "설정", exact: true }).last().click();
    await page.getByRole("switch", { name: "카카오톡에 답하기" }).click();
    await overall("off");
    await refused(skill, ["안녕하세요", "< 고객센터"]);
    await page.getByRole("button", { name: "연결 켜기" }).click();
    await page.locator("[data-overall=off]").waitFor({ state: "detached" });
    await kakao(skill, ["안녕하세요", "< 고객센터"]);
  });

  test("no page complained", () => {
    expect(complaints).toEqual([]);
  });
});
