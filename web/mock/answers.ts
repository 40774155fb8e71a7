// Questions and answers, and the webhooks of bots, in memory.

import type { components } from "../src/api/schema.gen";
import { Refusal } from "./problem.ts";
import type { Call, Route } from "./server.ts";
import { newId, type Role, type World } from "./world.ts";

type S = components["schemas"];

interface Tools {
  member: (call: Call, needed?: Role) => { ws: string };
}
interface Held {
  answers: S["Answer"][];
  hooks: S["Webhook"][];
}

const FIRST: [question: string, answer: string, category: string, uses: number][] = [
  ["금요일까지 받을 수 있나요\n언제 도착해요\n배송 얼마나 걸려요", "주문하신 다음 날 구워서 보내 드려요. 제주와 섬은 하루 더 걸려요.", "배송", 128],
  ["케이크를 취소하고 싶어요", "찾기 하루 전까지는 모두 돌려드리고, 당일에는 절반을 돌려드려요. 주문 번호를 알려 주시면 바로 도와드릴게요.", "주문 > 취소", 64],
  ["견과류를 빼고 만들 수 있나요\n알레르기가 있어요", "네, 주문서의 요청 사항에 적어 주시면 빼고 구워 드려요. 같은 주방에서 견과류를 쓰니 알레르기가 심하면 말씀해 주세요.", "상품", 41],
  ["주차할 수 있나요", "건물 뒤에 두 대까지 세울 수 있어요.", "매장", 17],
];
const worlds = new WeakMap<World, Map<string, Held>>();

function heldOf({ world, now }: Call, ws: string): Held {
  let all = worlds.get(world);
  if (!all) worlds.set(world, (all = new Map()));
  let held = all.get(ws);
  if (!held) {
    const answers = FIRST.map(([question, answer, category, uses]) => ({ id: newId(world), question, answer, category, uses, updatedAt: now }));
    const events = ["requested", "connected", "cancelled", "disconnected"].map((one) => `bot.conversation.agent_call_${one}`);
    const hooks = [
      { id: newId(world), name: "고객 관리", url: "https://crm.bakery.example.com/hooks/chat", enabled: true, events, why: null, againAt: null },
      { id: newId(world), name: "사내 알림", url: "https://hooks.example.com/bread", enabled: false, events: events.slice(0, 1), why: "HTTP 410", againAt: null },
    ];
    all.set(ws, (held = { answers, hooks }));
  }
  return held;
}

export function answerRoutes({ member }: Tools): Route[] {
  const at = (call: Call, needed?: Role) => heldOf(call, member(call, needed).ws);
  return [
    ["GET", "/api/workspaces/*/answers", (call) => {
      const wanted = call.query.get("search") ?? "";
      const items = at(call).answers.filter((one) => [one.question, one.answer, one.category].some((text) => text.includes(wanted)));
      return { body: { items, next: null } satisfies S["List_Answer"] };
    }],
    ["POST", "/api/workspaces/*/answers", (call) => {
      const body = call.body as unknown as S["AnswerBody"];
      const made: S["Answer"] = { id: newId(call.world), question: body.question, answer: body.answer, category: body.category ?? "", uses: 0, updatedAt: call.now };
      at(call, "editor").answers.unshift(made);
      return { status: 201, body: made };
    }],
    ["PUT", "/api/workspaces/*/answers/*", (call) => {
      const found = at(call, "editor").answers.find((one) => one.id === call.parts[1]);
      if (!found) throw new Refusal("missing");
      return { body: Object.assign(found, call.body) };
    }],
    ["DELETE", "/api/workspaces/*/answers/*", (call) => {
      const held = at(call, "editor");
      held.answers = held.answers.filter((one) => one.id !== call.parts[1]);
      return { status: 204 };
    }],
    ["POST", "/api/workspaces/*/answers/*/use", () => ({ status: 204 })],
    ["GET", "/api/workspaces/*/suggestions", (call) => {
      const asked = call.query.get("q") ?? "그럼 금요일까지 받을 수 있을까요?";
      const items = at(call)
        .answers.slice(0, 3)
        .map((one, nth) => ({ id: one.id, question: one.question, answer: one.answer, likeness: 780 - nth * 240 }));
      return { body: { asked, items, outside: null } satisfies S["Suggestions"] };
    }],
    ["GET", "/api/workspaces/*/bots/*/webhooks", (call) => ({ body: { items: at(call, "admin").hooks, next: null } satisfies S["List_Webhook"] })],
    ["GET", "/api/workspaces/*/bots/*/webhooks/*/tries", (call) => {
      member(call, "admin");
      const tries = [null, "HTTP 410", "HTTP 503", null].map((error, nth) => ({ id: newId(call.world), at: call.now - nth * 900_000, events: 1 + nth, error, tookMs: 84 + nth * 31 }));
      return { body: { items: tries, next: null } satisfies S["List_WebhookTry"] };
    }],
    ["GET", "/api/workspaces/*/bots/*/webhooks/*/secret", (call) => {
      member(call, "admin");
      return { body: { secret: "whsec_bGV0IGJyZWFkIHJpc2UgYW5kIHNoaW5l" } satisfies S["WebhookSecret"] };
    }],
  ];
}
