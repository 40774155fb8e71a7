// Reading and writing changes no byte of a bot's file, and taking back every change neither.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { connect, edge, renameNode, setNodeDataAt } from "./commands";
import { diff } from "./delta";
import { asBot, asFlow, dataOf } from "./document";
import { botText, readBot } from "./file";
import { flowFile, readFlow } from "./exchange";
import { NO_HISTORY, record, undo } from "./history";
import { drop, isOdd, numberOf, put, putIn, rawFields, read, same, write } from "./json";
import type { BotDoc } from "./types";

const ROOT = join(import.meta.dirname, "../../..");

/** Everything that JavaScript would change: spellings of numbers, keys of digits, a key twice, `__proto__`. */
const ODD = `{
  "title": "\\"따옴표\\"와 줄\\n바꿈 \\u0001",
  "flows": [
    {
      "id": 1,
      "title": "시작",
      "nodes": [
        {
          "id": 1,
          "type": "entry",
          "next": [
            {
              "nodeId": 2,
              "where": {
                "params.age": {
                  "gte": 19.0
                }
              }
            }
          ]
        },
        {
          "type": "response",
          "id": 2,
          "data": {
            "message": {
              "type": "text",
              "text": "안녕"
            },
            "delay": 1e3,
            "amount": 12345678901234567890,
            "zero": -0,
            "small": 0.10,
            "headers": {
              "20": "b",
              "3": "a",
              "x": [],
              "y": {}
            },
            "twice": 1,
            "twice": 2,
            "__proto__": {
              "1": true,
              "0": false
            }
          },
          "strange": null
        }
      ]
    }
  ],
  "preference": {
    "entryFlowId": 1
  }
}`;

test("what JavaScript would change is kept", () => {
  const doc = readBot(ODD) as BotDoc;
  expect(botText(doc)).toBe(ODD);
  const data = dataOf(doc.flows[0]?.nodes[1] ?? { id: 0, type: "" });
  expect(numberOf(data["delay"])).toBe(1000);
  expect(isOdd(data["delay"])).toBe(true);
  expect(numberOf(data["amount"])).toBe(12345678901234567000);
  expect(data["twice"]).toBe(2);
});

test("a change touches nothing beside it, and taking it back restores every byte", () => {
  const doc = readBot(ODD) as BotDoc;
  const command = setNodeDataAt(1, 2, ["headers", "3"], "c");
  const changed = command.run(doc);
  expect(botText(changed)).toBe(ODD.replace('"3": "a"', '"3": "c"'));
  const history = record(NO_HISTORY, { name: "editNode", delta: diff(doc, changed), spot: undefined, withNext: false, join: undefined, at: 0 });
  const back = undo(history, changed);
  expect(back && botText(back.doc)).toBe(ODD);
});

test("numbers of other spellings are other values to the one who writes", () => {
  expect(same(read("[1.0]"), read("[1.0]"))).toBe(true);
  expect(same(read("[1.0]"), read("[1.00]"))).toBe(false);
  expect(same(read('{"a":1,"b":2}'), read('{"b":2,"a":1}'))).toBe(false);
});

test("keys stay in their place", () => {
  const object = read('{"b":1,"2":2,"1":3}') as object;
  expect(write(put(object, "2", 9), 0)).toBe('{"b":1,"2":9,"1":3}');
  expect(write(drop(object, "2"), 0)).toBe('{"b":1,"1":3}');
  expect(write(put(object, "0", 4), 0)).toBe('{"b":1,"2":2,"1":3,"0":4}');
  expect(write(putIn(object, ["x", "y"], 1), 0)).toBe('{"b":1,"2":2,"1":3,"x":{"y":1}}');
});

test("broken JSON is refused as JSON.parse refuses it", () => {
  for (const text of ["", "{", '{"a":}', "[1,]", "01", "nul"]) expect(() => read(text), text).toThrow(SyntaxError);
});

test("the file of an answer is taken as the text that stands there", () => {
  const fields = rawFields(`{"revision": 7, "file": ${ODD}, "updatedAt": 1}`);
  expect(fields.get("file")).toBe(ODD);
  expect(fields.get("revision")).toBe("7");
});

/** Every sort of change, one after the other, on every flow. */
function churn(doc: BotDoc): { doc: BotDoc; history: typeof NO_HISTORY } {
  let now = doc;
  let history = NO_HISTORY;
  for (const flow of doc.flows) {
    for (const node of flow.nodes) {
      const commands = [
        renameNode(flow.id, node.id, "다른 이름"),
        setNodeDataAt(flow.id, node.id, ["message", "text"], "다른 글"),
        connect(flow.id, node.id, edge(node.id, { message: { equals: "x" } }, 3)),
      ];
      for (const command of commands) {
        const next = command.run(now);
        const delta = diff(now, next);
        history = record(history, { name: command.name, delta, spot: undefined, withNext: false, join: undefined, at: 0 });
        now = next;
      }
    }
  }
  return { doc: now, history };
}

function survives(text: string, name: string): void {
  const doc = readBot(text) as BotDoc;
  expect(botText(doc), name).toBe(text);
  const { doc: changed, history } = churn(doc);
  expect(botText(changed), name).not.toBe(text);
  let now = { doc: changed, history };
  for (let back = undo(now.history, now.doc); back; back = undo(now.history, now.doc)) now = back;
  expect(botText(now.doc), name).toBe(text);
}

const EXAMPLES = join(ROOT, "examples");
const ours = readdirSync(EXAMPLES, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".json"));

test.each(ours)("%s survives editing and taking back", (file) => {
  const text = readFileSync(join(EXAMPLES, file), "utf8").trimEnd();
  survives(text, file);
});

// Files as CLOSER exported them are not ours to give away; where somebody has some, they are tried too.
const FOREIGN = process.env["CLOSER_FIXTURES"] ?? join(ROOT, "../shared/fixtures/closer");
test("exported files of CLOSER survive editing and taking back", () => {
  if (!existsSync(FOREIGN)) {
    process.stdout.write(`no exported files at ${FOREIGN} (CLOSER_FIXTURES says where they are): nothing was tried\n`);
    return;
  }
  const files = readdirSync(FOREIGN).filter((file) => file.endsWith(".json"));
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const text = readFileSync(join(FOREIGN, file), "utf8").trimEnd();
    const value = read(text);
    if (asBot(value)) {
      survives(text, file);
      continue;
    }
    const flow = readFlow(text);
    if ("unsound" in flow) throw new Error(`${file}: ${flow.unsound}`);
    expect(asFlow(value)).toBeDefined();
    expect(flowFile(flow.flow), file).toBe(text);
  }
});
