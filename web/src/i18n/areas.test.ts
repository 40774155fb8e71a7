// Each screen is loaded with the words that its files speak, and the first load with no other screen's.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { expect, test } from "vitest";

import { en } from "./en";
import { first } from "./ko/first";
import { ko } from "./ko";

const SRC = resolve(import.meta.dirname, "..");
const late = Object.keys(ko).filter((area) => !(area in first));

const read = (file: string) => readFileSync(file, "utf8");

/** The file that an import means, if it is one of ours with words in it. */
function imported(from: string, named: string): string | undefined {
  if (!named.startsWith(".")) return undefined;
  const base = join(dirname(from), named);
  return [`${base}.tsx`, `${base}.ts`, join(base, "index.ts"), join(base, "index.tsx")].find((path) => existsSync(path));
}

/** A file and everything it imports; with `later`, also what it imports once it runs. */
function closure(start: string, later: boolean, seen = new Set<string>()): Set<string> {
  if (seen.has(start) || /\/i18n\/(ko|en)(\/|\.)/.test(start)) return seen;
  seen.add(start);
  const text = read(start);
  const names = [...text.matchAll(/^(?:import|export)(?! type)[^;]*? from "([^"]+)"/gm)].map((found) => found[1] ?? "");
  if (later) names.push(...[...text.matchAll(/import\("([^"]+)"\)/g)].map((found) => found[1] ?? ""));
  for (const name of names) {
    const path = imported(start, name);
    if (path) closure(path, later, seen);
  }
  return seen;
}

/** Whether `a.b.c` leads to a text or, for a key that is put together, to a family of them. */
function said(key: string): boolean {
  let at: unknown = ko;
  for (const part of key.split(".").filter(Boolean)) at = typeof at === "object" && at !== null ? (at as Record<string, unknown>)[part] : undefined;
  return key.endsWith(".") ? typeof at === "object" : typeof at === "string";
}

/** Areas beyond the first load's that these files speak. */
function areas(files: Iterable<string>): string[] {
  const text = [...files].map(read).join("\n");
  const keys = [...text.matchAll(/"([\w.]+)"|`([\w.]+\.)\$\{/g)].map((found) => found[1] ?? found[2] ?? "");
  const spoken = new Set(keys.filter((key) => key.includes(".") && said(key)).map((key) => key.slice(0, key.indexOf("."))));
  return late.filter((area) => spoken.has(area)).sort();
}

test("both languages have the same areas", () => {
  expect(Object.keys(en).sort()).toEqual(Object.keys(ko).sort());
});

test("the first load speaks the first words only", () => {
  expect(areas(closure(join(SRC, "main.tsx"), false))).toEqual([]);
});

const routes = read(join(SRC, "routes.tsx"));
const screens = [...routes.matchAll(/screen\(\[([^\]]*)\], \(\) => import\("([^"]+)"\), "(\w+)"\)/g)].map(([, list, path, name]) => ({
  name: name ?? "",
  path: path ?? "",
  asks: [...(list ?? "").matchAll(/"(\w+)"/g)].map((found) => found[1]).sort(),
}));

test.each(screens)("$name is loaded with its words", ({ path, asks }) => {
  const start = imported(join(SRC, "routes.tsx"), path);
  expect(start).toBeDefined();
  expect(areas(closure(start ?? "", true)).join()).toEqual(asks.join());
});

test("every screen was looked at", () => {
  expect(screens.length).toBe([...routes.matchAll(/\bscreen\(/g)].length);
});
