import { expect, test } from "vitest";

import { readCategories, unsound, writeCategories } from "./model";

test("categories are written as people write them, and read back", () => {
  expect(readCategories("주문 > 취소, 배송 ,, >  \n 환불>카드>부분")).toEqual([["주문", "취소"], ["배송"], ["환불", "카드", "부분"]]);
  expect(writeCategories([["주문", "취소"], ["배송"]])).toBe("주문 > 취소, 배송");
});

test("intervals end after they begin and do not overlap", () => {
  expect(unsound([{ from: "09:00", to: "12:00" }, { from: "13:00", to: "18:00" }])).toBeUndefined();
  expect(unsound([{ from: "09:00", to: "09:00" }])).toBe(0);
  expect(unsound([{ from: "09:00", to: "13:00" }, { from: "12:00", to: "18:00" }])).toBe(1);
});
