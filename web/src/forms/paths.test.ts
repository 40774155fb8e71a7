import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import type { BotDoc, NodeDoc } from "../flow/types";
import { contextPaths, pressable, valuesFor } from "./paths";

const ROOT = join(import.meta.dirname, "../../..");
const bot = (name: string) => JSON.parse(readFileSync(join(ROOT, "examples", name), "utf8")) as BotDoc;
const doc = (...nodes: NodeDoc[]): BotDoc => ({ title: "", flows: [{ id: 1, title: "", nodes }] });

test("params are found wherever they are set or asked for", () => {
  const found = contextPaths(
    doc(
      { id: 1, type: "parameter", data: { set: [{ key: "이름", value: "{{message}}" }, { key: " " }] } },
      { id: 2, type: "sandbox", data: { script: "return { params: { total, 'sum-all': 1 } }" } },
      { id: 3, type: "response", data: { message: { text: "{{params.age}}" } }, next: [{ nodeId: 1, where: { $or: [{ vip: { equals: true } }, { message: { equals: "x" } }] } }] },
    ),
  ).filter((one) => one.path.startsWith("params."));
  expect(found).toEqual([
    { path: "params.이름", note: "param" },
    { path: "params.total", note: "param" },
    { path: "params.sum-all", note: "param" },
    { path: "params.age", note: "paramUsed" },
    { path: "params.vip", note: "paramUsed" },
  ]);
});

test("node types that the bot has leave their results, others do not", () => {
  const paths = contextPaths(bot("nodes.json")).map((one) => one.path);
  for (const path of ["keyboard.value", "fetch.data", "fetch.error.name", "sandbox.result", "nlp.intent", "llm.answer", "push.taskId"]) expect(paths).toContain(path);
  expect(contextPaths(doc()).map((one) => one.path)).not.toContain("fetch.data");
  expect(new Set(paths).size).toBe(paths.length);
});

test("payloads that are JSON are looked into", () => {
  const paths = contextPaths(doc({ id: 1, type: "response", data: { message: { buttons: [{ label: "a", payload: '{"flowId": 2, "product": "x"}' }] } } }));
  expect(paths.map((one) => one.path)).toContain("message.payload.product");
});

test("an example shows what was there", () => {
  const paths = contextPaths(doc(), { fetch: { data: { items: [{ name: "빵" }, { name: "떡" }] } }, message: { text: "안녕" }, "a b": 1 });
  expect(paths.find((one) => one.path === "fetch.data.items[0].name")?.example).toBe("빵");
  expect(paths.find((one) => one.path === "message.text")?.example).toBe("안녕");
  expect(paths.some((one) => one.path.includes("a b"))).toBe(false);
});

test("values to compare with come from buttons, settings and conditions", () => {
  const keyboard: NodeDoc = { id: 2, type: "keyboard", data: { buttons: [{ label: "예", payload: "yes" }, { label: "{{items[i].name}}" }] } };
  const all = doc(keyboard, { id: 3, type: "params", data: { set: [{ key: "grade", value: "gold" }, { key: "grade", value: "{{x}}" }] } });
  expect(valuesFor("message", keyboard, all)).toEqual(["예"]);
  expect(valuesFor("keyboard.value", keyboard, all)).toEqual(["yes"]);
  expect(valuesFor("params.grade", keyboard, all)).toEqual(["gold"]);
  expect(valuesFor("fetch.status", keyboard, all)).toEqual(["COMPLETED", "FAILED"]);
  expect(pressable({ id: 1, type: "entry" })).toEqual([]);
});
