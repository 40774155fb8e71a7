// The bot of ../bot.json, as one would write it with Express and better-sqlite3.
import cluster from "node:cluster";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import Database from "better-sqlite3";
import express from "express";

const [path] = process.argv.slice(2);
const schema = readFileSync(new URL("schema.sql", import.meta.url), "utf8");

function open() {
  const db = new Database(path, { timeout: 30_000 });
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  return db;
}

function textsFor(waiting, said) {
  if (!waiting) return ["무엇을 찾으세요?"];
  const shown = said.length <= 20 ? said : `${said.slice(0, 19)}…`;
  const first = said.includes("주문")
    ? `‘${shown}’ 건을 찾아볼게요. 금액은 ${(28_000).toLocaleString("ko-KR")}원이에요.`
    : "잘 모르겠어요.";
  return [first, "더 필요한 것이 있으면 말씀해 주세요."];
}

if (cluster.isPrimary) {
  const db = open();
  db.exec(schema);
  db.close();
  let ready = 0;
  const workers = availableParallelism();
  cluster.on("message", (_, port) => {
    ready += 1;
    if (ready === workers) console.log(JSON.stringify({ listening: `127.0.0.1:${port}` }));
  });
  for (let i = 0; i < workers; i += 1) cluster.fork();
} else {
  process.on("disconnect", () => process.exit(0));
  const db = open();
  const find = db.prepare("SELECT version, state, messages FROM sessions WHERE user_key = ?");
  const keep = db.prepare(
    "INSERT INTO sessions VALUES (?, ?, ?, ?, ?) ON CONFLICT (user_key) DO UPDATE SET version = excluded.version, " +
      "state = excluded.state, messages = excluded.messages, updated_at = excluded.updated_at",
  );
  const addTurn = db.prepare("INSERT INTO turns VALUES (?, ?, ?, ?, ?)");
  const addMessage = db.prepare("INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?)");
  const turn = db.transaction((body, requestId) => {
    const user = body.userRequest.user.id;
    const said = body.userRequest.utterance;
    const { version, state, messages } = find.get(user) ?? { version: 0, state: "{}", messages: 0 };
    const texts = textsFor(JSON.parse(state).waiting, said);
    const answer = { version: "2.0", template: { outputs: texts.map((text) => ({ simpleText: { text } })) } };
    const now = Date.now();
    keep.run(user, version + 1, JSON.stringify({ waiting: 3 }), messages + 1 + texts.length, now);
    addTurn.run(randomUUID(), user, requestId, now, JSON.stringify(answer));
    [said, ...texts].forEach((text, at) => {
      addMessage.run(randomUUID(), user, messages + at, at === 0 ? 1 : 0, JSON.stringify({ type: "text", text }), now);
    });
    return answer;
  });
  const app = express();
  app.use(express.json({ limit: "1mb" }));
  app.post("/skill", (request, response) => {
    response.json(turn.immediate(request.body, request.get("x-request-id")));
  });
  const server = app.listen(0, "127.0.0.1", () => process.send(server.address().port));
}
