import { expect, test } from "vitest";

import { hasHeading, isTable, readTable, replies } from "./paste";

test("tabs, as spreadsheets copy", () => {
  expect(readTable({ text: "예\tyes\r\n아니요\tno\r\n" })).toEqual([
    ["예", "yes"],
    ["아니요", "no"],
  ]);
  expect(readTable({ text: '"두 줄\n라벨"\t"그는 ""네""라고"\n셋\t' })).toEqual([
    ["두 줄\n라벨", '그는 "네"라고'],
    ["셋", ""],
  ]);
  expect(readTable({ text: '큰 "빵"\tx\n"열린\ty' })).toEqual([
    ['큰 "빵"', "x"],
    ['"열린', "y"],
  ]);
});

test("commas where each row has them, lines otherwise", () => {
  expect(readTable({ text: '\uFEFFlabel,payload\n"1,000원",a\n무료,b' })).toEqual([
    ["label", "payload"],
    ["1,000원", "a"],
    ["무료", "b"],
  ]);
  expect(readTable({ text: "가;1\n나;2" })).toEqual([
    ["가", "1"],
    ["나", "2"],
  ]);
  expect(readTable({ text: "네, 좋아요\n아니요" })).toEqual([["네, 좋아요"], ["아니요"]]);
  expect(readTable({ text: " \n\n" })).toEqual([]);
});

test("a table of HTML wins over its text", () => {
  const html = "<meta><table><tr><th>라벨</th><th>값</th></tr><tr><td>소금<br>빵</td><td>&lt;b&gt; 1</td><td></td></tr><tr><td></td></tr></table>";
  expect(readTable({ html, text: "다른 것" })).toEqual([
    ["라벨", "값"],
    ["소금\n빵", "<b> 1"],
  ]);
  expect(readTable({ html: "<p>표가 아니에요</p>", text: "하나" })).toEqual([["하나"]]);
  expect(readTable({ html: "<img src=x onerror='globalThis.bad = 1'><table><tr><td>a</td></tr></table>" })).toEqual([["a"]]);
  expect((globalThis as Record<string, unknown>)["bad"]).toBeUndefined();
});

test("one word is no table", () => {
  expect(isTable(readTable({ text: "안녕\n" }))).toBe(false);
  expect(isTable(readTable({ text: "a\tb" }))).toBe(true);
  expect(isTable(readTable({ text: "a\nb" }))).toBe(true);
});

test("a row is a reply; headings are none", () => {
  const rows = readTable({ text: "라벨\t값\n예\tyes\n두 줄\t\n\tno" });
  expect(hasHeading(rows)).toBe(true);
  expect(replies(rows)).toEqual([
    { label: "예", type: "postback", payload: "yes" },
    { label: "두 줄", type: "postback" },
  ]);
  expect(hasHeading([["예", "yes"], ["아니요", "no"]])).toBe(false);
  expect(replies([["위\n아래"]])).toEqual([{ label: "위 아래", type: "postback" }]);
  expect(replies(rows, false)).toHaveLength(3);
});
