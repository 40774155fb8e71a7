// The preview in memory: a small walk through the bot's file, answered in the form of a skill response 2.0. It knows texts,
// cards, pictures, buttons, quick replies, params and jumps, as far as screens and their tests need; the words of its
// templates are filled in from the params. What the answer looks like can be changed by the scene (`change: {shaping}`),
// so that a test sees whether the room is drawn from it.

import { consulted, consultShowcase } from "./consulted.ts";
import { relayOf } from "./consulttalk.ts";
import { draftOf } from "./editor.ts";
import { pick, Refusal, speaksKorean } from "./problem.ts";
import type { Call, Route } from "./server.ts";
import { showcase } from "./showcase.ts";
import type { BotRow, Role, World } from "./world.ts";

interface Tools {
  botRow: (call: Call, needed: Role) => { row: BotRow };
}

/** How this mock shapes an answer; a test changes it and looks at the room. */
export interface Shaping {
  label: number;
  quickReplies: number;
  /** Every text is sent in a card of this kind instead. */
  asCard: boolean;
  /** Answers take this long, as told. */
  tookMs: number;
}
const SHAPING: Shaping = { label: 14, quickReplies: 10, asCard: false, tookMs: 38 };

type Json = Record<string, unknown>;
interface Edge {
  nodeId: number;
  where?: Json | null;
  priority?: number;
}
interface Node {
  id: number;
  type: string;
  label?: string;
  data?: Json;
  next?: Edge[];
}
interface Flow {
  id: number;
  title: string;
  data?: { entry?: number };
  nodes: Node[];
}
interface Bot {
  title: string;
  flows: Flow[];
  preference: { entryFlowId: number; fallbackFlowId?: number; systemMessage?: Json };
}
interface State {
  at: { flow: number; node: number } | null;
  params: Json;
  turn: number;
  held: Json[];
}
export interface PreviewEvent {
  type: "start" | "message" | "goto";
  text?: string;
  button?: { name?: string; extra?: string | { closer?: { p?: string; f?: number; n?: number; more?: number } } } | null;
  media?: { uri: string };
  location?: Json;
  flow?: number;
  node?: number;
}
interface Visit {
  flow: number;
  node: number;
  kind: string;
  edge?: number;
  data?: unknown;
  changed?: Json;
  sent?: number;
}

const cut = (text: string, most: number) => ([...text].length > most ? `${[...text].slice(0, most - 1).join("")}…` : text);

function fill(text: string, params: Json): string {
  return text.replaceAll(/\{\{\s*(?:params\.)?([\p{L}\w]+)\s*\}\}/gu, (_, key: string) => String(params[key] ?? ""));
}

function holds(where: Json | null | undefined, said: string, params: Json): boolean {
  return Object.entries(where ?? {}).every(([path, test]) => {
    const value = path === "message" || path === "message.text" || path === "keyboard.value" ? said : params[path.replace(/^params\./, "")];
    return Object.entries((test ?? {}) as Json).every(([operator, wanted]) => {
      if (operator === "exists") return (value !== undefined && value !== null) === wanted;
      if (operator === "equals") return String(value) === String(wanted);
      if (operator === "notEquals") return String(value) !== String(wanted);
      if (operator === "contains") return String(value ?? "").includes(String(wanted));
      if (operator === "regex") return new RegExp(String(wanted)).test(String(value ?? ""));
      return false;
    });
  });
}

/** The edge that is taken and its place in the list. */
function chosen(node: Node, said: string, params: Json): [Edge, number] | undefined {
  const able = (node.next ?? []).map((edge, at): [Edge, number] => [edge, at]).filter(([edge]) => holds(edge.where, said, params));
  const weight = (edge: Edge) => (edge.priority ?? 0) * 100 + Object.keys(edge.where ?? {}).length;
  return able.sort(([a], [b]) => weight(b) - weight(a))[0];
}

interface Turn {
  korean: boolean;
  visits: Visit[];
  from: Visit | undefined;
  messages: Json[];
  replies: Json[];
  marks: Json[];
  state: State;
  agent: Json | null;
}

const entryOf = (flow: Flow | undefined) => flow?.nodes.find((node) => node.type === "entry");

/** What the pressed button carries: on KakaoTalk an object, on ConsultationTalk a mark. */
function carried(event: PreviewEvent): { p?: string; f?: number; n?: number; more?: number } | undefined {
  const extra = event.button?.extra;
  if (typeof extra !== "string") return extra?.closer;
  const [, flow, node] = /^g(\d+)_(\d*)$/.exec(extra) ?? [];
  return flow === undefined ? undefined : { f: Number(flow), ...(node && { n: Number(node) }) };
}

function walk(bot: Bot, state: State, event: PreviewEvent, korean: boolean): Turn {
  const flowOf = (id: number | undefined) => bot.flows.find((flow) => flow.id === id);
  const said = event.text ?? "";
  const turn: Turn = { korean, visits: [], from: undefined, messages: [], replies: [], marks: [], state: structuredClone(state), agent: null };
  const params = turn.state.params;
  let flow = flowOf(bot.preference.entryFlowId);
  let node = entryOf(flow);
  const goto = carried(event);
  if (event.type === "goto" || goto?.f !== undefined) {
    flow = flowOf(event.flow ?? goto?.f);
    node = flow?.nodes.find((one) => one.id === (event.node ?? goto?.n)) ?? entryOf(flow);
  } else if (event.type === "message" && state.at) {
    flow = flowOf(state.at.flow);
    const rests = flow?.nodes.find((one) => one.id === state.at?.node);
    const way = rests && chosen(rests, said, params);
    turn.from = { flow: state.at.flow, node: state.at.node, kind: rests?.type ?? "", ...(way && { edge: way[1] }) };
    if (way) node = flow?.nodes.find((one) => one.id === way[0].nodeId);
    else {
      flow = flowOf(bot.preference.fallbackFlowId ?? bot.preference.entryFlowId);
      node = entryOf(flow);
    }
  }
  for (let steps = 0; flow && node && steps < 100; steps++) {
    const visit: Visit = { flow: flow.id, node: node.id, kind: node.type };
    turn.visits.push(visit);
    turn.state.at = { flow: flow.id, node: node.id };
    const data = node.data ?? {};
    if (node.type === "response") {
      visit.sent = 1;
      turn.messages.push(JSON.parse(fill(JSON.stringify(data["message"] ?? {}), params)) as Json);
    } else if (node.type === "params") {
      const set = ((data["set"] as Json[] | undefined) ?? []).map((one) => ({ ...one, value: fill(String(one["value"] ?? ""), { ...params, message: said }) }) as Json);
      visit.data = { ...data, set };
      for (const one of set) params[String(one["key"])] = one["value"];
      visit.changed = { params: structuredClone(params) };
    } else if (node.type === "flow") {
      flow = flowOf(Number(data["flowId"]));
      node = flow?.nodes.find((one) => one.id === data["nodeId"]) ?? entryOf(flow);
      continue;
    } else if (node.type === "keyboard") {
      turn.replies = (data["buttons"] as Json[] | undefined) ?? [];
      break;
    } else if (node.type === "manual") {
      const messages = (data["messages"] ?? {}) as { kakao?: Json };
      turn.agent = messages.kakao ?? {};
      break;
    }
    const way = chosen(node, said, params);
    if (!way) break;
    visit.edge = way[1];
    const next: Node | undefined = flow.nodes.find((one) => one.id === way[0].nodeId);
    node = next;
  }
  return turn;
}

/** A button as it goes out, and what had to be cut. */
function button(turn: Turn, it: Json, most: number, bubble: number | undefined): Json {
  const label = String(it["label"] ?? "");
  if ([...label].length > most) {
    turn.marks.push({ code: "label-cut", message: pick(turn.korean, [`버튼에는 ${most}자까지 보여요 (지금 ${[...label].length}자). …로 줄였어요.`, `A button shows ${most} characters (now ${[...label].length}); it is cut with ….`]), ...(bubble !== undefined && { bubble }) });
  }
  const uri = String(it["uri"] ?? "");
  if (it["type"] === "link" && uri.startsWith("tel:")) return { label: cut(label, most), action: "phone", phoneNumber: uri.slice(4) };
  if (it["type"] === "link") return { label: cut(label, most), action: "webLink", webLinkUrl: uri };
  const extra = it["type"] === "goto" ? { closer: { f: it["flowId"], ...(it["nodeId"] !== undefined && { n: it["nodeId"] }) } } : it["payload"] ? { closer: { p: it["payload"] } } : undefined;
  return { label: cut(label, most), action: "message", messageText: label, ...(extra && { extra }) };
}

function shape(turn: Turn, shaping: Shaping, empty: string): Json {
  const outputs = turn.messages.flatMap((message, at): Json[] => {
    const buttons = ((message["buttons"] as Json[] | undefined) ?? []).map((one) => button(turn, one, shaping.label, at));
    const text = String(message["text"] ?? "");
    if (message["type"] === "text" && (buttons.length > 0 || shaping.asCard)) return [{ textCard: { description: text, ...(buttons.length > 0 && { buttons }) } }];
    if (message["type"] === "text") return [{ simpleText: { text } }];
    if (message["type"] === "media") {
      const media = message["media"] as { uri: string; altText?: string };
      return [{ simpleImage: { imageUrl: media.uri, altText: media.altText ?? "이미지" } }];
    }
    if (message["type"] !== "cards") return [];
    const items = (message["cards"] as Json[]).map((card) => {
      const media = card["media"] as { uri?: string } | undefined;
      return {
        title: card["title"],
        description: card["description"],
        ...(media?.uri && { thumbnail: { imageUrl: media.uri } }),
        buttons: ((card["buttons"] as Json[] | undefined) ?? []).map((one) => button(turn, one, shaping.label, at)),
      };
    });
    const kind = items.every((item) => item.thumbnail) ? "basicCard" : "textCard";
    return items.length === 1 ? [{ [kind]: items[0] }] : [{ carousel: { type: kind, items } }];
  });
  if (turn.agent) {
    const actions = turn.agent["actions"] as { agentCall?: string } | undefined;
    const text = (turn.agent["message"] as { text?: string } | undefined)?.text ?? turn.agent["text"] ?? "상담원과 이야기하려면 아래 버튼을 눌러 주세요.";
    outputs.push({ textCard: { description: text, buttons: [{ label: actions?.agentCall ?? "상담원 연결", action: "operator" }] } });
  }
  if (outputs.length === 0) outputs.push({ simpleText: { text: empty } });
  const shown = outputs.slice(0, 3);
  turn.state.held = outputs.slice(3);
  if (turn.state.held.length > 0) {
    turn.marks.push({ code: "held", message: pick(turn.korean, [`한 번에 말풍선 3개, 30KB까지 보낼 수 있어서 말풍선 ${turn.state.held.length}개는 ‘더보기’를 눌러야 보여요.`, `At most 3 bubbles and 30 KB go out at once; ${turn.state.held.length} more come after ‘더보기’ is pressed.`]) });
  }
  const quickReplies = turn.replies.slice(0, shaping.quickReplies).map((one) => button(turn, one, shaping.label, undefined));
  if (turn.state.held.length > 0) quickReplies.push({ label: "더보기", action: "message", messageText: "더보기", extra: { closer: { more: 1 } } });
  return { version: "2.0", template: { outputs: shown, ...(quickReplies.length > 0 && { quickReplies }) } };
}

/** What a page of the web chat gets. */
function frames(turn: Turn, event: PreviewEvent, nth: number): Json[] {
  const frame = (from: string, data: Json, at: number): Json => ({ type: "message", seq: nth * 10 + at, id: String(nth * 10 + at), from, at: 0, data });
  const call = (turn.agent?.["message"] as Json | undefined) ?? (turn.agent && { type: "text", text: turn.agent["text"] ?? "상담원을 부르고 있어요." });
  const actions = turn.agent?.["actions"] as { cancel?: string } | undefined;
  return [
    ...(event.type === "message" ? [frame("user", { type: "text", text: event.text ?? "" }, 0)] : []),
    ...[...turn.messages, ...(call ? [call] : [])].map((message, at) => frame("bot", message, at + 1)),
    { type: "state", with: turn.agent ? "waiting" : "bot", quickReplies: turn.agent ? [] : turn.replies, ...(turn.agent && { cancel: actions?.cancel ?? "상담 취소" }) },
  ];
}

function request(event: PreviewEvent, bot: Bot, channel: string): Json {
  if (channel === "kakaobiz") {
    const whose = { user_key: "preview", sender_key: "0".repeat(40), session_id: "1" };
    if (event.type === "start") return { path: "reference", body: { ...whose, reference: { extra: "" }, last_reference: null } };
    const extra = event.button?.extra;
    return { path: "message", body: { ...whose, type: "text", content: event.text ?? "", contents: [event.text ?? ""], ...(typeof extra === "string" && { extra }) } };
  }
  if (channel === "web") {
    return event.type === "start" ? { type: "hello", token: "…", start: true } : { type: "message", id: "preview-1", text: event.text ?? "" };
  }
  const block = event.type === "start" ? { id: "64aa10b2c3d4e5f607180001", name: "웰컴 블록" } : { id: "64aa10b2c3d4e5f607180002", name: "폴백 블록" };
  return {
    bot: { id: "64aa10b2c3d4e5f607180000", name: bot.title },
    intent: { ...block, extra: { reason: { code: 1, message: "OK" } } },
    action: { id: "64aa10b2c3d4e5f607180003", name: "closer", params: {}, detailParams: {}, clientExtra: event.button?.extra ?? {} },
    userRequest: {
      block,
      user: { id: "preview", type: "botUserKey", properties: { botUserKey: "preview", isFriend: true } },
      utterance: event.text ?? "",
      params: { surface: "Kakaotalk.plusfriend", ...(event.media && { media: { type: "image", url: event.media.uri } }) },
      lang: "ko",
      timezone: "Asia/Seoul",
    },
    contexts: [],
    flow: {},
  };
}

/** Plays one event against a file. */
export function play(call: Call, file: unknown, channel: string, given: State | null, event: PreviewEvent, person: { params?: Json }, relay = "native"): Json {
  const bot = file as Bot;
  const korean = speaksKorean(call);
  const shaping = { ...SHAPING, ...(call.world as World & { shaping?: Partial<Shaping> }).shaping };
  const state: State = given ?? { at: null, params: { ...person.params }, turn: 0, held: [] };
  const context = (of: State, message: unknown) => ({ bot: { title: bot.title }, platform: channel, userKey: "preview", params: of.params, ...(message !== undefined && { message }) });
  const before = context(state, undefined);
  const message = event.type === "message" ? { type: event.media ? "media" : "text", text: event.text } : undefined;
  const told = event.type === "message" ? (channel === "kakaobiz" ? consultShowcase : showcase)(event.text ?? "", korean) : undefined;
  const empty = String(bot.preference.systemMessage?.["empty"] ?? "(메시지 없음)");
  const turn = told
    ? { ...walk(bot, state, { type: "start" }, korean), visits: [{ flow: 1, node: 1, kind: "entry" }], marks: told.marks }
    : carried(event)?.more
      ? { ...walk(bot, state, event, korean), visits: [], messages: [], replies: [], state: { ...state, held: [] }, agent: null }
      : walk(bot, state, event, korean);
  let answer = told?.answer ?? shape(turn, shaping, empty);
  if (carried(event)?.more) answer = { version: "2.0", template: { outputs: state.held.slice(0, 3) } };
  if (channel === "web") answer = { frames: frames(turn, event, state.turn) };
  else if (channel === "kakaobiz" && !told) {
    const called = turn.agent && ((turn.agent["message"] as Json | undefined) ?? turn.agent);
    const out = consulted(relay, { messages: turn.messages, replies: turn.agent ? [] : turn.replies, call: called }, korean);
    answer = out.answer;
    turn.marks = out.marks;
  }
  if (shaping.tookMs > 4_200) turn.marks.push({ code: "slow", message: pick(korean, [`답하는 데 ${Math.ceil(shaping.tookMs / 1000)}초가 걸렸어요. 카카오톡에서는 기다려 달라는 말이 먼저 나가고, 답은 콜백이나 버튼으로 이어서 보여요.`, `The answer took ${Math.ceil(shaping.tookMs / 1000)} seconds. KakaoTalk asks the customer to wait first; the answer follows by callback or button.`]) });
  return {
    state: { ...turn.state, turn: state.turn + 1 },
    request: request(event, bot, channel),
    answer,
    trace: { ...(turn.from && { from: turn.from }), visits: turn.visits },
    contextBefore: before,
    context: context(turn.state, message),
    marks: turn.marks,
    fault: null,
    agentCall: turn.agent
      ? { message: null, label: "상담원 연결", reason: pick(korean, ["미리보기에서는 상담원을 부를 수 없어요. 카카오톡에서는 이 버튼이 채널의 1:1 채팅을 열고, 그 대화는 카카오의 채널 관리자센터에서 이어져요.", "No agent can be called in the preview. In KakaoTalk this button opens the channel's 1:1 chat, which goes on in Kakao's channel console."]) }
      : null,
    replies: [{ kind: "moment", nowMs: 0, seed: 1 }],
    tookMs: shaping.tookMs,
  };
}

export function previewRoutes({ botRow }: Tools): Route[] {
  return [
    ["POST", "/api/workspaces/*/bots/*/preview", (call) => {
      const { row } = botRow(call, "editor");
      const { channel, state, event, person } = call.body as { channel: string; state: State | null; event: PreviewEvent; person?: { params?: Json } };
      if (channel === "kakao" && event.location) {
        throw new Refusal("invalid", [{ pointer: "/event/location", detail: ["카카오톡은 위치를 챗봇에 보내지 않아요. 주소를 글로 입력해 보세요.", "KakaoTalk sends no places to bots; type the address instead."] }]);
      }
      return { body: play(call, JSON.parse(draftOf(row).text), channel, state, event, person ?? {}, relayOf(row, call.now)) };
    }],
  ];
}
