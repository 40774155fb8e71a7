// Every screen of the console and how one comes to it, for pictures and for the checks that look at all of them.

import type { Page } from "playwright-core";

import { PASSWORD } from "../mock/world";
import { scene } from "./browser";
import { DIALOGS } from "./dialog-screens";
import { EDITOR } from "./editor-screens";
import { bot, chosen, failedTest, inside, record, type Screen, silent, workspace } from "./ways";

const proveMyself = async (page: Page) => {
  await page.getByRole("button", { name: /^(시작하기|Set up)$/ }).click();
  await page.locator("[role=dialog] input").first().fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.locator("[role=dialog] img").waitFor();
};
const offer = (name: string, type: string, content: string) => (page: Page) =>
  page.locator("input[type=file]").setInputFiles({ name, mimeType: type, buffer: Buffer.from(content) });
const say = (text: string, then?: (page: Page) => Promise<unknown>): Screen => ({
  path: bot("/tests?record=true"),
  act: async (page) => {
    await page.getByRole("log").getByText(/반가워요/).waitFor();
    const field = page.getByRole("textbox", { name: /^(메시지 입력|Write a message)$/ });
    await field.fill(text);
    await field.press("Enter");
    await page.locator("[data-turn]").nth(1).getByRole("button", { name: /ms$/ }).waitFor();
    await then?.(page);
  },
});
const channelOf = (page: Page) => page.getByRole("combobox", { name: /^(메시징 채널|Channel)$/ });
/** The room of the web chat, a turn later. */
const onWeb = (then?: (page: Page) => Promise<unknown>): Screen => ({
  path: bot("/tests?record=true"),
  act: async (page) => {
    await page.getByRole("log").getByText(/반가워요/).waitFor();
    await channelOf(page).click();
    await page.getByRole("option", { name: /^(웹 채팅|Web chat)/ }).click();
    await page.locator("[data-face=web]").getByText(/반가워요/).waitFor();
    await page.getByRole("button", { name: "오시는 길", exact: true }).last().click();
    await page.locator("[data-turn]").nth(1).getByRole("button", { name: /ms$/ }).waitFor();
    await then?.(page);
  },
});
/** The same on ConsultationTalk: what is said to the mock shows one of each kind. */
const onConsultTalk = (text: string, then?: (page: Page) => Promise<unknown>): Screen => ({
  path: bot("/tests?record=true"),
  act: async (page) => {
    await page.getByRole("log").getByText(/반가워요/).waitFor();
    await channelOf(page).click();
    await page.getByRole("option", { name: /^(상담톡|ConsultationTalk)/ }).click();
    await page.locator("[data-face=kakaobiz]").getByText(/반가워요/).waitFor();
    await page.getByRole("textbox", { name: /^(메시지 입력|Write a message)$/ }).fill(text);
    await page.keyboard.press("Enter");
    await page.locator("[data-turn]").nth(1).getByRole("button", { name: /ms$/ }).waitFor();
    await then?.(page);
  },
});
const tab = (name: RegExp) => (page: Page) => page.getByRole("tab", { name }).click();

/** The room with every kind of bubble, and the tabs of the inspector, in the preview beside the path tests. */
const TALKS: Record<string, Screen> = {
  "talk-cards": say("말풍선 카드"),
  "talk-carousel": say("말풍선 캐러셀"),
  "talk-list": say("말풍선 목록"),
  "talk-item": say("말풍선 항목"),
  "talk-commerce": say("말풍선 상품"),
  "talk-long": say("말풍선 긴글"),
  "talk-operator": say("말풍선 글카드", (page) => page.getByRole("log").getByRole("button", { name: "상담원 연결" }).click()),
  "talk-dark-pc": say("말풍선 글카드", async (page) => {
    await page.getByRole("button", { name: /어두운 채팅방|Dark chat/ }).click();
    await page.getByRole("button", { name: /PC/ }).click();
  }),
  "talk-person": say("예약하기", (page) => page.getByRole("button", { name: /^(고객 설정|Customer)$/ }).click()),
  "talk-trace": say("오시는 길", tab(/추적|Trace/)),
  "talk-context": say("예약하기", tab(/컨텍스트|Context/)),
  "talk-raw": say("예약하기", tab(/요청|Request/)),
  "talk-web": onWeb(),
  "talk-web-dark": onWeb((page) => page.getByRole("button", { name: /어두운 채팅방|Dark chat/ }).click()),
  "talk-consult": onConsultTalk("말풍선 버튼"),
  "talk-consult-rows": onConsultTalk("말풍선 캐러셀"),
  "talk-consult-files": onConsultTalk("말풍선 파일"),
  "talk-consult-agent": onConsultTalk("상담원 연결"),
  "talk-consult-raw": onConsultTalk("말풍선 버튼", tab(/요청|Request/)),
  "talk-consult-dark": onConsultTalk("말풍선 버튼", (page) => page.getByRole("button", { name: /어두운 채팅방|Dark chat/ }).click()),
  "talk-channels": say("예약하기", (page) => channelOf(page).click()),
};

/** The preview beside the canvas, a turn later: on a phone it lies over it. */
const inEditor = (then?: (page: Page) => Promise<unknown>) => async (page: Page) => {
  const toggle = page.getByRole("button", { name: /^(미리보기|Preview)$/ }).locator("visible=true").first();
  if ((await page.getByRole("log").count()) === 0) await toggle.click();
  await page.getByRole("log").getByText(/반가워요/).waitFor();
  await page.getByRole("button", { name: "오시는 길", exact: true }).locator("visible=true").last().click();
  await page.locator("[data-turn]").nth(1).getByRole("button", { name: /ms$/ }).waitFor();
  await then?.(page);
};
const attached = async (page: Page, what: RegExp) => {
  await page.getByRole("button", { name: /^(사진, 위치 보내기|Send a photo or a place)$/ }).locator("visible=true").click();
  await page.getByRole("menuitem", { name: what }).click();
  await page.locator("[data-dialog]").waitFor();
};
/** The Chat screen: the queue, a conversation with its customer, two side by side, what lies over it. */
const CHAT: Record<string, Screen> = {
  chat: { path: inside("chat"), act: (page) => page.getByText("이지은").first().waitFor() },
  "chat-talk": { path: inside("chat?view=mine"), act: (page) => chosen(page, "최유나") },
  "chat-request": { path: inside("chat"), act: (page) => chosen(page, "이지은") },
  "chat-bot": { path: inside("chat?view=bot"), act: (page) => chosen(page, "한도윤") },
  "chat-beside": {
    path: inside("chat?view=all"),
    act: async (page) => {
      await chosen(page, "최유나");
      if ((page.viewportSize()?.width ?? 0) < 600) return;
      await page.getByRole("button", { name: /정하윤/ }).click({ modifiers: ["Control"] });
      await page.locator("[data-window] textarea").nth(1).waitFor();
    },
  },
  "chat-canned": {
    path: inside("chat?view=mine"),
    act: async (page) => {
      await chosen(page, "최유나");
      await page.locator("[data-window] textarea").fill("/");
      await page.getByRole("option").first().waitFor();
    },
  },
  "chat-suggest": {
    path: inside("chat?view=mine"),
    act: async (page) => {
      await chosen(page, "최유나");
      await page.getByRole("button", { name: /^(답변 추천|Suggested answers)$/ }).click();
      await page.locator("[data-answer]").first().waitFor();
    },
  },
  "chat-note": {
    path: inside("chat?view=mine"),
    act: async (page) => {
      await chosen(page, "최유나");
      await page.locator("[data-window]").getByText(/^(메모|Note)$/).click();
      await page.locator("[data-window] textarea").fill("@");
      await page.getByRole("option").first().waitFor();
    },
  },
  "chat-mentions": { path: inside("chat?view=mentions"), act: async (page) => {
    await page.getByText(/견과류 알레르기가 있어요/).first().waitFor();
    // Who wrote it comes with the agents.
    await page.locator("main li [class*=_name_]").filter({ hasText: /\S/ }).first().waitFor();
  } },
  "chat-found": { path: inside("chat?view=all&q=배송"), act: (page) => page.locator("mark").first().waitFor() },
  "chat-none": { path: inside("chat?q=없는고객") },
  "chat-settings": { path: inside("settings/chat"), act: (page) => page.locator("main input[type=time]").first().waitFor(), full: true },
  "chat-settings-readonly": { as: "alex@example.com", path: inside("settings/chat"), act: (page) => page.locator("main input[type=time]").first().waitFor(), full: true },
  "chat-stats": { path: inside("chat/stats"), act: (page) => page.getByRole("table").first().waitFor({ state: "attached" }), full: true },
  "chat-stats-today": {
    path: inside("chat/stats"),
    act: async (page) => {
      await page.getByText(/^(오늘|Today)$/).first().click();
      await page.getByRole("heading", { name: /^(오늘 요청이|Where today)/ }).waitFor();
    },
    full: true,
  },
  "chat-bot-settings": {
    path: inside("settings/chat"),
    act: async (page) => {
      await page.getByRole("button", { name: /따로 정하기|^Set apart/ }).first().click();
      await page.getByRole("dialog").getByRole("switch").nth(1).click();
    },
  },
  answers: { path: inside("settings/answers"), act: (page) => page.getByRole("table").waitFor() },
  "answers-import": {
    path: inside("settings/answers"),
    act: async (page) => {
      await page.getByRole("button", { name: /^(파일 가져오기|Import)$/ }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  webhooks: {
    path: bot("/settings"),
    act: async (page) => {
      await page.getByRole("button", { name: /^(사내 알림 고치기|Edit 사내 알림)$/ }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  "chat-notify": {
    path: inside("chat"),
    act: async (page) => {
      await page.getByRole("button", { name: /^(알림 설정|Notifications)$/ }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
};
const ODD = JSON.stringify({
  title: "옛 안내 봇",
  flows: [{ title: "시작", nodes: [{ id: 3, type: "unknown" }, { id: 7, type: "unknown" }] }],
});

export const SCREENS: Record<string, Screen> = {
  setup: { world: "fresh", as: null, path: "/setup" },
  "setup-errors": { world: "fresh", as: null, path: "/setup", act: (page) => page.locator("button[type=submit]").click() },
  signin: { as: null, path: "/signin" },
  "signin-wrong": {
    as: null,
    path: "/signin",
    act: async (page) => {
      await page.locator("input[type=email]").fill("seoyun@example.com");
      await page.locator("input[type=password]").fill("wrong");
      await page.locator("button[type=submit]").click();
      await page.getByRole("alert").waitFor();
    },
  },
  forgot: { as: null, path: "/forgot" },
  "forgot-mail": { as: null, path: "/forgot", change: { mail: true } },
  reset: { as: null, path: "/reset/good" },
  invite: { as: null, path: "/invite/invited-haneul@example.com" },
  "invite-gone": { as: null, path: "/invite/nothing" },
  bots: { path: "/" },
  "bots-empty": {
    path: async (page) => {
      const made = await page.request.post("/api/workspaces", { data: { name: "새 가게" }, headers: { "x-closer": "1" } });
      return `/w/${(await made.json()).id}/bots`;
    },
  },
  "bots-readonly": { as: "alex@example.com", path: "/" },
  "bots-none": { path: inside("bots?q=없는이름") },
  "bots-switcher": { path: "/", act: (page) => page.locator("nav button[aria-haspopup=menu]").first().click() },
  "bots-me": { path: "/", act: (page) => page.locator("nav button[aria-haspopup=menu]").last().click() },
  demo: { world: "fresh", as: null, change: { demo: true }, path: "/" },
  "bots-demo": { path: "/", change: { demo: true } },
  "editor-demo": { path: bot("/edit/1"), change: { demo: true } },
  "chat-demo": { path: inside("chat"), change: { demo: true } },
  "new-workspace": {
    path: "/",
    act: async (page) => {
      await page.locator("nav button[aria-haspopup=menu]").first().click();
      await page.getByRole("menuitem").last().click();
      await page.getByRole("dialog").waitFor();
    },
  },
  palette: {
    path: "/",
    act: async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").waitFor();
    },
  },
  keys: { path: "/", act: (page) => page.keyboard.press("?") },
  new: { path: inside("bots/new") },
  "new-name": { path: inside("bots/new"), act: (page) => page.locator("main ul button").nth(2).click() },
  "import-warned": { path: inside("bots/new"), act: offer("옛 봇.json", "application/json", ODD) },
  "import-refused": { path: inside("bots/new"), act: offer("주문.csv", "text/csv", "이름,수량") },
  "bridge-new": { path: inside("bots/new/bridge") },
  "bridge-checked": {
    path: inside("bots/new/bridge"),
    act: async (page) => {
      await page.locator("main form input").first().fill("http://bot.example.com/kakao/keyboard");
      await page.locator("main form input").nth(1).fill("영업시간");
      await page.locator("main form button[type=submit]").first().click();
      await page.getByText("POST /message").waitFor();
    },
    full: true,
  },
  bridge: {
    path: async (page) => {
      const ws = await workspace(page);
      const data = { title: "모락모락 예전 봇", url: "https://bot.example.com/kakao" };
      const made = await page.request.post(`/api/workspaces/${ws}/bridges`, { data, headers: { "x-closer": "1" } });
      return `/w/${ws}/bots/${(await made.json()).id}/bridge`;
    },
    act: (page) => page.locator("details summary").first().waitFor(),
    full: true,
  },
  deleted: { path: inside("bots/deleted") },
  bot: { path: bot() },
  "bot-settings": { path: bot("/settings"), full: true },
  "bot-settings-readonly": { as: "alex@example.com", path: bot("/settings"), full: true },
  "bot-over": {
    path: bot("/settings"),
    act: async (page) => {
      const label = page.getByLabel(/늦은 답 받기|late answer/);
      await label.scrollIntoViewIfNeeded();
      await label.fill("준비된 답변을 지금 바로 확인하기");
    },
  },
  "bot-saved": {
    path: bot("/settings"),
    act: async (page) => {
      await page.locator("main input").first().fill("케이크 예약 (연말)");
      await page.getByRole("button", { name: /^(저장|Save)$/ }).first().click();
      await page.getByText(/^(저장했어요|Saved)$/).waitFor();
    },
  },
  "bot-overwrite": { path: bot("/settings"), act: (page) => page.getByRole("button", { name: /^(파일 고르기|Choose file)$/ }).click() },
  "bot-delete": { path: bot("/settings"), act: (page) => page.getByRole("button", { name: /^(삭제|Delete)$/ }).click() },
  "bot-gone": { path: inside("bots/01KAXMPC00000000000000000Z") },
  dashboard: { path: bot("/dashboard"), full: true },
  "dashboard-table": {
    path: bot("/dashboard"),
    act: (page) => page.getByRole("button", { name: /^(표로 보기|Show as a table)$/ }).first().click(),
  },
  "dashboard-none": { path: silent("/dashboard") },
  conversations: { path: bot("/conversations") },
  thread: {
    path: bot("/conversations"),
    act: async (page) => {
      await page.locator("main ul a").first().click();
      await page.getByRole("button", { name: /^(들여다보기|Look inside)$/ }).first().waitFor();
    },
  },
  inspector: {
    path: bot("/conversations"),
    act: async (page) => {
      await page.locator("main ul a").first().click();
      await page.getByRole("button", { name: /^(들여다보기|Look inside)$/ }).last().click();
      await page.getByRole("dialog").getByRole("link").first().waitFor();
    },
  },
  "conversations-marked": { path: bot("/conversations?kind=unanswered") },
  "conversations-none": { path: silent("/conversations") },
  channel: { path: bot("/channels"), full: true },
  "channel-new": { path: silent("/channels"), full: true },
  "channel-skill": {
    path: silent("/channels"),
    act: (page) => page.locator("[data-step=skill] button[aria-expanded]").click(),
    full: true,
  },
  "channel-blocks": {
    path: silent("/channels"),
    act: (page) => page.locator("[data-step=fallback] button[aria-expanded]").click(),
    full: true,
  },
  "channel-test": {
    path: silent("/channels"),
    act: (page) => page.locator("[data-step=test] button[aria-expanded]").click(),
    full: true,
  },
  "channel-log": { path: bot("/channels/log") },
  "channel-pair": {
    path: bot("/channels/log"),
    act: async (page) => {
      await page.locator("main ul button").first().click();
      await page.locator("[role=dialog] pre").first().waitFor();
    },
  },
  "channel-settings": { path: bot("/channels/settings") },
  "channel-header": {
    path: bot("/channels/settings"),
    act: (page) => page.getByRole("button", { name: /^(비밀 헤더 정하기|Set a secret header)$/ }).click(),
  },
  "channel-consulttalk": { path: bot("/channels/consulttalk"), full: true },
  "channel-consulttalk-none": { path: silent("/channels/consulttalk"), full: true },
  "channel-web": { path: bot("/channels/web"), full: true },
  "channel-web-off": { path: silent("/channels/web"), full: true },
  "channel-web-wrong": {
    path: bot("/channels/web"),
    full: true,
    // White on Kakao's yellow: the screen says that it is hard to read, and its preview shows how hard.
    sample: "[data-look][data-position] :is([class*=_top_], [class*=_own_])",
    act: async (page) => {
      await page.getByRole("textbox", { name: /^(대표 색|Main colour)$/ }).fill("#FEE500");
      await page.getByRole("textbox", { name: /^(사이트 주소|Addresses)$/ }).fill("bakery.example.com");
      await page.getByText(/^(왼쪽 위|Top left)$/).click();
      await page.getByRole("button", { name: /^(저장|Save)$/ }).click();
      await page.getByRole("alert").first().waitFor();
    },
  },
  "channel-web-secret": {
    path: bot("/channels/web"),
    full: true,
    act: async (page) => {
      await page.getByRole("button", { name: /^(서명 키 보기|Show the signing key)$/ }).click();
      await page.locator("summary").click();
    },
  },
  alerts: { path: bot("/alerts"), full: true },
  "alerts-all": { path: inside("alerts") },
  ...CHAT,
  records: { path: inside("settings/records") },
  versions: { path: bot("/versions"), act: (page) => page.getByText("v10").waitFor() },
  "versions-menu": { path: bot("/versions"), act: (page) => page.getByRole("button", { name: /^(v11 작업|Actions for v11)$/ }).click() },
  "versions-compare": { path: bot("/versions?from=11&to=draft"), act: (page) => page.locator(".react-flow__node").first().waitFor() },
  publish: {
    path: bot(),
    act: async (page) => {
      await page.getByRole("button", { name: /^(배포|Publish)/ }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  "tests-empty": { path: bot("/tests") },
  "tests-recording": {
    path: bot("/tests?record=true"),
    act: async (page) => {
      await page.getByRole("log").getByText(/반가워요/).waitFor();
      await page.getByRole("button", { name: "오시는 길" }).click();
      await page.getByRole("log").getByText("오시는 길", { exact: true }).waitFor();
    },
  },
  "tests-record": { path: bot("/tests?record=true"), act: record },
  "tests-failed": {
    path: bot("/tests?record=true"),
    full: true,
    act: failedTest,
  },
  ...TALKS,
  ...EDITOR,
  ...DIALOGS,
  "editor-preview": { path: bot("/edit/1"), act: inEditor() },
  "editor-preview-trace": { path: bot("/edit/1"), act: inEditor((page) => tab(/추적|Trace/)(page)) },
  "editor-preview-context": { path: bot("/edit/1"), act: inEditor((page) => tab(/컨텍스트|Context/)(page)) },
  "editor-preview-raw": { path: bot("/edit/1"), act: inEditor((page) => tab(/요청|Request/)(page)) },
  "editor-preview-form": { path: bot("/edit/1?node=2"), act: inEditor() },
  "editor-photo": { path: bot("/edit/1"), act: inEditor((page) => attached(page, /사진 주소로|Send a photo by address/)) },
  profile: { path: inside("settings/profile") },
  security: { path: inside("settings/security"), full: true },
  "totp-1": { path: inside("settings/security"), act: (page) => page.getByRole("button", { name: /^(시작하기|Set up)$/ }).click() },
  "totp-2": { path: inside("settings/security"), act: proveMyself },
  "totp-3": {
    path: inside("settings/security"),
    act: async (page) => {
      await proveMyself(page);
      await page.locator("[role=dialog] input[inputmode=numeric]").fill("123456");
      await page.keyboard.press("Enter");
      await page.getByText("7hq2-m9kd").waitFor();
    },
  },
  workspace: { path: inside("settings/workspace") },
  leave: { path: inside("settings/workspace"), act: (page) => page.getByRole("button", { name: /^(나가기|Leave)$/ }).click() },
  members: { path: inside("settings/members") },
  "members-role": { path: inside("settings/members"), act: (page) => page.locator("main [role=combobox]").nth(2).click() },
  "invite-dialog": { path: inside("settings/members?invite=true") },
  "invite-made": {
    path: inside("settings/members?invite=true"),
    act: async (page) => {
      await page.locator("[role=dialog] textarea").fill("a@example.com, 이하늘 <b@example.com>");
      await page.locator("[role=dialog] button[type=submit]").click();
      await page.getByText("b@example.com").first().waitFor();
    },
  },
  audit: { path: inside("settings/audit") },
  offline: {
    path: "/",
    act: async (page) => {
      await scene(new URL(page.url()).origin, { down: true });
      await page.evaluate(() => window.dispatchEvent(new Event("offline")));
    },
  },
  failed: {
    path: "/",
    act: async (page) => {
      await scene(new URL(page.url()).origin, { down: true });
      await page.locator("nav a[href$=settings]").click();
      await page.locator("a[href$=members]").click();
      await page.getByRole("alert").first().waitFor();
    },
  },
  missing: { path: "/nothing/here" },
};
