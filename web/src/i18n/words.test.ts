// Both languages say everything, with the same holes, and holes are filled as each language does it.

import { describe, expect, test } from "vitest";

import { en } from "./en";
import { fill } from "./i18n";
import { ko } from "./ko";

interface Tree {
  [key: string]: string | Tree;
}

function flat(tree: Tree, path = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const at = path === "" ? key : `${path}.${key}`;
    if (typeof value === "string") found.set(at, value);
    else for (const [inner, text] of flat(value, at)) found.set(inner, text);
  }
  return found;
}

const holes = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1]))].sort();

describe("words", () => {
  const [korean, english] = [flat(ko as unknown as Tree), flat(en as unknown as Tree)];

  test("no key is missing in either language, and none is empty", () => {
    expect([...english.keys()].sort()).toEqual([...korean.keys()].sort());
    expect([...korean, ...english].filter(([, text]) => text === "")).toEqual([]);
    expect(korean.size).toBeGreaterThan(100);
  });

  test("each text has the same holes in both languages", () => {
    const different = [...korean].filter(([key, text]) => holes(text).join() !== holes(english.get(key) ?? "").join());
    expect(different.map(([key]) => key)).toEqual([]);
  });

  test("particles and plurals fit what is put in", () => {
    expect(fill("{name/을/를} 지웠어요", { name: "빵집" }, "ko")).toBe("빵집을 지웠어요");
    expect(fill("{name/을/를} 지웠어요", { name: "카페" }, "ko")).toBe("카페를 지웠어요");
    expect(fill("{n} {n?bot:bots}", { n: 1 }, "en")).toBe("1 bot");
    expect(fill("{n} {n?bot:bots}", { n: 1200 }, "en")).toBe("1,200 bots");
  });
});
