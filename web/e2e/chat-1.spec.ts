// Agents and customers talk, over the real connections: the road from a call to its end.

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from "vitest";

import { launch } from "./browser";
import { Customer, gather, input, opens, row, shownIn, type Team, view, windowOf } from "./chat";
import { freshServer, REAL, type Target } from "./target";

if (!REAL) console.log("not run: the Chat screen needs the real program (CLOSER_BIN)");

let browser: Browser;
let target: Target;
let house: Team;

beforeAll(async () => {
  if (!REAL) return;
  [browser, target] = await Promise.all([launch(), freshServer()]);
  house = await gather(browser, target);
});
afterAll(async () => {
  await browser?.close();
  await target?.stop();
});

describe.runIf(REAL).sequential("the Chat screen", () => {
  test("a customer calls, an agent takes it, and both are heard", async () => {
    const { page, complaints } = await opens(house, house.owner);
    onTestFailed(async () => void (await page.screenshot({ path: "/tmp/closer-e2e-chat.png" })));
    await page.getByText("기다리는 고객이 없어요").waitFor();
    const customer = await Customer.comes(browser, house);
    await customer.calls();
    await row(page, customer.name).click();
    await windowOf(page, customer.name).getByText("상담원을 부르고 있어요.").waitFor();
    await windowOf(page, customer.name).getByRole("button", { name: "상담 시작" }).click();
    await input(page, customer.name).fill("무엇을 도와드릴까요?");
    await page.keyboard.press("Enter");
    await customer.hears("agent", "무엇을 도와드릴까요?");
    await customer.isWith("agent");
    await customer.says("주문을 바꾸고 싶어요");
    await windowOf(page, customer.name).getByText("주문을 바꾸고 싶어요").waitFor();
    // What was sent stands there once.
    await expect.poll(() => windowOf(page, customer.name).getByText("무엇을 도와드릴까요?").count()).toBe(1);
    expect(await windowOf(page, customer.name).locator("[data-pending]").count()).toBe(0);
    await view(page, "mine");
    await row(page, customer.name).waitFor();
    await windowOf(page, customer.name).getByRole("button", { name: "상담 완료", exact: true }).click();
    await page.getByText("맡은 상담이 없어요").waitFor();
    await customer.isWith("bot");
    await customer.isWhole();
    const seqs = (await shownIn(page, customer.name)).map(([seq]) => seq);
    expect(seqs).toEqual(seqs.map((_, at) => (seqs[0] ?? 0) + at));
    expect(complaints).toEqual([]);
    await page.close();
  });
});
