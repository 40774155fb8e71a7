// Both languages are complete, and the pages say nothing that is not in them.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { en } from "./en";
import { fill } from "./i18n";
import { ko } from "./ko";

type Tree = { [key: string]: string | Tree };

function leaves(tree: Tree, path = ""): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([name, value]) => {
    const key = path ? `${path}.${name}` : name;
    return typeof value === "string" ? [[key, value] as [string, string]] : leaves(value, key);
  });
}
const holes = (text: string) => new Set([...text.matchAll(/\{(\w+)/g)].map((hole) => hole[1]));

const SRC = join(import.meta.dirname, "..");
const sources = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|\.gen\.|^i18n\/(ko|en)(\.ts$|\/)|^dev\//.test(file))
  .map((file) => ({ file, text: readFileSync(join(SRC, file), "utf8") }));
const koTexts = new Map(leaves(ko));
const enTexts = new Map(leaves(en));

test("each language has each text", () => {
  expect([...enTexts.keys()]).toEqual([...koTexts.keys()]);
  expect([...koTexts, ...enTexts].filter(([, text]) => text === "")).toEqual([]);
});

test("English fills only holes that Korean has", () => {

  const strange = [...enTexts].filter(([key, text]) => [...holes(text)].some((hole) => !holes(koTexts.get(key) ?? "").has(hole)));
  expect(strange).toEqual([]);
});

// Each text is looked for in all of the sources: seconds on a busy machine.
test("no text is left over", () => {
  const all = sources.map(({ text }) => text).join("\n");
  // `t(`roles.${role}`)` uses a whole family.
  const families = [...all.matchAll(/[`"]([\w.]+\.)\$\{/g)].map((found) => found[1] ?? "");
  const unused = [...koTexts.keys()].filter((key) => !all.includes(`"${key}"`) && !families.some((family) => key.startsWith(family)));
  expect(unused).toEqual([]);
}, 30_000);

test("no page speaks Korean by itself", () => {
  // The name of a language is written in that language; particles and Hangul patterns are no words.
  const allowed = /한국어|을\/를|\[가-힣\]|ㄱ-ㅎ|방금|DIGITS|엘|"아"/;
  const speaking = sources.flatMap(({ file, text }) =>
    text
      .split("\n")
      .map((line) => line.replace(/\/\/.*|\/?\*.*/, ""))
      .filter((line) => /[가-힣]/.test(line) && !allowed.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(speaking).toEqual([]);
});

test("nobody is shouted at, and nobody is sent to the administrator", () => {
  const texts = [...koTexts, ...enTexts];
  expect(texts.filter(([, text]) => /!|잘못된 요청|관리자에게 문의|[Oo]ops/.test(text))).toEqual([]);
});

const one = (text: string, values: Record<string, string | number>, language: "ko" | "en" = "ko") => fill(text, values, language);

test("holes are filled, with particles and plurals", () => {
  expect(one("{title/을/를} 만들었어요", { title: "새벽 안내" })).toBe("새벽 안내를 만들었어요");
  expect(one("{title/을/를} 만들었어요", { title: "소금빵" })).toBe("소금빵을 만들었어요");
  expect(one("‘{title}’{title:으로/로} 바꿨어요", { title: "모락모락" })).toBe("‘모락모락’으로 바꿨어요");
  expect(one("{role/으로/로}", { role: "서울" })).toBe("서울로");
  expect(one("v{n/을/를}", { n: 3 })).toBe("v3을");
  expect(one("v{n/을/를}", { n: 12 })).toBe("v12를");
  expect(one("v{n/이/가}", { n: 30 })).toBe("v30이");
  expect(one("{email/을/를}", { email: "seoyun@example.com" })).toBe("seoyun@example.com을");
  expect(one("{file/을/를}", { file: "shop.store" })).toBe("shop.store를");
  expect(one("{title/을/를}", { title: "케이크 예약 (연말)" })).toBe("케이크 예약 (연말)을");
  expect(one("{title/이에요/예요}", { title: "관리자" })).toBe("관리자예요");
  expect(one("{n}자", { n: 1000 })).toBe("1,000자");
  expect(one("{n} {n?day:days}", { n: 1 }, "en")).toBe("1 day");
  expect(one("{n} {n?day:days}", { n: 2 }, "en")).toBe("2 days");
  expect(one("{who}", { who: "{n}" })).toBe("{n}");
});
