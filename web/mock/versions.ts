// Versions and path tests in memory.

import { changes } from "../src/compare/json.ts";
import { relayOf } from "./consulttalk.ts";
import { complaintsOf, draftOf } from "./editor.ts";
import { play, type PreviewEvent } from "./preview.ts";
import { pick, Refusal, speaksKorean } from "./problem.ts";
import type { Call, Route } from "./server.ts";
import { type Account, type BotRow, DAY, newId, type Role } from "./world.ts";

interface Tools {
  botRow: (call: Call, needed: Role) => { ws: string; row: BotRow };
  account: (call: Call) => Account;
  note: (call: Call, ws: string, action: string, target: string, detail?: string) => void;
}
interface Version {
  number: number;
  note: string;
  publishedBy: string | null;
  createdAt: number;
  text: string;
}
interface Step {
  event: PreviewEvent;
  answer: unknown;
  replies: unknown[];
}
interface PathTest {
  id: string;
  name: string;
  channel: string;
  person: { params?: Record<string, unknown> };
  steps: Step[];
  createdAt: number;
  updatedAt: number;
}
interface Kept {
  versions: Version[];
  tests: PathTest[];
}

const kept = new WeakMap<BotRow, Kept>();

/** A bot that is live has a past: its last versions, each a little different from the draft. */
function keptOf(row: BotRow, now: number): Kept {
  let found = kept.get(row);
  if (found) return found;
  const { text } = draftOf(row);
  const live = row.bot.liveVersion;
  const older = (n: number) => aged(text, n);
  const notes = ["", "오시는 길 안내를 고쳤어요", "메뉴 순서를 바꿨어요"];
  const versions = live === null ? [] : [0, 1, 2].filter((n) => live - n > 0).map((n) => ({
    number: live - n,
    note: notes[n] ?? "",
    publishedBy: n === 1 ? "박도현" : "한서윤",
    createdAt: now - (n + 1) * 3 * DAY,
    text: row.bot.draftAhead || n > 0 ? older(n + (row.bot.draftAhead ? 1 : 0)) : text,
  }));
  found = { versions, tests: [] };
  kept.set(row, found);
  return found;
}

interface Loose {
  id: number;
  title: string;
  type: string;
  data?: { message?: { text?: string; type?: string } };
  next?: unknown[];
  nodes: Loose[];
}

/** The file as it may have been some versions ago: shorter greetings, a node fewer, other buttons. */
function aged(text: string, by: number): string {
  const file = JSON.parse(text) as { flows: Loose[] };
  const texts = file.flows.flatMap((flow) => flow.nodes.filter((node) => typeof node.data?.message?.text === "string"));
  const first = texts[0]?.data?.message;
  if (first?.text) first.text = first.text.split("\n")[0] ?? "";
  const second = texts[2]?.data?.message;
  if (by > 1 && second?.text) second.text = `${second.text} 감사합니다.`;
  const flow = file.flows[0];
  const last = flow?.nodes.at(-1);
  if (by > 0 && flow && last && flow.nodes.length > 4) {
    flow.nodes = flow.nodes.filter((node) => node !== last);
    for (const node of flow.nodes) node.next = (node.next as { nodeId: number }[] | undefined)?.filter((edge) => edge.nodeId !== last.id) ?? [];
  }
  if (by > 1 && file.flows.length > 3) file.flows.pop();
  return JSON.stringify(file, null, 2);
}

function run(call: Call, row: BotRow, test: PathTest) {
  const file: unknown = JSON.parse(draftOf(row).text);
  let state: Parameters<typeof play>[3] = null;
  const steps = test.steps.map((step) => {
    const played = play(call, file, test.channel, state, step.event, test.person, relayOf(row, call.now));
    state = played["state"] as typeof state;
    const difference = changes(step.answer, played["answer"]);
    return { passed: difference.length === 0, expected: step.answer, got: played["answer"], difference: difference.length > 0 ? pick(speaksKorean(call), [`${difference.length}곳이 달라요.`, `${difference.length} ${difference.length === 1 ? "place differs" : "places differ"}.`]) : null };
  });
  return { id: test.id, name: test.name, passed: steps.every((step) => step.passed), steps };
}

export function versionRoutes({ botRow, account, note }: Tools): Route[] {
  const version = (call: Call, needed: Role) => {
    const { ws, row } = botRow(call, needed);
    const all = keptOf(row, call.now);
    const found = all.versions.find((one) => one.number === Number(call.parts[2]));
    if (!found) throw new Refusal("missing");
    return { ws, row, all, found };
  };
  const testOf = (call: Call, needed: Role) => {
    const { row } = botRow(call, needed);
    const all = keptOf(row, call.now);
    const found = all.tests.find((one) => one.id === call.parts[2]);
    if (!found) throw new Refusal("missing");
    return { row, all, found };
  };
  return [
    ["POST", "/api/workspaces/*/bots/*/publish", (call) => {
      const { ws, row } = botRow(call, "editor");
      const { bot } = row;
      const { text, revision } = draftOf(row);
      const errors = complaintsOf(text, speaksKorean(call)).filter((one) => (one as { severity: string }).severity === "error") as { message: string }[];
      if (errors.length > 0) throw new Refusal("bot-has-errors", errors.map((one) => ({ pointer: "", detail: [one.message, one.message] })));
      if (typeof call.body["revision"] === "number" && call.body["revision"] !== revision) throw new Refusal("draft-changed");
      const all = keptOf(row, call.now);
      bot.liveVersion = Math.max(bot.liveVersion ?? 0, ...all.versions.map((one) => one.number)) + 1;
      bot.draftAhead = false;
      all.versions.unshift({ number: bot.liveVersion, note: typeof call.body["note"] === "string" ? call.body["note"] : "", publishedBy: account(call).name, createdAt: call.now, text });
      note(call, ws, "bot.publish", bot.title);
      return { body: { version: bot.liveVersion } };
    }],
    ["GET", "/api/workspaces/*/bots/*/versions", (call) => {
      const { row } = botRow(call, "readonly");
      const items = keptOf(row, call.now).versions.map(({ text, ...rest }) => ({ ...rest, live: rest.number === row.bot.liveVersion, isDraft: text === draftOf(row).text, size: text.length }));
      return { body: { items, next: null } };
    }],
    ["GET", "/api/workspaces/*/bots/*/versions/*/file", (call) => {
      const { row, found } = version(call, "readonly");
      const name = encodeURIComponent(`${row.bot.title}-v${found.number}.json`);
      return new Response(found.text, { headers: { "content-type": "application/json", "content-disposition": `attachment; filename*=UTF-8''${name}` } });
    }],
    ["POST", "/api/workspaces/*/bots/*/versions/*/publish", (call) => {
      const { ws, row, found } = version(call, "editor");
      row.bot.liveVersion = found.number;
      row.bot.draftAhead = true;
      note(call, ws, "bot.publish", row.bot.title, `v${found.number}`);
      return { status: 204 };
    }],
    ["POST", "/api/workspaces/*/bots/*/versions/*/draft", (call) => {
      const { ws, row, found } = version(call, "editor");
      const draft = draftOf(row);
      if (Number(call.body["base"]) !== draft.revision) throw new Refusal("draft-changed");
      row.text = found.text;
      row.file = JSON.parse(found.text);
      row.revision = draft.revision + 1;
      row.bot.draftAhead = found.number !== row.bot.liveVersion;
      row.bot.updatedAt = call.now;
      note(call, ws, "bot.restoreVersion", row.bot.title, `v${found.number}`);
      return { body: { revision: row.revision, warnings: [] } };
    }],
    ["DELETE", "/api/workspaces/*/bots/*/versions/*", (call) => {
      const { row, all, found } = version(call, "editor");
      if (found.number === row.bot.liveVersion) throw new Refusal("version-live");
      all.versions = all.versions.filter((one) => one !== found);
      return { status: 204 };
    }],
    ["GET", "/api/workspaces/*/bots/*/tests", (call) => {
      const { row } = botRow(call, "readonly");
      return { body: { items: keptOf(row, call.now).tests, next: null } };
    }],
    ["POST", "/api/workspaces/*/bots/*/tests", (call) => {
      const { row } = botRow(call, "editor");
      const { name, channel, person, steps } = call.body as unknown as PathTest;
      const test = { id: newId(call.world), name, channel, person, steps, createdAt: call.now, updatedAt: call.now };
      keptOf(row, call.now).tests.push(test);
      return { status: 201, body: test };
    }],
    ["GET", "/api/workspaces/*/bots/*/tests/file", (call) => {
      const { row } = botRow(call, "readonly");
      const tests = keptOf(row, call.now).tests.map(({ id: _1, createdAt: _2, updatedAt: _3, ...parts }) => parts);
      return new Response(JSON.stringify({ tests }, null, 2), { headers: { "content-type": "application/json", "content-disposition": 'attachment; filename="path-tests.json"' } });
    }],
    ["POST", "/api/workspaces/*/bots/*/tests/file", (call) => {
      const { row } = botRow(call, "editor");
      const items = (call.body["tests"] as Omit<PathTest, "id">[]).map((parts) => ({ ...parts, id: newId(call.world), createdAt: call.now, updatedAt: call.now }));
      keptOf(row, call.now).tests.push(...items);
      return { status: 201, body: { items, next: null } };
    }],
    ["POST", "/api/workspaces/*/bots/*/tests/run", (call) => {
      const { row } = botRow(call, "editor");
      const ids = call.body["ids"] as string[] | undefined;
      const tests = keptOf(row, call.now).tests.filter((one) => !ids || ids.includes(one.id));
      return { body: { results: tests.map((test) => run(call, row, test)) } };
    }],
    ["PATCH", "/api/workspaces/*/bots/*/tests/*", (call) => {
      const { found } = testOf(call, "editor");
      Object.assign(found, call.body, { updatedAt: call.now });
      return { body: found };
    }],
    ["DELETE", "/api/workspaces/*/bots/*/tests/*", (call) => {
      const { all, found } = testOf(call, "editor");
      all.tests = all.tests.filter((one) => one !== found);
      return { status: 204 };
    }],
  ];
}
