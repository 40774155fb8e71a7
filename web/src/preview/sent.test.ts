import { expect, test } from "vitest";

import { readAnswer } from "./kakao/read";
import { sentTexts } from "./sent";

const seen = readAnswer({
  version: "2.0",
  template: { outputs: [{ simpleText: { text: "서윤님, 내일 3시에 봬요" } }, { textCard: { title: "소금빵", description: "2,000원이에요" } }, { simpleText: { text: "그대로예요" } }] },
});

test("the filled text is found by what stands between the holes", () => {
  expect(sentTexts({ type: "text", text: "{{name}}님, {{day}} {{time}}에 봬요" }, seen)).toEqual([{ template: "{{name}}님, {{day}} {{time}}에 봬요", sent: "서윤님, 내일 3시에 봬요" }]);
  expect(sentTexts({ type: "cards", cards: [{ title: "{{bread.name}}", description: "{{FORMAT(price)}}원이에요" }] }, seen).map((one) => one.sent)).toEqual([undefined, "2,000원이에요"]);
  expect(sentTexts({ type: "text", text: "그대로예요" }, seen)).toEqual([{ template: "그대로예요", sent: "그대로예요" }]);
});

test("what does not fit is not guessed", () => {
  expect(sentTexts({ type: "text", text: "{{name}}님, 안녕히 가세요" }, seen).map((one) => one.sent)).toEqual([undefined]);
  expect(sentTexts({ type: "text", text: "{{#if a}}서윤{{/if}}" }, seen).map((one) => one.sent)).toEqual([undefined]);
  expect(sentTexts({ type: "media", media: {} }, seen)).toEqual([]);
});
