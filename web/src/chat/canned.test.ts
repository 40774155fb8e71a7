import { expect, test } from "vitest";

import { filled, fitting, wantedOf } from "./canned";
import type { Canned } from "./model/types";

const one = (title: string, shortcut: string, text = ""): Canned => ({ id: title, own: false, title, text, shortcut, position: 0 });

test("holes are filled with what is known; the rest stays for the agent to see", () => {
  const known = { name: "김손님", order: { no: 17 }, phone: "" };
  expect(filled("{{name}}님, 주문 {{ order.no }}번이에요", known)).toBe("김손님님, 주문 17번이에요");
  expect(filled("{{phone}} {{nothing}} {{constructor}}", known)).toBe("{{phone}} {{nothing}} {{constructor}}");
  expect(filled("{{{name}}}", known)).toBe("김손님");
});

test("canned messages are offered for a slash at the beginning, and only there", () => {
  expect(wantedOf("/인사")).toBe("인사");
  expect(wantedOf("/")).toBe("");
  expect(wantedOf("1/2")).toBeUndefined();
  expect(wantedOf("/인사 더")).toBeUndefined();
  expect(wantedOf("")).toBeUndefined();
});

test("they are found by shortcut, title, first consonants, text", () => {
  const all = [one("첫 인사", "hi"), one("배송 안내", "배송", "내일 도착해요"), one("마침", "bye")];
  const titles = (wanted: string) => fitting(all, wanted).map((it) => it.title);
  expect(titles("")).toEqual(["첫 인사", "배송 안내", "마침"]);
  expect(titles("배")).toEqual(["배송 안내"]);
  expect(titles("ㅂㅅ")).toEqual(["배송 안내"]);
  expect(titles("hi")[0]).toBe("첫 인사");
  expect(titles("도착")).toEqual(["배송 안내"]);
  expect(titles("없음")).toEqual([]);
});
