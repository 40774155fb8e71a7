// Against the real program: what the preview draws is what Kakao gets. Each answer of the preview is compared with the answer
// of the draft's skill URL to the same request, and the room with the texts in it. With the mock there is no skill URL.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Browser, Page, Response } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { launch, watch } from "./browser";
import { freshServer, REAL, type Target } from "./target";

const HEADERS = { "x-closer": "1" };
const EXAMPLES = join(import.meta.dirname, "..", "..", "examples", "templates");
const STEPS = 5;

if (!REAL) console.warn("skill.spec.ts needs CLOSER_BIN: the mock has no skill URL; nothing of it runs here");

let browser: Browser;
let target: Target;
let page: Page;
let complaints: string[];
let ws: string;

interface Previewed {
  request: { userRequest: { user: { id: string } } };
  answer: unknown;
}

beforeAll(async () => {
  if (!REAL) return;
  [browser, target] = await Promise.all([launch(), freshServer()]);
  const context = await browser.newContext({ baseURL: target.url, locale: "ko-KR", viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  complaints = watch(page);
  const data = { workspace: "모락모락 베이커리", name: "한서윤", email: "seoyun@example.com", password: "소금빵 굽는 새벽 네시", language: "ko" };
  const made = await context.request.post("/api/setup", { data, headers: HEADERS });
  expect(made.ok(), await made.text()).toBe(true);
  ws = (await made.json()).workspaces[0].id;
});
afterAll(async () => {
  await browser?.close();
  await target?.stop();
});

async function bot(file: unknown): Promise<{ id: string; draftSkillUrl: string }> {
  const made = await page.request.post(`/api/workspaces/${ws}/bots`, { data: { file }, headers: HEADERS });
  expect(made.ok(), await made.text()).toBe(true);
  return (await made.json()).bot;
}

/** Every text and label of an answer, wherever it stands. */
function texts(answer: unknown): string[] {
  if (Array.isArray(answer)) return answer.flatMap(texts);
  if (typeof answer !== "object" || answer === null) return [];
  return Object.entries(answer).flatMap(([key, value]) => (["text", "title", "description", "label"].includes(key) && typeof value === "string" ? [value] : texts(value)));
}
const words = (text: string) => text.replaceAll(/\s+/g, " ").trim();

let nth = 0;
async function skill(url: string, request: unknown): Promise<unknown> {
  nth += 1;
  const answer = await page.request.post(new URL(url).pathname, { data: request, headers: { "x-request-id": `chp-${String(nth).padStart(32, "0")}` } });
  expect(answer.status()).toBe(200);
  return answer.json();
}

/** The next answer of the preview, and that the skill URL and the room say the same. */
async function compared(url: string, act: () => Promise<unknown>): Promise<Previewed> {
  const came = page.waitForResponse((response: Response) => response.url().endsWith("/preview"));
  await act();
  const response = await came;
  expect(response.status(), await response.text()).toBe(200);
  const previewed = (await response.json()) as Previewed;
  expect(previewed.answer).toEqual(await skill(url, previewed.request));
  const shown = async () => words(await page.locator("[data-preview]").innerText());
  for (const text of texts(previewed.answer)) await expect.poll(shown, { message: text }).toContain(words([...text].slice(0, 500).join("")));
  return previewed;
}

describe.skipIf(!REAL).sequential("the preview shows what Kakao gets", () => {
  test.each(["customer-service", "reservation", "shop", "leads", "tutorial"])("%s", { timeout: 120_000 }, async (name) => {
    const { id, draftSkillUrl } = await bot(JSON.parse(readFileSync(join(EXAMPLES, `${name}.json`), "utf8")));
    await compared(draftSkillUrl, () => page.goto(`/w/${ws}/bots/${id}/tests?record=true`));
    for (let step = 0; step < STEPS; step++) {
      const chips = page.getByRole("group", { name: "바로연결" }).getByRole("button");
      const buttons = page.getByRole("log").locator("[data-action=message]");
      const field = page.getByRole("textbox", { name: "메시지 입력" });
      if (step === 3) {
        await field.fill("이건 시나리오에 없는 말이에요");
        await compared(draftSkillUrl, () => field.press("Enter"));
      } else if (await chips.count()) await compared(draftSkillUrl, () => chips.nth(step % 2).click({ trial: false }).catch(() => chips.first().click()));
      else if (await buttons.count()) await compared(draftSkillUrl, () => buttons.last().click());
      else {
        await field.fill("안녕하세요");
        await compared(draftSkillUrl, () => field.press("Enter"));
      }
      await page.getByRole("status", { name: "답을 기다리고 있어요" }).waitFor({ state: "detached" });
    }
    expect(complaints).toEqual([]);
  });

  test("what is cut is cut there too, and told", async () => {
    const long = "가나다라마바사아자차카타파하거너더";
    const file = {
      title: "긴 말",
      flows: [
        {
          id: 1,
          title: "시작",
          data: { entry: 1 },
          nodes: [
            { id: 1, type: "entry", label: "진입", data: {}, next: [{ nodeId: 2 }] },
            { id: 2, type: "response", label: "긴 글", data: { message: { type: "text", text: "빵. ".repeat(400) } }, next: [{ nodeId: 3 }] },
            { id: 3, type: "keyboard", label: "입력", data: { type: "buttons", buttons: [{ type: "postback", label: long }] }, next: [] },
          ],
        },
      ],
      preference: { entryFlowId: 1, systemMessage: {}, sessionBehavior: {} },
    };
    const { id, draftSkillUrl } = await bot(file);
    await compared(draftSkillUrl, () => page.goto(`/w/${ws}/bots/${id}/tests?record=true`));
    await page.getByRole("log").getByRole("button", { name: "전체 보기" }).first().waitFor();
    await page.getByRole("log").getByText(/14자까지 보여요 \(지금 17자\)/).waitFor();
    await page.getByRole("group", { name: "바로연결" }).getByRole("button", { name: `${long.slice(0, 13)}…` }).waitFor();
  });

  test("publish with a note, compare, restore, and a path test that warns", { timeout: 120_000 }, async () => {
    const { id, draftSkillUrl } = await bot(JSON.parse(readFileSync(join(EXAMPLES, "reservation.json"), "utf8")));
    const at = `/w/${ws}/bots/${id}`;
    await compared(draftSkillUrl, () => page.goto(`${at}/tests?record=true`));
    await compared(draftSkillUrl, () => page.getByRole("group", { name: "바로연결" }).getByRole("button", { name: "오시는 길" }).click());
    const dialog = page.locator("[data-dialog]");
    await page.getByRole("button", { name: "이 대화를 경로 테스트로 저장" }).click();
    await dialog.getByLabel("테스트 이름").fill("길 묻기");
    await page.keyboard.press("Enter");
    await page.getByText("길 묻기 테스트를 저장했어요").waitFor();
    await page.getByRole("button", { name: "모두 실행" }).click();
    await page.getByText("테스트 1개가 모두 전과 같아요").waitFor();

    const publish = async (note: string, act: RegExp) => {
      await page.getByRole("button", { name: /^배포/ }).first().click();
      await dialog.getByLabel("메모 (선택)").fill(note);
      await dialog.getByRole("button", { name: act }).click();
      await dialog.waitFor({ state: "detached" });
    };
    await publish("처음", /^배포$/);
    const draft = `/api/workspaces/${ws}/bots/${id}/draft`;
    const { revision, file } = await (await page.request.get(draft)).json();
    const changed = structuredClone(file);
    changed.flows[0].nodes.find((one: { id: number }) => one.id === 2).data.message.text = "어서 오세요";
    expect((await page.request.put(draft, { data: { base: revision, file: changed }, headers: HEADERS })).ok()).toBe(true);
    await page.goto(`${at}/tests`);
    await page.getByRole("button", { name: "모두 실행" }).click();
    await page.getByText("테스트 1개 중 1개의 답이 달라졌어요").waitFor();
    await page.getByRole("button", { name: /^배포/ }).first().click();
    await dialog.getByText("경로 테스트 1개 중 1개의 답이 달라졌어요").waitFor();
    await dialog.getByLabel("메모 (선택)").fill("인사를 바꿨어요");
    await dialog.getByRole("button", { name: "그래도 배포" }).click();
    await page.getByText("라이브 v2").first().waitFor();

    await page.goto(`${at}/versions`);
    await page.getByRole("row", { name: /v2.*인사를 바꿨어요.*한서윤/ }).waitFor();
    await page.getByRole("link", { name: "v1과 v2 비교" }).click();
    await page.getByText("변경 1개").waitFor();
    await page.getByRole("group", { name: "캔버스에서 본 차이" }).getByRole("button", { name: /^첫 인사/ }).click();
    expect(await page.locator("main ins").first().innerText()).toContain("어서");
    await page.getByRole("link", { name: "버전 목록" }).click();
    await page.getByRole("button", { name: "v1 작업" }).click();
    await page.getByRole("menuitem", { name: "초안으로 가져오기" }).click();
    await page.getByText("v1을 초안으로 가져왔어요").waitFor();
    expect((await (await page.request.get(draft)).json()).file.flows).toEqual(file.flows);
    await page.getByRole("button", { name: "v1 작업" }).click();
    await page.getByRole("menuitem", { name: "이 버전 다시 배포" }).click();
    await dialog.getByRole("button", { name: "이 버전 다시 배포" }).click();
    await page.getByRole("row", { name: /v1 라이브/ }).waitFor();
    await page.getByRole("button", { name: "v2 작업" }).click();
    await page.getByRole("menuitem", { name: "삭제" }).click();
    await dialog.getByRole("button", { name: "삭제" }).click();
    await page.getByText("v2를 삭제했어요").waitFor();
    expect(complaints).toEqual([]);
  });
});
