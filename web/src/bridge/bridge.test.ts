import { expect, test } from "vitest";

import { wordsOf } from "./Bridge";
import { cleaned } from "./New";

test("words in one line are taken apart, and nothing blank is a word", () => {
  expect(wordsOf(" 처음으로 , 홈,, ")).toEqual(["처음으로", "홈"]);
  expect(wordsOf(" ")).toEqual([]);
});

test("an address is the one that was looked at, whatever slashes stand behind it", () => {
  expect(cleaned(" https://bot.example.com/kakao// ")).toBe("https://bot.example.com/kakao");
});
