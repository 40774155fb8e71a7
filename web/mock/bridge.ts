// Bridges in memory: an old server that always answers the same, and whatever a bridge to it keeps.

import type { components } from "../src/api/schema.gen.ts";
import { Refusal } from "./problem.ts";
import type { Call, Route } from "./server.ts";
import { addBot, type BotRow, type Role } from "./world.ts";

type S = components["schemas"];

interface Tools {
  member: (call: Call, needed?: Role) => { ws: string };
  botRow: (call: Call, needed: Role) => { ws: string; row: BotRow };
  note: (call: Call, ws: string, action: string, target: string, detail?: string) => void;
}

const OPTIONS: S["BridgeOptions"] = {
  greeting: "안녕하세요! 아래 버튼에서 원하시는 메뉴를 골라 주세요.",
  failure: "지금은 답변을 드리기 어려워요. 잠시 후 다시 시도해 주세요.",
  homeWords: [],
  strictButtons: false,
  many: "paging",
  tellOldFriends: true,
  homeAfterSilence: true,
  pictures: "asIs",
  budgetMs: 4_000,
};
const QUIET = { ko: "이 알림을 다루지 않는 서버예요. 그대로 두어도 대화에는 문제가 없어요.", en: "The server does not handle this notice. Conversations work all the same." };
const NOT_FOUND = { needed: false, ok: false, status: 404, ...QUIET, answer: "<h1>Not Found</h1>", buttons: [] };
const WELL = { ok: true, status: 200, ko: "", en: "" };
const MENU = ["영업시간", "오시는 길", "오늘의 빵", "예약하기"];

function report(url: string, say: string): S["BridgeReport"] {
  const base = url.trim().replace(/\/+$/, "");
  const calls: S["BridgeCall"][] = [
    { call: "DELETE /friend/test", tookMs: 31, ...NOT_FOUND },
    { call: "POST /friend", tookMs: 28, ...NOT_FOUND },
    { call: "DELETE /chat_room/test", tookMs: 27, ...NOT_FOUND },
    { call: "GET /keyboard", tookMs: 42, needed: true, ...WELL, answer: JSON.stringify({ type: "buttons", buttons: MENU }), buttons: MENU },
    ...(say ? [{ call: "POST /message", tookMs: 120, needed: false, ...WELL, answer: "매일 10시부터 8시까지예요.", buttons: ["처음으로"] }] : []),
  ];
  const surplus = /\/(keyboard|message)$/.exec(base)?.[1];
  return { url: base, ok: true, calls, warnings: [...(surplus ? [`ends-in-${surplus}`] : []), ...(base.startsWith("http:") ? ["plain-http"] : [])] };
}

export function bridgeRoutes({ member, botRow, note }: Tools): Route[] {
  const bridges = new WeakMap<object, S["Bridge"]>();
  const kept = (call: Call, needed: Role) => {
    const { ws, row } = botRow(call, needed);
    const bridge = bridges.get(row.bot);
    if (!bridge) throw new Refusal("missing");
    return { ws, row, bridge };
  };
  return [
    ["POST", "/api/workspaces/*/bridges/check", (call) => {
      member(call, "editor");
      return { body: report(String(call.body["url"] ?? ""), String(call.body["say"] ?? "")) };
    }],
    ["POST", "/api/workspaces/*/bridges", (call) => {
      const { ws } = member(call, "admin");
      const { title, url } = call.body as S["NewBridge"];
      const bot = addBot(call.world, ws, { title, kind: "bridge", draftAhead: false, kakaoEnabled: true }, { title, flows: [] }, call.now);
      bridges.set(bot, { url: report(url, "").url, inside: false, options: structuredClone(OPTIONS) });
      note(call, ws, "bridge.add", title, url);
      return { status: 201, body: bot };
    }],
    ["GET", "/api/workspaces/*/bots/*/bridge", (call) => ({ body: kept(call, "readonly").bridge })],
    ["PATCH", "/api/workspaces/*/bots/*/bridge", (call) => {
      const { ws, row, bridge } = kept(call, "editor");
      const { url, options } = call.body as S["BridgeChange"];
      Object.assign(bridge, url && { url: report(url, "").url }, options && { options });
      note(call, ws, "bridge.change", row.bot.title, bridge.url);
      return { body: bridge };
    }],
    ["GET", "/api/workspaces/*/bots/*/bridge/recorded", (call) => {
      kept(call, "readonly");
      const recorded: S["BridgeRecorded"] = {
        turns: 1_284,
        people: 312,
        flows: 9,
        unpressed: [{ flow: "시작", button: "예약하기" }],
        varying: ["오늘의 빵"],
        typed: [{ word: "주차", times: 17 }, { word: "몇 시까지 해요?", times: 9 }],
      };
      return { body: recorded };
    }],
  ];
}
