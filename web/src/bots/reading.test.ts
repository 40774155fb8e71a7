import { expect, test } from "vitest";

import { countOf } from "../ui";
import { FILE_BYTES, readFile } from "./importing";
import { cut } from "./SystemMessages";

test("a bot file's text is taken as it is", async () => {
  const text = '{"title":"봇","flows":[],"n":24.0}';
  expect(await readFile(new File([text], "bot.json"))).toEqual({ text });
  expect(await readFile(new File([`\uFEFF${text}`], "bot.json"))).toEqual({ text });
});

test("what cannot be a bot file is not sent", async () => {
  expect(await readFile(new File(["이름,수량"], "주문.csv"))).toEqual({ wrong: "not-json" });
  expect(await readFile(new File([new Uint8Array(FILE_BYTES + 1)], "big.json"))).toEqual({ wrong: "large" });
});

test("characters are counted and cut as KakaoTalk does", () => {
  expect(countOf("안녕 👋🏻")).toBe(5);
  expect(cut("준비된 답변을 지금 바로 확인하기", 14)).toBe("준비된 답변을 지금 바로…");
  expect(countOf(cut("준비된 답변을 지금 바로 확인하기", 14))).toBe(14);
  expect(cut("답변 보기", 14)).toBe("답변 보기");
});
