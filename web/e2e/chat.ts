// A team and its customers for the tests of the Chat screen: a bot that calls agents, agents in browsers, and customers who speak
// the web chat's protocol (docs/webchat.md).

import type { Browser, BrowserContext, Page } from "playwright-core";
import { expect } from "vitest";

import { watch } from "./browser";
import type { Target } from "./target";

export const PASSWORD = "소금빵 굽는 새벽 네시";
const HEADERS = { "x-closer": "1" };
const text = (words: string) => ({ message: { type: "text", text: words } });

/** Greets; `상담원` calls an agent; a survey to complete into. */
export const BOT = {
  title: "맑은마켓",
  preference: { entryFlowId: 1, fallbackFlowId: 2 },
  flows: [
    {
      id: 1,
      title: "시작",
      nodes: [
        { id: 1, type: "entry", label: "진입", next: [{ nodeId: 2 }] },
        { id: 2, type: "response", label: "인사", data: text("안녕하세요"), next: [{ nodeId: 3 }] },
        {
          id: 3,
          type: "keyboard",
          label: "메뉴",
          data: { type: "buttons", buttons: [{ label: "배송", type: "postback" }, { label: "상담원", type: "postback" }] },
          next: [
            { nodeId: 4, where: { "message.text": { equals: "상담원" } } },
            { nodeId: 6, where: { "message.text": { equals: "배송" } } },
          ],
        },
        {
          id: 4,
          type: "manual",
          label: "상담원 호출",
          data: { messages: { default: { type: "text", text: "상담원을 부르고 있어요.", actions: { cancel: "상담 취소" } } } },
          next: [{ nodeId: 5 }],
        },
        { id: 5, type: "response", label: "취소", data: text("상담을 취소했어요."), next: [{ nodeId: 3 }] },
        { id: 6, type: "response", label: "배송", data: text("내일 도착해요."), next: [{ nodeId: 3 }] },
      ],
    },
    {
      id: 2,
      title: "폴백",
      nodes: [
        { id: 1, type: "entry", label: "진입", next: [{ nodeId: 2 }] },
        { id: 2, type: "response", label: "모름", data: text("잘 모르겠어요.") },
      ],
    },
    {
      id: 3,
      title: "만족도",
      nodes: [
        { id: 1, type: "entry", label: "진입", next: [{ nodeId: 2 }] },
        { id: 2, type: "response", label: "질문", data: text("상담은 어떠셨어요?"), next: [{ nodeId: 3 }] },
        { id: 3, type: "keyboard", label: "답", data: { type: "any" }, next: [{ nodeId: 4 }] },
        { id: 4, type: "response", label: "끝", data: text("고맙습니다.") },
      ],
    },
  ],
};

export interface Team {
  url: string;
  ws: string;
  bot: string;
  owner: BrowserContext;
  /** Sets the team's chat settings. */
  settings: (body: object) => Promise<void>;
  /** A further agent, signed in. */
  agent: (name: string, email: string) => Promise<BrowserContext>;
}

async function call<T>(context: BrowserContext, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await context.request.fetch(path, { method, headers: { ...HEADERS, "content-type": "application/json" }, ...(body !== undefined && { data: JSON.stringify(body) }) });
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
  return (answer.status() === 204 ? undefined : await answer.json()) as T;
}

/** An owner whose bot is published and on the web. */
export async function gather(browser: Browser, target: Target): Promise<Team> {
  const look = { baseURL: target.url, locale: "ko-KR", timezoneId: "Asia/Seoul", viewport: { width: 1440, height: 900 } };
  const owner = await browser.newContext(look);
  const first = { email: "seoyun@example.com", password: PASSWORD, name: "한서윤", workspace: "맑은마켓", language: "ko" };
  const me = await call<{ workspaces: { id: string }[] }>(owner, "POST", "/api/setup", first);
  const ws = me.workspaces[0]?.id ?? "";
  const bots = `/api/workspaces/${ws}/bots`;
  const made = await call<{ bot: { id: string } }>(owner, "POST", bots, { file: BOT });
  const bot = made.bot.id;
  await call(owner, "POST", `${bots}/${bot}/publish`, {});
  await call(owner, "PUT", `${bots}/${bot}/web`, { enabled: true });
  return {
    url: target.url,
    ws,
    bot,
    owner,
    settings: async (body) => void (await call(owner, "PUT", `/api/workspaces/${ws}/chat-settings`, body)),
    agent: async (name, email) => {
      const invited = await call<{ items: { link: string }[] }>(owner, "POST", `/api/workspaces/${ws}/invites`, { emails: [email], role: "readonly" });
      const token = invited.items[0]?.link.split("/").at(-1) ?? "";
      const context = await browser.newContext(look);
      await call(context, "POST", `/api/invites/${token}`, { name, password: PASSWORD, language: "ko" });
      return context;
    },
  };
}

/** An agent's console on the Chat screen; `complaints` is what the browser complained about. */
export async function opens(team: Team, context: BrowserContext, query = ""): Promise<{ page: Page; complaints: string[] }> {
  const page = await context.newPage();
  const complaints = watch(page);
  page.setDefaultTimeout(30_000);
  await page.goto(`/w/${team.ws}/chat${query}`);
  await page.locator("[data-link=open]").waitFor({ state: "attached" });
  return { page, complaints };
}

interface Said {
  seq: number;
  from: string;
  text: string;
}

/** A customer by the protocol, in a page that shows nothing. Everything that comes is kept; numbers must have no gap. */
export class Customer {
  private constructor(
    private readonly page: Page,
    readonly key: string,
  ) {}

  static async comes(browser: Browser, team: Pick<Team, "url" | "bot">): Promise<Customer> {
    // The page that is opened says that nothing may be loaded from it.
    const context = await browser.newContext({ baseURL: team.url, locale: "ko-KR", timezoneId: "Asia/Seoul", bypassCSP: true });
    const page = await context.newPage();
    // A page of the same origin, without our console in it.
    await page.goto(`${team.url}/api/state`);
    const key = await page.evaluate(async (bot) => {
      const session = await (await fetch(`/webchat/${bot}/session`, { method: "POST", body: "{}" })).json();
      const customer = { said: [] as { seq: number; from: string; text: string }[], doubled: 0, with: "", typing: 0, open: false, next: 1, unsent: new Map<string, object>(), socket: undefined as WebSocket | undefined };
      Object.assign(window, { customer });
      const connect = () => {
        const socket = new WebSocket(`${location.origin.replace("http", "ws")}/webchat/${bot}/socket`);
        customer.socket = socket;
        socket.addEventListener("open", () => {
          const after = customer.said.at(-1)?.seq;
          socket.send(JSON.stringify({ type: "hello", token: session.token, start: true, ...(after !== undefined && { after }) }));
          for (const frame of customer.unsent.values()) socket.send(JSON.stringify(frame));
          customer.open = true;
        });
        socket.addEventListener("message", (event) => {
          const frame = JSON.parse(event.data as string);
          if (frame.type === "message") {
            const last = customer.said.at(-1)?.seq ?? frame.seq - 1;
            if (frame.seq <= last) customer.doubled += 1;
            else customer.said.push({ seq: frame.seq, from: frame.from, text: frame.data.text ?? frame.data.media?.uri ?? "" });
          } else if (frame.type === "state") customer.with = frame.with;
          else if (frame.type === "typing") customer.typing += 1;
          else if (frame.type === "done") customer.unsent.delete(frame.id);
        });
        socket.addEventListener("close", () => {
          customer.open = false;
          setTimeout(connect, 200);
        });
      };
      connect();
      return session.userKey as string;
    }, team.bot);
    const customer = new Customer(page, key);
    await customer.hears("bot", "안녕하세요");
    return customer;
  }

  /** How the console calls them while nobody has written down their name. */
  get name(): string {
    return `고객 ${this.key.slice(-4)}`;
  }

  async says(words: string): Promise<void> {
    await this.page.evaluate((said) => {
      const { customer } = window as unknown as { customer: { next: number; unsent: Map<string, object>; socket: WebSocket } };
      const id = `m${customer.next++}`;
      const frame = { type: "message", id, text: said };
      customer.unsent.set(id, frame);
      if (customer.socket.readyState === WebSocket.OPEN) customer.socket.send(JSON.stringify(frame));
    }, words);
  }

  async types(): Promise<void> {
    await this.page.evaluate(() => (window as unknown as { customer: { socket: WebSocket } }).customer.socket.send(JSON.stringify({ type: "typing" })));
  }

  async said(): Promise<Said[]> {
    return this.page.evaluate(() => (window as unknown as { customer: { said: Said[] } }).customer.said);
  }

  async hears(from: string, words: string): Promise<void> {
    await expect.poll(async () => (await this.said()).some((one) => one.from === from && one.text === words), { message: `${this.key} hears “${words}” from ${from}`, timeout: 30_000 }).toBe(true);
  }

  async isWith(who: string): Promise<void> {
    await expect.poll(() => this.page.evaluate(() => (window as unknown as { customer: { with: string } }).customer.with)).toBe(who);
  }

  async sawTyping(): Promise<number> {
    return this.page.evaluate(() => (window as unknown as { customer: { typing: number } }).customer.typing);
  }

  /** Calls an agent. */
  async calls(): Promise<void> {
    await this.says("상담원");
    await this.hears("bot", "상담원을 부르고 있어요.");
  }

  /** Nothing is missing, nothing came twice. */
  async isWhole(): Promise<void> {
    const said = await this.said();
    expect(said.map((one) => one.seq)).toEqual(said.map((_, at) => (said[0]?.seq ?? 0) + at));
  }
}

/** The row of a customer in the list. */
export const row = (page: Page, name: string) => page.getByRole("list", { name: "대화 목록" }).getByRole("button", { name: new RegExp(name) });
/** Their window. */
export const windowOf = (page: Page, name: string) => page.getByRole("region", { name: `${name} 대화` });
export const input = (page: Page, name: string) => windowOf(page, name).getByRole("textbox", { name: "메시지 입력" });
export async function view(page: Page, which: string): Promise<void> {
  await page.locator(`[data-view=${which}]`).click();
}
/** What a window shows was said, in order. */
export const shownIn = (page: Page, name: string) => windowOf(page, name).locator("[data-seq]").evaluateAll((all) => all.map((one) => [Number((one as HTMLElement).dataset["seq"]), (one as HTMLElement).innerText] as const));
