// Dialogs and menus that lie over a screen, so that each of them is looked at and checked too.

import type { Page } from "playwright-core";

import { bot, chosen, failedTest, inside, type Screen } from "./ways";

const press = (page: Page, name: RegExp) => page.getByRole("button", { name }).locator("visible=true").first().click();
const choose = (page: Page, name: RegExp) => page.getByRole("menuitem", { name }).click();
const dialog = (page: Page) => page.locator("[data-dialog]").waitFor();
const wide = (page: Page) => (page.viewportSize()?.width ?? 0) >= 600;
/** A conversation of ConsultationTalk, with the customer's card beside it; on a phone the card is called. */
const beside = async (page: Page) => {
  await chosen(page, "최유나");
  if (!wide(page)) await page.locator("[data-window]").getByRole("button", { name: /^(고객 정보|Customer)$/ }).click();
};
const version = (act: RegExp, number = 10): Screen => ({
  path: bot("/versions"),
  act: async (page) => {
    await press(page, new RegExp(`^(v${number} 작업|Actions for v${number})$`));
    await choose(page, act);
    await dialog(page);
  },
});
const pathTest = (act: RegExp): Screen => ({
  path: bot("/tests?record=true"),
  act: async (page) => {
    await failedTest(page);
    await press(page, /^(오시는 길 작업|Actions for 오시는 길)$/);
    await choose(page, act);
    await dialog(page);
  },
});

export const DIALOGS: Record<string, Screen> = {
  "members-remove": {
    path: inside("settings/members"),
    act: async (page) => {
      await page.locator("main table button[aria-haspopup=menu]").last().click();
      await page.getByRole("menuitem").last().click();
      await dialog(page);
    },
  },
  "demo-remove": {
    path: "/",
    change: { demo: true },
    act: async (page) => {
      await press(page, /^(데모 지우기|Remove the demo)$/);
      await dialog(page);
    },
  },
  "customer-erase": {
    path: bot("/conversations"),
    act: async (page) => {
      await page.locator("main ul a").first().click();
      await press(page, /^(이 고객의 데이터|This customer's data)$/);
      await choose(page, /지우기|Erase/);
      await dialog(page);
    },
  },
  "dashboard-files": { path: bot("/dashboard"), act: (page) => press(page, /^(내려받기|Download)$/) },
  "channel-remove": {
    path: bot("/channels/settings"),
    act: async (page) => {
      await press(page, /^(지우기|연결 지우기|Remove|Remove the connection)$/);
      await dialog(page);
    },
  },
  "channel-consulttalk-remove": {
    path: bot("/channels/consulttalk"),
    act: async (page) => {
      await press(page, /^(연결 지우기|Remove)$/);
      await dialog(page);
    },
  },
  "channel-web-renew": {
    path: bot("/channels/web"),
    act: async (page) => {
      await press(page, /^(서명 키 보기|Show the signing key)$/);
      await press(page, /^(새로 만들기|Make a new one)$/);
      await dialog(page);
    },
  },
  "alerts-secret": {
    path: bot("/alerts"),
    act: async (page) => {
      await page.getByRole("textbox", { name: /^(웹훅 URL|Webhook URL)$/ }).fill("https://hooks.example.com/closer");
      await press(page, /^(저장|Save)$/);
      await press(page, /^(비밀 보기|Show secret)$/);
      await press(page, /^(새 비밀로 바꾸기|Replace secret)$/);
      await dialog(page);
    },
  },
  "versions-serve": version(/다시 배포|Publish this version again/),
  "versions-delete": version(/^(삭제|Delete)$/),
  "tests-rename": pathTest(/이름 바꾸기|Rename/),
  "tests-delete": pathTest(/삭제|Delete/),
  "webhooks-new": {
    path: bot("/settings"),
    act: async (page) => {
      await press(page, /^(웹훅 추가|Add a webhook)$/);
      await dialog(page);
    },
  },
  "answers-new": {
    path: inside("settings/answers"),
    act: async (page) => {
      await page.getByRole("table").waitFor();
      await press(page, /^(새 질문과 답변|New question)$/);
      await dialog(page);
    },
  },
  "chat-state": { path: inside("chat"), act: async (page) => {
    await page.getByText("이지은").first().waitFor();
    if (wide(page)) await press(page, /^(내 상태|Your state)/);
  } },
  "chat-menu": { path: inside("chat?view=mine"), act: async (page) => {
    await chosen(page, "최유나");
    await press(page, /^(대화 메뉴|Conversation menu)$/);
  } },
  "chat-owner": { path: inside("chat?view=mine"), act: async (page) => {
    await chosen(page, "최유나");
    await press(page, /^(담당 바꾸기|Change agent)/);
  } },
  "chat-end": { path: inside("chat?view=mine"), act: async (page) => {
    await chosen(page, "최유나");
    await press(page, /^(대화 메뉴|Conversation menu)$/);
    await choose(page, /세션 끝내기|End the ConsultationTalk session/);
    await dialog(page);
  } },
  "chat-block": { path: inside("chat?view=mine"), act: async (page) => {
    await chosen(page, "최유나");
    await press(page, /^(대화 메뉴|Conversation menu)$/);
    await choose(page, /고객 차단|Block the customer/);
    await dialog(page);
  } },
  "chat-card": { path: inside("chat?view=mine"), act: beside },
  "chat-canned-new": { path: inside("chat?view=mine"), act: async (page) => {
    await beside(page);
    await page.getByText(/^(상용구|Canned)$/).locator("visible=true").first().click();
    await press(page, /^(새 상용구|New canned message)$/);
    await dialog(page);
  } },
  "chat-flows": { path: inside("chat?view=mine"), act: async (page) => {
    await beside(page);
    await page.getByText(/^(플로우|Flows)$/).locator("visible=true").first().click();
  } },
  "chat-emoji": { path: inside("chat?view=mine"), act: async (page) => {
    await chosen(page, "최유나");
    await press(page, /^(이모지|Emoji)$/);
  } },
  "chat-shut": { path: inside("chat?view=completed"), act: async (page) => {
    await page.getByRole("button", { name: /윤가람/ }).first().click();
    await page.locator("[data-window]").first().waitFor();
  } },
  "chat-keys": { path: inside("chat"), act: async (page) => {
    await page.getByText("이지은").first().waitFor();
    await page.keyboard.press("?");
    await dialog(page);
  } },
};
