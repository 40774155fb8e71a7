// The editor by keyboard alone; its explorer, search, panes and addresses.

import type { Page } from "playwright-core";
import { beforeEach, expect, test } from "vitest";

import { BOT, canvas, card, draft, flowRow, nodes, type Place, saved } from "./editor";
import { editorScene } from "./editor-scene";

const scene = editorScene();
let place: Place;
let page: Page;
beforeEach(() => {
  ({ place, page } = scene);
});

const MOD = "Control";
const told = () => page.locator("[data-told]").textContent();
const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.tagName);

test("a node is added, linked, written in, moved and taken back without a pointer", async () => {
  const before = (await draft(place)).file;
  await canvas(page).focus();
  await page.keyboard.press("ArrowRight");
  expect(await told()).toContain("진입");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  expect(await told()).toContain("메뉴");
  // N: what shall come next. It is linked, and the cursor stands in its form.
  await page.keyboard.press("n");
  await page.keyboard.type("메시지");
  await page.keyboard.press("Enter");
  await card(page, 5).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest("[data-pane=form]") !== null)).toBe(true);
  await page.keyboard.press("Escape");
  expect(await focused()).toContain("시작 플로우");
  // C: from the second button to the new node.
  await page.keyboard.press("ArrowLeft");
  expect(await told()).toContain("메뉴");
  await page.keyboard.press("c");
  await page.keyboard.type("예약");
  await page.keyboard.press("Enter");
  await page.keyboard.type("인사");
  await page.keyboard.press("Enter");
  await saved(page);
  expect((await nodes(place))[2]?.next.slice(1)).toEqual([{ nodeId: 5 }, { nodeId: 2, where: { message: { equals: "예약" } } }]);
  // E goes through the ways out, Delete takes the one that is chosen.
  await canvas(page).focus();
  await page.keyboard.press("e");
  await page.keyboard.press("e");
  await page.keyboard.press("Delete");
  await expect.poll(async () => (await nodes(place))[2]?.next).toHaveLength(2);
  await page.keyboard.press("Alt+ArrowDown");
  await page.keyboard.press("Alt+ArrowDown");
  for (let n = 0; n < 6; n += 1) await page.keyboard.press(`${MOD}+z`);
  await expect.poll(async () => (await draft(place)).file).toEqual(before);
});

test("the palette of commands and the sheet of keys show what this screen can do", async () => {
  await canvas(page).focus();
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "단축키" });
  await sheet.getByText("자동 정렬").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press(`${MOD}+k`);
  await page.getByRole("combobox").fill("새 플로우");
  await page.keyboard.press("Enter");
  await page.getByRole("list", { name: "플로우" }).getByRole("textbox", { name: "플로우 이름" }).waitFor();
  await page.keyboard.type("영업시간");
  await page.keyboard.press("Enter");
  await saved(page);
  expect((await draft(place)).file.flows.map((flow) => flow.title)).toEqual(["시작", "폴백", "영업시간"]);
  // `[` leads to the flow before; the address names it.
  await page.keyboard.press("[");
  await page.waitForURL(/edit\/2$/);
});

test("flows are renamed, copied, made the start, exported, imported, deleted and brought back", async () => {
  const menu = async (title: string, item: string) => {
    await flowRow(page, title).first().focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: item }).press("Enter");
  };
  await menu("폴백", "복제");
  await flowRow(page, "폴백 사본").waitFor();
  await menu("폴백 사본", "이름 바꾸기");
  await page.getByRole("list", { name: "플로우" }).getByRole("textbox", { name: "플로우 이름" }).fill("둘째");
  await page.keyboard.press("Enter");
  await menu("둘째", "시작 플로우로 정하기");
  await saved(page);
  await expect.poll(async () => (await draft(place)).file.preference.entryFlowId).toBe(3);
  const [download] = await Promise.all([page.waitForEvent("download"), menu("시작", "플로우 내보내기")]);
  const parts: Buffer[] = [];
  for await (const part of await download.createReadStream()) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  expect(JSON.parse(text)).toEqual(BOT.flows[0]);
  await menu("시작", "삭제");
  await flowRow(page, "시작").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "실행 취소" }).last().click();
  await flowRow(page, "시작").waitFor();
  await page.getByLabel("플로우 가져오기").first().setInputFiles({ name: "flow.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await flowRow(page, "시작 2").waitFor();
  await page.getByLabel("플로우 가져오기").first().setInputFiles({ name: "bad.json", mimeType: "application/json", buffer: Buffer.from('{"id":1,"title":"x","nodes":[]}') });
  await page.getByText("진입 노드가 없는 플로우예요.").first().waitFor();
  await saved(page);
  expect((await draft(place)).file.flows.map((flow) => flow.title)).toEqual(["시작", "폴백", "둘째", "시작 2"]);
});

test("a word is found in the nodes of all flows; its place has an address, and so has the way back", async () => {
  await page.keyboard.press(`${MOD}+f`);
  await page.keyboard.type("모르겠");
  await page.getByRole("button", { name: /잘 모르겠어요/ }).click();
  await page.waitForURL(/edit\/2\?node=2$/);
  await card(page, 2).locator("[class*=selected]").waitFor();
  await page.goBack();
  await expect.poll(() => page.getByRole("heading", { level: 1 }).textContent()).toContain("시작");
  await page.goto(`/w/${place.ws}/bots/${place.bot}/edit/1?node=4`);
  await card(page, 4).locator("[class*=selected]").waitFor();
});

test("panes are sized, moved and hidden, and a reload finds them so", async () => {
  const border = page.getByRole("separator", { name: "왼쪽 패널 크기" });
  await border.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  expect(await border.getAttribute("aria-valuenow")).toBe("264");
  await page.getByRole("button", { name: "노드 패널 메뉴" }).click();
  await page.getByRole("menuitem", { name: "아래" }).click();
  await page.keyboard.press("Alt+Digit3");
  await page.reload();
  await card(page, 1).waitFor();
  expect(await page.getByRole("separator", { name: "왼쪽 패널 크기" }).getAttribute("aria-valuenow")).toBe("264");
  expect(await page.locator("[data-pane=form]").count()).toBe(0);
  const below = await page.locator("[data-pane=palette]").boundingBox();
  expect(below && below.y > 500).toBe(true);
});
