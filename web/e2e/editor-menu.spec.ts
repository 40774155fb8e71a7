// What is asked for where it lies: the canvas's menu, a branch for a sentence that nothing answered, and the way back that
// stands beside what was done.

import type { Page } from "playwright-core";
import { beforeEach, expect, test, vi } from "vitest";

import { another, canvas, card, draft, middle, nodes, openEditor, type Place, saved } from "./editor";
import { editorScene } from "./editor-scene";

vi.setConfig({ testTimeout: 240_000 });
const scene = editorScene();
let place: Place;
let page: Page;
beforeEach(() => {
  ({ place, page } = scene);
});

async function nudge(window: Page, key: string, times: number): Promise<void> {
  await card(window, 4).click({ position: { x: 60, y: 16 } });
  await canvas(window).focus();
  for (let n = 0; n < times; n += 1) await window.keyboard.press(`Alt+Arrow${key}`);
}
const menu = (name: string) => page.getByRole("menu", { name });
const item = (name: string | RegExp) => page.getByRole("menuitem", { name });
const ids = async () => (await nodes(place)).map((one) => one.id);

test("the right button asks about the node, the way or the place under it", async () => {
  await page.keyboard.press("f");
  await card(page, 4).click({ button: "right", position: { x: 60, y: 16 } });
  await menu("노드 메뉴").waitFor();
  await item(/복제/).click();
  await expect.poll(ids).toEqual([1, 2, 3, 4, 5]);
  await card(page, 5).click({ button: "right", position: { x: 60, y: 16 } });
  await item(/삭제/).click();
  await expect.poll(ids).toEqual([1, 2, 3, 4]);
  // The way from the greeting to the menu.
  const [from, to] = [await card(page, 2).boundingBox(), await card(page, 3).boundingBox()];
  if (!from || !to) throw new Error("both are in sight");
  await page.mouse.click((from.x + from.width + to.x) / 2, (await middle(card(page, 3).locator(".react-flow__handle.target"))).y, { button: "right" });
  await menu("연결 메뉴").waitFor();
  await item(/삭제/).click();
  await expect.poll(async () => (await nodes(place))[1]?.next).toEqual([]);
  const area = await canvas(page).boundingBox();
  if (!area) throw new Error("there is a canvas");
  const empty = { x: area.x + 200, y: area.y + area.height - 160 };
  await page.mouse.click(empty.x, empty.y, { button: "right" });
  await menu("캔버스 메뉴").waitFor();
  await item("여기에 노드 추가").click();
  await page.keyboard.type("스크립트");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await nodes(place)).at(-1)?.type).toBe("sandbox");
  const made = await card(page, 5).boundingBox();
  expect(Math.abs((made?.x ?? 0) - empty.x)).toBeLessThan(30);
});

test("the menu key opens it at what is chosen, and its acts go by keys", async () => {
  await canvas(page).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+F10");
  await menu("노드 메뉴").waitFor();
  await page.keyboard.press("Escape");
  await menu("노드 메뉴").waitFor({ state: "detached" });
  expect(await page.evaluate(() => document.activeElement?.hasAttribute("data-canvas"))).toBe(true);
  await page.keyboard.press("ContextMenu");
  await menu("노드 메뉴").waitFor();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect.poll(ids).toEqual([1, 3, 4]);
});

test("beside the preview the form takes no room while nothing is chosen", async () => {
  const form = page.locator("[data-pane=form]");
  await page.getByRole("button", { name: "미리보기", exact: true }).click();
  await page.locator("[data-pane=preview]").waitFor();
  await form.waitFor({ state: "detached" });
  const wide = (await canvas(page).boundingBox())?.width ?? 0;
  await card(page, 2).click({ position: { x: 60, y: 16 } });
  await form.waitFor();
  await expect.poll(async () => (await canvas(page).boundingBox())?.width).toBeLessThan(wide - 100);
  await page.keyboard.press("Escape");
  await form.waitFor({ state: "detached" });
});

test("the way back beside the news takes back that, not what was done since", async () => {
  await card(page, 4).click({ position: { x: 60, y: 16 } });
  await canvas(page).focus();
  await page.keyboard.press("Delete");
  await card(page, 4).waitFor({ state: "detached" });
  await card(page, 2).click({ position: { x: 60, y: 16 } });
  await page.locator("[data-pane=form]").getByLabel("노드 이름", { exact: true }).fill("첫인사");
  await page.getByRole("button", { name: "실행 취소" }).last().click();
  await card(page, 4).waitFor();
  await expect.poll(async () => (await nodes(place)).map((one) => one.label)).toEqual(["진입", "첫인사", "메뉴", "빵"]);
  expect((await nodes(place))[2]?.next).toEqual([{ nodeId: 4, where: { message: { equals: "오늘의 빵" } } }]);
});

test("a sentence that nothing answered gets a branch with one press, and one step takes it back", async () => {
  const said = "배송은 언제 와요?";
  const before = (await draft(place)).file;
  const own = await openEditor(place.context, place, `?branch=${encodeURIComponent(said)}`);
  const offer = own.locator("[data-branch]");
  await offer.getByText(said).waitFor();
  await offer.getByRole("button", { name: "폴백 ‘폴백’에 추가" }).click();
  await offer.waitFor({ state: "detached" });
  // The cursor stands where the answer is written.
  await expect.poll(() => own.evaluate(() => document.activeElement?.closest("[data-pane=form]") !== null)).toBe(true);
  await saved(own);
  const [entry, , made] = await nodes(place, 2);
  expect(entry?.next).toEqual([{ nodeId: 2 }, { nodeId: 3, where: { message: { contains: said } } }]);
  expect(made?.type).toBe("response");
  await own.getByRole("button", { name: "실행 취소" }).last().click();
  await expect.poll(async () => (await draft(place)).file).toEqual(before);
  await own.close();
});

test("two who move one node hear of it, and can take the other's place", async () => {
  const other = await another(scene.browser, place);
  const theirs = await openEditor(other, place);
  const at = async () => ((await nodes(place))[3] as unknown as { meta: { design: { x: number } } }).meta.design.x;
  await page.route("**/draft*", (route) => route.abort());
  await nudge(page, "Left", 3);
  await nudge(theirs, "Right", 5);
  await expect.poll(at).toBe(880 + 40);
  await page.unroute("**/draft*");
  await expect.poll(at, { timeout: 40_000 }).toBe(880 - 24);
  await page.getByRole("button", { name: "상대가 옮긴 자리로" }).click();
  await expect.poll(at).toBe(880 + 40);
  await other.close();
});
