// Two at one draft, and a server that goes away: nothing is overwritten silently, nothing typed is lost.

import type { Browser, Page } from "playwright-core";
import { beforeEach, expect, test, vi } from "vitest";

import { another, card, nodes, openEditor, type Place, saved } from "./editor";
import { editorScene } from "./editor-scene";
import { REAL } from "./target";

// Two browsers and retries: small machines need their time.
vi.setConfig({ testTimeout: 240_000 });

const scene = editorScene({ page: false });
let browser: Browser;
let place: Place;
beforeEach(() => {
  ({ browser, place } = scene);
});

const name = (page: Page) => page.locator("[data-pane=form]").getByLabel("노드 이름", { exact: true });
const rename = async (page: Page, node: number, label: string) => {
  await card(page, node).click({ position: { x: 60, y: 16 } });
  await name(page).fill(label);
};
const labels = async () => (await nodes(place)).map((one) => one.label);

test("two see each other, and what they change beside each other comes together", async () => {
  const mine = await openEditor(place.context, place);
  const other = await another(browser, place);
  const theirs = await openEditor(other, place);
  await mine.getByRole("list", { name: "함께 편집하는 사람" }).getByRole("button").waitFor();
  await Promise.all([rename(mine, 2, "첫인사"), rename(theirs, 4, "빵 소개")]);
  await expect.poll(labels).toEqual(["진입", "첫인사", "메뉴", "빵 소개"]);
  await mine.getByText("빵 소개").first().waitFor();
  await theirs.getByText("첫인사").first().waitFor();
  await Promise.all([saved(mine), saved(theirs)]);
  await other.close();
  await mine.close();
});

test("two who change the same are shown both, and one is chosen", async () => {
  const mine = await openEditor(place.context, place);
  const other = await another(browser, place);
  const theirs = await openEditor(other, place);
  // Mine does not hear of theirs before it saves.
  await mine.route("**/draft*", (route) => route.abort());
  await rename(mine, 2, "내 인사");
  await rename(theirs, 2, "남의 인사");
  await saved(theirs);
  await mine.locator("[data-saved=offline]").waitFor();
  await mine.unroute("**/draft*");
  const dialog = mine.getByRole("dialog", { name: "같은 곳을 함께 고쳤어요" });
  await dialog.waitFor({ timeout: 40_000 });
  expect(await labels()).toContain("남의 인사");
  await dialog.getByText("내 인사", { exact: true }).waitFor();
  await dialog.getByRole("radio", { name: "내가 바꾼 것" }).check();
  await dialog.getByRole("button", { name: "고른 대로 합치기" }).click();
  await expect.poll(labels).toContain("내 인사");
  await theirs.getByText("내 인사").first().waitFor();
  await other.close();
  await mine.close();
});

test("the server goes away while one types: it waits in this browser, also when the window is closed", async () => {
  const page = await openEditor(place.context, place);
  await place.context.route("**/api/**", (route) => route.abort());
  await rename(page, 2, "오프라인에서 쓴 이름");
  await page.locator("[data-saved=offline]").waitFor();
  await page.getByText("오프라인 – 이 브라우저에 보관 중").waitFor();
  // The browser keeps it a moment after the last key.
  await page.waitForTimeout(1_000);
  await page.close({ runBeforeUnload: false });
  expect(await labels().catch(() => ["?"])).not.toContain("오프라인에서 쓴 이름");
  await place.context.unroute("**/api/**");
  const again = await openEditor(place.context, place);
  await expect.poll(labels, { timeout: 40_000 }).toContain("오프라인에서 쓴 이름");
  await saved(again);
  await again.close();
});

test("when the server is back, what was typed goes out by itself", async () => {
  const page = await openEditor(place.context, place);
  await place.context.route("**/draft", (route) => route.abort());
  await rename(page, 4, "기다린 이름");
  await page.locator("[data-saved=offline]").waitFor();
  await place.context.unroute("**/draft");
  await expect.poll(labels, { timeout: 30_000 }).toContain("기다린 이름");
  await saved(page);
  await page.close();
});

test.skipIf(!REAL)("the program is stopped and started again while one types: nothing typed is lost", async () => {
  const { target } = place;
  const page = await openEditor(place.context, place);
  await card(page, 2).click({ position: { x: 60, y: 16 } });
  await name(page).fill("");
  const words = "새벽 네시에 굽는 소금빵 이야기를 들려 드려요";
  let typed = 0;
  const type = async (until: number) => {
    for (; typed < until; typed += 1) await page.keyboard.insertText(words[typed] ?? "");
  };
  await type(6);
  const back = target.restart(6_000);
  await type(16);
  await page.locator("[data-saved=offline]").waitFor({ timeout: 30_000 });
  await back;
  await type(words.length);
  await expect.poll(labels, { timeout: 60_000 }).toContain(words);
  expect(await name(page).inputValue()).toBe(words);
  await saved(page);
  // Everybody else's window sees it too: the events have come back with the server.
  const other = await openEditor(place.context, place);
  await other.getByText(words).first().waitFor();
  await card(other, 4).click({ position: { x: 60, y: 16 } });
  await name(other).fill("다시 이어진 이름");
  await page.getByText("다시 이어진 이름").first().waitFor({ timeout: 30_000 });
  await other.close();
  await page.close();
});
if (!REAL) console.log("the program's restart is tested with CLOSER_BIN only: the mock keeps nothing");
