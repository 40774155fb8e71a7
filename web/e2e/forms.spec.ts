// The forms of nodes and edges, as hands use them: Hangul by an input method, keys alone, what comes from a spreadsheet, a
// picture dropped and pasted. With CLOSER_BIN against the real program, else against the mock.

import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";

import { launch, scene, watch } from "./browser";
import { freshServer, REAL, type Target } from "./target";

const headers = { "x-closer": "1" };
const OWNER = { workspace: "모락모락 베이커리", name: "한서윤", email: "seoyun@example.com", password: "소금빵 굽는 새벽 네시", language: "ko" };
const node = (id: number, type: string, label: string, data: object, next: object[] = []) => ({ id, type, label, data, meta: { design: { x: id * 240, y: 100 } }, next });
const FILE = {
  title: "주문",
  flows: [
    {
      id: 1,
      title: "시작",
      data: { entry: 1 },
      nodes: [
        node(1, "entry", "진입", {}, [{ nodeId: 2 }]),
        node(2, "response", "인사", { message: { type: "text", text: "" } }, [{ nodeId: 3 }]),
        node(3, "keyboard", "고르기", { type: "buttons", buttons: [{ label: "주문", type: "postback" }] }, [{ nodeId: 4 }]),
        node(4, "params", "기억", { type: "set", set: [{ key: "name", value: "{{message}}" }] }, [{ nodeId: 5 }]),
        node(5, "sandbox", "계산", { script: "module.exports = (context) => ({ params: { name: context.params.name } });\n" }, [{ nodeId: 6 }]),
        node(6, "response", "사진", { message: { type: "media", media: { contentType: "image", uri: "" } } }),
      ],
    },
  ],
  preference: { entryFlowId: 1 },
};
/** A red point, 1 × 1. */
const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC", "base64");

let browser: Browser;
let target: Target;
let context: BrowserContext;
let page: Page;
let complaints: string[];
let api: string;
let place: string;

beforeAll(async () => {
  [browser, target] = await Promise.all([launch(), freshServer()]);
  context = await browser.newContext({ baseURL: target.url, locale: "ko-KR", viewport: { width: 1440, height: 1000 }, permissions: ["clipboard-read", "clipboard-write"] });
  const made = await context.request.post("/api/setup", { data: OWNER, headers });
  if (!made.ok()) throw new Error(`setup: ${made.status()} ${await made.text()}`);
});
afterAll(async () => {
  await context?.close();
  await browser?.close();
  await target?.stop();
});
beforeEach(async () => {
  const ws = (await (await context.request.get("/api/me")).json()).workspaces[0].id;
  const made = await context.request.post(`/api/workspaces/${ws}/bots`, { data: { title: "주문", file: FILE }, headers });
  const { bot } = await made.json();
  api = `/api/workspaces/${ws}/bots/${bot.id}`;
  place = `/w/${ws}/bots/${bot.id}/edit/1`;
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  complaints = watch(page);
});
afterEach(async () => {
  expect(complaints).toEqual([]);
  await page.close();
});

const form = () => page.locator("[data-pane=form]");
async function open(id: number): Promise<void> {
  await page.goto(`${place}?node=${id}`);
  await page.locator(`[data-node-form="${id}"]`).waitFor();
}
/** The address of the picture as the server has it. */
const shown = async () => ((await saved(6)).data["message"] as { media: { uri: string } }).media.uri;
interface Saved {
  data: Record<string, unknown>;
  next: Record<string, unknown>[];
}
/** The node as the server has it. */
async function saved(id: number): Promise<Saved> {
  const { file } = await (await context.request.get(`${api}/draft`)).json();
  return file.flows[0].nodes.find((one: { id: number }) => one.id === id);
}
const soon = { timeout: 15_000, interval: 100 };
const until = (check: () => Promise<void>) => expect.poll(() => check().then(() => "holds", (error: Error) => error.message), soon).toBe("holds");

test("Hangul is composed without losing a letter, while the draft is saved beneath it", async () => {
  await open(2);
  const text = form().getByLabel("보낼 글");
  await text.click();
  const input = await context.newCDPSession(page);
  for (const word of ["안녕", "하세요", " 반가워요"]) {
    for (let at = 1; at <= word.length; at += 1) {
      // Each syllable is on its way for longer than a field rests.
      await input.send("Input.imeSetComposition", { text: word.slice(0, at), selectionStart: at, selectionEnd: at });
      await page.waitForTimeout(220);
    }
    await input.send("Input.insertText", { text: word });
  }
  expect(await text.inputValue()).toBe("안녕하세요 반가워요");
  await until(async () => expect((await saved(2)).data).toEqual({ message: { type: "text", text: "안녕하세요 반가워요" } }));
  await page.keyboard.press("Control+z");
  await until(async () => expect(await text.inputValue()).not.toBe("안녕하세요 반가워요"));
});

test("a template is written by keys alone: chosen, closed, shown with an example", async () => {
  await open(2);
  await form().getByLabel("보낼 글").focus();
  await page.keyboard.type("{{na");
  await page.getByRole("listbox").getByRole("option", { name: /params\.name/ }).waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.type("님, 어서 오세요");
  await form().getByText("홍길동님, 어서 오세요").waitFor();
  await until(async () => expect((await saved(2)).data).toEqual({ message: { type: "text", text: "{{params.name}}님, 어서 오세요" } }));
  await page.keyboard.type(" {{UPPER(x)}} ");
  await form().getByText("‘UPPER’ 함수는 없어요.").waitFor();
});

test("replies come from a spreadsheet, after a look", async () => {
  await open(3);
  await page.evaluate(() => navigator.clipboard.writeText("라벨\t값\n케이크\tcake\n소금빵과 크루아상이 함께 있는 상자\tbox\n"));
  await form().getByLabel("라벨").first().focus();
  await page.keyboard.press("Control+v");
  const dialog = page.locator("[data-dialog]");
  await dialog.getByText("cake").waitFor();
  await dialog.getByRole("button", { name: "답 2개 만들기" }).click();
  await form().getByText("카카오톡에서는 14자까지 보여요 (지금 19자). 넘는 글은 …로 줄어요.").waitFor();
  await until(async () =>
    expect((await saved(3)).data["buttons"]).toEqual([
      { label: "주문", type: "postback" },
      { label: "케이크", type: "postback", payload: "cake" },
      { label: "소금빵과 크루아상이 함께 있는 상자", type: "postback", payload: "box" },
    ]),
  );
});

test("buttons are added, moved and undone by keys alone", async () => {
  await open(3);
  await form().getByLabel("라벨").first().focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.keyboard.type("예약");
  await page.keyboard.press("Alt+ArrowUp");
  await until(async () => expect((await saved(3)).data["buttons"]).toEqual([{ label: "예약", type: "postback" }, { label: "주문", type: "postback" }]));
  for (let at = 0; at < 4; at += 1) await page.keyboard.press("Control+z");
  await until(async () => expect((await saved(3)).data).toEqual(FILE.flows[0]?.nodes[2]?.data));
  for (let at = 0; at < 4; at += 1) await page.keyboard.press("Control+Shift+z");
  await until(async () => expect((await saved(3)).data["buttons"]).toEqual([{ label: "예약", type: "postback" }, { label: "주문", type: "postback" }]));
});

test("a picture goes up from a file, from the clipboard and by dropping", async () => {
  await open(6);
  await form().locator("input[type=file]").setInputFiles({ name: "빵.png", mimeType: "image/png", buffer: PNG });
  await form().locator("img").waitFor();
  await until(async () => expect(await shown()).toMatch(/\/media\/\w+\.\w+$/));
  expect(await form().locator("img").evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1);

  for (const kind of ["paste", "drop"] as const) {
    await form().getByLabel("주소").fill("");
    await form().getByRole("button", { name: /사진을 끌어다/ }).waitFor();
    await form()
      .getByRole("button", { name: /사진을 끌어다/ })
      .evaluate(
        (zone, [bytes, how]) => {
          const data = new DataTransfer();
          data.items.add(new File([Uint8Array.from(bytes as number[])], "a.png", { type: "image/png" }));
          const event = how === "paste" ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }) : new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
          zone.dispatchEvent(event);
        },
        [[...PNG], kind] as const,
      );
    await form().locator("img").waitFor();
    await until(async () => expect(await shown()).toMatch(/\/media\/\w+\.\w+$/));
  }
  await form().locator("input[type=file]").setInputFiles({ name: "차림표.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF") });
  await form().getByText(/JPG, PNG, GIF, BMP 사진만/).waitFor();
});

test("a condition is made by keys: what is known is offered, all becomes any", async () => {
  await open(3);
  await form().getByRole("region", { name: "나가는 연결" }).getByRole("button").first().click();
  await page.locator("[data-edge-form]").waitFor();
  await form().getByRole("button", { name: "‘주문’ 눌렀을 때" }).click();
  await until(async () => expect((await saved(3)).next).toEqual([{ nodeId: 4, where: { message: { equals: "주문" } } }]));
  await form().getByRole("button", { name: "조건 추가" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("listbox").getByRole("option", { name: /params\.name/ }).waitFor();
  await page.keyboard.type("params.n");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  expect(await form().getByRole("combobox", { name: "무엇이" }).last().inputValue()).toBe("params.name");
  await form().getByLabel("값", { exact: true }).last().fill("서윤");
  await form().getByText("하나라도").click();
  await until(async () =>
    expect((await saved(3)).next).toEqual([{ nodeId: 4, where: { $or: [{ message: { equals: "주문" } }, { "params.name": { equals: "서윤" } }] } }]),
  );
});

test("a script is written and run where it stands; a failure names its line", async () => {
  await open(5);
  const code = form().locator("[data-code] .cm-content");
  await code.click();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("module.exports = (context) => {\nconsole.log('불렀어요');\nreturn { params: { total: 3 } };\n");
  await page.keyboard.press("Control+Enter");
  await form().getByText('"total": 3').waitFor();
  await form().getByText("불렀어요", { exact: true }).waitFor();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("module.exports = (context) => {\nreturn context.none.at;\n");
  await page.keyboard.press("Control+Enter");
  await form().getByText(/TypeError/).waitFor();
  await form().getByText(/2번째 줄/).waitFor();
  expect(await form().locator("[data-code] .cm-wrong").count()).toBe(1);
  await until(async () => expect(String((await saved(5)).data["script"])).toContain("context.none.at"));
});

test.skipIf(REAL !== undefined)("typing waits for no server", async () => {
  await open(2);
  await scene(target.url, { slow: 3_000 });
  try {
    const text = form().getByLabel("보낼 글");
    await text.focus();
    await page.keyboard.type("느린 서버에서도 글은 바로 보여요. ".repeat(4));
    expect(await text.inputValue()).toBe("느린 서버에서도 글은 바로 보여요. ".repeat(4));
  } finally {
    await scene(target.url, { slow: 0 });
  }
});
