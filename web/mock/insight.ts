// What owners see of their bots afterwards, in memory: the guide's checks, the log of requests, statistics, conversations,
// alerts, retention. The bakery's live bots have a week behind them; others have seen nothing.

import type { Alert, Rules } from "../src/alerts/read.ts";
import type { Schemas } from "../src/api/client.ts";
import type { Channel, RequestPair } from "../src/channels/read.ts";
import type { Said, Turn } from "../src/conversations/read.ts";
import type { Figures } from "../src/dashboard/read.ts";
import { dayAfter, dayIn, isDay } from "../src/dashboard/scale.ts";
import { pick, Refusal, speaksKorean } from "./problem.ts";
import type { Call, Route } from "./server.ts";
import type { BotRow, Role } from "./world.ts";

type Conversation = Schemas["Conversation"];
interface Tools {
  botRow: (call: Call, needed: Role) => { ws: string; row: BotRow };
  member: (call: Call, needed?: Role) => { ws: string };
}
/** What is remembered of one bot. */
interface Life {
  header: string | null;
  rules: Rules;
  secrets: number;
  removed: boolean;
  erased: Set<string>;
}

const MINUTE = 60_000;
const rule = (count: number, minutes: number) => ({ on: true, count, minutes });
const button = (label: string) => ({ label, type: "postback" });
const lives = new WeakMap<BotRow, Life>();
const records = new WeakMap<object, Record<string, unknown>>();

function lifeOf(row: BotRow): Life {
  let life = lives.get(row);
  if (!life) {
    const rules: Rules = {
      errors: rule(5, 10),
      slow: rule(5, 10),
      cuts: rule(20, 60),
      silent: { on: false, hours: 24 },
      language: "ko",
      emails: [],
      webhookUrl: null,
    };
    lives.set(row, (life = { header: null, rules, secrets: 0, removed: false, erased: new Set() }));
  }
  return life;
}

/** Has anyone talked to it? */
const lived = ({ bot }: BotRow) => bot.kakaoEnabled && bot.liveVersion !== null;
/** A number that is always the same for the same place. */
const dice = (seed: number, most: number) => Math.floor(Math.abs(Math.sin(seed * 12.9898) * 43_758.5453) * most) % Math.max(1, most);

const REQUEST = {
  bot: { id: "64aa10b2c3d4e5f60718293a", name: "모락모락" },
  intent: { id: "64aa10b2c3d4e5f607182940", name: "폴백 블록" },
  userRequest: { utterance: "영업시간 알려줘", user: { id: "0f3c9a", type: "botUserKey" } },
};
const ANSWER = { version: "2.0", template: { outputs: [{ simpleText: { text: "매일 오전 8시부터 저녁 8시까지 열어요." } }] } };

function requestsOf(row: BotRow, now: number): RequestPair[] {
  if (!lived(row)) return [];
  const strange = row.bot.errorsToday > 0;
  return Array.from({ length: 60 }, (_, at): RequestPair => {
    const problem = at % 9 === 4 ? { code: "slow", place: "", detail: "" } : strange && at % 13 === 2 ? { code: "fault", place: "", detail: "플로우 2 '주문' › 노드 4: 시트에 쓸 수 없었어요." } : undefined;
    return {
      id: `01KREQ${String(at).padStart(20, "0")}`,
      at: now - at * 7 * MINUTE - 20_000,
      draft: at % 11 === 5,
      mode: at % 11 === 5 ? "development" : at % 17 === 8 ? "botTest" : "operating",
      kind: at % 12 === 0 ? "welcome" : "fallback",
      block: at % 12 === 0 ? "웰컴 블록" : "폴백 블록",
      userKey: "0f3c9ab21d77",
      requestId: `chp-${at}`,
      tookMs: problem?.code === "slow" ? 4_120 : 12 + dice(at, 60),
      status: 200,
      hasTurn: at % 17 !== 8,
      size: 1_204,
      problems: problem ? [problem] : [],
      request: at % 17 === 8 ? null : JSON.stringify(REQUEST),
      answer: JSON.stringify(ANSWER),
      late: null,
    };
  });
}

function channelOf(call: Call, row: BotRow): Channel {
  const { bot } = row;
  const life = lifeOf(row);
  const ko = speaksKorean(call);
  const known = lived(row) && !life.removed;
  const worried = known && bot.errorsToday > 0;
  const check = (id: string, title: [string, string], good: [string, string], waits: [string, string], bad?: [string, string]) => {
    const state = bad ? ("problem" as const) : known ? ("ok" as const) : ("waiting" as const);
    return { id, state, since: known ? call.now - 9 * 86_400_000 : null, title: pick(ko, title), detail: pick(ko, bad ?? (known ? good : waits)) };
  };
  const wait: [string, string] = ["요청이 오면 확인할게요.", "Checked when requests arrive."];
  const lines = requestsOf(row, call.now);
  return {
    enabled: bot.kakaoEnabled,
    liveUrl: bot.skillUrl,
    draftUrl: bot.draftSkillUrl,
    headerName: life.header,
    liveVersion: bot.liveVersion,
    firstAt: known ? call.now - 9 * 86_400_000 : null,
    lastAt: known ? call.now - 20_000 : null,
    checks: [
      check("request", ["카카오톡의 요청", "Requests of KakaoTalk"], ["마지막 요청: 방금", "Last request: just now."], ["카카오톡에서 첫 요청을 기다리고 있어요.", "Waiting for the first request of KakaoTalk."]),
      check("secret-header", ["헤더값", "Secret header"], ["헤더값을 쓰지 않아요.", "No secret header is asked for."], wait),
      check(
        "fallback-block",
        ["폴백 블록", "Fallback block"],
        ["폴백 블록의 요청이 오고 있어요 (운영 채널).", "Requests of the fallback block arrive (operating channel)."],
        ["폴백 블록에 스킬을 연결하고, 아무 말이나 보내 보세요.", "Connect the skill to the fallback block and say anything."],
      ),
      check("welcome-block", ["웰컴 블록", "Welcome block"], ["웰컴 블록의 요청이 왔어요.", "The welcome block has called."], ["처음 들어오는 계정으로 채팅방에 들어와 보세요.", "Enter the chat room with a new account."]),
      check("other-blocks", ["다른 블록", "Other blocks"], ["웰컴 블록과 폴백 블록만 이 스킬을 불러요.", "Only welcome and fallback block call this skill."], wait),
      check("skill-data", ["스킬데이터로 사용", "Use skill data"], ["답변이 화면에 보이고 있어요.", "Answers are shown."], wait, worried ? ["버튼이 있는 답변을 4번 보냈지만 아무도 누르지 않았어요. 블록의 봇 응답에서 ‘스킬데이터로 사용’을 선택하고 저장한 뒤 배포해 주세요.", "4 answers with buttons were sent and nobody pressed one. Choose 스킬데이터로 사용 in the block's answer, save and deploy."] : undefined),
      check("transform-function", ["변환함수", "Transform function"], ["요청이 카카오가 보낸 그대로 와요.", "Requests arrive as Kakao sends them."], wait),
      check("deployed", ["운영 채널", "Operating channel"], ["운영 채널의 고객에게서 요청이 왔어요.", "Requests of customers have come."], ["배포한 뒤 카카오톡 채팅방에서 말을 걸어 보세요.", "Deploy and talk to the channel in KakaoTalk."]),
      check("bot-id", ["카카오 봇", "Bot at Kakao"], ["봇 ID 64aa10b2c3d4e5f60718293a", "Bot id 64aa10b2c3d4e5f60718293a"], wait),
      check("answer-time", ["응답 시간", "Answer time"], ["마지막 답변은 0.1초 걸렸어요.", "The last answer took 0.1 s."], wait),
      check("violations", ["말풍선 가이드", "Bubble rules"], ["잘리거나 빠진 말풍선이 없어요.", "No bubble was cut or left out."], wait),
      check("errors", ["오류", "Errors"], ["최근 하루 동안 오류가 없어요.", "No errors in the last day."], wait),
    ],
    seen: [],
    last: lines[0] ?? null,
  };
}

function figures(turns: number): Figures {
  return {
    turns,
    messages: turns * 2 + Math.floor(turns / 3),
    userMessages: turns,
    botMessages: turns + Math.floor(turns / 3),
    errors: Math.floor(turns / 160),
    unanswered: Math.floor(turns / 18),
    slow: Math.floor(turns / 120),
    cuts: 0,
    averageMs: turns > 0 ? 38.2 : null,
    slowestMs: turns > 0 ? 4_120 : 0,
  };
}

function statsOf(call: Call, row: BotRow) {
  const today = dayIn("Asia/Seoul", call.now);
  const given = (name: string) => (isDay(call.query.get(name)) ? (call.query.get(name) as string) : undefined);
  const to = given("to") ?? today;
  const from = given("from") ?? dayAfter(to, -29);
  const days = [];
  for (let day = from; day <= to && days.length < 400; day = dayAfter(day, 1)) {
    const turns = lived(row) && day <= today ? Math.round((row.bot.turnsToday / 2) * (1 + dice(Date.parse(day) / 86_400_000, 100) / 100)) : 0;
    const users = Math.round(turns / 5.6);
    const newUsers = Math.round(users * 0.3);
    days.push({ day, ...figures(turns), users, newUsers, returningUsers: users - newUsers });
  }
  const turns = days.reduce((sum, one) => sum + one.turns, 0);
  const users = Math.round(days.reduce((sum, one) => sum + one.users, 0) * 0.6);
  const conversations = Math.round(turns / 6);
  // What is counted adds up; how many people came does not.
  const total = { ...figures(turns), botMessages: days.reduce((sum, one) => sum + one.botMessages, 0), messages: days.reduce((sum, one) => sum + one.messages, 0) };
  return {
    from,
    to,
    zone: "Asia/Seoul",
    total: {
      ...total,
      users,
      newUsers: Math.round(users * 0.4),
      returningUsers: users - Math.round(users * 0.4),
      conversations,
      messagesPerConversation: conversations === 0 ? null : total.messages / conversations,
    },
    days,
    channels: turns === 0 ? [] : [{ channel: "kakao", ...total, users }, { channel: "kakao-development", ...figures(14), users: 2 }],
  };
}

const SAID = ["영업시간 알려줘", "소금빵 남아 있나요?", "케이크 예약하고 싶어요", "주차 되나요", "글루텐 프리 빵도 있어요?", "내일 문 여나요", "단체 주문은 얼마 전에 해야 해요?"];
const UNANSWERED = ["글루텐 프리 빵도 있어요?", "현금영수증 번호 바꾸고 싶어요", "강아지 데려가도 되나요", "제로페이 되나요", "알바 구하시나요"];

function threadsOf(row: BotRow, now: number): Conversation[] {
  if (!lived(row)) return [];
  return Array.from({ length: 24 }, (_, at): Conversation => ({
    id: `01KUSER${String(at).padStart(19, "0")}`,
    userKey: `${((at + 3) * 7_919_337).toString(16).padStart(8, "0")}c3d4e5f6071829`,
    channel: at % 8 === 5 ? "kakao-development" : "kakao",
    firstAt: now - (at + 20) * 60 * MINUTE,
    lastAt: now - (at * at * 3 + 2) * MINUTE,
    said: SAID[at % SAID.length] ?? "",
    turns: 3 + dice(at, 9),
    messages: 8 + dice(at, 20),
    errors: row.bot.errorsToday > 0 && at % 7 === 2 ? 1 : 0,
    state: { params: { 이름: "하늘" } },
  })).filter((one) => !lifeOf(row).erased.has(one.id));
}

function messagesOf(thread: Conversation): Said[] {
  const said: [isUser: boolean, data: Record<string, unknown>][] = [
    [false, { type: "text", text: "안녕하세요, 모락모락이에요. 무엇을 도와드릴까요?", buttons: [button("오늘 나오는 빵"), button("케이크 예약")] }],
    [true, { text: "케이크 예약" }],
    [false, { type: "cards", cards: [{ title: "딸기 생크림", description: "1호 38,000원", buttons: [button("고르기")] }, { title: "초코 가나슈", description: "1호 42,000원", buttons: [button("고르기")] }] }],
    [true, { text: thread.said }],
    [false, { type: "text", text: "매일 오전 8시부터 저녁 8시까지 열어요. 일요일은 6시에 닫아요." }],
  ];
  return said.map(([isUser, data], at): Said => {
    const turn = Math.ceil(at / 2);
    return {
      seq: at,
      id: `01KMSG${String(at).padStart(20, "0")}`,
      turn: `01KTURN${thread.id.slice(-4)}${String(turn).padStart(15, "0")}`,
      visit: thread.id,
      isUser,
      sender: isUser ? "user" : "bot",
      data,
      at: thread.lastAt - (2 - turn) * MINUTE,
    };
  });
}

function turnOf(id: string, thread: Conversation): Turn {
  return {
    id,
    conversation: thread.id,
    at: thread.lastAt,
    tookMs: 47.3,
    mode: "operating",
    block: "폴백 블록",
    version: 12,
    requestId: "chp-1",
    fault: null,
    trace: {
      from: { flow: 1, node: 3, kind: "keyboard" },
      visits: [
        { flow: 1, node: 4, kind: "params", changed: { 질문: thread.said } },
        { flow: 1, node: 5, kind: "fetch", waitedMs: 31, data: { method: "GET", url: "https://api.example.com/hours" } },
        { flow: 1, node: 6, kind: "response", sent: 1 },
      ],
    },
    messages: messagesOf(thread).filter((one) => one.turn === id),
    request: JSON.stringify(REQUEST),
    answer: JSON.stringify(ANSWER),
    late: null,
  };
}

/** As the server writes them. */
const secretOf = ({ secrets }: Life) => `whsec_${Buffer.alloc(32, 65 + secrets).toString("base64")}`;

function alertsOf(call: Call, ws: string): Alert[] {
  const row = call.world.bots.find((one) => one.workspace === ws && one.bot.errorsToday > 0 && one.bot.deletedAt === null);
  if (!row) return [];
  const told = { mailed: 1, mailError: null, hooked: false, hookError: null };
  const common = { bot: row.bot.id, botTitle: row.bot.title, threshold: 5, minutes: 10, read: false, ...told };
  const ko = speaksKorean(call);
  return [
    { id: "01KALERT000000000000000002", kind: "errors", at: call.now - 12 * MINUTE, endedAt: null, amount: 6, text: ko ? "10분 동안 오류가 6번 났어요." : "6 errors within 10 minutes.", ...common },
    { id: "01KALERT000000000000000001", kind: "slow", at: call.now - 26 * 60 * MINUTE, endedAt: call.now - 25 * 60 * MINUTE, amount: 9, text: ko ? "10분 동안 느린 답이 9번 나갔어요." : "9 slow answers within 10 minutes.", ...common },
  ];
}

const page = <T>(items: T[], next: string | null = null) => ({ body: { items, next } });
const groups = (said: string[], now: number) => said.map((one, at) => ({ said: one, times: 31 - at * 6, lastAt: now - (at + 1) * 47 * MINUTE }));

export function insightRoutes({ botRow, member }: Tools): Route[] {
  const thread = (call: Call) => {
    const { row } = botRow(call, "readonly");
    const found = threadsOf(row, call.now).find((one) => one.id === call.parts[2]);
    if (!found) throw new Refusal("missing");
    return { row, found };
  };
  const at = "/api/workspaces/*/bots/*";
  return [
    ["GET", `${at}/kakao`, (call) => ({ body: channelOf(call, botRow(call, "readonly").row) })],
    ["PATCH", `${at}/kakao`, (call) => {
      const { row } = botRow(call, "admin");
      const { enabled, header, removeHeader } = call.body as { enabled?: boolean; header?: { name: string }; removeHeader?: boolean };
      if (enabled !== undefined) row.bot.kakaoEnabled = enabled;
      if (header) lifeOf(row).header = header.name;
      if (removeHeader) lifeOf(row).header = null;
      return { body: channelOf(call, row) };
    }],
    ["DELETE", `${at}/kakao`, (call) => {
      const { row } = botRow(call, "admin");
      row.bot.kakaoEnabled = false;
      Object.assign(lifeOf(row), { header: null, removed: true });
      return { status: 204 };
    }],
    ["GET", `${at}/requests`, (call) => {
      const problem = call.query.get("problem");
      const mode = call.query.get("mode");
      const all = requestsOf(botRow(call, "readonly").row, call.now)
        .filter((one) => !problem || one.problems.some((it) => problem === "any" || it.code === problem))
        .filter((one) => !mode || one.mode === mode);
      const from = Number(call.query.get("cursor") ?? 0);
      return page(all.slice(from, from + 30), from + 30 < all.length ? String(from + 30) : null);
    }],
    ["GET", `${at}/requests/problems`, (call) => {
      const counts = new Map<string, number>();
      for (const one of requestsOf(botRow(call, "readonly").row, call.now)) for (const { code } of one.problems) counts.set(code, (counts.get(code) ?? 0) + 1);
      return page([...counts].map(([code, count]) => ({ code, count })));
    }],
    ["GET", `${at}/requests/*`, (call) => {
      const found = requestsOf(botRow(call, "readonly").row, call.now).find((one) => one.id === call.parts[2]);
      if (!found) throw new Refusal("missing");
      return { body: found };
    }],
    ["GET", `${at}/stats`, (call) => ({ body: statsOf(call, botRow(call, "readonly").row) })],
    ["GET", `${at}/stats/nodes`, (call) => {
      const { row } = botRow(call, "readonly");
      if (!lived(row)) return page([]);
      return page([
        { flow: 1, flowTitle: "예약", node: 5, nodeLabel: "빈 시간 조회", kind: "fetch", times: 214, averageMs: 412.4, slowestMs: 3_980, failed: 2 },
        { flow: 2, flowTitle: "주문", node: 4, nodeLabel: "시트에 적기", kind: "gsheet", times: 61, averageMs: 688, slowestMs: 2_310, failed: 3 },
      ]);
    }],
    ["GET", `${at}/stats/errors`, (call) => {
      const { row } = botRow(call, "readonly");
      return page(lived(row) && row.bot.errorsToday > 0 ? groups(["플로우 2 ‘주문’ › 노드 4: 시트에 쓸 수 없었어요."], call.now) : []);
    }],
    ["GET", `${at}/stats/unanswered`, (call) => page(lived(botRow(call, "readonly").row) ? groups(UNANSWERED, call.now) : [])],
    ["GET", `${at}/turns`, (call) => {
      const { row } = botRow(call, "readonly");
      const said = call.query.get("said") ?? UNANSWERED[0] ?? "";
      return page(
        threadsOf(row, call.now)
          .slice(0, 6)
          .map((one) => ({ turn: messagesOf(one)[3]?.turn ?? "", conversation: one.id, channel: one.channel, at: one.lastAt, said, tookMs: 47.3 })),
      );
    }],
    ["GET", `${at}/turns/*`, (call) => {
      const { row } = botRow(call, "readonly");
      const turn = call.parts[2] ?? "";
      const found = threadsOf(row, call.now).find((one) => messagesOf(one).some((it) => it.turn === turn)) ?? threadsOf(row, call.now)[0];
      if (!found) throw new Refusal("missing");
      return { body: turnOf(turn, found) };
    }],
    ["GET", `${at}/conversations`, (call) => {
      const { row } = botRow(call, "readonly");
      const [key, words, channel] = [call.query.get("key"), call.query.get("text"), call.query.get("channel")];
      return page(
        threadsOf(row, call.now)
          .filter((one) => (!key || one.userKey.startsWith(key)) && (!words || one.said.includes(words)) && (!channel || one.channel === channel))
          .map(({ state: _, ...line }) => line),
      );
    }],
    ["GET", `${at}/conversations/*`, (call) => ({ body: thread(call).found })],
    ["GET", `${at}/conversations/*/messages`, (call) => {
      const all = messagesOf(thread(call).found);
      const turn = call.query.get("turn");
      return page(turn ? all.filter((one) => one.turn >= turn) : all.toReversed());
    }],
    ["DELETE", `${at}/conversations/*`, (call) => {
      botRow(call, "admin");
      const { row, found } = thread(call);
      if (call.body["userKey"] !== found.userKey) throw new Refusal("invalid", [{ pointer: "/userKey", detail: ["키가 달라요.", "Another key."] }]);
      lifeOf(row).erased.add(found.id);
      return { status: 204 };
    }],
    ["GET", `${at}/alert-rules`, (call) => ({ body: lifeOf(botRow(call, "readonly").row).rules })],
    ["PUT", `${at}/alert-rules`, (call) => ({ body: Object.assign(lifeOf(botRow(call, "editor").row).rules, call.body) })],
    ["GET", `${at}/alert-rules/secret`, (call) => ({ body: { secret: secretOf(lifeOf(botRow(call, "editor").row)) } })],
    ["POST", `${at}/alert-rules/secret`, (call) => {
      const life = lifeOf(botRow(call, "editor").row);
      life.secrets += 1;
      return { body: { secret: secretOf(life) } };
    }],
    ["POST", `${at}/alert-rules/try`, (call) => {
      const { emails, webhookUrl } = lifeOf(botRow(call, "editor").row).rules;
      return { body: { mailed: emails.length, mailError: null, hooked: webhookUrl !== null, hookError: null } };
    }],
    ["GET", "/api/workspaces/*/alerts", (call) => {
      const { ws } = member(call);
      const bot = call.query.get("bot");
      const items = alertsOf(call, ws).filter((one) => !bot || one.bot === bot);
      return { body: { items, next: null, unread: items.length } };
    }],
    ["PUT", "/api/workspaces/*/alerts/read", (call) => {
      member(call);
      return { status: 204 };
    }],
    ["GET", "/api/workspaces/*/records", (call) => {
      member(call);
      return { body: records.get(call.world) ?? { zone: "Asia/Seoul", messagesDays: null, tracesDays: 30, requestsDays: 7 } };
    }],
    ["PATCH", "/api/workspaces/*/records", (call) => {
      member(call, "admin");
      const next = { ...call.body, messagesDays: call.body["messagesDays"] === 0 ? null : call.body["messagesDays"] };
      records.set(call.world, next);
      return { body: next };
    }],
  ];
}
