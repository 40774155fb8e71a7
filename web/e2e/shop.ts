// A shop of somebody else with the web chat on its pages: the real program, and pages on another origin that load its script.

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import type { APIRequestContext, Browser, BrowserContextOptions, FrameLocator, Page } from "playwright-core";

const WIDGET = new URL("../widget/", import.meta.url).pathname;
const says = (text: string, more: object = {}) => ({ message: { type: "text", text, ...more } });
const entry = (label: string, flow: number) => ({ label, type: "postback", flow });
const after = (id: number, data: object) => ({ id, type: "response", label: `응답 ${id}`, data, next: [{ nodeId: 3 }] });

/** The bot: it greets, shows all that a message can be, calls agents. */
export function botFile(picture: string) {
  const menu = [entry("배송 조회", 3), entry("상품 보기", 4), entry("매장 위치", 5), entry("동영상", 6), entry("상담원", 7), entry("링크", 8)];
  const card = (title: string, description: string) => ({
    title, description, media: { contentType: "image", uri: picture, altText: title },
    buttons: [{ type: "postback", label: "장바구니 담기" }, { type: "link", label: "자세히 보기", uri: "https://shop.example.com/bread" }],
  });
  return {
    title: "맑은마켓",
    preference: { entryFlowId: 1, fallbackFlowId: 2, systemMessage: {}, sessionBehavior: { restoreNavigation: true, welcomeOnSessionStart: true, welcomeOnMessageWithoutSession: true } },
    flows: [
      { id: 1, title: "시작", nodes: [
        { id: 1, type: "entry", label: "진입", next: [{ nodeId: 2 }] },
        { id: 2, type: "response", label: "인사", data: says("안녕하세요, 맑은마켓이에요.\n무엇을 도와드릴까요?"), next: [{ nodeId: 3 }] },
        { id: 3, type: "keyboard", label: "입력", data: { type: "buttons", buttons: menu.map(({ label, type }) => ({ label, type })) },
          next: menu.map(({ label, flow }) => ({ nodeId: flow + 1, where: { "message.text": { equals: label } } })) },
        after(4, says("주문하신 소금빵 세트는 오늘 출발했어요. 내일 오후에 도착해요.")),
        after(5, { message: { type: "cards", cards: [card("소금빵 6개 세트", "겉은 바삭하고 속은 촉촉해요."), card("통밀 식빵", "매일 아침 구워요."), card("버터 스콘", "홍차와 잘 어울려요.")] } }),
        after(6, { message: { type: "location", location: { latitude: 37.5665, longitude: 126.978, title: "맑은마켓 시청점" } } }),
        after(7, says("빵 굽는 모습이에요. https://youtu.be/aqz-KE-bpKQ")),
        { id: 8, type: "manual", label: "상담원 호출", data: { messages: { default: { type: "text", text: "상담원을 부르고 있어요.", actions: { cancel: "상담 취소" } } } }, next: [{ nodeId: 10 }] },
        after(9, says("자세한 안내는 https://shop.example.com/help 를 봐 주세요.", { buttons: [{ type: "link", label: "고객센터", uri: "https://shop.example.com/help" }, { type: "link", label: "나쁜 링크", uri: "javascript:window.hacked=1" }, { type: "postback", label: "배송 조회" }] })),
        after(10, says("상담을 취소했어요.")),
      ] },
      { id: 2, title: "폴백", nodes: [
        { id: 1, type: "entry", label: "진입", next: [{ nodeId: 2 }] },
        { id: 2, type: "response", label: "모름", data: says("잘 모르겠어요. 아래에서 골라 주세요.") },
      ] },
      { id: 3, title: "이벤트", nodes: [
        { id: 1, type: "entry", label: "진입", next: [{ nodeId: 2 }] },
        { id: 2, type: "response", label: "쿠폰", data: says("{{params.grade}} 손님께 쿠폰을 드려요.") },
      ] },
    ],
  };
}

/** The real program on data that outlives it, so that it can be stopped and started again at the same address. */
class Program {
  readonly #data = mkdtempSync(join(tmpdir(), "closer-e2e-"));
  #child: ChildProcess | undefined;
  #listen = "127.0.0.1:0";
  constructor(private readonly binary: string) {}

  async start(): Promise<string> {
    const child = spawn(this.binary, ["serve", "--data", this.#data, "--listen", this.#listen], { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, CLOSER_LOG: "warn" } });
    this.#child = child;
    this.#listen = await new Promise<string>((done, fail) => {
      createInterface({ input: child.stdout }).once("line", (line) => done((JSON.parse(line) as { listening: string }).listening));
      child.once("exit", (code) => fail(new Error(`the server ended with ${code}`)));
    });
    return `http://${this.#listen}`;
  }

  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once("exit", done));
    child.kill(signal);
    await ended;
  }

  clean(): void {
    rmSync(this.#data, { recursive: true, force: true });
  }
}

function listen(server: Server): Promise<string> {
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)));
}

/**
 * With CLOSER_DIST the widget's files of the work tree stand before the program, so that no change of them needs it to be
 * built. How a chat looks, which the program writes into the script, is taken from the program's.
 */
function front(to: () => string): Server {
  const pass = (asked: IncomingMessage, answer: ServerResponse) => {
    const forward = request(to() + asked.url, { method: asked.method, headers: { ...asked.headers, "accept-encoding": "identity", "if-none-match": "" } }, (given) => {
      const path = new URL(asked.url ?? "/", to()).pathname;
      const name = path === "/webchat.js" ? "loader.js" : /^\/webchat\/[0-9A-Za-z]{26}$/.test(path) ? "room.html" : path.replace(/^\/webchat\//, "");
      const file = /^[a-z]+\.(js|css|html)$/.test(name) && existsSync(join(WIDGET, name)) ? readFileSync(join(WIDGET, name), "utf8") : undefined;
      if (file === undefined || asked.method !== "GET") {
        answer.writeHead(given.statusCode ?? 502, given.headers);
        given.pipe(answer);
        return;
      }
      let came = "";
      given.setEncoding("utf8").on("data", (part: string) => (came += part)).on("end", () => {
        const known = /const KNOWN = .*;/.exec(came)?.[0];
        const type = { js: "text/javascript; charset=utf-8", css: "text/css; charset=utf-8", html: "text/html; charset=utf-8" }[name.split(".")[1] ?? ""];
        const { "content-length": _, ...headers } = given.headers;
        answer.writeHead(200, { ...headers, "content-type": type, "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin" });
        answer.end(known ? file.replace("const KNOWN = undefined;", () => known) : file);
      });
    });
    forward.on("error", () => answer.destroy());
    asked.pipe(forward);
  };
  const server = createServer(pass);
  server.on("upgrade", (asked, socket, head) => {
    const { hostname, port } = new URL(to());
    const up = connect(Number(port), hostname, () => {
      const headers = Object.entries(asked.headers).map(([name, value]) => `${name}: ${String(value)}`);
      up.write(`GET ${asked.url} HTTP/1.1\r\n${headers.join("\r\n")}\r\n\r\n`);
      up.write(head);
      up.pipe(socket).pipe(up);
    });
    up.on("error", () => socket.destroy());
    socket.on("error", () => up.destroy());
    up.on("close", () => socket.destroy());
    socket.on("close", () => up.destroy());
  });
  return server;
}

export interface Visit extends BrowserContextOptions {
  /** The page of the shop; `/` where absent. */
  path?: string;
}

/** A page of the shop as a visitor has it open. */
export class Visitor {
  constructor(readonly page: Page, readonly complaints: string[]) {}

  get launcher() {
    return this.page.locator("closer-webchat .launcher");
  }
  get room(): FrameLocator {
    return this.page.frameLocator("closer-webchat iframe");
  }
  get input() {
    return this.room.locator("#text");
  }
  /** Opens the room by its button and waits for the greeting. */
  async enter(): Promise<void> {
    await this.launcher.click();
    await this.sees("안녕하세요, 맑은마켓이에요.");
    await this.room.locator("#replies button").first().waitFor();
  }
  async says(words: string): Promise<void> {
    await this.input.fill(words);
    await this.input.press("Enter");
    await this.room.locator("li.user:not(.waits) .bubble", { hasText: words }).last().waitFor();
  }
  async sees(words: string | RegExp): Promise<void> {
    await this.room.locator("#log").getByText(words).last().waitFor();
  }
  /** What stands in the thread, one bubble a line. */
  bubbles(): Promise<string[]> {
    return this.room.locator("#log .bubble").allInnerTexts();
  }
}

export class Shop {
  /** Pages of the shop beside `/`: what they say, and with which headers. */
  readonly pages = new Map<string, { html: string; headers?: Record<string, string> }>();
  /** The server that pages speak with. */
  url = "";
  /** The shop's own address. */
  site = "";
  bot = "";
  ws = "";
  /** Calls as the owner. */
  api!: APIRequestContext;
  picture = "";
  #program: Program;
  #front: Server | undefined;
  #site: Server | undefined;

  private constructor(private readonly browser: Browser, binary: string) {
    this.#program = new Program(binary);
  }

  static async open(browser: Browser, binary: string): Promise<Shop> {
    const shop = new Shop(browser, binary);
    let address = await shop.#program.start();
    shop.url = address;
    if (process.env["CLOSER_DIST"]) shop.url = await listen((shop.#front = front(() => address)));
    shop.#site = createServer((asked, answer) => shop.#serve(asked, answer));
    // Another site than the server's, not merely another port of it.
    shop.site = (await listen(shop.#site)).replace("127.0.0.1", "localhost");
    shop.restart = async (signal) => {
      await shop.#program.stop(signal);
      await new Promise((done) => setTimeout(done, 2_500));
      address = await shop.#program.start();
    };
    const context = await browser.newContext({ baseURL: shop.url });
    shop.api = context.request;
    const owner = { email: "seoyun@example.com", password: "소금빵 굽는 새벽 네시", name: "한서윤", workspace: "맑은마켓", language: "ko" };
    const me = await shop.call("POST", "/api/setup", owner);
    shop.ws = me.workspaces[0].id;
    const page = await context.newPage();
    await page.setContent('<canvas width="800" height="400"></canvas>');
    const drawing = await page.evaluate(() => {
      const canvas = document.querySelector("canvas") as HTMLCanvasElement;
      const pen = canvas.getContext("2d") as CanvasRenderingContext2D;
      const ground = pen.createLinearGradient(0, 0, 800, 400);
      ground.addColorStop(0, "#f7c873");
      ground.addColorStop(1, "#b5651d");
      pen.fillStyle = ground;
      pen.fillRect(0, 0, 800, 400);
      pen.fillStyle = "#fff6e5";
      pen.beginPath();
      pen.ellipse(400, 220, 220, 110, 0, 0, 7);
      pen.fill();
      return canvas.toDataURL("image/png").split(",")[1] ?? "";
    });
    await page.close();
    // A picture is uploaded for a bot, and the bot that shows it is made after it.
    const first = await shop.call("POST", `/api/workspaces/${shop.ws}/bots`, { file: botFile("https://shop.example.com/none.png") });
    const uploaded = await shop.api.post(`/api/workspaces/${shop.ws}/bots/${first.bot.id}/media`, { data: Buffer.from(drawing, "base64"), headers: { "x-closer": "1", "content-type": "image/png" } });
    shop.picture = ((await uploaded.json()) as { url: string }).url;
    const made = await shop.call("POST", `/api/workspaces/${shop.ws}/bots`, { file: botFile(shop.picture) });
    shop.bot = made.bot.id;
    await shop.call("POST", shop.at("publish"), {});
    await shop.web({});
    return shop;
  }

  /** Stops the program and starts it again on the same data at the same address. */
  restart: (signal?: NodeJS.Signals) => Promise<void> = () => Promise.resolve();

  async close(): Promise<void> {
    this.#site?.close();
    this.#front?.close();
    this.#front?.closeAllConnections();
    await this.#program.stop();
    this.#program.clean();
  }

  at(rest: string): string {
    return `/api/workspaces/${this.ws}/bots/${this.bot}/${rest}`;
  }

  async call(method: string, path: string, data?: object) {
    const answer = await this.api.fetch(path, { method, ...(data && { data }), headers: { "x-closer": "1" } });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
    return answer.status() === 204 ? undefined : await answer.json();
  }

  /** Sets up the web chat. */
  async web(settings: object, enabled = true): Promise<void> {
    await this.call("PUT", this.at("web"), { enabled, settings });
  }

  get script(): string {
    return `<script src="${this.url}/webchat.js?botId=${this.bot}&name=chat" async></script>`;
  }

  /** A page of the shop with the script at its end. */
  html(more = "", head = ""): string {
    const wares = ["소금빵 6개 세트", "통밀 식빵", "버터 스콘", "무화과 깜빠뉴", "크루아상", "바게트"];
    const shown = wares.map((ware, nth) => `<li><span style="background:hsl(${30 + nth * 9} 60% 72%)"></span><b>${ware}</b><i>${(nth + 3) * 1200}원</i></li>`).join("");
    return `<!doctype html><html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"><title>맑은마켓</title>
      <style>body{font:16px/1.5 sans-serif;margin:0;color:#222}header{padding:20px 24px;border-bottom:1px solid #eee;font-weight:700}main{max-width:960px;margin:auto;padding:24px}
      ul{display:grid;grid-template-columns:repeat(auto-fill,minmax(220px,1fr));gap:20px;padding:0;list-style:none}li{display:grid;gap:6px}li span{aspect-ratio:4/3;border-radius:8px}i{font-style:normal;color:#666}</style>${head}</head>
      <body><header>맑은마켓</header><main><h1>오늘 구운 빵</h1><ul>${shown}</ul></main>${more || this.script}</body></html>`;
  }

  #serve(asked: IncomingMessage, answer: ServerResponse): void {
    const { pathname } = new URL(asked.url ?? "/", "http://shop");
    const page = this.pages.get(pathname) ?? (pathname === "/favicon.ico" ? undefined : { html: this.html() });
    answer.writeHead(page ? 200 : 404, { "content-type": "text/html; charset=utf-8", ...page?.headers });
    answer.end(page?.html ?? "");
  }

  /** Somebody comes to the shop. */
  async visit({ path = "/", ...options }: Visit = {}): Promise<Visitor> {
    const context = await this.browser.newContext({ locale: "ko-KR", viewport: { width: 1280, height: 860 }, reducedMotion: "reduce", ...options });
    return this.come(await context.newPage(), path);
  }

  /** … or opens another page of it. */
  async come(page: Page, path = "/"): Promise<Visitor> {
    const complaints: string[] = [];
    page.setDefaultTimeout(15_000);
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error" && !/Failed to load resource|WebSocket connection/.test(message.text())) complaints.push(message.text());
    });
    await page.goto(path.startsWith("http") ? path : this.site + path);
    return new Visitor(page, complaints);
  }
}

export const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 } as const;
