// ConsultationTalk in the console, against the real program: the guide is followed to a channel that answers, a customer and an
// agent talk with pictures, the bot takes back, the session ends and the agent sees why. The dealer and the customer are
// `closer simulate consulttalk`, which shares no code with the channel.

import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from "vitest";

import { launch, watch } from "./browser";
import { gather, opens, row, type Team, view } from "./chat";
import { program, REAL, type Target } from "./target";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Pictures of each step go here, where one wants to look at them. */
const SHOTS = process.env["SHOTS"];
if (!REAL) console.warn("consulttalk.spec.ts needs CLOSER_BIN: the mock speaks with no dealer; nothing of it runs here");

/** A dealer's relay, and its customer at a terminal. */
class Phone {
  private text = "";
  private constructor(private readonly child: ChildProcess) {
    child.stdout?.on("data", (part: Buffer) => (this.text += part.toString()));
  }
  static async picksUp(relay: string): Promise<Phone> {
    const child = spawn(REAL ?? "", ["simulate", "consulttalk", "--relay", relay, "--port", "0", "--user", "kim"], { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, LANG: "ko_KR.UTF-8" } });
    const phone = new Phone(child);
    await phone.shows("sender_key");
    await phone.shows("> ");
    return phone;
  }
  /** What has to be typed into the channel's settings. */
  value(name: string): string {
    return new RegExp(`^ {2}${name} +(\\S+)`, "m").exec(this.text)?.[1] ?? "";
  }
  types(line: string): void {
    this.child.stdin?.write(`${line}\n`);
  }
  async shows(words: string): Promise<void> {
    const until = Date.now() + 30_000;
    while (!this.text.includes(words)) {
      if (Date.now() > until) throw new Error(`the phone does not show “${words}”:\n${this.text.slice(-1_500)}`);
      // oxlint-disable-next-line no-await-in-loop -- one looks again after a while
      await new Promise((done) => setTimeout(done, 50));
    }
  }
  hangsUp(): void {
    this.child.kill("SIGKILL");
  }
}

let browser: Browser;
let target: Target;
let team: Team;
let phone: Phone;

const shot = async (page: Page, name: string) => {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/consult-${name}.png`, fullPage: true });
};
const sound = async (page: Page) => {
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const run = (window as unknown as { axe: { run: (at: Document, options: object) => Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> } }).axe;
    const { violations } = await run.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] });
    return violations.map((one) => `${one.id}: ${one.nodes[0]?.html}`);
  });
  expect(found).toEqual([]);
};

describe.skipIf(!REAL)("ConsultationTalk", () => {
  beforeAll(async () => {
    browser = await launch();
    target = await program(REAL ?? "", ["--allow-outbound", "127.0.0.0/8"]);
    team = await gather(browser, target);
    phone = await Phone.picksUp("happytalk-v1");
  });
  afterAll(async () => {
    phone?.hangsUp();
    await browser?.close();
    await target?.stop();
  });

  test("the guide is followed to a channel that answers", async () => {
    const page = await team.owner.newPage();
    page.setDefaultTimeout(30_000);
    const complaints = watch(page);
    onTestFailed(async () => void (await page.screenshot({ path: "/tmp/closer-e2e-consult.png", fullPage: true })));
    await page.goto(`/w/${team.ws}/bots/${team.bot}/channels`);
    await page.getByRole("navigation", { name: "채널" }).getByRole("link", { name: "상담톡" }).click();
    await page.getByRole("heading", { name: "아직 연결하지 않았어요" }).waitFor();
    await sound(page);
    await shot(page, "1-begin");
    // The mail to the dealer.
    await page.getByText("상담톡 문의 메일 쓰기").click();
    await page.getByLabel("대표 전화").fill("02-123-4567");
    expect(await page.locator("pre").innerText()).toContain("대표 전화: 02-123-4567");
    // What the dealer gave.
    await page.getByRole("combobox", { name: "딜러사" }).click();
    await page.getByRole("option", { name: "해피톡 (v1)" }).click();
    await page.getByRole("textbox", { name: "발신프로필 키" }).fill(phone.value("sender_key"));
    await page.getByRole("textbox", { name: "API 주소" }).fill(phone.value("base_url"));
    await page.getByLabel(/HT-Client-Id/).fill(phone.value("client_id"));
    await page.getByLabel(/HT-Client-Secret/).fill(phone.value("client_secret"));
    await page.getByRole("textbox", { name: "채널 검색용 아이디" }).fill("@malgeun");
    await page.getByText("보안과 문구").click();
    await page.getByLabel("파일을 더 받을 호스트").fill(phone.value("base_url").replace("http://", ""));
    await page.getByRole("button", { name: "저장", exact: true }).click();
    await page.getByRole("heading", { name: "상담톡이 꺼져 있어요" }).waitFor();
    // The address goes to the dealer by one press.
    await page.getByRole("button", { name: "딜러사에 등록하기" }).click();
    await page.getByText("수신 주소를 등록했어요").waitFor();
    await page.getByRole("switch", { name: /이 챗봇으로 받기/ }).click();
    await page.getByRole("heading", { name: "딜러사의 첫 신호를 기다리고 있어요" }).waitFor();
    await page.getByRole("button", { name: "채팅 활성화", exact: true }).click();
    await page.getByText("채팅을 활성화했어요").waitFor();
    await sound(page);
    await shot(page, "2-waiting");
    // A word of the customer's, and it turns green by itself.
    phone.types("배송");
    await phone.shows("안녕하세요");
    await phone.shows("내일 도착해요.");
    await page.getByRole("heading", { name: "상담톡이 연결되어 있어요" }).waitFor();
    await page.getByText(/받기: .*신호가 왔어요/).waitFor();
    // A link with a mark.
    await page.getByRole("textbox", { name: "어디에서 왔는지" }).fill("summer_sale");
    await expect.poll(() => page.getByRole("textbox", { name: "상담 링크" }).inputValue()).toBe("https://bizmessage.kakao.com/chat/open/@malgeun?extra=summer_sale");
    await page.reload();
    // What it costs.
    await page.getByText("과금 대화방 1개").waitFor();
    await page.getByRole("heading", { name: "상담톡이 연결되어 있어요" }).waitFor();
    expect(await page.getByLabel(/HT-Client-Secret/).inputValue()).toBe("");
    await sound(page);
    await shot(page, "3-connected");
    if (SHOTS) {
      await page.setViewportSize({ width: 390, height: 844 });
      await shot(page, "4-phone");
      await page.setViewportSize({ width: 1440, height: 900 });
    }
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("a customer and an agent talk with pictures; the bot takes back; the session ends and the agent sees why", async () => {
    const { page, complaints } = await opens(team, team.owner);
    onTestFailed(async () => void (await page.screenshot({ path: "/tmp/closer-e2e-consult.png" })));
    phone.types("상담원");
    await phone.shows("상담원을 부르고 있어요.");
    await view(page, "waiting");
    await row(page, "고객").first().click();
    const room = page.locator("[data-window]");
    await room.getByRole("button", { name: "상담 시작" }).click();
    await room.getByRole("textbox", { name: "메시지 입력" }).fill("무엇을 도와드릴까요?");
    await page.keyboard.press("Enter");
    await phone.shows("무엇을 도와드릴까요?");
    await room.getByText("전송됨").waitFor();
    phone.types("/photo 2");
    await expect.poll(() => room.locator("[data-from=user] img").count()).toBe(2);
    // Copied: drawn from here, not from the messenger's server.
    expect(await room.locator("[data-from=user] img").first().getAttribute("src")).toContain("/media/");
    const picture = await room.locator("[data-from=user] img").first().getAttribute("src");
    const bytes = await (await team.owner.request.get(picture ?? "")).body();
    await room.locator("input[type=file]").setInputFiles({ name: "영수증.jpg", mimeType: "image/jpeg", buffer: bytes });
    await expect.poll(() => room.locator("[data-from=agent] img").count()).toBe(1);
    await expect.poll(() => room.getByText("전송됨").count()).toBe(2);
    phone.types("/read");
    await shot(page, "5-chat");
    await sound(page);
    // The bot takes back, in the same session.
    await room.getByRole("button", { name: "상담 완료" }).click();
    phone.types("배송");
    await room.getByText("상담 완료").first().waitFor();
    // The customer ends it: nobody can write, and the reason stands there.
    phone.types("/leave");
    await room.getByText("상담톡 세션 종료").waitFor();
    await room.getByText(/상담톡 세션이 끝났어요.*고객이 다시 말을 걸면 답할 수 있어요/).waitFor();
    expect(await room.getByRole("textbox", { name: "메시지 입력" }).count()).toBe(0);
    await shot(page, "6-ended");
    // They come back, and an agent ends it this time.
    phone.types("다시 왔어요");
    await expect.poll(() => room.getByText("상담톡 세션 시작").count()).toBe(2);
    await room.getByRole("button", { name: "대화 메뉴" }).click();
    await page.getByRole("menuitem", { name: "상담톡 세션 끝내기" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "끝내기" }).click();
    await room.getByText(/상담톡 세션이 끝났어요\(상담원이 끝냄\)/).waitFor();
    phone.types("/broken");
    await page.waitForTimeout(300);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
