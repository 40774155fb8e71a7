// Drawing with the pointer.

import type { Page } from "playwright-core";
import { beforeEach, expect, test } from "vitest";

import { addBot, BOT, canvas, card, drag, draft, flowRow, middle, nodes, openEditor, type Place, point, saved } from "./editor";
import { editorScene } from "./editor-scene";

const scene = editorScene();
let place: Place;
let page: Page;
beforeEach(() => {
  ({ place, page } = scene);
});

const chooser = () => page.getByRole("dialog", { name: "추가할 노드" });
const MOD = "Control";

test("a connection that is dropped in the empty asks what shall stand there, and writes its condition", async () => {
  await page.keyboard.press("f");
  const from = await middle(point(page, 3, "data.buttons[1]"));
  await drag(page, from, { x: from.x - 120, y: from.y + 160 });
  await chooser().getByRole("combobox").fill("HTTP");
  await page.keyboard.press("Enter");
  await card(page, 5).waitFor();
  await saved(page);
  const [, , menu, , made] = await nodes(place);
  expect(made?.type).toBe("fetch");
  expect(menu?.next.at(-1)).toEqual({ nodeId: 5, where: { message: { equals: "예약" } } });
  // One step back takes node and edge, one forward brings both.
  await canvas(page).focus();
  await page.keyboard.press(`${MOD}+z`);
  await expect.poll(async () => (await nodes(place)).length).toBe(4);
  expect((await nodes(place))[2]?.next).toHaveLength(1);
  await page.keyboard.press(`${MOD}+Shift+z`);
  await expect.poll(async () => (await nodes(place)).length).toBe(5);
  // What may fail suggests its two ways.
  const failed = await middle(point(page, 5, "failure"));
  await drag(page, failed, await middle(card(page, 4).locator(".react-flow__handle.target")));
  await expect.poll(async () => (await nodes(place))[4]?.next).toEqual([{ nodeId: 4, where: { "fetch.error": { exists: true } } }]);
});

test("edges are led elsewhere by their end, and removed by dropping it in the empty", async () => {
  await page.keyboard.press("f");
  // The end of an edge is just before the point that it leads to.
  const end = async (id: number) => {
    const { x, y } = await middle(card(page, id).locator(".react-flow__handle.target"));
    return { x: x - 16, y };
  };
  await drag(page, await end(4), await middle(card(page, 2).locator(".react-flow__handle.target")));
  await expect.poll(async () => (await nodes(place))[2]?.next).toEqual([{ nodeId: 2, where: { message: { equals: "오늘의 빵" } } }]);
  const first = await end(3);
  await drag(page, first, { x: first.x, y: first.y + 260 });
  await expect.poll(async () => (await nodes(place))[1]?.next).toEqual([]);
});

test("nodes are moved, copied by dragging with Ctrl, deleted and brought back", async () => {
  await page.keyboard.press("f");
  const before = (await draft(place)).file;
  // Where no motion is wanted, what follows the pointer begins no transitions: they cost as much as the drag itself.
  const begun = await page.evaluateHandle(() => {
    const seen: string[] = [];
    document.addEventListener("transitionrun", (event) => seen.push(event.propertyName));
    return seen;
  });
  const from = await middle(card(page, 4));
  await drag(page, from, { x: from.x + 40, y: from.y + 120 });
  expect(await begun.jsonValue()).toEqual([]);
  await expect.poll(async () => JSON.stringify((await draft(place)).file) === JSON.stringify(before)).toBe(false);
  await saved(page);
  const moved = await middle(card(page, 4));
  await page.keyboard.down(MOD);
  await drag(page, moved, { x: moved.x - 260, y: moved.y + 60 });
  await page.keyboard.up(MOD);
  await card(page, 5).waitFor();
  expect(await middle(card(page, 4))).toEqual(moved);
  await card(page, 4).click({ position: { x: 60, y: 16 } });
  await canvas(page).focus();
  await page.keyboard.press("Delete");
  await card(page, 4).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "실행 취소" }).last().click();
  await card(page, 4).waitFor();
  // Everything back to the first byte.
  for (let n = 0; n < 5; n += 1) await page.keyboard.press(`${MOD}+z`);
  await expect.poll(async () => (await draft(place)).file).toEqual(before);
});

test("kinds are dragged from the palette, and a click links to what is chosen", async () => {
  await page.keyboard.press("f");
  const area = await canvas(page).boundingBox();
  if (!area) throw new Error("there is a canvas");
  const kind = page.getByRole("region", { name: "노드", exact: true }).getByRole("button", { name: "스크립트" });
  await kind.dragTo(canvas(page), { targetPosition: { x: area.width / 2, y: area.height - 120 } });
  await card(page, 5).waitFor();
  await expect.poll(async () => (await nodes(place)).map((one) => one.type)).toContain("sandbox");
  await card(page, 4).click({ position: { x: 60, y: 16 } });
  await page.getByRole("region", { name: "노드", exact: true }).getByRole("button", { name: "파라미터 설정" }).click();
  await card(page, 6).waitFor();
  await expect.poll(async () => (await nodes(place))[3]?.next).toEqual([{ nodeId: 6 }]);
});

test("nodes are copied into another flow and another bot", async () => {
  await canvas(page).focus();
  await page.keyboard.press(`${MOD}+a`);
  await page.keyboard.press(`${MOD}+c`);
  await page.getByText("노드 4개를 복사했어요").waitFor();
  await flowRow(page, "폴백").click();
  await card(page, 2).waitFor();
  await canvas(page).focus();
  await page.keyboard.press(`${MOD}+v`);
  await expect.poll(async () => (await nodes(place, 2)).map((one) => [one.id, one.label, one.next.map((way) => way.nodeId)])).toEqual([
    [1, "진입", [2]],
    [2, "못 알아들음", []],
    [3, "인사", [4]],
    [4, "메뉴", [5]],
    [5, "빵", []],
  ]);
  const other = { ...place, bot: await addBot(place.context, place.ws, BOT) };
  const second = await openEditor(place.context, other);
  await canvas(second).focus();
  await second.keyboard.press(`${MOD}+v`);
  await expect.poll(async () => (await nodes(other)).length).toBe(7);
  await second.close();
});

test("all nodes are laid out anew without lying upon each other, in one step", async () => {
  const before = (await draft(place)).file;
  await canvas(page).focus();
  await page.keyboard.press("l");
  await expect.poll(async () => JSON.stringify((await draft(place)).file) === JSON.stringify(before)).toBe(false);
  const boxes = await Promise.all([1, 2, 3, 4].map((id) => card(page, id).boundingBox()));
  for (const [at, a] of boxes.entries()) {
    for (const b of boxes.slice(at + 1)) {
      if (!a || !b) continue;
      const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      expect(apart).toBe(true);
    }
  }
  await page.keyboard.press(`${MOD}+z`);
  await expect.poll(async () => (await draft(place)).file).toEqual(before);
});

test("the flow is saved as a picture", async () => {
  await page.keyboard.press(`${MOD}+k`);
  await page.getByRole("combobox").fill("PNG");
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  expect(download.suggestedFilename()).toBe("시작.png");
  const stream = await download.createReadStream();
  const bytes: Buffer[] = [];
  for await (const part of stream) bytes.push(part as Buffer);
  const picture = Buffer.concat(bytes);
  expect(picture.subarray(1, 4).toString()).toBe("PNG");
  expect(picture.length).toBeGreaterThan(20_000);
});
