// The first day: somebody starts the program, makes the owner's account, invites a colleague, makes bots, and changes what
// can be changed. One browser per person. With CLOSER_BIN against the real program, else against the mock.

import { readFileSync } from "node:fs";

import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFailed, test } from "vitest";

import { launch, watch } from "./browser";
import { freshServer, type Target } from "./target";

const OWNER = { name: "한서윤", email: "seoyun@example.com", password: "소금빵 굽는 새벽 네시" };
const GUEST = { name: "박도현", email: "dohyun@example.com", password: "식빵은 한 시에 나와요" };
const WORKSPACE = "모락모락 베이커리";
const SHOWN = { timeout: 10_000 };

let browser: Browser;
let target: Target;
let complaints: string[] = [];
let owner: Page;
let guest: Page;
let invitation = "";

async function person(): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ baseURL: target.url, locale: "ko-KR", viewport: { width: 1280, height: 800 }, acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(SHOWN.timeout);
  complaints = watch(page);
  return page;
}
const see = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: typeof name === "string" }).first().click();
const follow = (page: Page, name: string) => page.getByRole("link", { name, exact: true }).first().click();
const fill = (page: Page, label: string, text: string) => page.getByLabel(label, { exact: true }).first().fill(text);
const dialog = (page: Page) => page.locator("[data-dialog]");

beforeAll(async () => {
  [browser, target] = await Promise.all([launch(), freshServer()]);
});
// It is one story: what comes after a failure says nothing.
let broken = false;
beforeEach((story) => {
  if (broken) story.skip("an earlier part failed");
  onTestFailed(async () => {
    broken = true;
    for (const [name, page] of Object.entries({ owner, guest })) await page?.screenshot({ path: `/tmp/closer-e2e-${name}.png` });
  });
});
afterAll(async () => {
  await browser?.close();
  await target?.stop();
});

describe.sequential("the first day", () => {
  test("an untouched server asks for its owner, and says what is missing", async () => {
    owner = await person();
    await owner.goto("/");
    await see(owner, "시작해 볼까요");
    await press(owner, "계정 만들고 시작하기");
    await see(owner, "작업 공간 이름을 입력해 주세요.");
    await see(owner, "비밀번호는 10자 이상으로 정해 주세요.");
    await fill(owner, "작업 공간 이름", WORKSPACE);
    await fill(owner, "이름", OWNER.name);
    await fill(owner, "이메일", OWNER.email);
    await fill(owner, "비밀번호", "password123");
    await press(owner, "계정 만들고 시작하기");
    await see(owner, /짐작하기 쉬운 비밀번호/);
    await fill(owner, "비밀번호", OWNER.password);
    await press(owner, "계정 만들고 시작하기");
    await see(owner, "첫 챗봇을 만들어 보세요");
    expect(new URL(owner.url()).pathname).toMatch(/^\/w\/\w{26}\/bots$/);
  });

  test("a bot is made from each example", async () => {
    const titles: string[] = [];
    for (let at = 0; at < 6; at++) {
      if (at === 0) await follow(owner, "예시로 시작하기");
      else await follow(owner, "새 챗봇");
      const cards = owner.locator("main ul button");
      await cards.first().waitFor();
      expect(await cards.count()).toBe(6);
      await cards.nth(at).click();
      const name = dialog(owner).getByLabel("챗봇 이름");
      if ((await name.inputValue()) === "") await name.fill("빈 봇");
      titles.push(await name.inputValue());
      await owner.keyboard.press("Enter");
      await owner.getByRole("heading", { level: 1, name: titles[at], exact: true }).waitFor();
      expect(await owner.getByLabel("스킬 URL", { exact: true }).inputValue()).toMatch(/\/webhook\/kakao\/\w{26}\/i\/skill$/);
      await follow(owner, "챗봇");
      await owner.getByRole("link", { name: titles[at], exact: true }).waitFor();
    }
    expect(new Set(titles).size).toBe(6);
  });

  test("the list is searched, by first consonants too", async () => {
    await owner.keyboard.press("/");
    await owner.keyboard.type("ㅂㅂ");
    await owner.getByRole("link", { name: "빈 봇" }).waitFor();
    const rows = () => owner.locator("main [role=row]").count();
    await expect.poll(rows).toBe(2);
    await owner.getByLabel("챗봇 검색").fill("이런 봇은 없어요");
    await press(owner, "검색 지우기");
    await expect.poll(rows).toBe(7);
  });

  test("a bot is renamed and published; its welcome and messages are changed in the draft", async () => {
    await follow(owner, "빈 봇");
    await press(owner, "배포");
    await fill(owner, "메모 (선택)", "처음 배포해요");
    await dialog(owner).getByRole("button", { name: "배포", exact: true }).click();
    await see(owner, "라이브 v1");
    await owner.getByRole("navigation", { name: "챗봇 메뉴" }).getByRole("link", { name: "설정" }).click();
    await fill(owner, "챗봇 이름", "새벽 안내");
    await press(owner, "저장");
    await owner.getByRole("heading", { level: 1, name: "새벽 안내" }).waitFor();
    const resume = owner.getByRole("switch", { name: "하던 대화 이어서 하기" });
    const before = await resume.getAttribute("aria-checked");
    await resume.click();
    await see(owner, "라이브보다 앞섬");
    const label = owner.getByLabel("늦은 답 받기 버튼");
    await label.fill("준비된 답변을 지금 바로 확인하기");
    await see(owner, "카카오톡에서는 14자까지 보여요 (지금 18자)");
    await label.fill("기다린 답 열기");
    await owner.getByRole("button", { name: "저장", exact: true }).last().click();
    await see(owner, /초안에 저장했어요/);
    await owner.reload();
    expect(await owner.getByLabel("늦은 답 받기 버튼").inputValue()).toBe("기다린 답 열기");
    expect(await resume.getAttribute("aria-checked")).toBe(before === "true" ? "false" : "true");
  });

  test("it is exported, and imported as another bot", async () => {
    const [download] = await Promise.all([owner.waitForEvent("download"), follow(owner, "파일로 내려받기")]);
    const file = await download.path();
    expect(() => JSON.parse(readFileSync(file, "utf8"))).not.toThrow();
    await owner.locator("nav").getByRole("link", { name: "챗봇" }).click();
    await follow(owner, "파일 가져오기");
    await owner.locator("input[type=file]").setInputFiles({ name: "bot.json", mimeType: "application/json", buffer: readFileSync(file) });
    await owner.getByRole("navigation", { name: "챗봇 메뉴" }).waitFor();
    await see(owner, "배포 전");
  });

  test("what is no bot file is refused with its reason", async () => {
    await owner.locator("nav").getByRole("link", { name: "챗봇" }).click();
    await follow(owner, "파일 가져오기");
    const input = owner.locator("input[type=file]");
    await input.setInputFiles({ name: "주문.csv", mimeType: "text/csv", buffer: Buffer.from("이름,수량\n소금빵,20") });
    await see(owner, "봇 파일이 아니에요");
    await dialog(owner).getByRole("button", { name: "닫기" }).last().click();
    await input.setInputFiles({ name: "목록.json", mimeType: "application/json", buffer: Buffer.from('{"items":[]}') });
    await see(owner, "가져올 수 없는 봇 파일이에요");
    await dialog(owner).getByRole("button", { name: "닫기" }).last().click();
  });

  test("a bot is deleted by typing its name, and restored", async () => {
    await owner.locator("nav").getByRole("link", { name: "챗봇" }).click();
    await owner.getByRole("link", { name: "새벽 안내", exact: true }).last().click();
    const path = new URL(owner.url()).pathname;
    await owner.goto(`${path}/settings`);
    await press(owner, "삭제");
    const go = dialog(owner).getByRole("button", { name: "삭제하기" });
    expect(await go.isDisabled()).toBe(true);
    await dialog(owner).getByLabel(/챗봇 이름/).fill("새벽 안내");
    await go.click();
    await see(owner, "새벽 안내를 삭제했어요");
    await owner.goto(path);
    await see(owner, "챗봇을 찾지 못했어요");
    await follow(owner, "챗봇 목록으로");
    await follow(owner, "삭제한 챗봇");
    await press(owner, "되살리기");
    await see(owner, "새벽 안내를 되살렸어요");
    await owner.goto(path);
    await owner.getByRole("heading", { level: 1, name: "새벽 안내" }).waitFor();
  });

  test("a colleague is invited with a link", async () => {
    await owner.keyboard.press("g");
    await owner.keyboard.press("m");
    await press(owner, "구성원 초대");
    await fill(owner, "이메일 주소", `박도현 <${GUEST.email}>, 또다른분@`);
    await dialog(owner).getByRole("button", { name: "초대하기" }).click();
    await see(owner, /이메일 주소를 확인해 주세요: 또다른분@/);
    await fill(owner, "이메일 주소", `박도현 <${GUEST.email}>, haneul@example.com`);
    await dialog(owner).getByRole("combobox").click();
    await owner.getByRole("option", { name: /보기 전용/ }).click();
    await dialog(owner).getByRole("button", { name: "2명 초대하기" }).click();
    invitation = await owner.getByLabel(GUEST.email, { exact: true }).inputValue();
    await press(owner, "완료");
    await owner.getByRole("table", { name: "기다리는 초대" }).getByText("haneul@example.com").waitFor();
    await press(owner, "haneul@example.com 초대 취소");
    await see(owner, "haneul@example.com 초대를 취소했어요");
  });

  test("who opens the link joins, and is held to the role", async () => {
    guest = await person();
    await guest.goto(new URL(invitation).pathname);
    await see(guest, `${WORKSPACE}에 초대받았어요`);
    await fill(guest, "이름", GUEST.name);
    await fill(guest, "비밀번호", GUEST.password);
    await press(guest, "참여하기");
    await guest.getByRole("link", { name: "빈 봇" }).or(guest.getByRole("link", { name: "새벽 안내" })).first().waitFor();
    const create = guest.getByRole("button", { name: "새 챗봇" });
    expect(await create.getAttribute("aria-disabled")).toBe("true");
    await create.hover();
    await see(guest, "관리자 이상만 할 수 있어요");
    const ws = new URL(guest.url()).pathname.split("/")[2];
    const refused = await guest.request.post(`/api/workspaces/${ws}/bots`, { data: { template: "empty", title: "몰래" }, headers: { "x-closer": "1" } });
    expect(refused.status()).toBe(403);
    await guest.locator("nav").getByRole("link", { name: "설정" }).click();
    expect(await guest.getByRole("link", { name: "감사 기록" }).count()).toBe(0);
  });

  test("the owner changes the role, and the colleague may do more at once", async () => {
    await owner.reload();
    await owner.getByRole("combobox", { name: `${GUEST.name}님의 역할` }).click();
    await owner.getByRole("option", { name: /관리자/ }).click();
    await see(owner, `${GUEST.name}님은 이제 관리자예요`);
    await guest.reload();
    await guest.locator("nav").getByRole("link", { name: "챗봇" }).click();
    await guest.getByRole("link", { name: "새 챗봇" }).waitFor();
  });

  test("the colleague signs out and in again, and comes back to the page that was wanted", async () => {
    await press(guest, /내 메뉴/);
    await guest.getByRole("menuitem", { name: "로그아웃" }).click();
    await see(guest, "비밀번호를 잊었어요");
    const ws = new URL(owner.url()).pathname.split("/")[2];
    await guest.goto(`/w/${ws}/settings/members`);
    await fill(guest, "이메일", GUEST.email);
    await fill(guest, "비밀번호", "틀린 비밀번호예요");
    await guest.keyboard.press("Enter");
    await see(guest, "이메일이나 비밀번호가 맞지 않아요");
    await fill(guest, "비밀번호", GUEST.password);
    await guest.keyboard.press("Enter");
    await guest.getByRole("heading", { level: 1, name: "구성원" }).waitFor();
  });

  test("language and theme are changed, and stay", async () => {
    await owner.goto(owner.url().replace(/settings.*/, "settings/profile"));
    await owner.getByText("English", { exact: true }).click();
    await owner.getByRole("heading", { level: 1, name: "Profile" }).waitFor();
    await owner.getByText("Dark", { exact: true }).click();
    await expect.poll(() => owner.evaluate(() => document.documentElement.dataset["theme"])).toBe("dark");
    await owner.reload();
    await owner.getByRole("heading", { level: 1, name: "Profile" }).waitFor();
    expect(await owner.evaluate(() => [document.documentElement.dataset["theme"], document.documentElement.lang])).toEqual(["dark", "en"]);
    await owner.getByText("한국어", { exact: true }).click();
    await owner.getByRole("heading", { level: 1, name: "내 프로필" }).waitFor();
  });

  test("a session is ended elsewhere, and that browser is asked to sign in", async () => {
    const elsewhere = await person();
    await elsewhere.goto("/signin");
    await fill(elsewhere, "이메일", OWNER.email);
    await fill(elsewhere, "비밀번호", OWNER.password);
    await elsewhere.keyboard.press("Enter");
    await elsewhere.getByRole("heading", { level: 1, name: "챗봇" }).waitFor();
    await owner.goto(owner.url().replace(/settings.*/, "settings/security"));
    await see(owner, "지금 쓰는 기기");
    await press(owner, "다른 기기 모두 로그아웃");
    await see(owner, "다른 기기에서 모두 로그아웃했어요");
    await elsewhere.locator("nav").getByRole("link", { name: "설정" }).click();
    await elsewhere.getByRole("link", { name: "구성원" }).click();
    await see(elsewhere, "로그인이 끝났어요. 다시 로그인하면 보던 화면으로 돌아가요.");
    await elsewhere.context().close();
  });

  test("the audit log tells the day", async () => {
    await follow(owner, "감사 기록");
    await see(owner, `${OWNER.name}님이 챗봇 ‘새벽 안내’를 되살렸어요`);
    await see(owner, `${OWNER.name}님이 ${GUEST.email}의 역할을 바꿨어요`);
  });

  test("no page complained", () => {
    expect(complaints).toEqual([]);
  });
});
