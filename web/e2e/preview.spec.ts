// The preview against the mock: the room is drawn from the answer and from nothing else, one goes back and tries again, and
// what the inspector says is what happened. Then publishing, versions and path tests, as one goes through them.

import { readFileSync } from "node:fs";

import type { Browser, BrowserContext, Page } from "playwright-core";
import type { PreviewServer } from "vite";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";

import { PASSWORD } from "../mock/world";
import { launch, scene, serveMock, signIn, watch } from "./browser";

let browser: Browser;
let url: string;
let server: PreviewServer;
let context: BrowserContext;
let page: Page;
let complaints: string[];
let place: string;

const headers = { "x-closer": "1" };

beforeAll(async () => {
  browser = await launch();
  ({ url, server } = await serveMock());
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
beforeEach(async () => {
  await scene(url, { world: "bakery" });
  context = await browser.newContext({ baseURL: url, locale: "ko-KR", viewport: { width: 1440, height: 900 }, acceptDownloads: true, permissions: ["clipboard-read", "clipboard-write"] });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  complaints = watch(page);
  await signIn(context, url, "seoyun@example.com", PASSWORD);
  const ws = (await (await context.request.get("/api/me")).json()).workspaces[0].id;
  const { items } = await (await context.request.get(`/api/workspaces/${ws}/bots`)).json();
  const bot = items.find((one: { title: string }) => one.title === "케이크 예약").id;
  place = `/w/${ws}/bots/${bot}`;
});
afterEach(async () => {
  expect(complaints).toEqual([]);
  await context.close();
});

const room = () => page.getByRole("log");
const chips = () => page.getByRole("group", { name: "바로연결" });
const turn = (nth: number) => page.locator("[data-turn]").nth(nth);
const dialog = () => page.locator("[data-dialog]");
async function say(text: string): Promise<void> {
  const field = page.getByRole("textbox", { name: "메시지 입력" });
  const before = await page.locator("[data-turn]").count();
  await field.fill(text);
  await field.press("Enter");
  await turn(before).getByRole("button", { name: /노드 \d+개/ }).waitFor();
}
async function onConsultTalk(): Promise<void> {
  await page.getByRole("combobox", { name: "메시징 채널" }).click();
  await page.getByRole("option", { name: "상담톡" }).click();
}
/** Changes the draft as another program would. */
async function change(edit: (file: { flows: { nodes: { id: number; data: { message?: { text: string } } }[] }[] }) => void): Promise<void> {
  const at = `/api${place.replace("/w/", "/workspaces/")}/draft`;
  const { revision, file } = await (await context.request.get(at)).json();
  edit(file);
  const done = await context.request.put(at, { data: { base: revision, file }, headers });
  expect(done.ok()).toBe(true);
}
const welcome = (text: string) => change((file) => {
  const message = file.flows[0]?.nodes.find((node) => node.id === 2)?.data.message;
  if (message) message.text = text;
});

test("the room is drawn from the channel's answer: another shaping, another room", async () => {
  await page.goto(`${place}/tests?record=true`);
  await room().getByText("안녕하세요, 반가워요!").waitFor();
  expect(await chips().getByRole("button").allTextContents()).toEqual(["예약하기", "내 예약", "가격·영업시간", "오시는 길", "상담원 연결"]);
  expect(await room().locator("[data-kind]").count()).toBe(0);

  // The bot's file is the same; only the way in which the channel shapes it has changed.
  await scene(url, { world: "bakery", change: { shaping: { label: 4, quickReplies: 3, asCard: true } } });
  await signIn(context, url, "seoyun@example.com", PASSWORD);
  await page.getByRole("button", { name: "처음부터", exact: true }).click();
  await room().locator("[data-kind=textCard]").waitFor();
  expect(await chips().getByRole("button").allTextContents()).toEqual(["예약하기", "내 예약", "가격·…"]);
  await room().getByText("버튼에는 4자까지 보여요").first().waitFor();
});

test("on the web the same bot has another face, drawn from the frames that a page gets", async () => {
  await page.goto(`${place}/tests?record=true`);
  await room().getByText("안녕하세요, 반가워요!").waitFor();
  const channel = page.getByRole("combobox", { name: "메시징 채널" });
  await channel.click();
  await page.getByRole("option", { name: "웹 채팅" }).click();
  const face = page.locator("[data-face=web]");
  await face.getByText("안녕하세요, 반가워요!").waitFor();
  // The owner's words and colours, and a window of its own on a PC.
  await face.getByText("보통 10분 안에 답해요").waitFor();
  await say("오시는 길");
  const own = face.locator("[class*=mine] [class*=bubble]").last();
  expect(await own.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe("rgb(11, 122, 92)");
  const width = async () => (await face.boundingBox())?.width ?? 0;
  const phone = await width();
  await page.getByRole("button", { name: "PC 너비로 보기" }).click();
  expect(await width()).toBeGreaterThanOrEqual(phone);
  // Who calls an agent waits, and may take that back.
  await chips().getByRole("button", { name: "처음으로" }).click();
  await chips().getByRole("button", { name: "상담원 연결" }).click();
  await face.getByText("상담원을 기다리고 있어요.").waitFor();
  await chips().getByRole("button", { name: /취소/ }).waitFor();
  await page.getByRole("tab", { name: "요청·응답" }).click();
  await page.getByText('"frames"').first().waitFor();
  // Back on KakaoTalk the room begins anew.
  await channel.click();
  await page.getByRole("option", { name: "카카오톡" }).click();
  await page.getByRole("tab", { name: "대화" }).click();
  await page.locator("[data-face=kakao]").getByText("안녕하세요, 반가워요!").waitFor();
});

test("on ConsultationTalk the room is drawn from the calls that the bot's relay gets", async () => {
  await page.goto(`${place}/tests?record=true`);
  await room().getByText("안녕하세요, 반가워요!").waitFor();
  await onConsultTalk();
  const face = page.locator("[data-face=kakaobiz]");
  await face.getByText("안녕하세요, 반가워요!").waitFor();
  await page.getByText("해피톡 3세대에 보내는 요청 그대로 보여 줘요").waitFor();
  expect(await chips().getByRole("button").allTextContents()).toEqual(["예약하기", "내 예약", "가격·영업시간", "오시는 길", "상담원 연결"]);
  // What goes back is the button as the call had it.
  await chips().getByRole("button", { name: "오시는 길" }).click();
  await turn(1).getByRole("button", { name: /노드/ }).waitFor();
  await page.getByRole("tab", { name: "요청·응답" }).click();
  const answer = JSON.parse(await page.locator("pre").innerText());
  expect(answer).toMatchObject({ relay: "happytalk-v3", calls: [{ body: { chat_bubble_type: "TEXT" } }] });
  await page.getByText("요청", { exact: true }).click();
  expect(JSON.parse(await page.locator("pre").innerText())).toMatchObject({ path: "message", body: { content: "오시는 길" } });
  await page.getByRole("tab", { name: "대화" }).click();

  // Another relay, another room: natively quick replies under a plain text are buttons, five under each bubble.
  const at = `/api${place.replace("/w/", "/workspaces/")}/consulttalk`;
  const { senderKey, settings } = await (await context.request.get(at)).json();
  const put = (enabled: boolean) => context.request.put(at, { data: { enabled, relay: "native", senderKey, settings, keys: {} }, headers });
  expect((await put(true)).ok()).toBe(true);
  await page.reload();
  await room().getByText("안녕하세요, 반가워요!").waitFor();
  await onConsultTalk();
  await page.getByText("카카오 원본 규격 중계에 보내는 요청 그대로 보여 줘요").waitFor();
  const card = face.locator("[data-kind=textCard]");
  expect(await card.getByRole("button").allTextContents()).toEqual(["예약하기", "내 예약", "가격·영업시간", "오시는 길", "상담원 연결"]);
  await room().getByText("바로연결로 보낼 수 없어서 버튼으로 보여요").waitFor();
  expect(await chips().count()).toBe(0);
  // An agent who is called says so by an answer that the dealer does not bill.
  await card.getByRole("button", { name: "상담원 연결" }).click();
  await face.getByText("시스템 답변 S4 · 과금되지 않아요").waitFor();
  await room().getByText("상담원 연결은 여기서 해 볼 수 없어요").waitFor();
});

test("every kind of ConsultationTalk's bubbles and buttons is shown as what it is", async () => {
  await page.goto(`${place}/tests?record=true`);
  await room().getByText("안녕하세요, 반가워요!").waitFor();
  await onConsultTalk();
  await page.locator("[data-face=kakaobiz]").getByText("안녕하세요, 반가워요!").waitFor();
  await say("말풍선 버튼");
  const buttons = turn(1).locator("[data-letters]");
  expect(await buttons.evaluateAll((all) => all.map((one) => one.getAttribute("data-letters")))).toEqual(["BK", "WL", "AL", "AL", "BT", "BF", "MD"]);
  expect(await buttons.nth(4).getAttribute("title")).toBe("BT · 상담을 끝내고 채널 챗봇으로 넘겨요");
  await turn(1).getByText("추가 선택지").waitFor();
  for (const [name, told] of [
    ["누리집에서 보기", "브라우저가 열려요. 챗봇에는 아무것도 가지 않아요"],
    ["전화하기", "02-123-4567"],
    ["앱에서 보기", "shop://cart"],
    ["챗봇으로 돌아가기", "상담 세션이 끝나고 채널의 챗봇(오픈빌더)이 이어받아요."],
    ["상담 신청서 쓰기", "카카오 비즈니스 폼이 열려요. 챗봇에는 아무것도 가지 않아요."],
  ] as const) {
    await turn(1).getByRole("button", { name }).click();
    await room().getByText(told).first().waitFor();
  }
  await say("말풍선 캐러셀");
  const cards = room().getByRole("group", { name: "카드 3장, 옆으로 넘겨요" });
  expect(await cards.getByRole("button", { name: "주문하기" }).count()).toBe(3);
  await say("말풍선 파일");
  await room().getByRole("button", { name: "2026년 겨울 케이크 안내와 가격표.pdf" }).waitFor();
  await say("말풍선 모름");
  await room().getByText("미리 보여 줄 수 없는 말풍선이에요 (KAKAO_CERT)").waitFor();
  await page.getByRole("button", { name: "사진, 위치 보내기" }).click();
  await page.getByRole("menuitem", { name: /상담톡에서 위치가 어떻게 오는지 카카오 문서에 없어요/ }).waitFor();
  await page.keyboard.press("Escape");
});

test("every kind of bubble is shown, and what a tap does is done or said", async () => {
  await page.goto(`${place}/tests?record=true`);
  await room().getByText("안녕하세요, 반가워요!").waitFor();
  await say("말풍선 긴글");
  expect(await room().getByText(/^1\. 소금빵은/).innerText()).toHaveLength(501);
  await room().getByRole("button", { name: "전체 보기" }).click();
  await page.getByRole("dialog", { name: "전체 보기" }).getByText(/14\. 소금빵은/).waitFor();
  await page.keyboard.press("Escape");
  await say("말풍선 카드");
  const [wide, square] = await room().locator("[data-kind=basicCard] img").all();
  const ratio = async (image: typeof wide) => {
    const box = await image?.boundingBox();
    return box ? Math.round((box.width / box.height) * 10) / 10 : 0;
  };
  expect([await ratio(wide), await ratio(square)]).toEqual([2, 1]);
  await room().getByRole("button", { name: "메뉴 보기" }).first().click();
  await room().getByText("브라우저가 열려요. 챗봇에는 아무것도 가지 않아요").waitFor();
  await room().getByRole("button", { name: "전화하기" }).click();
  await room().getByText("02-123-4567").waitFor();
  await page.getByRole("button", { name: "PC 너비로 보기" }).click();
  expect(await room().getByRole("button", { name: "전화하기" }).count()).toBe(0);
  await say("말풍선 캐러셀");
  const cards = room().getByRole("group", { name: "카드 4장, 옆으로 넘겨요" });
  const [shown, all] = await cards.evaluate((element) => [element.clientWidth, element.scrollWidth]);
  expect(all).toBeGreaterThan(shown ?? 0);
  await say("말풍선 목록");
  await room().getByRole("button", { name: /소금빵 11시, 15시/ }).click();
  await room().getByText("소금빵 주문", { exact: true }).waitFor();
  await say("말풍선 상품");
  await room().getByText("34,200원").waitFor();
  expect(await room().locator("del").innerText()).toBe("38,000원");
  await say("말풍선 항목");
  await room().getByText("예약 번호 1207").waitFor();
  await say("말풍선 글카드");
  await room().getByRole("button", { name: "상담원 연결" }).last().click();
  await room().getByText("상담원 연결은 여기서 해 볼 수 없어요").waitFor();
  await say("말풍선 늦음");
  await room().getByText("확인하고 있어요. 조금만 기다려 주세요.").waitFor();
  await room().getByText("답을 나중에 따로 보내겠다고 알린 응답이에요.").waitFor();
  await say("말풍선 모름");
  await room().getByText("미리 보여 줄 수 없는 말풍선이에요 (simpleVideo)").waitFor();
});

test("the newest answer stays in sight when the window gets lower, and on a phone the field lies above the bar", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${place}/tests?record=true`);
  await room().getByText("안녕하세요, 반가워요!").waitFor();
  await say("말풍선 카드");
  const away = () => room().evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight);
  const field = page.getByRole("textbox", { name: "메시지 입력" });
  const bottom = async () => Math.round(await field.evaluate((element) => element.getBoundingClientRect().bottom));
  await expect.poll(away).toBeLessThan(2);
  await page.evaluate(() => window.scrollTo(0, 0));
  await field.blur();
  await field.focus();
  const bar = (await page.getByRole("navigation", { name: "메뉴", exact: true }).boundingBox())?.y ?? 0;
  expect(bar).toBeGreaterThan(0);
  await expect.poll(bottom).toBeLessThan(bar);
  // The keyboard of a phone comes.
  await page.setViewportSize({ width: 390, height: 520 });
  await expect.poll(away).toBeLessThan(2);
  await room().evaluate((element) => element.scrollTo(0, 0));
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(away).toBeGreaterThan(48);
});

test("back to any answer, and again from there; the inspector follows", async () => {
  await page.goto(`${place}/tests?record=true`);
  await chips().getByRole("button", { name: "예약하기" }).click();
  await room().getByText("어떤 서비스를 받으실까요?").waitFor();
  await chips().getByRole("button").first().click();
  await turn(2).getByRole("button", { name: /노드/ }).waitFor();
  const third = await room().locator("[data-turn]").nth(2).innerText();
  await turn(0).getByRole("button", { name: "여기서 다시" }).click();
  await expect.poll(() => page.locator("[data-turn]").count()).toBe(1);
  await chips().getByRole("button", { name: "오시는 길" }).waitFor();
  // The undo of it, by which nothing is lost.
  await page.getByText("실행 취소", { exact: true }).click();
  await expect.poll(() => page.locator("[data-turn]").count()).toBe(3);
  expect(await room().locator("[data-turn]").nth(2).innerText()).toBe(third);
  await turn(0).getByRole("button", { name: "여기서 다시" }).click();
  await chips().getByRole("button", { name: "오시는 길" }).click();
  await turn(1).getByRole("button", { name: /노드/ }).click();

  expect(await page.getByRole("tab", { name: "추적" }).getAttribute("aria-selected")).toBe("true");
  await page.getByText("답 2/2 · 오시는 길").waitFor();
  await page.getByText("쉬던 곳").waitFor();
  expect(await page.getByRole("tabpanel").getByRole("listitem").count()).toBeGreaterThan(1);
  await page.keyboard.press("Tab");
  await page.getByRole("button", { name: "앞의 답" }).click();
  await page.getByText("답 1/2 · 입장").waitFor();

  await page.getByRole("tab", { name: "요청·응답" }).click();
  const raw = JSON.parse(await page.getByLabel("응답", { exact: true }).last().innerText());
  expect(raw.template.outputs[0].simpleText.text).toContain("안녕하세요, 반가워요!");
  await page.getByText("요청", { exact: true }).click();
  expect(JSON.parse(await page.locator("pre").innerText()).userRequest.block.name).toBe("웰컴 블록");

  await page.getByRole("tab", { name: "컨텍스트" }).click();
  await page.getByRole("button", { name: "다음 답" }).click();
  await page.getByLabel("경로나 값 찾기").fill("message.text");
  await page.getByRole("button", { name: "message.text 고정" }).click();
  await page.getByLabel("경로나 값 찾기").fill("");
  expect(await page.getByRole("tabpanel").getByRole("listitem").first().innerText()).toContain("오시는 길");
});

test("who talks is chosen, and places are not for KakaoTalk", async () => {
  await page.goto(`${place}/tests?record=true`);
  await room().getByText("채팅방에 처음 들어왔어요").waitFor();
  await page.getByRole("button", { name: "고객 설정" }).click();
  await dialog().getByRole("switch", { name: "다시 온 고객" }).click();
  await dialog().getByRole("button", { name: "파라미터 추가" }).click();
  await dialog().getByLabel("이름").fill("booked");
  await dialog().getByLabel("값").fill("true");
  await dialog().getByRole("button", { name: "파라미터 추가" }).click();
  await dialog().getByLabel("이름").last().fill("name");
  await dialog().getByLabel("값").last().fill("서윤");
  await page.keyboard.press("Enter");
  await room().getByText("채팅방에 다시 들어왔어요").waitFor();
  await room().getByText(/서윤님, 안녕하세요/).waitFor();
  await page.getByRole("button", { name: "사진, 위치 보내기" }).click();
  expect(await page.getByRole("menuitem", { name: /위치 보내기/ }).getAttribute("aria-disabled")).toBe("true");
  await page.keyboard.press("Escape");
  const dot = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
  await page.locator("input[data-photo]").setInputFiles({ name: "a.png", mimeType: "image/png", buffer: dot });
  await room().getByRole("img", { name: "보낸 사진" }).waitFor();
  await page.getByRole("combobox", { name: "메시징 채널" }).click();
  await page.getByRole("option", { name: /웹 채팅/ }).click();
  // The same customer in the web chat's own window.
  await page.locator("[data-face=web]").getByRole("button", { name: "처음으로" }).waitFor();
  await room().getByText(/서윤님, 안녕하세요/).waitFor();
  await page.getByRole("button", { name: "사진, 위치 보내기" }).click();
  await page.getByRole("menuitem", { name: /웹 채팅에서는 위치를 보낼 수 없어요/ }).waitFor();
  await page.keyboard.press("Escape");
});

test("a conversation is kept as a test, a change of the draft shows in it, and publishing warns", async () => {
  await page.goto(`${place}/tests?record=true`);
  await chips().getByRole("button", { name: "오시는 길" }).click();
  await turn(1).getByRole("button", { name: /노드/ }).waitFor();
  await page.getByRole("button", { name: "이 대화를 경로 테스트로 저장" }).click();
  await dialog().getByLabel("테스트 이름").fill("길 묻기");
  await page.keyboard.press("Enter");
  await page.getByText("길 묻기 테스트를 저장했어요").waitFor();
  await page.getByRole("button", { name: "모두 실행" }).click();
  await page.getByText("테스트 1개가 모두 전과 같아요").waitFor();

  await welcome("어서 오세요!\n무엇을 도와드릴까요?");
  await page.getByRole("button", { name: "모두 실행" }).click();
  await page.getByText("테스트 1개 중 1개의 답이 달라졌어요").waitFor();
  const list = page.getByRole("list", { name: "테스트" });
  expect(await list.locator("del").first().innerText()).toContain("안녕하세요,");
  expect(await list.locator("ins").first().innerText()).toContain("어서");

  await page.getByRole("button", { name: /^배포/ }).click();
  await dialog().getByText("경로 테스트 1개 중 1개의 답이 달라졌어요").waitFor();
  await dialog().getByRole("button", { name: "그래도 배포" }).waitFor();
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "새 답을 정답으로" }).click();
  await page.getByText("길 묻기 테스트의 정답을 바꿨어요").waitFor();
  await page.getByRole("button", { name: "모두 실행" }).click();
  await page.getByText("테스트 1개가 모두 전과 같아요").waitFor();

  await page.getByRole("button", { name: "길 묻기 작업" }).click();
  await page.getByRole("menuitem", { name: "이름 바꾸기" }).click();
  await dialog().getByLabel("테스트 이름").fill("오시는 길");
  await page.keyboard.press("Enter");
  await list.getByRole("button", { name: "오시는 길", exact: true }).waitFor();
  await welcome("또 바꿨어요");
  await page.getByRole("button", { name: "오시는 길 작업" }).click();
  await page.getByRole("menuitem", { name: /다시 녹화/ }).click();
  await page.getByText("오시는 길 테스트를 다시 녹화했어요").waitFor();
  await page.getByRole("button", { name: "모두 실행" }).click();
  await page.getByText("테스트 1개가 모두 전과 같아요").waitFor();
  await page.getByRole("button", { name: "오시는 길 작업" }).click();
  await page.getByRole("menuitem", { name: "삭제" }).click();
  await dialog().getByRole("button", { name: "삭제" }).click();
  await page.getByText("저장한 경로 테스트가 없어요").waitFor();
});

test("errors stop publishing and lead to their place; without them it is published with a note", async () => {
  await welcome("  ");
  await page.goto(place);
  await page.getByRole("button", { name: /^배포/ }).click();
  await dialog().getByText("오류 1개를 고쳐야 배포할 수 있어요").waitFor();
  expect(await dialog().getByRole("button", { name: "배포", exact: true }).isDisabled()).toBe(true);
  await dialog().getByRole("button", { name: "보러 가기" }).click();
  await page.waitForURL(/\/edit\/1\?node=2$/);
  await welcome("고쳤어요");
  await page.goto(place);
  await page.getByRole("button", { name: /^배포/ }).click();
  await dialog().getByText(/라이브보다 변경 \d+개 앞섬/).waitFor();
  await dialog().getByLabel("메모 (선택)").fill("인사를 바꿨어요");
  await dialog().getByRole("button", { name: "배포", exact: true }).click();
  await page.getByText("라이브 v13", { exact: true }).waitFor();
  await page.getByRole("link", { name: "버전" }).click();
  const row = page.getByRole("row", { name: /v13/ });
  expect(await row.innerText()).toMatch(/라이브[\s\S]*인사를 바꿨어요[\s\S]*한서윤/);
});

test("two versions side by side; one is brought into the draft, served again, taken along and thrown away", async () => {
  await page.goto(`${place}/versions`);
  await page.getByRole("link", { name: "v11과 v12 비교" }).click();
  await page.waitForURL(/from=11&to=12/);
  await page.getByRole("navigation", { name: "달라진 플로우" }).getByRole("button", { name: /새 플로우/ }).waitFor();
  await page.getByRole("combobox", { name: "이후" }).click();
  await page.getByRole("option", { name: "초안" }).click();
  await page.getByText(/^변경 \d+개$/).waitFor();
  const map = page.getByRole("group", { name: "캔버스에서 본 차이" });
  await map.getByRole("button", { name: /^첫 인사/ }).click();
  await page.waitForURL(/node=2/);
  expect(await page.locator("main ins").first().innerText()).toContain("원하시는 날짜와 시간을");

  await page.getByRole("link", { name: "버전 목록" }).click();
  await page.getByRole("button", { name: "v11 작업" }).click();
  await page.getByRole("menuitem", { name: "초안으로 가져오기" }).click();
  await page.getByText("v11을 초안으로 가져왔어요").waitFor();
  const draft = async () => JSON.stringify((await (await context.request.get(`/api${place.replace("/w/", "/workspaces/")}/draft`)).json()).file);
  const version = async (n: number) => JSON.stringify(await (await context.request.get(`/api${place.replace("/w/", "/workspaces/")}/versions/${n}/file`)).json());
  expect(await draft()).toBe(await version(11));
  await page.getByText("실행 취소", { exact: true }).click();
  await expect.poll(draft).not.toBe(await version(11));

  await page.getByRole("button", { name: "v11 작업" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: "파일로 내려받기" }).click()]);
  expect(JSON.stringify(JSON.parse(readFileSync(await download.path(), "utf8")))).toBe(await version(11));
  await page.getByRole("button", { name: "v11 작업" }).click();
  await page.getByRole("menuitem", { name: "이 버전 다시 배포" }).click();
  await dialog().getByRole("button", { name: "이 버전 다시 배포" }).click();
  await page.getByRole("row", { name: /v11 라이브/ }).waitFor();
  await page.getByRole("button", { name: "v11 작업" }).click();
  expect(await page.getByRole("menuitem", { name: /삭제/ }).getAttribute("aria-disabled")).toBe("true");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "v10 작업" }).click();
  await page.getByRole("menuitem", { name: "삭제" }).click();
  await dialog().getByRole("button", { name: "삭제" }).click();
  await page.getByText("v10을 삭제했어요").waitFor();
  await expect.poll(() => page.getByRole("row", { name: /v10/ }).count()).toBe(0);
});

test("beside the canvas: what was typed is tried, nodes that were passed light up, and the trace leads to them", async () => {
  await page.goto(`${place}/edit/1`);
  await page.getByRole("button", { name: "미리보기", exact: true }).click();
  await room().getByText("안녕하세요, 반가워요!").waitFor();
  await page.getByLabel("미리보기 1번째").first().waitFor();
  await chips().getByRole("button", { name: "오시는 길" }).click();
  await turn(1).getByRole("button", { name: /노드/ }).click();
  await page.getByRole("tabpanel").getByRole("button", { name: /안내.*오시는 길/ }).click();
  await page.waitForURL(/\/edit\/5\?node=3$/);
  await page.getByLabel("미리보기 2번째").first().waitFor();
  // Another program changes the draft; the same conversation is played again with it.
  await welcome("새 인사예요");
  await page.getByRole("tab", { name: "대화" }).click();
  await page.getByRole("button", { name: "같은 대화를 지금 초안으로 다시" }).click();
  await room().getByText("새 인사예요").waitFor();
  await room().getByText(/세종대로/).waitFor();
});
