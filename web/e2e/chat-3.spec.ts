// What agents have beside a conversation: suggested answers, colleagues who are called, labels and panels, where bots stand,
// words that are found, documents, files to take along, and what one bot does otherwise.

import { readFileSync } from "node:fs";

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from "vitest";

import { launch } from "./browser";
import { Customer, gather, input, opens, row, type Team, view, windowOf } from "./chat";
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

const pictures = (page: Page) => onTestFailed(async () => void (await page.screenshot({ path: "/tmp/closer-e2e-chat-3.png" })));
/** A customer who has called, with their window open. */
async function caller(page: Page): Promise<Customer> {
  const customer = await Customer.comes(browser, house);
  await customer.calls();
  await view(page, "waiting");
  await row(page, customer.name).click();
  await windowOf(page, customer.name).getByText("상담원을 부르고 있어요.").waitFor();
  return customer;
}

describe.runIf(REAL).sequential("beside a conversation", { timeout: 120_000 }, () => {
  test("an answer is written, others come from a file, and what fits is suggested and sent", async () => {
    const { page, complaints } = await opens(house, house.owner);
    pictures(page);
    await page.goto(`/w/${house.ws}/settings/answers`);
    await page.getByText("질문과 답변이 없어요").waitFor();
    await page.getByRole("button", { name: "새 질문과 답변" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("질문", { exact: true }).fill("영수증 다시 받을 수 있나요");
    await dialog.getByLabel("답변", { exact: true }).fill("네, {{bot}} 주문 내역에서 받으실 수 있어요.");
    await dialog.getByRole("button", { name: "저장" }).click();
    await page.getByRole("table").getByText("영수증 다시 받을 수 있나요").waitFor();
    await page.getByRole("button", { name: "파일 가져오기" }).click();
    const csv = "\uFEFF질문,답변,분류\n배송은 얼마나 걸리나요,이틀 걸려요.,배송\n,답만 있어요.,\n";
    await dialog.locator("input[type=file]").setInputFiles({ name: "faq.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
    await dialog.getByText("새로 1개, 바뀐 것 0개").waitFor();
    await dialog.getByText(/3번째 줄/).waitFor();
    await dialog.getByRole("button", { name: "완료" }).click();
    await page.getByRole("table").getByText("이틀 걸려요.").waitFor();
    await page.goto(`/w/${house.ws}/chat`);
    const customer = await caller(page);
    await customer.says("배송은 얼마나 걸려요?");
    const theirs = windowOf(page, customer.name);
    await theirs.getByText("배송은 얼마나 걸려요?").hover();
    await theirs.locator("[data-from=user]").last().getByRole("button", { name: "이 메시지에 맞는 답변" }).click();
    const offered = theirs.getByRole("group", { name: "답변 추천" });
    await offered.getByText("이틀 걸려요.").waitFor();
    await offered.getByRole("button", { name: "바로 보내기" }).first().click();
    await customer.hears("agent", "이틀 걸려요.");
    // By keyboard: to the last message, into the field, and sent after a look.
    await customer.says("영수증 받을 수 있어요?");
    await theirs.getByText("영수증 받을 수 있어요?").waitFor();
    await input(page, customer.name).focus();
    await page.keyboard.press("Alt+s");
    await offered.getByText(/주문 내역에서/).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.hasAttribute("data-answer"))).toBe(true);
    await page.keyboard.press("Enter");
    await expect.poll(() => input(page, customer.name).inputValue()).toBe("네, 맑은마켓 주문 내역에서 받으실 수 있어요.");
    await page.keyboard.press("Enter");
    await customer.hears("agent", "네, 맑은마켓 주문 내역에서 받으실 수 있어요.");
    await page.goto(`/w/${house.ws}/settings/answers`);
    await expect.poll(() => page.getByRole("row", { name: /배송은 얼마나/ }).getByRole("cell", { name: "1", exact: true }).count()).toBe(1);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("a colleague is called in a note and finds it, until they have looked", async () => {
    const second = await house.agent("김지은", "jieun@example.com");
    const [{ page: han }, { page: kim }] = [await opens(house, house.owner), await opens(house, second)];
    pictures(han);
    const customer = await caller(han);
    await windowOf(han, customer.name).getByText("메모", { exact: true }).click();
    const note = windowOf(han, customer.name).getByRole("textbox", { name: "메모 입력" });
    await note.pressSequentially("환불 확인 @지");
    await han.getByRole("option", { name: "김지은" }).waitFor();
    await han.keyboard.press("Enter");
    await expect.poll(() => note.inputValue()).toBe("환불 확인 @김지은 ");
    await han.keyboard.type("부탁해요");
    await han.keyboard.press("Enter");
    await windowOf(han, customer.name).locator("[data-line=note] mark").filter({ hasText: "@김지은" }).waitFor();
    await expect.poll(() => kim.locator("[data-view=mentions]").innerText()).toMatch(/1$/);
    await view(kim, "mentions");
    await kim.getByRole("list", { name: "나를 부른 메모" }).getByRole("button", { name: /환불 확인 @김지은 부탁해요/ }).click();
    await windowOf(kim, customer.name).locator("[data-line=note]").getByText("환불 확인").waitFor();
    await expect.poll(() => kim.locator("[data-view=mentions]").innerText()).not.toMatch(/\d/);
    // Who was not called finds nothing.
    await view(han, "mentions");
    await han.getByText("나를 부른 메모가 없어요").waitFor();
    expect((await customer.said()).some((one) => one.text.includes("환불"))).toBe(false);
    await Promise.all([han.close(), kim.close(), second.close()]);
  });

  test("where bots stand is seen, and one steps in", async () => {
    const { page } = await opens(house, house.owner, "?view=bot");
    pictures(page);
    const guest = await Customer.comes(browser, house);
    await row(page, guest.name).getByText("시작 › 메뉴").waitFor();
    await row(page, guest.name).click();
    await windowOf(page, guest.name).getByRole("button", { name: "상담 시작하기" }).click();
    await guest.isWith("agent");
    await row(page, guest.name).waitFor({ state: "detached" });
    await page.close();
  });

  test("words that somebody said are found and lead to where they were said", async () => {
    const { page } = await opens(house, house.owner);
    pictures(page);
    const customer = await caller(page);
    await customer.says("도자기 접시가 깨져서 왔어요");
    await windowOf(page, customer.name).getByRole("button", { name: "상담 시작" }).click();
    for (let nth = 1; nth <= 60; nth++) {
      await customer.says(`다른 말 ${nth}`);
      // A visitor may say two things a second.
      if (nth % 9 === 0) await page.waitForTimeout(4_600);
    }
    await customer.hears("user", "다른 말 60");
    await page.reload();
    await page.getByPlaceholder("이름, 전화, 대화 내용으로 찾기").fill("접시 깨져서");
    const found = row(page, customer.name);
    await found.locator("mark").first().waitFor();
    expect(await found.innerText()).toContain("도자기 접시가 깨져서");
    await found.click();
    const said = windowOf(page, customer.name).getByText("도자기 접시가 깨져서 왔어요");
    await said.waitFor();
    await expect.poll(() => said.evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return top > 0 && bottom < innerHeight;
    })).toBe(true);
    await page.close();
  });

  test("a document goes as a link with its name, and the conversation is taken along as a text", async () => {
    const { page } = await opens(house, house.owner);
    pictures(page);
    const customer = await caller(page);
    await windowOf(page, customer.name).locator("input[type=file]").setInputFiles({ name: "견적서.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n") });
    await expect.poll(async () => (await customer.said()).at(-1)?.text).toMatch(/\/media\/[0-9a-f]{64}\.pdf$/);
    await windowOf(page, customer.name).locator("[data-seq]").getByRole("link", { name: "견적서.pdf" }).waitFor();
    await windowOf(page, customer.name).getByRole("button", { name: "대화 메뉴" }).click();
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: "텍스트로 내려받기" }).click()]);
    const text = readFileSync((await file.path()) ?? "", "utf8");
    expect(text).toContain("고객: 상담원");
    expect(text).toContain("[상담원 호출]");
    await page.close();
  });

  test("labels of the team are chosen, and panels of the business stand in frames that reach nothing", async () => {
    await house.settings({
      labels: { categories: [["주문", "취소"], ["배송"]], tags: ["단골"] },
      panels: [{ title: "회원", url: "", html: "<p>{{userKey}}님 <script>parent.document.title = 'x'</script></p>" }],
    });
    const { page, complaints } = await opens(house, house.owner);
    pictures(page);
    const customer = await caller(page);
    const info = page.getByRole("region", { name: "고객 정보" });
    await info.getByRole("combobox", { name: "문의 유형" }).click();
    await page.getByRole("option", { name: "주문 › 취소" }).click();
    await row(page, customer.name).getByText("주문 › 취소").waitFor();
    await info.getByRole("combobox", { name: "태그 추가" }).fill("새 태그");
    await page.keyboard.press("Enter");
    await info.getByRole("button", { name: "‘새 태그’ 태그 지우기" }).waitFor();
    const frame = info.locator("iframe");
    await frame.waitFor();
    expect(await frame.getAttribute("sandbox")).toBe("allow-popups");
    await frame.contentFrame().getByText(customer.key).waitFor();
    expect(await page.title()).not.toBe("x");
    expect(complaints.filter((text) => !/sandbox|Content Security Policy/.test(text))).toEqual([]);
    await house.settings({});
    await page.close();
  });

  test("one bot has hours of its own", async () => {
    const { page } = await opens(house, house.owner);
    pictures(page);
    await page.goto(`/w/${house.ws}/settings/chat`);
    await page.getByRole("button", { name: "맑은마켓 따로 정하기" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("switch", { name: "운영 시간", exact: true }).click();
    await dialog.getByRole("switch", { name: "운영 시간 쓰기" }).click();
    for (const day of ["월요일", "화요일", "수요일", "목요일", "금요일"]) await dialog.getByRole("checkbox", { name: day }).click();
    for (const day of ["토요일", "일요일"]) if (await dialog.getByRole("checkbox", { name: day, checked: true }).count()) await dialog.getByRole("checkbox", { name: day }).click();
    await dialog.getByLabel("운영 시간 밖 안내").fill("이 챗봇은 쉬는 중이에요.");
    await dialog.getByRole("checkbox", { name: "요청 받아 두기" }).click();
    await dialog.getByRole("button", { name: "저장" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText("운영 시간", { exact: true }).last().waitFor();
    const night = await Customer.comes(browser, house);
    await night.says("상담원");
    await night.hears("bot", "이 챗봇은 쉬는 중이에요.");
    // Back to what the team does.
    await page.getByRole("button", { name: "맑은마켓 따로 정하기" }).click();
    await dialog.getByRole("switch", { name: "운영 시간", exact: true }).click();
    await dialog.getByRole("button", { name: "저장" }).click();
    await dialog.waitFor({ state: "detached" });
    await night.calls();
    await page.close();
  });

  test("a holiday of one's own: that day the customer is told, and nobody is called", async () => {
    const { page } = await opens(house, house.owner);
    pictures(page);
    const always = Array.from({ length: 7 }, () => [{ from: "00:00", to: "23:59" }]);
    await house.settings({ hours: { enabled: true, week: always, publicHolidays: false, notice: "오늘은 쉬는 날이에요.", accept: false } });
    const before = await Customer.comes(browser, house);
    await before.calls();
    await page.goto(`/w/${house.ws}/settings/chat`);
    await page.getByRole("button", { name: "날 추가" }).click();
    // The day that is offered is today, in the team's zone.
    const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Seoul" }).format(Date.now());
    expect(await page.getByLabel("날짜", { exact: true }).inputValue()).toBe(today);
    await page.getByLabel("이름 (예: 종무식)").fill("창립 기념일");
    await page.getByRole("button", { name: "저장", exact: true }).click();
    await page.getByText("저장했어요").first().waitFor();
    const guest = await Customer.comes(browser, house);
    await guest.says("상담원");
    await guest.hears("bot", "오늘은 쉬는 날이에요.");
    await guest.hears("bot", "상담을 취소했어요.");
    await page.getByRole("button", { name: "창립 기념일을 빼기" }).click();
    await page.getByRole("button", { name: "저장", exact: true }).click();
    await expect.poll(async () => (await (await page.request.get(`/api/workspaces/${house.ws}/chat-settings`)).json()).hours.days).toEqual([]);
    const after = await Customer.comes(browser, house);
    await after.calls();
    await house.settings({});
    await page.close();
  });

  test("figures of today and of each day, and files of them", async () => {
    const { page } = await opens(house, house.owner);
    pictures(page);
    await page.goto(`/w/${house.ws}/chat/stats`);
    await page.getByRole("heading", { name: "일별 요청", exact: true }).waitFor();
    expect(await page.getByRole("table", { name: "일별 요청", exact: true }).getByRole("row").count()).toBe(8);
    await page.getByText("오늘", { exact: true }).click();
    await page.getByRole("heading", { name: "오늘 요청이 어디에 있는지" }).waitFor();
    for (const [item, name] of [[/^XLSX/, "상담 통계.xlsx"], [/^일별/, "상담 통계 일별.csv"]] as const) {
      await page.getByRole("button", { name: "내려받기" }).click();
      const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: item }).click()]);
      expect(file.suggestedFilename()).toBe(name);
      expect(readFileSync((await file.path()) ?? "").length).toBeGreaterThan(20);
    }
    await page.close();
  });
});
