// Comes to the editor of a small bot, on the mock or on the real program, and reads what the server has of it.

import type { Browser, BrowserContext, Locator, Page } from "playwright-core";

import { freshServer, type Target } from "./target";

export const EMAIL = "seoyun@example.com";
export const PASSWORD = "소금빵 굽는 새벽 네시";

const at = (x: number, y: number) => ({ design: { x, y } });
/** A bakery's bot: greeting, menu with two buttons, an answer; and a fallback. */
export const BOT = {
  title: "모락모락 안내",
  description: "",
  flows: [
    {
      id: 1,
      title: "시작",
      data: { entry: 1 },
      nodes: [
        { id: 1, type: "entry", label: "진입", data: {}, meta: at(40, 60), next: [{ nodeId: 2 }] },
        { id: 2, type: "response", label: "인사", data: { message: { type: "text", text: "어서 오세요, 모락모락이에요." } }, meta: at(320, 60), next: [{ nodeId: 3 }] },
        {
          id: 3,
          type: "keyboard",
          label: "메뉴",
          data: { type: "buttons", buttons: [{ type: "postback", label: "오늘의 빵" }, { type: "postback", label: "예약" }] },
          meta: at(600, 60),
          next: [{ nodeId: 4, where: { message: { equals: "오늘의 빵" } } }],
        },
        { id: 4, type: "response", label: "빵", data: { message: { type: "text", text: "소금빵과 호밀빵이 나왔어요." } }, meta: at(880, 40), next: [] },
      ],
    },
    {
      id: 2,
      title: "폴백",
      data: { entry: 1 },
      nodes: [
        { id: 1, type: "entry", label: "진입", data: {}, meta: at(40, 60), next: [{ nodeId: 2 }] },
        { id: 2, type: "response", label: "못 알아들음", data: { message: { type: "text", text: "잘 모르겠어요." } }, meta: at(320, 60), next: [] },
      ],
    },
  ],
  preference: {
    entryFlowId: 1,
    fallbackFlowId: 2,
    systemMessage: { empty: "(메시지 없음)", error: "오류가 났어요.", additionalChoice: "골라 주세요.", unsupportedMedia: "(미디어)" },
    sessionBehavior: { restoreNavigation: false, welcomeOnSessionStart: true, welcomeOnMessageWithoutSession: true },
  },
};

export interface Place {
  target: Target;
  ws: string;
  bot: string;
  context: BrowserContext;
}

const HEADERS = { "x-closer": "1" };

/** A server with one account and the bot. */
export async function begin(browser: Browser, file: unknown = BOT): Promise<Place> {
  const target = await freshServer();
  const context = await windowOn(browser, target);
  const made = await context.request.post("/api/setup", {
    headers: HEADERS,
    data: { name: "한서윤", email: EMAIL, password: PASSWORD, workspace: "모락모락", language: "ko" },
  });
  if (!made.ok()) throw new Error(`setting up: ${made.status()} ${await made.text()}`);
  const ws = (await made.json()).workspaces[0].id as string;
  return { target, ws, bot: await addBot(context, ws, file), context };
}

export async function addBot(context: BrowserContext, ws: string, file: unknown): Promise<string> {
  const made = await context.request.post(`/api/workspaces/${ws}/bots`, { headers: HEADERS, data: { file } });
  if (!made.ok()) throw new Error(`adding the bot: ${made.status()} ${await made.text()}`);
  return (await made.json()).bot.id as string;
}

export function windowOn(browser: Browser, target: Target): Promise<BrowserContext> {
  return browser.newContext({ baseURL: target.url, locale: "ko", viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", permissions: ["clipboard-read", "clipboard-write"] });
}

/** Somebody (the same account in another browser) opens the editor too. */
export async function another(browser: Browser, { target }: Place): Promise<BrowserContext> {
  const context = await windowOn(browser, target);
  const answer = await context.request.post("/api/session", { headers: HEADERS, data: { email: EMAIL, password: PASSWORD } });
  if (!answer.ok()) throw new Error(`signing in: ${answer.status()}`);
  return context;
}

export async function openEditor(context: BrowserContext, { ws, bot }: Place, rest = ""): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`/w/${ws}/bots/${bot}/edit${rest}`);
  await page.locator("[data-canvas] .react-flow__node").first().waitFor();
  return page;
}

export interface Draft {
  revision: number;
  file: typeof BOT;
}

export async function draft({ context, ws, bot }: Place): Promise<Draft> {
  return (await (await context.request.get(`/api/workspaces/${ws}/bots/${bot}/draft`)).json()) as Draft;
}

interface Loose {
  id: number;
  type: string;
  label: string;
  data: Record<string, unknown>;
  next: { nodeId: number; where?: unknown }[];
}

export async function nodes(place: Place, flow = 1): Promise<Loose[]> {
  return ((await draft(place)).file.flows.find((one) => one.id === flow)?.nodes ?? []) as unknown as Loose[];
}

export const saved = (page: Page) => page.locator("[data-saved=saved]").waitFor();
export const card = (page: Page, id: number) => page.locator(`[data-canvas] .react-flow__node[data-id="${id}"]`);
export const point = (page: Page, id: number, handle: string) => card(page, id).locator(`[data-handleid="${handle}"]`);
/** A flow in the explorer. */
export const flowRow = (page: Page, title: string) => page.getByRole("list", { name: "플로우" }).locator("button[class*=name]", { hasText: title });
export const canvas = (page: Page) => page.locator("[data-canvas]");

/** The middle of something, in the window. */
export async function middle(what: Locator): Promise<{ x: number; y: number }> {
  const box = await what.boundingBox();
  if (!box) throw new Error("it is not in sight");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Drags with the pointer, as a hand does: in several moves. */
export async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 8, from.y + 4);
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
}
