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
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await target?.stop();
});

describe.runIf(REAL).sequential("the Chat screen", { timeout: 120_000 }, () => {
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

  test("Hangul is never sent by half: the Enter that ends a composition sends nothing", async () => {
    const { page } = await opens(house, house.owner);
    onTestFailed(async () => void (await page.screenshot({ path: "/tmp/closer-e2e-chat.png" })));
    const customer = await Customer.comes(browser, house);
    await customer.calls();
    await row(page, customer.name).click();
    const field = input(page, customer.name);
    await field.focus();
    const cdp = await page.context().newCDPSession(page);
    const compose = (text: string) => cdp.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    for (const part of ["ㅇ", "아", "안"]) await compose(part);
    await cdp.send("Input.insertText", { text: "안" });
    for (const part of ["ㄴ", "녀", "녕"]) await compose(part);
    expect(await field.inputValue()).toBe("안녕");
    // What the browser tells of the Enter that ends it: a key of the input method's.
    await cdp.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key: "Enter", code: "Enter", windowsVirtualKeyCode: 229 });
    await page.waitForTimeout(300);
    expect(await windowOf(page, customer.name).locator("[data-from=agent], [data-pending]").count()).toBe(0);
    expect(await field.inputValue()).toBe("안녕");
    await cdp.send("Input.insertText", { text: "녕" });
    await page.keyboard.press("Enter");
    await customer.hears("agent", "안녕");
    expect(await field.inputValue()).toBe("");
    expect((await customer.said()).filter((one) => one.from === "agent").map((one) => one.text)).toEqual(["안녕"]);
    // Shift+Enter breaks the line.
    await field.fill("첫 줄");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("둘째 줄");
    await page.keyboard.press("Enter");
    await customer.hears("agent", "첫 줄\n둘째 줄");
    await page.close();
  });

  test("drafts are kept per conversation, over a reload too; canned messages and notes", async () => {
    const { page } = await opens(house, house.owner);
    onTestFailed(async () => void (await page.screenshot({ path: "/tmp/closer-e2e-chat.png" })));
    const [first, second] = [await Customer.comes(browser, house), await Customer.comes(browser, house)];
    await first.calls();
    await second.calls();
    await row(page, first.name).click();
    await input(page, first.name).fill("쓰다 만 말");
    await row(page, second.name).click();
    expect(await input(page, second.name).inputValue()).toBe("");
    await page.reload();
    await row(page, first.name).click();
    expect(await input(page, first.name).inputValue()).toBe("쓰다 만 말");
    // A canned message with the customer's name, which is written down first.
    const info = page.getByRole("region", { name: "고객 정보" });
    await info.getByRole("button", { name: "이름 고치기" }).click();
    await page.keyboard.type("김손님");
    await page.keyboard.press("Enter");
    await windowOf(page, "김손님").waitFor();
    await info.getByRole("combobox", { name: "태그 추가" }).fill("단골");
    await page.keyboard.press("Enter");
    await info.getByRole("button", { name: "‘단골’ 태그 지우기" }).waitFor();
    await info.getByText("상용구", { exact: true }).click();
    await info.getByRole("button", { name: "새 상용구" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("제목").fill("첫 인사");
    await dialog.getByLabel("내용").fill("{{name}}님, 반가워요");
    await dialog.getByLabel("단축어").fill("인사");
    await dialog.getByRole("button", { name: "저장" }).click();
    await info.getByText("김손님님, 반가워요").waitFor();
    await input(page, "김손님").fill("/인");
    await page.getByRole("option", { name: /첫 인사/ }).waitFor();
    await page.keyboard.press("Enter");
    expect(await input(page, "김손님").inputValue()).toBe("김손님님, 반가워요");
    await page.keyboard.press("Enter");
    await first.hears("agent", "김손님님, 반가워요");
    await windowOf(page, "김손님").getByText("메모", { exact: true }).click();
    await windowOf(page, "김손님").getByRole("textbox", { name: "메모 입력" }).fill("다시 전화하기로 함");
    await page.keyboard.press("Enter");
    await windowOf(page, "김손님").locator("[data-line=note]").getByText("다시 전화하기로 함").waitFor();
    expect((await first.said()).some((one) => one.text.includes("전화"))).toBe(false);
    await page.close();
  });

  test("a picture is dropped into the window; what is no picture and no document is refused before it leaves", async () => {
    const { page } = await opens(house, house.owner);
    onTestFailed(async () => void (await page.screenshot({ path: "/tmp/closer-e2e-chat.png" })));
    const customer = await Customer.comes(browser, house);
    await customer.calls();
    await row(page, customer.name).click();
    const drop = (name: string, type: string) =>
      windowOf(page, customer.name).evaluate(
        async (element, [fileName, fileType]) => {
          const canvas = Object.assign(document.createElement("canvas"), { width: 40, height: 30 });
          canvas.getContext("2d")?.fillRect(0, 0, 40, 30);
          const bytes = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
          const transfer = new DataTransfer();
          transfer.items.add(new File([bytes ?? ""], fileName ?? "", { type: fileType ?? "" }));
          element.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: transfer }));
        },
        [name, type],
      );
    await drop("견적.exe", "application/x-msdownload");
    await page.getByText("보낼 수 없는 파일이에요").first().waitFor();
    await drop("빵.png", "image/png");
    await expect.poll(async () => (await customer.said()).filter((one) => one.from === "agent").length).toBe(1);
    expect((await customer.said()).at(-1)?.text).toMatch(/\/media\//);
    await windowOf(page, customer.name).locator("[data-seq] img").waitFor();
    await page.close();
  });

  test("by keyboard alone: from the queue to the end", async () => {
    const { page, complaints } = await opens(house, house.owner);
    onTestFailed(async () => void (await page.screenshot({ path: "/tmp/closer-e2e-chat.png" })));
    const customer = await Customer.comes(browser, house);
    await customer.calls();
    await row(page, customer.name).waitFor();
    // The longest waiting first; then down to the one that is wanted.
    await page.keyboard.press("Alt+n");
    for (let step = 0; step < 12 && (await windowOf(page, customer.name).count()) === 0; step++) {
      await page.keyboard.press("Alt+ArrowDown");
      await page.waitForTimeout(150);
    }
    await windowOf(page, customer.name).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("TEXTAREA");
    await page.keyboard.press("Alt+t");
    await customer.isWith("agent");
    await page.keyboard.type("글쇠만으로 답해요");
    await page.keyboard.press("Enter");
    await customer.hears("agent", "글쇠만으로 답해요");
    await page.keyboard.press("Alt+c");
    await customer.isWith("bot");
    await page.keyboard.press("Alt+x");
    await windowOf(page, customer.name).waitFor({ state: "detached" });
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press("?");
    await page.getByRole("dialog").getByText("가장 오래 기다린 상담 열기").waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });
});
