// The draft in memory: read, saved against its revision, watched by those who have it open, and checked as far as the mock
// can (ways that lead nowhere, texts that are missing, texts that are too long).

import { rawFields } from "../src/flow/json.ts";
import { isConsulted, relayOf } from "./consulttalk.ts";
import { pick, Refusal, speaksKorean } from "./problem.ts";
import type { Call, Route } from "./server.ts";
import { isOnWeb } from "./webchat.ts";
import type { Account, BotRow, Role } from "./world.ts";

interface Tools {
  botRow: (call: Call, needed: Role) => { row: BotRow };
  account: (call: Call) => Account;
}
interface Here {
  person: { session: string; accountId: string; name: string; picture: string | null; flow: number | null; node: number | null };
  at: number;
}
interface Room {
  here: Map<string, Here>;
  listeners: Set<(event: string, data: unknown) => void>;
}

const GONE_MS = 45_000;
const rooms = new WeakMap<BotRow, Room>();

function roomOf(row: BotRow): Room {
  let room = rooms.get(row);
  if (!room) rooms.set(row, (room = { here: new Map(), listeners: new Set() }));
  return room;
}

export function draftOf(row: BotRow): { revision: number; text: string } {
  row.text ??= JSON.stringify(row.file, null, 2);
  return { revision: (row.revision ??= 1), text: row.text };
}

interface Loose {
  id: number;
  title: string;
  type: string;
  label?: string;
  data?: { type?: string; message?: { type?: string; text?: string }; buttons?: { label?: string }[]; flowId?: number };
  next?: { nodeId: number; where?: unknown }[];
  nodes: Loose[];
}

export function complaintsOf(text: string, korean: boolean): unknown[] {
  const { flows } = JSON.parse(text) as { flows: Loose[] };
  return flows.flatMap((flow) => {
    const reached = new Set(flow.nodes.flatMap((node) => (node.next ?? []).map((edge) => edge.nodeId)));
    const say = (node: Loose, severity: string, code: string, field: string | null, message: [ko: string, en: string], channel: string | null = null) => ({
      severity,
      code,
      flow: flow.id,
      node: node.id,
      field,
      channel,
      place: `${flow.title} › ${node.label ?? node.id}`,
      message: pick(korean, message),
    });
    return flow.nodes.flatMap((node) => {
      const found: unknown[] = [];
      if (node.type !== "entry" && !reached.has(node.id)) found.push(say(node, "warning", "unreachable-node", null, ["연결이 끊긴 노드예요.", "This node is not connected."]));
      const message = node.data?.message;
      if (node.type === "response" && message?.type === "text" && !message.text?.trim()) {
        found.push(say(node, "error", "empty-text", "data.message.text", ["보낼 글이 비어 있어요.", "There is no text to send."]));
      }
      if (node.type === "flow" && typeof node.data?.flowId === "number" && !flows.some((one) => one.id === node.data?.flowId)) {
        found.push(say(node, "error", "missing-flow", "data.flowId", ["연결할 플로우가 없어요. 이 노드에 오면 오류 메시지가 나가요.", "The flow that this leads to is gone; a turn that comes here fails."]));
      }
      if (node.type === "keyboard" && node.data?.type === "buttons") {
        (node.data.buttons ?? []).forEach((button, at) => {
          const length = [...(button.label ?? "")].length;
          if (length > 14) {
            found.push(
              say(node, "warning", "limit-label", `data.buttons[${at}].label`, [`카카오톡에서는 14자까지 보여요 (지금 ${length}자).`, `KakaoTalk shows 14 characters (now ${length}).`], "kakao"),
            );
          }
        });
      }
      return found;
    });
  });
}

const LIMITS = [
  { id: "kakao", measure: "characters", limits: { text: 1000, textFold: 500, textWithButtons: 400, bubbles: 3, bytes: 30720, cards: 10, cardTitle: 50, cardDescription: 230, cardDescriptionWithoutPicture: 400, cardDescriptionInRow: 76, cardDescriptionInRowWithoutPicture: 128, buttons: 3, buttonsInRow: null, buttonLabel: 14, quickReplies: 10, quickReplyLabel: 14, payload: 1000, altText: 50 } },
  { id: "kakaobiz", measure: "utf16", limits: { text: 1000, textWithButtons: 1000, cards: 1, cardTitle: 0, cardDescription: 1000, cardDescriptionWithoutPicture: 1000, cardDescriptionInRow: 1000, cardDescriptionInRowWithoutPicture: 1000, buttons: 5, buttonsInRow: null, buttonLabel: 28, quickReplies: 10, quickReplyLabel: 14, payload: null } },
  { id: "web", measure: "characters", limits: { text: 1000, textWithButtons: 1000, cards: 10, cardTitle: 255, cardDescription: 1000, buttons: 9, buttonsInRow: null, buttonLabel: 255, quickReplies: 50, quickReplyLabel: 255, payload: 1000 } },
];

/** What a relay that knows rows of cards shows. */
const IN_ROWS = { cards: 6, cardDescriptionInRow: 180, cardDescriptionInRowWithoutPicture: 180, buttonsInRow: 2 };

/** The channels of a bot: which it uses, and what they show. */
function channelsOf(row: BotRow, now: number): object {
  const [consult, web] = [isConsulted(row, now), isOnWeb(row)];
  const uses: Record<string, boolean> = { kakao: row.bot.kakaoEnabled || !(consult || web), kakaobiz: consult, web };
  const relay = relayOf(row, now);
  const channels = LIMITS.map(({ id, measure, limits }) => {
    const rows = id === "kakaobiz" && relay !== undefined && !["native", "happytalk-v1"].includes(relay);
    return { id, measure, limits: { ...limits, ...(rows && IN_ROWS) }, used: uses[id] ?? false, relay: id === "kakaobiz" ? (relay ?? null) : null };
  });
  return { channels };
}

function tellPeople(room: Room, now: number): void {
  for (const [session, { at }] of room.here) if (now - at > GONE_MS) room.here.delete(session);
  const people = [...room.here.values()].map(({ person }) => person);
  for (const listener of room.listeners) listener("presence", { people });
}

export function editorRoutes({ botRow, account }: Tools): Route[] {
  return [
    ["GET", "/api/channels", (call) => {
      account(call);
      return { body: { channels: LIMITS } };
    }],
    ["GET", "/api/workspaces/*/bots/*/channels", (call) => ({ body: channelsOf(botRow(call, "readonly").row, call.now) })],
    ["GET", "/api/workspaces/*/bots/*/draft", (call) => {
      const { row } = botRow(call, "readonly");
      const { revision, text } = draftOf(row);
      const body = `{"revision":${revision},"file":${text},"updatedAt":${row.bot.updatedAt}}`;
      return new Response(body, { headers: { "content-type": "application/json" } });
    }],
    ["PUT", "/api/workspaces/*/bots/*/draft", (call) => {
      const { row } = botRow(call, "editor");
      const fields = rawFields(new TextDecoder().decode(call.raw));
      const draft = draftOf(row);
      if (Number(fields.get("base")) !== draft.revision) throw new Refusal("draft-changed");
      row.text = fields.get("file") ?? "{}";
      row.file = JSON.parse(row.text);
      row.revision = draft.revision + 1;
      row.bot.draftAhead = true;
      row.bot.updatedAt = call.now;
      const session = call.request.headers.get("x-editor-session");
      for (const listener of roomOf(row).listeners) listener("saved", { revision: row.revision, session, name: account(call).name });
      return { body: { revision: row.revision, warnings: [] } };
    }],
    ["GET", "/api/workspaces/*/bots/*/draft/events", (call) => {
      const { row } = botRow(call, "readonly");
      const room = roomOf(row);
      let listener: ((event: string, data: unknown) => void) | undefined;
      const stream = new ReadableStream<Uint8Array>({
        start(controller) {
          listener = (event, data) => controller.enqueue(new TextEncoder().encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
          room.listeners.add(listener);
          tellPeople(room, call.now);
        },
        cancel() {
          if (listener) room.listeners.delete(listener);
        },
      });
      return new Response(stream, { headers: { "content-type": "text/event-stream", "cache-control": "no-store" } });
    }],
    ["PUT", "/api/workspaces/*/bots/*/draft/presence", (call) => {
      const { row } = botRow(call, "readonly");
      const me = account(call);
      const room = roomOf(row);
      const { session, flow, node } = call.body as { session: string; flow: number | null; node: number | null };
      room.here.set(session, { person: { session, accountId: me.id, name: me.name, picture: me.picture, flow, node }, at: call.now });
      tellPeople(room, call.now);
      return { status: 204 };
    }],
    ["POST", "/api/workspaces/*/bots/*/check", (call) => {
      const { row } = botRow(call, "readonly");
      return { body: { complaints: complaintsOf(draftOf(row).text, speaksKorean(call)) } };
    }],
  ];
}
