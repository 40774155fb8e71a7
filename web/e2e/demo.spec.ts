// The demo of the real program: it opens on it with one press, the bots have answered people, and another press begins a
// workspace of one's own, beside which the demo stays until it is taken away.

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { launch, watch } from "./browser";
import { program, REAL, type Target } from "./target";

const runs = test.runIf(REAL);
if (!REAL) console.log("not run: the demo's story needs the real program (CLOSER_BIN)");

let browser: Browser;
let target: Target;
let page: Page;
let complaints: string[] = [];

beforeAll(async () => {
  if (!REAL) return;
  [browser, target] = await Promise.all([launch(), program(REAL, ["--demo"])]);
  const context = await browser.newContext({ baseURL: target.url, locale: "ko-KR", viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  complaints = watch(page);
});
afterAll(async () => {
  await browser?.close();
  await target?.stop();
});

runs("the demo opens with one press, and its bots have answered", async () => {
  await page.goto("/");
  await page.getByRole("heading", { level: 1, name: "먼저 둘러볼까요" }).waitFor();
  await page.getByRole("button", { name: "데모 둘러보기" }).click();
  await page.getByText("데모예요. 여기 있는 챗봇과 대화는 예시예요.").waitFor();
  await page.getByRole("link", { name: "고객센터", exact: true }).waitFor();
  // Six bots and the head of the list.
  expect(await page.locator("main [role=row]").count()).toBe(7);
  // Reloading stays in the demo.
  await page.reload();
  await page.getByRole("link", { name: "고객센터", exact: true }).click();
  await page.getByRole("link", { name: "대화", exact: true }).click();
  await page.locator("main ul a").first().waitFor({ timeout: 40_000 });
  await page.screenshot({ path: "/tmp/closer-e2e-demo.png" });
});

runs("one press leads to a workspace of one's own", async () => {
  await page.getByRole("link", { name: "시작하기: 내 작업 공간 만들기" }).click();
  await page.getByLabel("작업 공간 이름", { exact: true }).fill("모락모락 베이커리");
  await page.getByLabel("이름", { exact: true }).fill("한서윤");
  await page.getByLabel("이메일", { exact: true }).fill("seoyun@example.com");
  await page.getByLabel("비밀번호", { exact: true }).fill("소금빵 굽는 새벽 네시");
  await page.getByRole("button", { name: "계정 만들고 시작하기" }).click();
  await page.getByText("첫 챗봇을 만들어 보세요").waitFor();
  expect(await page.getByText("데모예요.").count()).toBe(0);
});

runs("the demo stays beside it, and goes when its owner says so", async () => {
  await page.getByRole("button", { name: /작업 공간 바꾸기/ }).click();
  await page.getByRole("menuitem", { name: /데모 작업 공간/ }).click();
  await page.getByRole("button", { name: "데모 지우기" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "데모 지우기" }).click();
  await page.getByText("데모를 지웠어요").waitFor();
  await page.getByText("첫 챗봇을 만들어 보세요").waitFor();
  await page.getByRole("button", { name: /작업 공간 바꾸기/ }).click();
  expect(await page.getByRole("menuitem", { name: /데모/ }).count()).toBe(0);
  expect(complaints).toEqual([]);
});
