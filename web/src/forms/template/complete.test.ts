import { expect, test } from "vitest";

import type { ContextPath } from "../paths";
import { complete } from "./complete";

const PATHS: ContextPath[] = [
  { path: "params.name", note: "param" },
  { path: "params.age", note: "param" },
  { path: "message.text", note: "message" },
  { path: "fetch.data.items[0].name", note: "example" },
];

/** `|` is the cursor. Gives what the list shows. */
function labels(at: string, more: Partial<Parameters<typeof complete>[2]> = {}): string[] {
  const caret = at.indexOf("|");
  const found = complete(at.replace("|", ""), caret, { paths: PATHS, ...more });
  return found?.choices.map((one) => one.label) ?? [];
}
/** Chooses the first of the list that is called so. */
function choose(at: string, label: string, more: Partial<Parameters<typeof complete>[2]> = {}): string {
  const caret = at.indexOf("|");
  const made = complete(at.replace("|", ""), caret, { paths: PATHS, ...more })?.choices.find((one) => one.label === label);
  if (!made) throw new Error(`${label} is not offered: ${labels(at, more).join(" ")}`);
  return `${made.text.slice(0, made.caret)}|${made.text.slice(made.caret)}`;
}

test("nothing is offered outside of braces, until it is asked for", () => {
  expect(labels("안녕 |")).toEqual([]);
  expect(labels("{{a}} |")).toEqual([]);
  expect(labels("\\{{|")).toEqual([]);
  expect(choose("안녕 |님", "params.name", { asked: true })).toBe("안녕 {{params.name}}|님");
});

test("braces are closed, and the cursor stands behind them", () => {
  expect(choose("{{|", "params.name")).toBe("{{params.name}}|");
  expect(choose("{{na|}}님", "params.name")).toBe("{{params.name}}|님");
  expect(choose("{{params.na|xx}}", "params.name")).toBe("{{params.name}}|");
  expect(choose("{{a {{params.n|", "params.name")).toBe("{{a {{params.name}}|");
});

test("words are found by their parts and by what they mean", () => {
  expect(labels("{{na|")[0]).toBe("params.name");
  expect(labels("{{items|")).toEqual(["fetch.data.items[0].name"]);
  expect(labels("{{고객|", { say: (note) => (note === "message" ? "고객이 쓴 글" : "") })).toEqual(["message.text"]);
});

test("helpers come with their parentheses", () => {
  expect(choose("{{JO|", "JOSA")).toBe('{{JOSA(|, "을")}}');
  expect(choose("{{JOSA(na|", "params.name")).toBe("{{JOSA(params.name}}|");
  expect(choose('{{JOSA(na|, "을")}}', "params.name")).toBe('{{JOSA(params.name|, "을")}}');
  expect(choose("{{RA|}}", "RAND")).toBe("{{RAND(|1, 10)}}");
});

test("blocks come with their ends", () => {
  expect(choose("{{#i|", "#if")).toBe("{{#if |}}{{/if}}");
  expect(choose("{{ea|", "#each")).toBe("{{#each |}}{{/each}}");
  expect(choose("{{#each items}}{{#if x}}y{{/|", "if")).toBe("{{#each items}}{{#if x}}y{{/if}}|");
  expect(labels("{{/|")).toEqual([]);
});

test("comparisons stand inside of parentheses", () => {
  expect(labels("{{$e|")).toEqual([]);
  expect(choose("{{#if ($e|}}", "$eq")).toBe("{{#if ($eq |}}");
});

test("secrets are offered by name, where they may stand", () => {
  expect(labels("{{SEC|")).toEqual([]);
  expect(choose("{{SEC|", "SECRET", { secrets: [] })).toBe('{{SECRET("|")}}');
  expect(choose('{{SECRET("|")}}', "ORDER_KEY", { secrets: ["ORDER_KEY"] })).toBe('{{SECRET("ORDER_KEY")}}|');
  expect(labels('{{DATE(null, "|', { secrets: ["ORDER_KEY"] })).toEqual([]);
});
