// What the mock server remembers, and two worlds to begin with: an untouched server, and a bakery that has used it for a
// while.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { components } from "../src/api/schema.gen";

type S = components["schemas"];
export type Role = S["Role"];

export interface Account {
  id: string;
  email: string;
  password: string;
  name: string;
  picture: string | null;
  language: S["Language"];
  theme: S["Theme"];
  totp: boolean;
  demo: boolean;
  /** Begun, not yet confirmed. */
  proposed: boolean;
}
export interface Session {
  id: string;
  token: string;
  account: string;
  createdAt: number;
  lastSeenAt: number;
  userAgent: string;
  address: string;
}
export interface BotRow {
  workspace: string;
  bot: S["Bot"];
  file: unknown;
  /** The draft's file as it was sent, and how often it was saved. */
  text?: string;
  revision?: number;
}
export interface InviteRow {
  workspace: string;
  token: string;
  invite: S["Invite"];
}
export interface World {
  accounts: Account[];
  workspaces: { id: string; name: string; picture: string | null }[];
  members: { workspace: string; account: string; role: Role; lastSeenAt: number | null }[];
  sessions: Session[];
  invites: InviteRow[];
  bots: BotRow[];
  audit: (S["AuditLine"] & { workspace: string })[];
  failures: Map<string, number>;
  mail: boolean;
  /** The first workspace is a demo. */
  demo: boolean;
  next: number;
}

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** The code that the mock's authenticator shows. */
export const CODE = "123456";
export const PASSWORD = "소금빵 굽는 새벽 네시";

const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export function newId(world: World): string {
  let n = world.next++;
  let text = "";
  for (let at = 0; at < 8; at++) {
    text = (DIGITS[n % 32] ?? "0") + text;
    n = Math.floor(n / 32);
  }
  return `01KAXMPC0000000000${text}`;
}

export function fresh(): World {
  return {
    accounts: [],
    workspaces: [],
    members: [],
    sessions: [],
    invites: [],
    bots: [],
    audit: [],
    failures: new Map(),
    mail: false,
    demo: false,
    next: 1,
  };
}

export const TEMPLATES: S["Template"][] = [
  { id: "empty", title: "빈 챗봇", description: "아무것도 없는 곳에서 처음부터 만들어요.", flows: 2 },
  { id: "tutorial", title: "둘러보기", description: "노드를 하나씩 따라가며 챗봇이 어떻게 움직이는지 배워요.", flows: 5 },
  { id: "customer-service", title: "고객센터", description: "자주 묻는 질문에 답하고, 필요하면 상담원을 불러요.", flows: 6 },
  { id: "leads", title: "상담 신청 받기", description: "이름과 연락처, 궁금한 점을 차례로 받아 저장해요.", flows: 3 },
  { id: "shop", title: "상품 소개", description: "카드로 상품을 보여 주고 주문 방법을 안내해요.", flows: 4 },
  { id: "reservation", title: "예약 받기", description: "날짜와 시간, 인원을 물어 예약을 받아요.", flows: 4 },
];

/** What who reads English is told of them. */
export const TEMPLATES_IN_ENGLISH: Record<string, [title: string, description: string]> = {
  empty: ["Empty bot", "An empty bot that says hello and waits for an answer."],
  tutorial: ["Tutorial", "Learn by talking to it, one node after the other."],
  "customer-service": ["Customer service", "Answers frequent questions and calls an agent where needed."],
  leads: ["Lead collection", "Asks for name, phone number and interests, and keeps them."],
  shop: ["Shop", "Shows products as cards and says how to order."],
  reservation: ["Reservation", "Takes a booking by day, time and number of people."],
};

export const PREFERENCE: S["Preference"] = {
  systemMessage: {
    empty: "(메시지 없음)",
    error: "요청을 처리하는 중에 오류가 발생했습니다. 잠시 후 다시 시도해 주세요.",
    additionalChoice: "아래에서 선택해 주세요.",
    unsupportedMedia: "(지원하지 않는 미디어)",
    more: "더보기",
    waiting: "확인하고 있어요. 잠시 뒤에 아래 버튼을 눌러 주세요.",
    waitingButton: "답변 확인하기",
  },
  sessionBehavior: { restoreNavigation: false, welcomeOnSessionStart: true, welcomeOnMessageWithoutSession: true },
};

export function addBot(world: World, workspace: string, part: Partial<S["Bot"]>, file: unknown, now: number): S["Bot"] {
  const id = part.id ?? newId(world);
  const bot: S["Bot"] = {
    id,
    title: "",
    description: "",
    kakaoEnabled: false,
    liveVersion: null,
    draftAhead: true,
    kind: "flows",
    usersToday: 0,
    turnsToday: 0,
    errorsToday: 0,
    updatedAt: now,
    deletedAt: null,
    skillUrl: `https://bot.example.com/webhook/kakao/${id}/i/skill`,
    draftSkillUrl: `https://bot.example.com/webhook/kakao/${id}/draft/skill`,
    preference: structuredClone(PREFERENCE),
    ...part,
  };
  world.bots.unshift({ workspace, bot, file });
  return bot;
}

/** One of the bots to begin with, as it stands in the repository. */
export function exampleFile(id: string): Record<string, unknown> {
  const file = join(import.meta.dirname, "..", "..", "examples", "templates", `${id}.json`);
  return JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
}

/** A bakery with people, bots, and a history. */
export function bakery(now: number): World {
  const world = fresh();
  const person = (name: string, email: string): Account => {
    const account: Account = {
      id: newId(world),
      name,
      email,
      password: PASSWORD,
      picture: null,
      language: "ko",
      theme: "system",
      totp: false,
      demo: false,
      proposed: false,
    };
    world.accounts.push(account);
    return account;
  };
  const owner = person("한서윤", "seoyun@example.com");
  const admin = person("김지은", "jieun@example.com");
  const editor = person("박도현", "dohyun@example.com");
  const reader = person("Alex Kim", "alex@example.com");
  const ws = newId(world);
  const second = newId(world);
  world.workspaces.push({ id: ws, name: "모락모락 베이커리", picture: null }, { id: second, name: "새벽 로스터리", picture: null });
  world.members.push(
    { workspace: ws, account: owner.id, role: "owner", lastSeenAt: now - 60_000 },
    { workspace: ws, account: admin.id, role: "admin", lastSeenAt: now - 2 * HOUR },
    { workspace: ws, account: editor.id, role: "editor", lastSeenAt: now - 3 * DAY },
    { workspace: ws, account: reader.id, role: "readonly", lastSeenAt: null },
    { workspace: second, account: owner.id, role: "editor", lastSeenAt: now - 8 * DAY },
  );
  const agents = [
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1", "203.0.113.24", 3 * HOUR],
    ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0", "198.51.100.7", 6 * DAY],
  ] as const;
  for (const [userAgent, address, ago] of agents) {
    world.sessions.push({
      id: newId(world),
      token: `kept-${world.next}`,
      account: owner.id,
      createdAt: now - ago - 9 * DAY,
      lastSeenAt: now - ago,
      userAgent,
      address,
    });
  }
  addBot(
    world,
    ws,
    { title: "단체 주문 접수", description: "회사와 학교의 단체 주문을 받아 시트에 적어요", updatedAt: now - 26 * DAY },
    exampleFile("leads"),
    now,
  );
  addBot(
    world,
    ws,
    {
      title: "케이크 예약",
      description: "날짜와 맛, 문구를 물어 예약을 받아요",
      liveVersion: 12,
      kakaoEnabled: true,
      usersToday: 38,
      turnsToday: 214,
      errorsToday: 3,
      updatedAt: now - 20 * HOUR,
    },
    exampleFile("reservation"),
    now,
  );
  addBot(
    world,
    ws,
    {
      title: "모락모락 안내",
      description: "영업시간, 오늘 나오는 빵, 자주 묻는 질문에 답하고 상담원을 불러요",
      liveVersion: 31,
      draftAhead: false,
      kakaoEnabled: true,
      usersToday: 412,
      turnsToday: 2_380,
      updatedAt: now - 8 * 60_000,
    },
    exampleFile("customer-service"),
    now,
  );
  addBot(world, ws, { title: "여름 행사", deletedAt: now - 11 * DAY, updatedAt: now - 80 * DAY }, exampleFile("empty"), now);
  const invite = (email: string, role: Role, age: number) =>
    world.invites.push({
      workspace: ws,
      token: `invited-${email}`,
      invite: { id: newId(world), email, role, createdAt: now - age, expiresAt: now - age + 7 * DAY, invitedBy: owner.name },
    });
  invite("haneul@example.com", "editor", DAY);
  invite("minsu.lee@example.com", "readonly", 5 * DAY);
  const line = (age: number, actor: Account, action: string, target: string, detail = "") =>
    world.audit.push({ workspace: ws, id: newId(world), at: now - age, actor: { id: actor.id, name: actor.name }, action, target, detail });
  line(8 * 60_000, owner, "bot.publish", "모락모락 안내");
  line(12 * 60_000, owner, "bot.change", "모락모락 안내", "preference.systemMessage.waiting, preference.sessionBehavior.restoreNavigation");
  line(20 * HOUR, editor, "bot.change", "케이크 예약", "title");
  line(DAY, owner, "invite.add", "haneul@example.com", "editor");
  line(DAY + HOUR, owner, "member.role", "dohyun@example.com", "readonly → editor");
  line(5 * DAY, owner, "invite.add", "minsu.lee@example.com", "readonly");
  line(11 * DAY, admin, "bot.delete", "여름 행사");
  line(26 * DAY, admin, "bot.add", "단체 주문 접수", "leads");
  line(40 * DAY, admin, "member.join", "jieun@example.com", "admin");
  line(41 * DAY, owner, "workspace.rename", "모락모락 베이커리", "모락모락");
  return world;
}
