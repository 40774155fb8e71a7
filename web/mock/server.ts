// The API in memory: the same routes, rules and refusals as the server's, for tests and for design work. A request goes in,
// a response comes out; who listens where is `plugin.ts`.

import type { components } from "../src/api/schema.gen";
import { answerRoutes } from "./answers.ts";
import { chatRoutes } from "./chat.ts";
import { editorRoutes } from "./editor.ts";
import { insightRoutes } from "./insight.ts";
import { bridgeRoutes } from "./bridge.ts";
import { formRoutes } from "./forms.ts";
import { previewRoutes } from "./preview.ts";
import { pick, Refusal, speaksKorean } from "./problem.ts";
import { versionRoutes } from "./versions.ts";
import { consultRoutes } from "./consulttalk.ts";
import { webRoutes } from "./webchat.ts";
import { type Account, addBot, bakery, CODE, DAY, exampleFile, fresh, newId, PREFERENCE, type Role, type Session, TEMPLATES, TEMPLATES_IN_ENGLISH, type World } from "./world.ts";

type S = components["schemas"];
type Body = Record<string, unknown>;

const RANK: Record<Role, number> = { readonly: 0, editor: 1, admin: 2, owner: 3 };
const GUESSES = 10;
const QR =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 21 21" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h21v21H0z"/><path d="M0 0h7v7H0zM14 0h7v7h-7zM0 14h7v7H0zM9 1h2v3H9zM8 8h5v2H8zM15 9h4v2h-4zM9 13h3v6H9zM14 15h6v2h-6z"/><path fill="#fff" d="M1 1h5v5H1zM15 1h5v5h-5zM1 15h5v5H1z"/><path d="M2 2h3v3H2zM16 2h3v3h-3zM2 16h3v3H2z"/></svg>';

/** What a route is given. */
export interface Call {
  world: World;
  now: number;
  parts: string[];
  query: URLSearchParams;
  body: Body;
  raw: Uint8Array;
  request: Request;
  session: Session | undefined;
}
export type Answer = Response | { status?: number; body?: unknown; cookie?: string | null };
export type Route = [method: string, path: string, run: (call: Call) => Answer];

const none: Answer = { status: 204 };
const wrong = (pointer: string, ko: string, en: string) => new Refusal("invalid", [{ pointer, detail: [ko, en] }]);
const text = (body: Body, key: string) => (typeof body[key] === "string" ? (body[key] as string) : "");

function account({ world, session }: Call): Account {
  const found = world.accounts.find((one) => one.id === session?.account);
  if (!found) throw new Refusal("not-signed-in");
  return found;
}

/** The workspace of the path, its caller's role in it; another's workspace is not there. */
function member(call: Call, needed: Role = "readonly"): { ws: string; me: Account; role: Role } {
  const me = account(call);
  const ws = call.parts[0] ?? "";
  const role = call.world.members.find((one) => one.workspace === ws && one.account === me.id)?.role;
  if (!role) throw new Refusal("missing");
  if (RANK[role] < RANK[needed]) throw new Refusal("role-too-low", [], { role: needed });
  return { ws, me, role };
}

function note(call: Call, ws: string, action: string, target: string, detail = ""): void {
  const me = account(call);
  call.world.audit.unshift({
    workspace: ws,
    id: newId(call.world),
    at: call.now,
    actor: { id: me.id, name: me.name },
    action,
    target,
    detail,
  });
}

function workspaceOf(world: World, id: string, role: Role): S["Workspace"] {
  const found = world.workspaces.find((one) => one.id === id);
  if (!found) throw new Refusal("missing");
  return { ...found, role, demo: world.demo && found === world.workspaces[0] };
}

function meOf(world: World, me: Account): S["Me"] {
  const { password: _1, proposed: _2, ...shown } = me;
  const workspaces = world.members.filter((one) => one.account === me.id).map((one) => workspaceOf(world, one.workspace, one.role));
  return { ...shown, workspaces };
}

function enter(call: Call, me: Account): string {
  const token = `t${newId(call.world)}`;
  call.world.sessions.unshift({
    id: newId(call.world),
    token,
    account: me.id,
    createdAt: call.now,
    lastSeenAt: call.now,
    userAgent: call.request.headers.get("user-agent") ?? "",
    address: "127.0.0.1",
  });
  return token;
}

function newAccount(world: World, body: Body): Account {
  const made: Account = {
    id: newId(world),
    email: text(body, "email").trim().toLowerCase(),
    password: goodPassword(text(body, "password"), "/password"),
    name: text(body, "name"),
    picture: null,
    language: body["language"] === "en" ? "en" : "ko",
    theme: "system",
    totp: false,
    demo: false,
    proposed: false,
  };
  world.accounts.push(made);
  return made;
}

function goodPassword(password: string, pointer: string): string {
  if ([...password].length < 10) throw wrong(pointer, "비밀번호는 10자 이상 256자 이하로 정해 주세요.", "A password has 10 to 256 characters.");
  if (/^(password|qwerty|1234)/i.test(password)) throw wrong(pointer, "짐작하기 쉬운 비밀번호예요.", "This password is easy to guess.");
  return password;
}

function proven(call: Call, pointer = "/password"): Account {
  const me = account(call);
  if (text(call.body, pointer.slice(1)) !== me.password) throw wrong(pointer, "비밀번호가 맞지 않아요.", "The password is wrong.");
  return me;
}

function picture(call: Call): string {
  const kinds: [number[], string][] = [
    [[0x89, 0x50], "image/png"],
    [[0xff, 0xd8], "image/jpeg"],
    [[0x47, 0x49], "image/gif"],
    [[0x52, 0x49], "image/webp"],
  ];
  const kind = kinds.find(([sign]) => sign.every((byte, at) => call.raw[at] === byte))?.[1];
  if (!kind) throw new Refusal("not-a-picture");
  return `data:${kind};base64,${Buffer.from(call.raw).toString("base64")}`;
}

function botRow(call: Call, needed: Role, deleted = false) {
  const { ws } = member(call, needed);
  const row = call.world.bots.find((one) => one.workspace === ws && one.bot.id === call.parts[1] && (one.bot.deletedAt !== null) === deleted);
  if (!row) throw new Refusal("missing");
  return { ws, row, bot: row.bot };
}

function summary(bot: S["Bot"]): S["BotSummary"] {
  const { skillUrl: _1, draftSkillUrl: _2, preference: _3, ...rest } = bot;
  return rest;
}

/** Reads a bot file as far as the mock can: title and flows must be there; what it does not know is a warning. */
function readBot(file: unknown, korean: boolean): { title: string; description: string; warnings: S["Warning"][] } {
  const bot = file as Body;
  if (typeof file !== "object" || file === null || !Array.isArray(bot["flows"])) {
    throw new Refusal("bot-file-refused", [{ pointer: "", detail: ["플로우가 없는 파일이에요. 내보낸 봇 파일인지 확인해 주세요.", "The file has no flows."] }]);
  }
  const warnings = (bot["flows"] as Body[]).flatMap((flow) =>
    ((flow["nodes"] as Body[]) ?? [])
      .filter((node) => node["type"] === "unknown")
      .map((node) => ({
        severity: "warning",
        code: "unknown-type",
        place: pick(korean, [`플로우 '${String(flow["title"])}' › 노드 ${String(node["id"])}`, `Flow '${String(flow["title"])}' › node ${String(node["id"])}`]),
        message: pick(korean, [
          `플로우 '${String(flow["title"])}' › 노드 ${String(node["id"])}: 알 수 없는 종류의 노드예요. 그대로 두었어요.`,
          `Flow '${String(flow["title"])}' › node ${String(node["id"])}: a node of an unknown kind; it was kept as it is.`,
        ]),
      })),
  );
  return { title: text(bot, "title"), description: text(bot, "description"), warnings };
}

const routes: Route[] = [
  ["GET", "/api/state", ({ world, session }) => ({
    body: { setup: world.accounts.every((one) => one.demo), signedIn: session !== undefined, demo: world.demo, version: "0.0.0", mail: world.mail } satisfies S["StateOfServer"],
  })],
  ["POST", "/api/setup", (call) => {
    const { world, body } = call;
    if (world.accounts.some((one) => !one.demo)) throw new Refusal("set-up-already");
    const me = newAccount(world, body);
    const ws = newId(world);
    world.workspaces.push({ id: ws, name: text(body, "workspace"), picture: null });
    world.members.push({ workspace: ws, account: me.id, role: "owner", lastSeenAt: call.now });
    const cookie = enter(call, me);
    return { status: 201, body: meOf(world, me), cookie };
  }],
  ["POST", "/api/demo", (call) => {
    const { world } = call;
    if (!world.demo) throw new Refusal("missing");
    let me = world.accounts.find((one) => one.demo);
    if (!me) {
      me = { ...newAccount(world, { email: "demo@closer.invalid", password: newId(world), name: "둘러보는 사람" }), demo: true };
      world.accounts[world.accounts.length - 1] = me;
      const ws = world.workspaces[0]?.id ?? newId(world);
      if (world.workspaces.length === 0) {
        world.workspaces.push({ id: ws, name: "데모 작업 공간", picture: null });
        for (const { title, description } of TEMPLATES) addBot(world, ws, { title, description, liveVersion: 1, draftAhead: false }, { title, flows: [] }, call.now);
      }
      world.members.push({ workspace: ws, account: me.id, role: "editor", lastSeenAt: call.now });
    }
    return { body: meOf(world, me), cookie: enter(call, me) };
  }],
  ["DELETE", "/api/workspaces/*/demo", (call) => {
    const { ws } = member(call, "owner");
    if (!call.world.demo || call.world.workspaces[0]?.id !== ws) throw new Refusal("missing");
    call.world.members = call.world.members.filter((one) => one.workspace !== ws);
    call.world.workspaces.shift();
    call.world.demo = false;
    return none;
  }],
  ["POST", "/api/session", (call) => {
    const { world, body } = call;
    const email = text(body, "email").toLowerCase();
    const failures = world.failures.get(email) ?? 0;
    if (failures >= GUESSES) throw new Refusal("too-many-attempts", [], { retryAfter: 30 });
    const me = world.accounts.find((one) => one.email === email);
    if (!me || me.password !== text(body, "password")) {
      world.failures.set(email, failures + 1);
      throw new Refusal("wrong-credentials");
    }
    if (me.totp && body["code"] === undefined) throw new Refusal("code-needed");
    if (me.totp && body["code"] !== CODE) throw new Refusal("wrong-code");
    world.failures.delete(email);
    return { body: meOf(world, me), cookie: enter(call, me) };
  }],
  ["DELETE", "/api/session", (call) => {
    account(call);
    call.world.sessions = call.world.sessions.filter((one) => one !== call.session);
    return { status: 204, cookie: null };
  }],
  ["GET", "/api/sessions", (call) => {
    const me = account(call);
    const items = call.world.sessions
      .filter((one) => one.account === me.id)
      .map(({ token: _1, account: _2, ...rest }) => ({ ...rest, current: rest.id === call.session?.id }));
    return { body: { items, next: null } satisfies S["List_SignIn"] };
  }],
  ["DELETE", "/api/sessions", (call) => {
    const me = account(call);
    call.world.sessions = call.world.sessions.filter((one) => one.account !== me.id || one === call.session);
    return none;
  }],
  ["DELETE", "/api/sessions/*", (call) => {
    const me = account(call);
    const before = call.world.sessions.length;
    call.world.sessions = call.world.sessions.filter((one) => one.account !== me.id || one.id !== call.parts[0]);
    if (before === call.world.sessions.length) throw new Refusal("missing");
    return none;
  }],
  ["POST", "/api/password/forgot", () => ({ status: 202 })],
  ["POST", "/api/password/reset", ({ world, body }) => {
    const me = world.accounts[0];
    if (!me || text(body, "token") !== "good") throw new Refusal("link-ended");
    me.password = goodPassword(text(body, "password"), "/password");
    world.sessions = world.sessions.filter((one) => one.account !== me.id);
    return none;
  }],
  ["GET", "/api/me", (call) => ({ body: meOf(call.world, account(call)) })],
  ["PATCH", "/api/me", (call) => {
    const me = account(call);
    Object.assign(me, call.body);
    return { body: meOf(call.world, me) };
  }],
  ["PUT", "/api/me/picture", (call) => ({ body: { picture: (account(call).picture = picture(call)) } })],
  ["DELETE", "/api/me/picture", (call) => ({ body: { picture: (account(call).picture = null) } })],
  ["POST", "/api/me/password", (call) => {
    const me = proven(call, "/current");
    me.password = goodPassword(text(call.body, "next"), "/next");
    call.world.sessions = call.world.sessions.filter((one) => one.account !== me.id || one === call.session);
    return none;
  }],
  ["POST", "/api/me/totp", (call) => {
    proven(call).proposed = true;
    return { body: { secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", uri: "otpauth://totp/closer", qr: QR } satisfies S["TotpProposal"] };
  }],
  ["PUT", "/api/me/totp", (call) => {
    const me = account(call);
    if (!me.proposed) throw new Refusal("codes-not-begun");
    if (text(call.body, "code") !== CODE) throw wrong("/code", "코드가 맞지 않아요. 새 코드를 입력해 주세요.", "The code is wrong. Enter a new one.");
    me.totp = true;
    me.proposed = false;
    return { body: { recoveryCodes: ["7hq2-m9kd", "w3fx-8ptr", "b6zn-4cvj", "k5ya-2gsq", "r8em-6tlh", "d4up-9xwb", "n7cj-3fzk", "g2vs-5ayq"] } };
  }],
  ["DELETE", "/api/me/totp", (call) => {
    proven(call).totp = false;
    return none;
  }],
  ["POST", "/api/workspaces", (call) => {
    const me = account(call);
    const id = newId(call.world);
    call.world.workspaces.push({ id, name: text(call.body, "name"), picture: null });
    call.world.members.push({ workspace: id, account: me.id, role: "owner", lastSeenAt: call.now });
    return { status: 201, body: workspaceOf(call.world, id, "owner") };
  }],
  ["GET", "/api/workspaces/*", (call) => {
    const { ws, role } = member(call);
    return { body: workspaceOf(call.world, ws, role) };
  }],
  ["PATCH", "/api/workspaces/*", (call) => {
    const { ws, role } = member(call, "admin");
    const found = call.world.workspaces.find((one) => one.id === ws);
    if (found) {
      note(call, ws, "workspace.rename", text(call.body, "name"), found.name);
      found.name = text(call.body, "name");
    }
    return { body: workspaceOf(call.world, ws, role) };
  }],
  ["PUT", "/api/workspaces/*/picture", (call) => setPicture(call, picture(call))],
  ["DELETE", "/api/workspaces/*/picture", (call) => setPicture(call, null)],
  ["GET", "/api/workspaces/*/members", (call) => {
    const { ws } = member(call);
    const items = call.world.members.filter((one) => one.workspace === ws).map((one) => memberOf(call.world, one));
    return { body: { items, next: null } satisfies S["List_Member"] };
  }],
  ["PATCH", "/api/workspaces/*/members/*", (call) => {
    const { ws, role } = member(call, "admin");
    const found = call.world.members.find((one) => one.workspace === ws && one.account === call.parts[1]);
    if (!found) throw new Refusal("missing");
    const next = call.body["role"] as Role;
    if (role !== "owner" && Math.max(RANK[found.role], RANK[next]) >= RANK.admin) throw new Refusal("ranks-too-high");
    if (found.role === "owner" && next !== "owner" && owners(call.world, ws) === 1) throw new Refusal("last-owner");
    note(call, ws, "member.role", memberOf(call.world, found).email, `${found.role} → ${next}`);
    found.role = next;
    return { body: memberOf(call.world, found) };
  }],
  ["DELETE", "/api/workspaces/*/members/*", (call) => {
    const { ws, me, role } = member(call);
    const leaves = call.parts[1] === me.id;
    if (!leaves && RANK[role] < RANK.admin) throw new Refusal("role-too-low", [], { role: "admin" });
    const found = call.world.members.find((one) => one.workspace === ws && one.account === call.parts[1]);
    if (!found) throw new Refusal("missing");
    if (!leaves && role !== "owner" && RANK[found.role] >= RANK.admin) throw new Refusal("ranks-too-high");
    if (found.role === "owner" && owners(call.world, ws) === 1) throw new Refusal("last-owner");
    note(call, ws, leaves ? "member.leave" : "member.remove", memberOf(call.world, found).email, found.role);
    call.world.members = call.world.members.filter((one) => one !== found);
    return none;
  }],
  ["GET", "/api/workspaces/*/invites", (call) => {
    const { ws } = member(call, "admin");
    const items = call.world.invites.filter((one) => one.workspace === ws).map((one) => one.invite);
    return { body: { items, next: null } satisfies S["List_Invite"] };
  }],
  ["POST", "/api/workspaces/*/invites", (call) => {
    const { ws, me, role } = member(call, "admin");
    const asked = call.body["role"] as Role;
    if (role !== "owner" && RANK[asked] >= RANK.admin) throw new Refusal("ranks-too-high");
    const emails = call.body["emails"] as string[];
    const items = emails.map((email): S["InviteMade"] => {
      const token = newId(call.world);
      const invite: S["Invite"] = { id: newId(call.world), email, role: asked, createdAt: call.now, expiresAt: call.now + 7 * DAY, invitedBy: me.name };
      call.world.invites.unshift({ workspace: ws, token, invite });
      return { ...invite, link: `${new URL(call.request.url).origin}/invite/${token}`, sent: call.world.mail };
    });
    note(call, ws, "invite.add", emails.join(", "), asked);
    return { status: 201, body: { items, next: null } satisfies S["List_InviteMade"] };
  }],
  ["DELETE", "/api/workspaces/*/invites/*", (call) => {
    const { ws } = member(call, "admin");
    const found = call.world.invites.find((one) => one.workspace === ws && one.invite.id === call.parts[1]);
    if (!found) throw new Refusal("missing");
    note(call, ws, "invite.revoke", found.invite.email, found.invite.role);
    call.world.invites = call.world.invites.filter((one) => one !== found);
    return none;
  }],
  ["GET", "/api/invites/*", (call) => {
    const { invite, workspace } = invited(call);
    const { name, picture: shown } = workspaceOf(call.world, workspace, "readonly");
    const accountExists = call.world.accounts.some((one) => one.email === invite.email);
    const { email, role, invitedBy } = invite;
    return { body: { workspace: { name, picture: shown }, email, role, accountExists, invitedBy } satisfies S["Invitation"] };
  }],
  ["POST", "/api/invites/*", (call) => {
    const row = invited(call);
    const { world } = call;
    let me = world.accounts.find((one) => one.email === row.invite.email);
    let cookie: string | undefined;
    if (me) {
      if (account(call) !== me) throw new Refusal("other-account");
    } else {
      me = newAccount(world, { ...call.body, email: row.invite.email });
      cookie = enter(call, me);
      call.session = world.sessions[0];
    }
    world.members.push({ workspace: row.workspace, account: me.id, role: row.invite.role, lastSeenAt: call.now });
    world.invites = world.invites.filter((one) => one !== row);
    note(call, row.workspace, "member.join", me.email, row.invite.role);
    return { body: meOf(world, me), ...(cookie && { cookie }) };
  }],
  ["GET", "/api/workspaces/*/audit", (call) => {
    const { ws } = member(call, "admin");
    const limit = Number(call.query.get("limit") ?? 50);
    const all = call.world.audit.filter((one) => one.workspace === ws);
    const from = call.query.get("cursor") ? all.findIndex((one) => one.id === call.query.get("cursor")) + 1 : 0;
    const items = all.slice(from, from + limit).map(({ workspace: _1, ...line }) => line);
    return { body: { items, next: from + limit < all.length ? (items.at(-1)?.id ?? null) : null } satisfies S["List_AuditLine"] };
  }],
  ["GET", "/api/workspaces/*/bots", (call) => {
    const { ws } = member(call);
    const deleted = call.query.get("deleted") === "true";
    const items = call.world.bots.filter((one) => one.workspace === ws && (one.bot.deletedAt !== null) === deleted).map((one) => summary(one.bot));
    return { body: { items, next: null } satisfies S["List_BotSummary"] };
  }],
  ["GET", "/api/workspaces/*/templates", (call) => {
    member(call);
    const english = !speaksKorean(call);
    const items = TEMPLATES.map((one) => {
      const told = english ? TEMPLATES_IN_ENGLISH[one.id] : undefined;
      return told ? { ...one, title: told[0], description: told[1] } : one;
    });
    return { body: { items, next: null } satisfies S["List_Template"] };
  }],
  ["POST", "/api/workspaces/*/bots", (call) => {
    const { ws } = member(call, "admin");
    const template = TEMPLATES.find((one) => one.id === call.body["template"]);
    if (!template && call.body["file"] === undefined) throw new Refusal("missing");
    const file = template ? { ...exampleFile(template.id), title: template.title, description: template.description } : call.body["file"];
    const { title, description, warnings } = readBot(file, speaksKorean(call));
    const bot = addBot(call.world, ws, { title: text(call.body, "title") || title, description }, file, call.now);
    note(call, ws, "bot.add", bot.title, template?.id);
    return { status: 201, body: { bot, warnings } satisfies S["BotMade"] };
  }],
  ["GET", "/api/workspaces/*/bots/*", (call) => ({ body: botRow(call, "readonly").bot })],
  ["PATCH", "/api/workspaces/*/bots/*", (call) => {
    const { ws, bot } = botRow(call, "editor");
    const { title, description, preference } = call.body as S["BotChange"];
    if (title !== undefined && title !== null) bot.title = title;
    if (description !== undefined && description !== null) bot.description = description;
    Object.assign(bot.preference.systemMessage, preference?.systemMessage);
    Object.assign(bot.preference.sessionBehavior, preference?.sessionBehavior);
    bot.draftAhead = true;
    bot.updatedAt = call.now;
    const named = [...Object.keys(preference?.systemMessage ?? {}), ...Object.keys(preference?.sessionBehavior ?? {})];
    note(call, ws, "bot.change", bot.title, [...Object.keys(call.body).filter((key) => key !== "preference"), ...named].join(", "));
    return { body: bot };
  }],
  ["GET", "/api/workspaces/*/bots/*/export", (call) => {
    const { row, bot } = botRow(call, "editor");
    const name = encodeURIComponent(`${bot.title}.json`);
    return new Response(JSON.stringify(row.file, null, 2), {
      headers: { "content-type": "application/json", "content-disposition": `attachment; filename*=UTF-8''${name}` },
    });
  }],
  ["PUT", "/api/workspaces/*/bots/*/file", (call) => {
    const { ws, row, bot } = botRow(call, "admin");
    const { title, description, warnings } = readBot(call.body, speaksKorean(call));
    Object.assign(bot, { title, description, draftAhead: true, updatedAt: call.now, preference: structuredClone(PREFERENCE) });
    row.file = call.body;
    note(call, ws, "bot.overwrite", bot.title);
    return { body: { warnings } satisfies S["Warnings"] };
  }],
  ["DELETE", "/api/workspaces/*/bots/*", (call) => {
    const { ws, bot } = botRow(call, "admin");
    if (call.body["title"] !== bot.title) throw wrong("/title", "챗봇 이름과 달라요.", "This is not the bot's title.");
    bot.deletedAt = call.now;
    note(call, ws, "bot.delete", bot.title);
    return none;
  }],
  ["POST", "/api/workspaces/*/bots/*/restore", (call) => {
    const { ws, bot } = botRow(call, "admin", true);
    bot.deletedAt = null;
    note(call, ws, "bot.restore", bot.title);
    return { body: bot };
  }],
];

function setPicture(call: Call, shown: string | null): Answer {
  const { ws } = member(call, "admin");
  const found = call.world.workspaces.find((one) => one.id === ws);
  if (found) found.picture = shown;
  note(call, ws, "workspace.picture", "");
  return { body: { picture: shown } satisfies S["PictureAt"] };
}

function memberOf(world: World, row: World["members"][number]): S["Member"] {
  const one = world.accounts.find((it) => it.id === row.account);
  if (!one) throw new Refusal("missing");
  return { id: one.id, name: one.name, email: one.email, picture: one.picture, role: row.role, lastSeenAt: row.lastSeenAt };
}

function owners(world: World, ws: string): number {
  return world.members.filter((one) => one.workspace === ws && one.role === "owner").length;
}

function invited(call: Call) {
  const found = call.world.invites.find((one) => one.token === call.parts[0] && one.invite.expiresAt > call.now);
  if (!found) throw new Refusal("missing");
  return found;
}

const table = [...routes, ...answerRoutes({ member }), ...bridgeRoutes({ member, botRow, note }), ...chatRoutes({ account, member }), ...editorRoutes({ botRow, account }), ...formRoutes({ botRow }), ...insightRoutes({ botRow, member }), ...previewRoutes({ botRow }), ...versionRoutes({ botRow, account, note }), ...webRoutes({ botRow }), ...consultRoutes({ botRow })].map(([method, path, run]) => ({
  method,
  run,
  pattern: new RegExp(`^${path.replaceAll("*", "([^/]+)")}$`),
}));

export class Mock {
  world: World;
  constructor(
    world: World = fresh(),
    private readonly clock: () => number = Date.now,
  ) {
    this.world = world;
  }

  /** Begins anew: "fresh" as after the installation, "bakery" in the midst of use. */
  reset(which: "fresh" | "bakery", change: Partial<World> = {}): void {
    this.world = Object.assign(which === "bakery" ? bakery(this.clock()) : fresh(), change);
  }

  async handle(request: Request): Promise<Response> {
    const language = speaksKorean({ request }) ? "ko" : "en";
    try {
      return await this.answer(request);
    } catch (error) {
      if (error instanceof Refusal) return error.response(language);
      throw error;
    }
  }

  private async answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const route = table.find(({ method, pattern }) => method === request.method && pattern.test(url.pathname));
    if (!route) throw new Refusal("missing");
    if (request.method !== "GET" && request.headers.get("x-closer") !== "1") throw new Refusal("csrf");
    const token = /closer_session=([^;]+)/.exec(request.headers.get("cookie") ?? "")?.[1];
    const session = this.world.sessions.find((one) => one.token === token);
    const now = this.clock();
    if (session) session.lastSeenAt = now;
    const raw = new Uint8Array(await request.arrayBuffer());
    const isJson = (request.headers.get("content-type") ?? "").startsWith("application/json");
    const answer = route.run({
      world: this.world,
      now,
      parts: (route.pattern.exec(url.pathname) ?? []).slice(1).map(decodeURIComponent),
      query: url.searchParams,
      body: isJson && raw.length > 0 ? (JSON.parse(new TextDecoder().decode(raw)) as Body) : {},
      raw,
      request,
      session,
    });
    if (answer instanceof Response) return answer;
    const headers = new Headers();
    if (answer.cookie !== undefined) {
      const kept = answer.cookie === null ? "closer_session=; Max-Age=0" : `closer_session=${answer.cookie}`;
      headers.set("set-cookie", `${kept}; Path=/; HttpOnly; SameSite=Lax`);
    }
    const status = answer.status ?? 200;
    return answer.body === undefined ? new Response(null, { status, headers }) : Response.json(answer.body, { status, headers });
  }
}
