// Every pane, form and dialog of the editor, on a bot that has a node of each kind.

import type { Page } from "playwright-core";

import { scene } from "./browser";
import type { Screen } from "./ways";

const HEADERS = { "x-closer": "1" };
/** Stands in the file for a picture that goes up before the bot is made. */
const PICTURE = "picture";
const LOAF = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 400" width="400" height="200"><rect width="800" height="400" fill="#f3e1c7"/><ellipse cx="400" cy="200" rx="230" ry="120" fill="#c6873f"/><g stroke="#ecd0a4" stroke-width="16" stroke-linecap="round" fill="none"><path d="M300 140q40 60 0 120M400 120q40 80 0 160M500 140q40 60 0 120"/></g></svg>';

const text = (said: string, buttons: object[] = []) => ({ message: { type: "text", text: said, ...(buttons.length > 0 && { buttons }) } });
const say = (label: string, payload?: string) => ({ type: "postback", label, ...(payload && { payload }) });
const node = (id: number, type: string, label: string, data: object, next: object[] = [], at: [number, number] = [(id % 4) * 300, Math.floor(id / 4) * 300]) => ({
  id,
  type,
  label,
  data,
  meta: { design: { x: at[0], y: at[1] } },
  next,
});

/** A bakery whose one flow has everything. */
const FILE = {
  title: "모락모락 주문",
  description: "",
  flows: [
    {
      id: 1,
      title: "시작",
      data: { entry: 1 },
      nodes: [
        node(1, "entry", "진입", {}, [{ nodeId: 2 }], [0, 230]),
        node(2, "response", "인사", text("{{params.name}}님, 어서 오세요. 모락모락 베이커리예요.\n무엇을 도와드릴까요?", [say("오늘의 빵"), { type: "link", label: "오시는 길", uri: "https://map.kakao.com/" }, { type: "goto", label: "예약하기", flowId: 2 }]), [{ nodeId: 3 }], [280, 160]),
        node(3, "keyboard", "고르기", { type: "buttons", buttons: [say("오늘의 빵", "bread"), say("케이크 예약과 문의하기를 한 번에", "cake"), say("상담원 연결")] }, [
          { nodeId: 4, where: { message: { equals: "오늘의 빵" } } },
          { nodeId: 6, where: { $or: [{ message: { equals: "케이크 예약과 문의하기를 한 번에" } }, { $and: [{ "params.age": { gte: 19 } }, { "params.member": { exists: true } }] }] }, priority: 2 },
          { nodeId: 11, where: { message: { equals: "상담원 연결" } } },
          { nodeId: 20 },
        ], [580, 190]),
        node(4, "response", "오늘의 빵", {
          message: {
            type: "cards",
            cards: [
              { title: "소금빵", description: "11시와 15시에 나와요. 천일염과 버터를 넣어 구워요.", media: { contentType: "image", uri: PICTURE }, buttons: [say("예약하기")] },
              { title: "우리밀 식빵", description: "13시에 나와요.", media: { contentType: "image", uri: PICTURE }, buttons: [say("예약하기"), say("알레르기 정보")] },
            ],
          },
        }, [{ nodeId: 5 }], [880, -260]),
        node(5, "response", "사진", { message: { type: "media", media: { contentType: "image", uri: PICTURE, altText: "진열대" } } }, [{ nodeId: 16 }], [1180, -260]),
        node(6, "params", "이름 기억", { type: "set", set: [{ key: "name", value: "{{message}}" }, { key: "visits", value: "{{params.visits}}번째" }] }, [{ nodeId: 7 }], [880, 320]),
        node(7, "fetch", "재고 확인", { method: "POST", uri: "https://api.example.com/v1/stock/{{params.bread}}", headers: { Authorization: 'Bearer {{SECRET("STOCK_KEY")}}', Accept: "application/json" }, contentType: "json", body: '{"bread": "{{params.bread}}", "count": {{params.count}}}' }, [{ nodeId: 8, where: { error: { exists: false } } }, { nodeId: 14, where: { error: { exists: true } } }], [1180, 300]),
        node(8, "sandbox", "합계", { runtime: "nodejs", script: "const PRICE = 3200;\n\nmodule.exports = async function (context) {\n  const count = Number(context.params.count ?? 1);\n  return { params: { total: PRICE * count } };\n};\n" }, [{ nodeId: 9 }], [1480, 240]),
        node(9, "flow", "예약으로", { flowId: 2 }, [], [1780, 240]),
        node(10, "back", "뒤로", { operation: "pop", count: 2 }, [], [1180, 620]),
        node(11, "manual", "상담원", { messages: { default: { type: "text", text: "상담원을 부르고 있어요.", actions: { cancel: "상담 취소" } }, kakao: { type: "text", text: "아래 버튼을 누르면 상담원과 이야기할 수 있어요.", actions: { agentCall: "상담원과 대화하기" } } } }, [{ nodeId: 10 }], [880, 620]),
        node(12, "gsheet", "예약 기록", { token: "가게 시트", spreadsheetId: "1AbCdEfGhIjKlMnOpQrStUvWxYz", sheetName: "예약", columns: ["이름", "빵", "개수"], values: ["{{params.name}}", "{{params.bread}}", "{{params.count}}"] }, [{ nodeId: 13 }], [300, 900]),
        node(13, "email", "사장님께", { to: "owner@example.com", replyTo: "", subject: "[예약] {{params.name}}님", body: "<p>{{params.bread}} {{params.count}}개를 예약했어요.</p>" }, [], [600, 900]),
        node(14, "nlp", "무슨 뜻", { provider: "dialogflow", agent: "bakery" }, [{ nodeId: 15 }], [1480, 420]),
        node(15, "llm", "AI 답변", { provider: "AI", prompt: "{{message}}", system: "너는 동네 빵집의 점원이야. 아래 안내에 있는 것만 공손하게 세 문장 안에 답해.\n\n- 소금빵은 11시와 15시에 나와요.\n- 월요일에는 쉬어요.", history: 6, temperature: 0.2, maxTokens: 400, maxChars: 400, send: true }, [], [1780, 400]),
        node(16, "keyboard", "개수", { type: "number" }, [{ nodeId: 6, where: { message: { exists: true } } }], [1480, -260]),
        node(17, "chitchat", "수다", { provider: "수다" }, [], [900, 900]),
        node(18, "push", "알림", { event: "restock", data: { bread: "{{params.bread}}" } }, [], [1200, 900]),
        node(19, "response", "위치", { message: { type: "location", location: { title: "모락모락 베이커리", latitude: 37.5663, longitude: 126.9779 } } }, [], [1500, 900]),
        node(20, "response", "빈 글", text(""), [], [880, 480]),
        node(21, "response", "긴 글", text("소금빵은 천일염과 버터를 넣어 매일 아침 여섯 시부터 구워요. ".repeat(18)), [], [1800, 900]),
        node(22, "hologram", "모르는 것", { shape: "cube" }, [], [0, 900]),
      ],
    },
    {
      id: 2,
      title: "예약하기",
      data: { entry: 1 },
      nodes: [node(1, "entry", "진입", {}, [{ nodeId: 2 }], [0, 0]), node(2, "response", "날짜", text("언제 오시겠어요?"), [{ nodeId: 3 }], [280, 0]), node(3, "keyboard", "날짜 받기", { type: "any" }, [], [560, 0])],
    },
    { id: 3, title: "폴백", data: { entry: 1 }, nodes: [node(1, "entry", "진입", {}, [{ nodeId: 2 }], [0, 0]), node(2, "response", "모름", text("잘 모르겠어요. 다시 말씀해 주세요."), [], [280, 0])] },
  ],
  preference: { entryFlowId: 1, fallbackFlowId: 3 },
};

/** The same without what is odd in it, to be shown to people. */
const SHOWN = structuredClone(FILE);
for (const flow of SHOWN.flows) {
  const odd = new Set([12, 13, 14, 15, 17, 18, 19, 21, 22]);
  if (flow.id === 1) flow.nodes = flow.nodes.filter(({ id }) => !odd.has(id));
  for (const one of flow.nodes) {
    if (one.id === 20) Object.assign(one, { label: "안내", data: text("찾으시는 게 없나요? 아래에서 골라 주세요.") });
    if (one.id === 7) one.next = [{ nodeId: 8, where: { error: { exists: false } } }];
    if (one.id !== 3 || flow.id !== 1) continue;
    const words = JSON.stringify(one).replaceAll("케이크 예약과 문의하기를 한 번에", "케이크 예약");
    Object.assign(one, JSON.parse(words));
  }
}

/** A bot with this file, in its editor. */
const edit =
  (rest = "/1", file: unknown = FILE) =>
  async (page: Page) => {
    const ws = (await (await page.request.get("/api/me")).json()).workspaces[0].id as string;
    const bots = `/api/workspaces/${ws}/bots`;
    const { items } = await (await page.request.get(bots)).json();
    await page.setContent(`<body style="margin:0">${LOAF}</body>`);
    const loaf = await page.locator("svg").screenshot();
    const up = await page.request.post(`${bots}/${items[0].id}/media`, { headers: { ...HEADERS, "content-type": "image/png" }, data: loaf });
    const shown = JSON.parse(JSON.stringify(file).replaceAll(`"${PICTURE}"`, JSON.stringify(new URL((await up.json()).url, up.url()).href)));
    const made = await page.request.post(bots, { headers: HEADERS, data: { file: shown } });
    return `/w/${ws}/bots/${(await made.json()).bot.id}/edit${rest}`;
  };

const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) <= 720;
/** On a phone a pane lies over the canvas when its tab is pressed. */
const pane = async (page: Page, name: RegExp) => {
  if (isPhone(page)) await page.locator("nav[class*=sheets]").getByRole("button", { name }).click();
};
const FORM = /^(노드 편집|Node)/;
const form = (id: number, then?: (page: Page) => Promise<unknown>): Screen => ({
  path: edit(`/1?node=${id}`),
  act: async (page) => {
    await pane(page, FORM);
    // On a phone the pane that is hidden beside the sheet may hold one too.
    await page.locator(`[data-node-form="${id}"]`).locator("visible=true").first().waitFor();
    await then?.(page);
  },
});
const drawn = async (page: Page) => {
  await page.locator("[data-canvas] .react-flow__node").first().waitFor();
};
const menu = (name: RegExp) => async (page: Page) => {
  await drawn(page);
  await pane(page, /^(탐색기|Explorer)/);
  await page.getByRole("button", { name }).locator("visible=true").first().click();
};

export const EDITOR: Record<string, Screen> = {
  editor: { path: edit(), act: drawn },
  "editor-shop": { ...form(3), path: edit("/1?node=3", SHOWN) },
  "editor-node": form(3),
  "editor-empty": {
    path: edit("/1", { title: "빈 챗봇", flows: [{ id: 1, title: "시작", data: { entry: 1 }, nodes: [node(1, "entry", "진입", {})] }], preference: { entryFlowId: 1 } }),
    act: drawn,
  },
  "editor-readonly": { as: "alex@example.com", path: async (page) => {
    const ws = (await (await page.request.get("/api/me")).json()).workspaces[0].id as string;
    const { items } = await (await page.request.get(`/api/workspaces/${ws}/bots`)).json();
    return `/w/${ws}/bots/${items[1].id}/edit/1`;
  }, act: drawn },
  "editor-flow-menu": { path: edit(), act: menu(/^(시작 플로우 작업|Actions for .*시작)/) },
  "editor-search": {
    path: edit(),
    act: async (page) => {
      await drawn(page);
      await pane(page, /^(탐색기|Explorer)/);
      await page.locator("[data-pane=explorer] input").locator("visible=true").first().fill("소금빵");
      await page.waitForTimeout(200);
    },
  },
  "editor-pane-menu": { path: edit(), act: async (page) => {
    await drawn(page);
    if (!isPhone(page)) await page.locator("[data-pane=form] header button[aria-haspopup=menu]").last().click();
  } },
  "editor-problems": { path: edit(), act: async (page) => {
    await drawn(page);
    const button = page.getByRole("button", { name: /^(문제|\d+ problems|Problems)/ }).locator("visible=true");
    await button.last().click();
    await page.locator("[data-pane=problems] button").first().waitFor();
  } },
  "editor-add": { path: edit(), act: async (page) => {
    await drawn(page);
    await page.locator("[data-canvas]").focus();
    await page.keyboard.press("n");
    await page.getByRole("listbox").or(page.getByRole("dialog")).first().waitFor();
  } },
  "editor-palette": { path: edit(), act: async (page) => {
    await drawn(page);
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").first().waitFor();
  } },
  "editor-keys": { path: edit(), act: async (page) => {
    await drawn(page);
    await page.locator("[data-canvas]").focus();
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
  } },
  "editor-edge": form(3, async (page) => {
    await page.getByRole("region", { name: /^(나가는 연결|Ways out)/ }).getByRole("button").nth(2).click();
    await page.locator("[data-edge-form]").locator("visible=true").first().waitFor();
  }),
  "editor-conflict": { path: edit("/1?node=2"), act: async (page) => {
    await drawn(page);
    const at = page.url().replace(/^(https?:\/\/[^/]+)\/w\//, "$1/api/workspaces/").replace(/\/edit.*/, "/draft");
    const { revision, file } = await (await page.request.get(at)).json();
    await scene(new URL(page.url()).origin, { slow: 700 });
    await pane(page, FORM);
    const field = page.locator('[data-node-form="2"] textarea').locator("visible=true").first();
    await field.fill("어서 오세요. 갓 구운 빵이 있어요.");
    file.flows[0].nodes.find((one: { id: number }) => one.id === 2).data.message.text = "안녕하세요. 모락모락이에요.";
    await page.request.put(at, { data: { base: revision, file }, headers: HEADERS });
    await scene(new URL(page.url()).origin, { slow: 0 });
    await page.locator("[data-dialog]").waitFor();
  } },
  "editor-offline": { path: edit("/1?node=2"), act: async (page) => {
    await drawn(page);
    await scene(new URL(page.url()).origin, { down: true });
    await pane(page, FORM);
    await page.locator('[data-node-form="2"] textarea').locator("visible=true").first().fill("서버가 없어도 남아요.");
    await page.locator("[data-saved=offline]").waitFor();
  } },
  "editor-node-menu": { path: edit("/1?node=3"), act: async (page) => {
    await drawn(page);
    await page.locator('.react-flow__node[data-id="3"]').click({ button: "right" });
    await page.getByRole("menu").waitFor();
  } },
  "editor-canvas-menu": { path: edit(), act: async (page) => {
    await drawn(page);
    await page.locator(".react-flow__pane").click({ button: "right", position: { x: 60, y: 60 } });
    await page.getByRole("menu").waitFor();
  } },
  "editor-link": { path: edit("/1?node=3"), act: async (page) => {
    await drawn(page);
    await page.locator("[data-canvas]").focus();
    await page.keyboard.press("c");
    await page.getByRole("listbox").waitFor();
  } },
  "editor-many": { path: edit(), act: async (page) => {
    await drawn(page);
    await page.locator("[data-canvas]").focus();
    await page.keyboard.press("Control+a");
    await pane(page, FORM);
  } },
  "editor-flow": { path: edit("/2"), act: async (page) => {
    await drawn(page);
    await pane(page, FORM);
  } },
  "editor-rename": { path: edit(), act: async (page) => {
    await menu(/^(시작 플로우 작업|Actions for .*시작)/)(page);
    await page.getByRole("menuitem").first().click();
  } },
  "editor-flow-delete": { path: edit("/2"), act: async (page) => {
    await menu(/^(예약하기 플로우 작업|Actions for .*예약하기)/)(page);
    await page.getByRole("menuitem").last().click();
    await page.locator("[data-dialog]").waitFor();
  } },
  "editor-branch": { path: edit("/1?branch=" + encodeURIComponent("주차할 수 있나요?")), act: drawn },
  "editor-publish": { path: edit(), act: async (page) => {
    await drawn(page);
    await page.getByRole("button", { name: /^(배포|Publish)/ }).locator("visible=true").first().click();
    await page.locator("[data-dialog]").waitFor();
  } },
  "form-entry": form(1),
  "form-json": form(2, async (page) => {
    await page.getByRole("button", { name: /^(JSON으로 보기|As JSON)$/ }).click();
  }),
  "form-paste": form(3, async (page) => {
    await page.getByRole("button", { name: /^(표 붙여넣기|Paste a table)$/ }).click();
    await page.locator("[data-dialog] textarea").fill("소금빵\tsalt\n크루아상\tcroissant\n우리밀 식빵\twheat");
    await page.locator("[data-dialog] table").waitFor();
  }),
  "form-text": form(2),
  "form-cards": form(4),
  "form-media": form(5),
  "form-location": form(19),
  "form-long": form(21),
  "form-empty": form(20),
  "form-replies": form(3),
  "form-number": form(16),
  "form-params": form(6),
  "form-fetch": form(7),
  "form-script": form(8, (page) => page.locator("[data-code] .cm-content").locator("visible=true").first().waitFor()),
  "form-script-run": form(8, async (page) => {
    await page.locator("[data-code] .cm-content").locator("visible=true").first().click();
    await page.keyboard.press("Control+Enter");
    await page.getByText('"total"').first().waitFor();
  }),
  "form-flow": form(9),
  "form-back": form(10),
  "form-agent": form(11),
  "form-sheet": form(12),
  "form-mail": form(13),
  "form-nlp": form(14),
  "form-llm": form(15),
  "form-chitchat": form(17),
  "form-push": form(18),
  "form-unknown": form(22),
  "form-complete": form(2, async (page) => {
    await page.locator('[data-node-form="2"] textarea').locator("visible=true").first().click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" {{na");
    await page.getByRole("listbox").waitFor();
  }),
};
