// The whole road of a bot, in Korean, against the real program: drawn on the canvas, taken back and done again, tried beside it,
// published, compared, restored, and guarded by a path test. The mock runs no script and calls no address, so with it nothing of
// this is run.

import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFailed, test } from "vitest";

import { launch, watch } from "./browser";
import { begin, canvas, card, drag, draft, type Draft, middle, nodes, openEditor, type Place, point, saved } from "./editor";
import { REAL } from "./target";

if (!REAL) console.warn("editor-road.spec.ts needs CLOSER_BIN: the mock runs no scripts; nothing of it runs here");

/** A red point, 1 × 1. */
const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC", "base64");
const MOD = "Control";
/** More steps than anybody takes here. */
const MOST_STEPS = 120;

describe.skipIf(!REAL).sequential("the road of a bot", { timeout: 180_000 }, () => {
  let place: Place;
  let page: Page;
  let complaints: string[];
  let first: Draft["file"];
  let drawn: Draft["file"];
  let broken = false;

  beforeEach((story) => {
    if (broken) story.skip("an earlier part failed");
    onTestFailed(() => {
      broken = true;
    });
  });
  beforeAll(async () => {
    const browser = await launch();
    place = await begin(browser);
    first = (await draft(place)).file;
    page = await openEditor(place.context, place);
    page.setDefaultTimeout(20_000);
    complaints = watch(page);
  });
  afterAll(async () => {
    await place?.context.browser()?.close();
    await place?.target.stop();
  });

  const form = () => page.locator("[data-pane=form]");
  const dialog = () => page.locator("[data-dialog]");
  const room = () => page.getByRole("log");
  const chips = () => page.getByRole("group", { name: "바로연결" });
  const turn = (nth: number) => page.locator("[data-turn]").nth(nth);
  const file = async () => (await draft(place)).file;
  const choose = async (id: number) => {
    await card(page, id).click({ position: { x: 60, y: 16 } });
    await page.locator(`[data-node-form="${id}"]`).waitFor();
  };
  /** From a point into the empty below, where a node of this kind is made. */
  const branch = async (from: number, handle: string, kind: string, made: number, by = { x: 40, y: 190 }) => {
    await canvas(page).focus();
    await page.keyboard.press("f");
    await page.waitForTimeout(400);
    const at = await middle(point(page, from, handle));
    await drag(page, at, { x: at.x + by.x, y: at.y + by.y });
    await page.getByRole("dialog", { name: "추가할 노드" }).getByRole("combobox").fill(kind);
    await page.keyboard.press("Enter");
    await card(page, made).waitFor();
    await choose(made);
  };
  /** Takes steps until the server has this file. */
  const until = async (keys: string, wanted: Draft["file"]) => {
    await canvas(page).focus();
    for (let step = 0; step < MOST_STEPS; step += 1) {
      await page.keyboard.press(keys);
      await saved(page);
      if (JSON.stringify(await file()) === JSON.stringify(wanted)) return;
    }
    expect(await file()).toEqual(wanted);
  };

  test("a text, a reply with its branch, a param, a call with its way out, a script that is run, a card, a condition", async () => {
    await choose(2);
    await form().getByLabel("보낼 글").fill("안녕하세요, 모락모락이에요.");

    await choose(3);
    await form().getByLabel("라벨").last().focus();
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.keyboard.type("포인트 적립");
    await point(page, 3, "data.buttons[2]").waitFor();
    await branch(3, "data.buttons[2]", "파라미터", 5);
    await form().getByLabel("이름", { exact: true }).fill("points");
    await form().getByLabel("값", { exact: true }).fill("7");

    await canvas(page).focus();
    await page.keyboard.press("n");
    await page.keyboard.type("HTTP");
    await page.keyboard.press("Enter");
    await card(page, 6).waitFor();
    await choose(6);
    await form().getByLabel("주소").fill("https://stock.invalid/bread");
    await branch(6, "failure", "스크립트", 7);

    const code = form().locator("[data-code] .cm-content");
    await code.click();
    await page.keyboard.press(`${MOD}+a`);
    await page.keyboard.type("module.exports = (context) => {\nconst points = Number(context.params.points ?? 0);\nreturn { params: { total: String(points * 3) } };\n");
    await page.keyboard.press(`${MOD}+Enter`);
    await form().getByText(/"total": "\d+"/).waitFor();

    await canvas(page).focus();
    await page.keyboard.press("n");
    await page.keyboard.type("메시지");
    await page.keyboard.press("Enter");
    await card(page, 8).waitFor();
    await choose(8);
    await form().getByText("카드", { exact: true }).click();
    await form().getByLabel("제목").fill("포인트 {{params.total}}점");
    await form().locator("input[type=file]").first().setInputFiles({ name: "빵.png", mimeType: "image/png", buffer: PNG });
    await form().locator("img").waitFor();

    // The way from the script to the card asks for one thing and one of two others.
    await choose(7);
    await form().getByRole("region", { name: "나가는 연결" }).getByRole("button").first().click();
    await page.locator("[data-edge-form]").waitFor();
    await form().getByRole("button", { name: "조건 추가" }).click();
    const ask = async (path: string, value: string) => {
      await form().getByRole("combobox", { name: "무엇이" }).last().fill(path);
      await page.keyboard.press("Escape");
      await form().getByLabel("값", { exact: true }).last().fill(value);
      await page.keyboard.press("Escape");
    };
    await ask("params.points", "7");
    await form().getByRole("button", { name: "묶음 추가" }).click();
    await ask("params.total", "21");
    await form().getByRole("button", { name: "조건 추가" }).first().click();
    await ask("params.vip", "네");
    await saved(page);

    const [, greeting, menu, , params, call, script, shown] = await nodes(place);
    expect(greeting?.data["message"]).toEqual({ type: "text", text: "안녕하세요, 모락모락이에요." });
    expect(menu?.next.at(-1)).toEqual({ nodeId: 5, where: { message: { equals: "포인트 적립" } } });
    expect(params?.data["set"]).toEqual([{ key: "points", value: "7" }]);
    expect(params?.next).toEqual([{ nodeId: 6 }]);
    expect(call?.data["uri"]).toBe("https://stock.invalid/bread");
    expect(call?.next).toEqual([{ nodeId: 7, where: { "fetch.error": { exists: true } } }]);
    expect(script?.next).toEqual([{ nodeId: 8, where: { "params.points": { equals: "7" }, $or: [{ "params.total": { equals: "21" } }, { "params.vip": { equals: "네" } }] } }]);
    expect(shown?.data["message"]).toMatchObject({ type: "cards", cards: [{ title: "포인트 {{params.total}}점", media: { contentType: "image", uri: expect.stringMatching(/\/media\/\w+\.\w+$/) } }] });
    drawn = await file();
  });

  test("all of it is taken back, step by step, and done again", async () => {
    await until(`${MOD}+z`, first);
    await until(`${MOD}+Shift+z`, drawn);
  });

  test("it is tried beside the canvas; from an answer one goes back, and what a node remembered is seen", async () => {
    await page.getByRole("button", { name: "미리보기", exact: true }).click();
    await room().getByText("안녕하세요, 모락모락이에요.").waitFor();
    await chips().getByRole("button", { name: "오늘의 빵" }).click();
    await room().getByText("소금빵과 호밀빵이 나왔어요.").waitFor();
    await turn(0).getByRole("button", { name: "여기서 다시" }).click();
    await expect.poll(() => page.locator("[data-turn]").count()).toBe(1);
    await chips().getByRole("button", { name: "포인트 적립" }).click();
    await room().getByText("포인트 21점").waitFor();
    for (const id of [5, 6, 7, 8]) await card(page, id).getByLabel(/^미리보기 \d번째$/).waitFor();
    await turn(1).getByRole("button", { name: /노드/ }).click();
    const trace = page.getByRole("tabpanel");
    await trace.getByRole("button", { name: "2번째 노드 자세히" }).click();
    await trace.getByText("params.points").first().waitFor();
    await page.getByRole("tab", { name: "컨텍스트" }).click();
    await page.getByLabel("경로나 값 찾기").fill("params.total");
    expect(await page.getByRole("tabpanel").getByRole("listitem").first().innerText()).toMatch(/params\.total[\s\S]*21/);
  });

  test("the conversation is kept as a path test, the bot is published, broken, and publishing warns", async () => {
    await page.getByRole("tab", { name: "대화" }).click();
    await page.getByRole("button", { name: "이 대화를 경로 테스트로 저장" }).click();
    await dialog().getByLabel("테스트 이름").fill("포인트 적립");
    await page.keyboard.press("Enter");
    await page.getByText("포인트 적립 테스트를 저장했어요").waitFor();
    const publish = async (note: string, act: RegExp) => {
      await page.getByRole("button", { name: /^배포/ }).first().click();
      await dialog().getByLabel("메모 (선택)").fill(note);
      await dialog().getByRole("button", { name: act }).click();
      await dialog().waitFor({ state: "detached" });
    };
    await publish("포인트를 더했어요", /^배포$/);
    await page.getByText(/^v1을 배포했어요/).waitFor();

    await page.goto(`/w/${place.ws}/bots/${place.bot}/edit/1?node=8`);
    await form().getByLabel("제목").fill("적립했어요");
    await saved(page);
    await page.getByRole("button", { name: /^배포/ }).first().click();
    await dialog().getByText("경로 테스트 1개 중 1개의 답이 달라졌어요").waitFor();
    await page.keyboard.press("Escape");
    await dialog().waitFor({ state: "detached" });
    await publish("글을 바꿨어요", /^그래도 배포$/);
    await page.getByText(/^v2를 배포했어요/).waitFor();
  });

  test("the two versions are compared, and the first is brought back", async () => {
    await page.goto(`/w/${place.ws}/bots/${place.bot}/versions`);
    await page.getByRole("link", { name: "v1과 v2 비교" }).click();
    await page.getByText("변경 1개").waitFor();
    await page.getByRole("link", { name: "버전 목록" }).click();
    await page.getByRole("button", { name: "v1 작업" }).click();
    await page.getByRole("menuitem", { name: "초안으로 가져오기" }).click();
    await page.getByText("v1을 초안으로 가져왔어요").waitFor();
    expect((await file()).flows).toEqual(drawn.flows);
    expect(complaints).toEqual([]);
  });
});
