// Live chat in memory: an afternoon of the bakery's customers. What is done is kept and told to the consoles that listen, as the
// server does it; nobody answers by themselves. A scene may ask for `{"chats": 50000}`.

import type { components } from "../src/api/schema.gen";
import { Refusal } from "./problem.ts";
import type { Call, Route } from "./server.ts";
import { type Account, newId, type Role, type World } from "./world.ts";

type S = components["schemas"];
type Chat = S["Chat"];

interface Tools {
  account: (call: Call) => Account;
  member: (call: Call, needed?: Role) => { ws: string; me: Account; role: Role };
}
interface Room {
  chats: Map<string, Chat>;
  threads: Map<string, { messages: S["ChatMessage"][]; lines: S["ChatLine"][] }>;
  seq: number;
  away: Set<string>;
  own: Map<string, Record<string, unknown>>;
  categories: Map<string, string[][]>;
  canned: S["Canned"][];
  settings: Record<string, unknown>;
  listeners: Set<(event: object) => void>;
}

/** A point of P-256, as browsers want one (the example of RFC 8291). */
const PUSH_KEY = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const PIECE = 50;
const rooms = new WeakMap<World, Map<string, Room>>();

const CUSTOMERS: { name: string; state: Chat["state"]; waits?: number; ago: number; owner?: number; unread?: number; said: [from: string, text: string][]; category?: string[]; platform?: string; tags?: string[]; missed?: string }[] = [
  { name: "이지은", state: "requested", waits: 12, ago: 4, unread: 2, category: ["주문", "취소"], tags: ["단골"], said: [["bot", "안녕하세요, 모락모락 베이커리예요. 무엇을 도와드릴까요?"], ["user", "상담원"], ["bot", "상담원을 부르고 있어요. 잠시만 기다려 주세요."], ["user", "어제 주문한 케이크를 취소하고 싶어요"], ["user", "오늘 저녁에 찾기로 했어요"]] },
  { name: "", state: "requested", waits: 4, ago: 1, unread: 1, said: [["bot", "안녕하세요, 모락모락 베이커리예요. 무엇을 도와드릴까요?"], ["user", "상담원 연결해 주세요"], ["bot", "상담원을 부르고 있어요. 잠시만 기다려 주세요."]] },
  { name: "박서준", state: "requested", waits: 1, ago: 1, owner: 0, unread: 1, category: ["예약"], said: [["user", "단체 예약도 되나요?"], ["bot", "상담원을 부르고 있어요. 잠시만 기다려 주세요."]] },
  { name: "최유나", state: "connected", waits: 5, ago: 5, owner: 0, unread: 1, category: ["배송"], platform: "kakaobiz", tags: ["VIP", "알레르기"], said: [["bot", "안녕하세요, 모락모락 베이커리예요. 무엇을 도와드릴까요?"], ["user", "선물 세트 배송 문의"], ["bot", "상담원을 부르고 있어요. 잠시만 기다려 주세요."], ["agent", "안녕하세요, 한서윤이에요. 어떤 상품인지 알려 주시겠어요?"], ["user", "밤식빵 선물 세트요. 견과류를 빼고 만들 수 있나요?"], ["agent", "네, 주문서에 적어 주시면 견과류를 빼고 구워 드려요. 자세한 안내는 https://example.com/gift 에서 보실 수 있어요."], ["user", "그럼 금요일까지 받을 수 있을까요?"]] },
  { name: "정하윤", state: "connected", ago: 9, owner: 1, said: [["user", "영수증을 다시 받을 수 있나요?"], ["agent", "주문 번호를 알려 주시면 보내 드릴게요."]] },
  { name: "", state: "connected", waits: 2, ago: 2, owner: 1, unread: 1, said: [["user", "주차장이 있나요"], ["agent", "건물 뒤에 두 대까지 세울 수 있어요."], ["user", "몇 시까지 해요?"]] },
  { name: "한도윤", state: "bot", ago: 0, said: [["bot", "안녕하세요, 모락모락 베이커리예요. 무엇을 도와드릴까요?"], ["user", "오늘 소금빵 있나요?"], ["bot", "소금빵은 오전 8시와 오후 2시에 나와요."], ["bot", "지금은 12개 남았어요."], ["bot", "예약하면 1시간 동안 맡아 드려요."], ["bot", "더 궁금한 것이 있으면 말해 주세요."]] },
  { name: "", state: "bot", ago: 3, said: [["user", "오시는 길"], ["bot", "지하철 2번 출구에서 걸어서 5분이에요."]] },
  { name: "윤가람", state: "completed", ago: 70, platform: "kakaobiz", said: [["user", "환불 문의"], ["agent", "오늘 안에 처리해 드릴게요."], ["user", "고맙습니다"]] },
  { name: "오지호", state: "missed", ago: 130, missed: "cancelled", said: [["user", "상담원"], ["bot", "상담원을 부르고 있어요. 잠시만 기다려 주세요."], ["user", "상담 취소"]] },
];

function roomOf({ world, now }: Call, ws: string): Room {
  let all = rooms.get(world);
  if (!all) rooms.set(world, (all = new Map()));
  let room = all.get(ws);
  if (!room) all.set(ws, (room = furnish(world, ws, now)));
  return room;
}

function furnish(world: World, ws: string, now: number): Room {
  const room: Room = { chats: new Map(), threads: new Map(), seq: 0, away: new Set(), own: new Map(), categories: new Map(), canned: [], settings: structuredClone(SETTINGS), listeners: new Set() };
  const bot = world.bots.filter((one) => one.workspace === ws && one.bot.deletedAt === null)[1]?.bot;
  if (!bot) return room;
  const agents = world.members.filter((one) => one.workspace === ws).map((one) => one.account);
  const [, second] = agents;
  if (second) room.away.add(second);
  for (const [nth, one] of CUSTOMERS.entries()) add(room, world, nth, one, agents);
  const many = (world as World & { chats?: number }).chats ?? 0;
  for (let nth = CUSTOMERS.length; nth < many; nth++) {
    add(room, world, nth, { name: `손님 ${nth}`, state: "requested", waits: nth % 600, ago: nth, said: [["user", `기다리는 말 ${nth}`]] }, agents);
  }
  for (const [title, shortcut, text, own] of CANNED) room.canned.push({ id: newId(world), own, title, shortcut, text, position: room.canned.length });
  return room;

  function add(to: Room, of: World, nth: number, one: (typeof CUSTOMERS)[number], who: string[]): void {
    const id = newId(of);
    const lastAt = now - one.ago * MINUTE - nth * 7_000;
    const owner = one.owner === undefined ? null : (who[one.owner] ?? null);
    const messages = one.said.map(
      ([from, text], seq): S["ChatMessage"] => ({
        seq,
        id: newId(of),
        from,
        at: lastAt - (one.said.length - 1 - seq) * 40_000,
        author: from === "agent" ? (owner ?? who[0] ?? null) : null,
        clientId: null,
        data: { type: "text", text } as never,
        deliveries: [],
      }),
    );
    const last = messages.at(-1);
    const calledAt = Math.max(0, one.said.findIndex(([, text]) => text.startsWith("상담원을")));
    const lines: S["ChatLine"][] = one.state === "bot" ? [] : [line(of, "requested", calledAt, lastAt - 4 * MINUTE, null, { category: one.category ?? [] })];
    if (one.state === "connected" && owner) lines.push(line(of, "assigned", calledAt, lastAt - 4 * MINUTE + 1, owner, {}), line(of, "connected", calledAt, lastAt - 3 * MINUTE, owner, {}));
    if (one.name === "최유나") lines.push({ ...line(of, "note", 4, lastAt - MINUTE, null, { text: "지난달에도 같은 선물 세트를 주문했어요. 견과류 알레르기가 있어요.", mentions: [] }), by: owner });
    if (one.state === "completed") lines.push(line(of, "completed", 2, lastAt, null, {}));
    if (one.state === "missed") lines.push(line(of, "missed", 2, lastAt, null, { why: one.missed }));
    to.threads.set(id, { messages, lines });
    to.chats.set(id, {
      id,
      bot: bot?.id ?? "",
      platform: one.platform ?? "web",
      userKey: `v_${(nth * 7_919 + 4_242).toString(16)}${nth}`,
      state: one.state,
      origin: "call",
      consultation: one.state === "bot" ? null : newId(of),
      owner: one.state === "requested" || one.state === "connected" ? owner : null,
      previous: one.name === "최유나" ? owner : null,
      present: one.state === "connected" && owner ? [owner] : [],
      flow: false,
      category: one.category ?? [],
      inHours: true,
      requestedAt: one.state === "bot" ? null : lastAt - 4 * MINUTE,
      connectedAt: one.state === "connected" ? lastAt - 3 * MINUTE : null,
      answeredAt: null,
      endedAt: one.state === "completed" || one.state === "missed" ? lastAt : null,
      missed: one.missed ?? null,
      waitingSince: one.waits === undefined ? null : now - one.waits * MINUTE - 20_000,
      name: one.name,
      phone: one.name === "최유나" ? "010-1234-5678" : "",
      email: one.name === "최유나" ? "yuna@example.com" : "",
      gender: "",
      tags: one.tags ?? [],
      lastSeq: messages.length - 1,
      lastAt,
      lastSender: last?.from ?? "",
      lastText: one.said.at(-1)?.[1] ?? "",
      unread: one.unread ?? 0,
      createdAt: lastAt - HOUR,
      room: one.platform === "kakaobiz" ? roomOfTalk(newId(of), lastAt, one.state === "connected") : null,
    });
  }
}

/** A session of ConsultationTalk: under way, or left by the customer. */
function roomOfTalk(session: string, at: number, open: boolean): NonNullable<Chat["room"]> {
  return { session, open, since: at - HOUR, heardAt: at, until: open ? at + 30 * 24 * HOUR : at, ...(!open && { why: "EC" }) };
}

function line(world: World, kind: string, afterSeq: number, at: number, agent: string | null, more: object): S["ChatLine"] {
  return { id: newId(world), kind, at, afterSeq, agent, by: null, data: more as never };
}

const CANNED: [title: string, shortcut: string, text: string, own: boolean][] = [
  ["첫 인사", "인사", "안녕하세요 {{name}}님, 모락모락 베이커리예요. 무엇을 도와드릴까요?", false],
  ["배송 기간", "배송", "주문하신 다음 날 구워서 보내 드려요. 이틀 안에 받으실 수 있어요.", false],
  ["환불 안내", "환불", "찾기 하루 전까지는 모두 돌려드리고, 당일에는 절반을 돌려드려요.", false],
  ["마무리", "끝", "더 궁금한 점이 있으면 언제든 말씀해 주세요. 오늘도 따뜻한 하루 보내세요.", true],
];

const SETTINGS = {
  assignment: { auto: true, max: 10, specialistsOnly: false, previousFirst: true, othersIfPreviousAbsent: true, inHoursFirst: false, onlyAssigned: false },
  hours: {
    enabled: true,
    timeZone: "Asia/Seoul",
    week: [...Array.from({ length: 5 }, () => [{ from: "09:00", to: "12:00" }, { from: "13:00", to: "18:00" }]), [{ from: "10:00", to: "15:00" }], []],
    publicHolidays: true,
    days: [{ date: "2026-12-31", name: "종무식", open: [] }],
    notice: "지금은 상담 시간이 아니에요. 평일 9시부터 6시까지 답해 드려요.",
    accept: true,
    botAnswers: true,
    flowId: null,
  },
  autoClose: { waitingMinutes: null, connectedMinutes: 30, evenIfUnanswered: false, message: "한동안 말씀이 없어 상담을 마칠게요." },
  completion: { flowId: null },
  cancel: { ignoreQuick: true },
  labels: { categories: [["주문", "취소"], ["주문", "변경"], ["배송"], ["예약"]], tags: ["단골", "VIP", "알레르기"] },
  suggest: { url: "" },
  panels: [{ title: "회원 카드", url: "", html: "<p>{{user.name}}님 · 적립금 3,200원</p>" }],
};

const PANEL = "<!doctype html><meta charset=utf-8><body><p><b>최유나</b> · 골드 회원</p><p>적립금 3,200원 · 올해 주문 14번</p></body>";

/** The message that has these words. */
function foundIn(call: Call, ws: string, chat: Chat, wanted: string): S["Found"] | null {
  const message = roomOf(call, ws).threads.get(chat.id)?.messages.findLast((one) => one.from !== "bot" && String((one.data as { text?: string }).text).includes(wanted));
  return message ? { seq: message.seq, text: (message.data as { text?: string }).text ?? "" } : null;
}

const bucket = (requested: number, quick: number, slow: number, slowest: number) => ({ requested, quick, slow, slowest, unanswered: requested - quick - slow - slowest });

function tell(room: Room, call: Call, event: object): void {
  room.seq += 1;
  for (const listener of room.listeners) listener({ seq: room.seq, at: call.now, ...event });
}

export function chatRoutes({ account, member }: Tools): Route[] {
  const find = (call: Call) => {
    const { ws } = member(call);
    const room = roomOf(call, ws);
    const chat = room.chats.get(call.parts[1] ?? "");
    if (!chat) throw new Refusal("missing");
    return { ws, room, chat };
  };
  const becomes = (room: Room, call: Call, chat: Chat, part: Partial<Chat>, kind?: string, agent: string | null = null) => {
    const next = { ...chat, ...part };
    room.chats.set(chat.id, next);
    if (kind) {
      const made = { ...line(call.world, kind, chat.lastSeq, call.now, agent, {}), by: account(call).id };
      room.threads.get(chat.id)?.lines.push(made);
      tell(room, call, { type: "line", chat: chat.id, data: made });
    }
    tell(room, call, { type: "chat", chat: chat.id, data: next });
    return { body: next };
  };
  const agentsOf = (call: Call): S["Agent"][] => {
    const { ws, me } = member(call);
    const room = roomOf(call, ws);
    return call.world.members
      .filter((one) => one.workspace === ws)
      .slice(0, 3)
      .flatMap((one) => call.world.accounts.filter((it) => it.id === one.account))
      .map((one, nth) => ({
        id: one.id,
        name: one.name,
        picture: one.picture,
        online: nth < 2,
        away: room.away.has(one.id),
        open: [...room.chats.values()].filter((chat) => chat.owner === one.id).length,
        categories: room.categories.get(one.id) ?? (nth === 1 ? [["주문"], ["배송", "해외"]] : []),
        settings: (one.id === me.id ? (room.own.get(one.id) ?? {}) : null) as never,
      }));
  };
  const stats = (call: Call, days: number, requested: number): S["ChatStats"] => {
    const agents = agentsOf(call).map((one, nth) => ({ id: one.id, name: one.name, taken: 41 - nth * 13, answered: 39 - nth * 12, completed: 36 - nth * 11, transfers: 3 - nth, averageResponseMs: 96_000 + nth * 48_000, scores: { answers: 12 - nth * 4, average: 460 - nth * 20, counts: [0, 0, 1, 3, 8 - nth * 4] } }));
    const hours = Array.from({ length: 24 }, (_, hour) => (hour < 9 || hour > 18 ? bucket(hour === 19 ? 2 : 0, 0, 0, 0) : days === 1 ? bucket(1 + (hour % 2), 1, 0, 0) : bucket(6 + ((hour * 5) % 7), 4 + ((hour * 3) % 3), 1, hour % 3 === 0 ? 1 : 0)));
    const weekdays = Array.from({ length: 7 }, (_, day) => (day === 6 ? bucket(1, 0, 0, 0) : bucket(14 + ((day * 5) % 6), 11, 2, day % 2)));
    const each = Array.from({ length: days }, (_, nth) => {
      const all = 8 + ((nth * 7) % 9);
      return { ...bucket(all, all - 3, 2, nth % 2), date: new Date(call.now - (days - 1 - nth) * 24 * HOUR).toISOString().slice(0, 10), completed: all - 2, missed: 2 - (nth % 2), averageWaitMs: 90_000 + nth * 4_000 };
    });
    const missed = Math.round(requested * 0.094);
    const completed = requested - 6 - missed;
    return { requested, waiting: 3, connected: 3, completed, missed, cancelled: Math.round(missed * 0.7), left: 0, expired: missed - Math.round(missed * 0.7), ignored: 2, steppedIn: 7, averageWaitMs: 148_000, medianWaitMs: 92_000, p90WaitMs: 410_000, p95WaitMs: 620_000, longestWaitMs: 1_140_000, averageResponseMs: 171_000, medianResponseMs: 118_000, p90ResponseMs: 480_000, scores: { answers: 24, average: 450, counts: [0, 1, 2, 5, 16] }, rate: Math.round((completed / requested) * 1000), hours, weekdays, days: each, agents };
  };
  return [
    ["GET", "/api/workspaces/*/live", (call) => {
      const { ws } = member(call);
      const room = roomOf(call, ws);
      let listener: ((event: object) => void) | undefined;
      const stream = new ReadableStream<Uint8Array>({
        start(controller) {
          listener = (event) => controller.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(event)}\n\n`));
          room.listeners.add(listener);
          listener({ type: "hello", seq: room.seq });
        },
        cancel() {
          if (listener) room.listeners.delete(listener);
        },
      });
      return new Response(stream, { headers: { "content-type": "text/event-stream", "cache-control": "no-store" } });
    }],
    ["GET", "/api/workspaces/*/agents", (call) => ({ body: { items: agentsOf(call), next: null } satisfies S["List_Agent"] })],
    ["PATCH", "/api/workspaces/*/agents/me", (call) => {
      const { ws, me } = member(call);
      const room = roomOf(call, ws);
      const { away, settings } = call.body as { away?: boolean; settings?: Record<string, unknown> };
      if (away === true) room.away.add(me.id);
      if (away === false) room.away.delete(me.id);
      if (settings) room.own.set(me.id, settings);
      return { body: agentsOf(call).find((one) => one.id === me.id) };
    }],
    ["GET", "/api/workspaces/*/agents/me/push", (call) => {
      member(call);
      return { body: { key: PUSH_KEY } satisfies S["WebPush"] };
    }],
    ["PUT", "/api/workspaces/*/agents/me/push", (call) => {
      member(call);
      return { status: 204 };
    }],
    ["DELETE", "/api/workspaces/*/agents/me/push", (call) => {
      member(call);
      return { status: 204 };
    }],
    ["PATCH", "/api/workspaces/*/agents/*", (call) => {
      const { ws } = member(call, "admin");
      roomOf(call, ws).categories.set(call.parts[1] ?? "", call.body["categories"] as string[][]);
      return { body: agentsOf(call).find((one) => one.id === call.parts[1]) };
    }],
    ["GET", "/api/workspaces/*/canned", (call) => ({ body: { items: roomOf(call, member(call).ws).canned, next: null } satisfies S["List_Canned"] })],
    ["POST", "/api/workspaces/*/canned", (call) => {
      const room = roomOf(call, member(call).ws);
      const { own, title, text, shortcut } = call.body as unknown as S["CannedBody"];
      const made: S["Canned"] = { id: newId(call.world), own: own ?? false, title, text, shortcut: shortcut ?? "", position: room.canned.length };
      room.canned.push(made);
      return { status: 201, body: made };
    }],
    ["PUT", "/api/workspaces/*/canned/*", (call) => {
      const found = roomOf(call, member(call).ws).canned.find((one) => one.id === call.parts[1]);
      if (!found) throw new Refusal("missing");
      const { title, text, shortcut } = call.body as unknown as S["CannedBody"];
      return { body: Object.assign(found, { title, text, shortcut: shortcut ?? "" }) };
    }],
    ["DELETE", "/api/workspaces/*/canned/*", (call) => {
      const room = roomOf(call, member(call).ws);
      room.canned = room.canned.filter((one) => one.id !== call.parts[1]);
      return { status: 204 };
    }],
    ["GET", "/api/workspaces/*/chat-settings", (call) => ({ body: roomOf(call, member(call).ws).settings })],
    ["PUT", "/api/workspaces/*/chat-settings", (call) => ({ body: (roomOf(call, member(call, "admin").ws).settings = call.body) })],
    ["GET", "/api/workspaces/*/bots/*/chat-settings", (call) => {
      member(call);
      return { body: {} };
    }],
    ["PUT", "/api/workspaces/*/bots/*/chat-settings", (call) => {
      member(call, "admin");
      return { body: call.body };
    }],
    ["GET", "/api/workspaces/*/chat-stats/today", (call) => ({ body: { today: stats(call, 1, 14), yesterday: stats(call, 1, 11) } satisfies S["ChatStatsToday"] })],
    ["GET", "/api/workspaces/*/chat-stats", (call) => ({ body: stats(call, Math.min(90, Math.round((Number(call.query.get("until")) - Number(call.query.get("from"))) / (24 * HOUR))), 96) })],
    ["GET", "/api/workspaces/*/chats/running", (call) => {
      const running = [...roomOf(call, member(call).ws).chats.values()].filter((chat) => chat.state === "bot");
      const items = running.map((chat, nth) => ({ ...chat, flowId: 1, flowTitle: nth === 0 ? "오늘의 빵" : "시작", nodeId: 4, nodeTitle: nth === 0 ? "예약 받기" : "메뉴" }));
      return { body: { items, next: null } satisfies S["List_RunningChat"] };
    }],
    ["GET", "/api/workspaces/*/chats/*/panels", (call) => {
      find(call);
      return { body: { items: [{ title: "회원 카드", url: null, html: PANEL, sandbox: "allow-popups", error: null }], next: null } satisfies S["List_ShownPanel"] };
    }],
    ["GET", "/api/workspaces/*/mentions/unseen", (call) => {
      member(call);
      return { body: { unseen: 1 } satisfies S["UnseenMentions"] };
    }],
    ["POST", "/api/workspaces/*/mentions/seen", () => ({ status: 204 })],
    ["GET", "/api/workspaces/*/mentions", (call) => {
      const { chats } = roomOf(call, member(call).ws);
      const [, second] = agentsOf(call);
      const noted = [...chats.values()].filter((chat) => chat.name === "최유나" || chat.name === "윤가람");
      const items = noted.map((chat, nth) => ({ line: newId(call.world), at: call.now - (nth * 190 + 6) * MINUTE, by: second?.id ?? null, text: nth === 0 ? "@한서윤 이 고객님은 견과류 알레르기가 있어요. 답할 때 한 번 더 확인해 주세요." : "@한서윤 환불이 끝났는지 봐 주세요.", seen: nth > 0, chat }));
      return { body: { items, next: null } satisfies S["List_Mention"] };
    }],
    ["GET", "/api/workspaces/*/chats/counts", (call) => {
      const counts = new Map<string, S["Counts"]>();
      for (const chat of roomOf(call, member(call).ws).chats.values()) {
        const one = counts.get(chat.bot) ?? { bot: chat.bot, requested: 0, queued: 0, connected: 0 };
        counts.set(chat.bot, one);
        if (chat.state === "requested") {
          one.requested += 1;
          if (chat.owner === null) one.queued += 1;
        } else if (chat.state === "connected") one.connected += 1;
      }
      return { body: { items: [...counts.values()], next: null } satisfies S["List_Counts"] };
    }],
    ["GET", "/api/workspaces/*/chats", (call) => {
      const { ws, me } = member(call);
      const { query } = call;
      const wanted = query.get("search");
      const all = [...roomOf(call, ws).chats.values()]
        .filter((chat) => !query.get("state") || chat.state === query.get("state"))
        .filter((chat) => query.get("mine") !== "true" || chat.owner === me.id)
        .filter((chat) => query.get("withoutBot") !== "true" || chat.state !== "bot")
        .filter((chat) => !query.get("bot") || chat.bot === query.get("bot"))
        .filter((chat) => !wanted || [chat.name, chat.phone, chat.email, chat.userKey].some((it) => it.includes(wanted)) || foundIn(call, ws, chat, wanted))
        .sort((a, b) => b.lastAt - a.lastAt || (a.id < b.id ? 1 : -1));
      if (query.get("longest") === "true") {
        const longest = all.toSorted((a, b) => (a.waitingSince ?? a.lastAt) - (b.waitingSince ?? b.lastAt)).slice(0, 500);
        return { body: { items: longest.map((chat) => ({ ...chat, found: null })), next: null } satisfies S["List_ListedChat"] };
      }
      const from = query.get("cursor") ? all.findIndex((chat) => chat.id === query.get("cursor")) + 1 : 0;
      const items = all.slice(from, from + PIECE).map((chat) => ({ ...chat, found: wanted ? foundIn(call, ws, chat, wanted) : null }));
      return { body: { items, next: from + PIECE < all.length ? (items.at(-1)?.id ?? null) : null } satisfies S["List_ListedChat"] };
    }],
    ["GET", "/api/workspaces/*/chats/*", (call) => {
      const { chat } = find(call);
      const bot = call.world.bots.find((one) => one.bot.id === chat.bot)?.bot;
      return { body: { ...chat, botTitle: bot?.title ?? "", params: { 주문번호: "2026-1127-03", 매장: "성수점" } as never, answerable: true } satisfies S["ChatInFull"] };
    }],
    ["PATCH", "/api/workspaces/*/chats/*", (call) => {
      const { room, chat } = find(call);
      return becomes(room, call, chat, call.body as Partial<Chat>);
    }],
    ["GET", "/api/workspaces/*/chats/*/messages", (call) => {
      const { room, chat } = find(call);
      const thread = room.threads.get(chat.id) ?? { messages: [], lines: [] };
      return { body: { ...thread, more: false } satisfies S["Thread"] };
    }],
    ["POST", "/api/workspaces/*/chats/*/messages", (call) => {
      const { room, chat } = find(call);
      const me = account(call);
      const { clientId, data } = call.body as unknown as S["NewChatMessage"];
      const message: S["ChatMessage"] = { seq: chat.lastSeq + 1, id: newId(call.world), from: "agent", at: call.now, author: me.id, clientId, data, deliveries: [] };
      room.threads.get(chat.id)?.messages.push(message);
      const { text } = data as { text?: string };
      const next: Chat = { ...chat, state: "connected", owner: chat.owner ?? me.id, present: [...new Set([...chat.present, me.id])], lastSeq: message.seq, lastAt: call.now, lastSender: "agent", lastText: text ?? "", unread: 0, waitingSince: null };
      room.chats.set(chat.id, next);
      tell(room, call, { type: "message", chat: chat.id, message, data: next });
      return { body: { seq: message.seq, chat: next } satisfies S["Sent"] };
    }],
    ["POST", "/api/workspaces/*/chats/*/notes", (call) => {
      const { room, chat } = find(call);
      const made = { ...line(call.world, "note", chat.lastSeq, call.now, null, { text: call.body["text"], mentions: [] }), by: account(call).id };
      room.threads.get(chat.id)?.lines.push(made);
      tell(room, call, { type: "line", chat: chat.id, data: made });
      return { status: 201, body: made };
    }],
    ["POST", "/api/workspaces/*/chats/*/seen", (call) => {
      const { room, chat } = find(call);
      room.chats.set(chat.id, { ...chat, unread: 0 });
      tell(room, call, { type: "seen", chat: chat.id, data: { seq: call.body["seq"], by: account(call).id } });
      return { status: 204 };
    }],
    ["POST", "/api/workspaces/*/chats/*/typing", () => ({ status: 204 })],
    ["POST", "/api/workspaces/*/chats/*/take", (call) => {
      const { room, chat } = find(call);
      const { id } = account(call);
      return becomes(room, call, chat, { state: "connected", owner: id, present: [id], connectedAt: call.now }, "connected", id);
    }],
    ["POST", "/api/workspaces/*/chats/*/join", (call) => {
      const { room, chat } = find(call);
      const { id } = account(call);
      return becomes(room, call, chat, { present: [...chat.present, id] }, "joined", id);
    }],
    ["POST", "/api/workspaces/*/chats/*/leave", (call) => {
      const { room, chat } = find(call);
      const { id } = account(call);
      return becomes(room, call, chat, { present: chat.present.filter((one) => one !== id) }, "left", id);
    }],
    ["POST", "/api/workspaces/*/chats/*/transfer", (call) => {
      const { room, chat } = find(call);
      const to = (call.body["to"] ?? null) as string | null;
      return becomes(room, call, chat, { owner: to, present: to ? [to] : [], state: to ? chat.state : "requested" }, "transferred", to);
    }],
    ["POST", "/api/workspaces/*/chats/*/complete", (call) => {
      const { room, chat } = find(call);
      return becomes(room, call, chat, { state: "completed", owner: null, present: [], waitingSince: null, unread: 0, endedAt: call.now }, "completed");
    }],
    ["POST", "/api/workspaces/*/chats/*/flow", (call) => {
      const { room, chat } = find(call);
      return becomes(room, call, chat, { flow: true, state: "connected" }, "flow-started");
    }],
    ["DELETE", "/api/workspaces/*/chats/*/flow", (call) => {
      const { room, chat } = find(call);
      return becomes(room, call, chat, { flow: false }, "flow-stopped");
    }],
  ];
}
