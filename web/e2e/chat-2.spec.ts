// Two agents and three customers at once: assignment, transfer, flows, away, missed, off-hours; and a server that is killed in the
// midst of it.

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from "vitest";

import { launch } from "./browser";
import { Customer, gather, input, opens, row, shownIn, type Team, view, windowOf } from "./chat";
import { freshServer, REAL, type Target } from "./target";

if (!REAL) console.log("not run: the Chat screen needs the real program (CLOSER_BIN)");

const CLOSED = { enabled: true, week: [[], [], [], [], [], [], []], notice: "상담 시간이 아니에요.", accept: false };

let browser: Browser;
let target: Target;
let house: Team;
let han: Page;
let kim: Page;
const complaints: string[][] = [];
const customers: Customer[] = [];
const one = (nth: number) => customers[nth] ?? (customers[0] as Customer);

beforeAll(async () => {
  if (!REAL) return;
  [browser, target] = await Promise.all([launch(), freshServer()]);
  house = await gather(browser, target);
  await house.settings({ assignment: { auto: true, max: 2 }, cancel: { ignoreQuick: false } });
  const second = await house.agent("김지은", "jieun@example.com");
  const screens = [await opens(house, house.owner, "?view=mine"), await opens(house, second, "?view=mine")];
  [han, kim] = screens.map((one_) => one_.page) as [Page, Page];
  complaints.push(...screens.map((one_) => one_.complaints));
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await target?.stop();
});

/** Who of the two has a customer. */
async function ownerOf(customer: Customer): Promise<[owner: Page, other: Page]> {
  for (let tries = 0; tries < 100; tries++) {
    if (await row(han, customer.name).count()) return [han, kim];
    if (await row(kim, customer.name).count()) return [kim, han];
    await han.waitForTimeout(100);
  }
  throw new Error(`nobody was given ${customer.name}`);
}
const pictures = () =>
  onTestFailed(async () => {
    await han?.screenshot({ path: "/tmp/closer-e2e-chat-han.png" });
    await kim?.screenshot({ path: "/tmp/closer-e2e-chat-kim.png" });
  });

describe.runIf(REAL).sequential("two agents and three customers", { timeout: 120_000 }, () => {
  test("requests are given out evenly, and each customer is heard by one", async () => {
    pictures();
    for (let nth = 0; nth < 3; nth++) customers.push(await Customer.comes(browser, house));
    await Promise.all(customers.map((customer) => customer.calls()));
    const owners = await Promise.all(customers.map((customer) => ownerOf(customer)));
    const counts = [han, kim].map((page) => owners.filter(([owner]) => owner === page).length);
    expect(counts.toSorted()).toEqual([1, 2]);
    for (const [nth, customer] of customers.entries()) {
      const [owner] = owners[nth] ?? [han];
      await row(owner, customer.name).click();
      await input(owner, customer.name).fill(`${nth}번 손님, 안녕하세요`);
      await owner.keyboard.press("Enter");
    }
    for (const [nth, customer] of customers.entries()) {
      await customer.hears("agent", `${nth}번 손님, 안녕하세요`);
      await customer.says(`${nth}번이에요`);
    }
    for (const [nth, customer] of customers.entries()) await row(owners[nth]?.[0] ?? han, customer.name).getByText(`${nth}번이에요`).waitFor();
  });

  test("who types is seen on both sides", async () => {
    pictures();
    const customer = one(0);
    const [owner] = await ownerOf(customer);
    await row(owner, customer.name).click();
    await customer.types();
    await windowOf(owner, customer.name).getByText("고객이 입력하고 있어요").waitFor();
    const before = await customer.sawTyping();
    await input(owner, customer.name).pressSequentially("네,");
    await expect.poll(() => customer.sawTyping()).toBeGreaterThan(before);
    await input(owner, customer.name).fill("");
  });

  test("a consultation is handed over, and its new agent goes on", async () => {
    pictures();
    // The one who has one alone gets another.
    const holders = await Promise.all(customers.map((customer) => ownerOf(customer)));
    const busy = holders.filter(([page]) => page === han).length === 2 ? han : kim;
    const nth = holders.findIndex(([page]) => page === busy);
    const customer = one(nth);
    const free = busy === han ? kim : han;
    await row(busy, customer.name).click();
    await windowOf(busy, customer.name).getByRole("button", { name: /^담당 바꾸기/ }).click();
    await busy.getByRole("menuitem", { name: busy === han ? /김지은/ : /한서윤/ }).click();
    await row(free, customer.name).click();
    await row(busy, customer.name).waitFor({ state: "detached" });
    await windowOf(free, customer.name).locator("[data-line=transferred]").waitFor();
    await input(free, customer.name).fill("이어서 도와드릴게요");
    await free.keyboard.press("Enter");
    await customer.hears("agent", "이어서 도와드릴게요");
  });

  test("a flow is started and stopped in the midst of it", async () => {
    pictures();
    const customer = one(0);
    const [owner] = await ownerOf(customer);
    await row(owner, customer.name).click();
    await owner.getByRole("region", { name: "고객 정보" }).getByText("플로우", { exact: true }).click();
    await owner.getByRole("button", { name: "만족도 시작" }).click();
    await customer.hears("bot", "상담은 어떠셨어요?");
    await windowOf(owner, customer.name).getByText("봇이 플로우를 진행하고 있어요").waitFor();
    await windowOf(owner, customer.name).getByRole("button", { name: "플로우 멈추기" }).click();
    await windowOf(owner, customer.name).locator("[data-line=flow-stopped]").waitFor();
    await owner.getByRole("region", { name: "고객 정보" }).getByText("고객", { exact: true }).click();
  });

  test("the server is killed while everybody writes: nothing is lost, doubled or out of order", async () => {
    pictures();
    const customer = one(1);
    const [owner] = await ownerOf(customer);
    await row(owner, customer.name).click();
    const field = input(owner, customer.name);
    const send = async (from: number, to: number) => {
      for (let n = from; n <= to; n++) {
        await field.fill(`말 ${n}`);
        await owner.keyboard.press("Enter");
        await customer.says(`답 ${n}`);
      }
    };
    await send(1, 4);
    const away = target.restart(2_500);
    await send(5, 8);
    await owner.getByText(/연결이 끊겼어요/).first().waitFor();
    await away;
    await send(9, 10);
    for (let n = 1; n <= 10; n++) await customer.hears("agent", `말 ${n}`);
    for (let n = 1; n <= 10; n++) await windowOf(owner, customer.name).getByText(`답 ${n}`, { exact: true }).waitFor();
    await expect.poll(() => windowOf(owner, customer.name).locator("[data-pending]").count()).toBe(0);
    await customer.isWhole();
    const heard = (await customer.said()).filter((it) => it.from === "agent" && it.text.startsWith("말 ")).map((it) => it.text);
    expect(heard).toEqual(Array.from({ length: 10 }, (_, at) => `말 ${at + 1}`));
    const shown = await shownIn(owner, customer.name);
    expect(shown.map(([seq]) => seq)).toEqual(shown.map((_, at) => (shown[0]?.[0] ?? 0) + at));
    const texts = shown.map(([, text]) => text.trim());
    for (const kind of ["말", "답"]) expect(texts.filter((text) => text.startsWith(`${kind} `))).toEqual(Array.from({ length: 10 }, (_, at) => `${kind} ${at + 1}`));
    await expect.poll(() => owner.getByText(/연결이 끊겼어요/).count()).toBe(0);
  });

  test("completed into a flow: the survey begins at once", async () => {
    pictures();
    const customer = one(1);
    const [owner] = await ownerOf(customer);
    await row(owner, customer.name).click();
    await windowOf(owner, customer.name).getByRole("button", { name: "완료 방법" }).click();
    await owner.getByRole("menuitem", { name: "만족도" }).click();
    await customer.hears("bot", "상담은 어떠셨어요?");
    await customer.isWith("bot");
    await row(owner, customer.name).waitFor({ state: "detached" });
    await view(owner, "completed");
    await row(owner, customer.name).waitFor();
    await view(owner, "mine");
  });

  test("who is away gets nothing, and gets it when they are back", async () => {
    pictures();
    await house.settings({ assignment: { auto: true, max: 5 } });
    for (const page of [han, kim]) {
      await page.getByRole("button", { name: /^내 상태/ }).click();
      await page.getByRole("menuitem", { name: /자리 비움/ }).click();
      await page.getByRole("button", { name: "내 상태: 자리 비움" }).waitFor();
    }
    const late = await Customer.comes(browser, house);
    await late.calls();
    await view(han, "waiting");
    await row(han, late.name).getByText("대기", { exact: true }).waitFor();
    await view(kim, "mine");
    expect(await row(kim, late.name).count()).toBe(0);
    await kim.getByRole("button", { name: /^내 상태/ }).click();
    await kim.getByRole("menuitem", { name: /상담 중/ }).click();
    await row(kim, late.name).waitFor();
    customers.push(late);
    await view(han, "mine");
  });

  test("a customer who takes the call back was missed, with the reason", async () => {
    pictures();
    await kim.getByRole("button", { name: /^내 상태/ }).click();
    await kim.getByRole("menuitem", { name: /자리 비움/ }).click();
    const gone = await Customer.comes(browser, house);
    await gone.calls();
    await gone.says("상담 취소");
    await gone.hears("bot", "상담을 취소했어요.");
    await view(kim, "missed");
    await row(kim, gone.name).click();
    await windowOf(kim, gone.name).getByText("고객이 상담을 취소함").waitFor();
  });

  test("outside of the hours the customer is told, and nobody is called", async () => {
    pictures();
    await house.settings({ hours: CLOSED });
    const night = await Customer.comes(browser, house);
    await night.says("상담원");
    await night.hears("bot", "상담 시간이 아니에요.");
    await view(kim, "waiting");
    expect(await row(kim, night.name).count()).toBe(0);
    await view(kim, "bot");
    await row(kim, night.name).waitFor();
  });

  test("a running conversation with the bot is watched, and one steps in with one press", async () => {
    pictures();
    await house.settings({});
    const guest = await Customer.comes(browser, house);
    await view(kim, "bot");
    await row(kim, guest.name).click();
    await guest.says("배송");
    await windowOf(kim, guest.name).getByText("내일 도착해요.").waitFor();
    await windowOf(kim, guest.name).getByRole("button", { name: "상담 시작하기" }).click();
    await guest.isWith("agent");
    await input(kim, guest.name).fill("제가 도와드릴게요");
    await kim.keyboard.press("Enter");
    await guest.hears("agent", "제가 도와드릴게요");
    await guest.isWhole();
  });

  test("nobody's browser has complained", () => {
    // A connection that was cut is the browser's own news.
    const others = complaints.flat().filter((text) => !/WebSocket connection|ERR_|EventSource/.test(text));
    expect(others).toEqual([]);
  });
});
