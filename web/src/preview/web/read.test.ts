import { expect, test } from "vitest";

import { seenOf } from "../faces";
import { linesOf } from "../kakao/read";

const message = (data: object, from = "bot") => ({ type: "message", seq: 0, id: "0", from, at: 0, data });
const state = (more: object) => ({ type: "state", with: "bot", quickReplies: [], ...more });
const seen = (...frames: object[]) => seenOf("web", { frames });

test("what the bot says in frames is seen, what the customer said is not said again", () => {
  const read = seen(
    message({ type: "text", text: "예약" }, "user"),
    message({ type: "text", text: "언제 오시겠어요?", buttons: [{ type: "postback", label: "오늘", payload: "d0" }, { type: "link", label: "달력", uri: "https://a.example" }] }),
    message({ type: "media", media: { contentType: "video", uri: "https://youtu.be/abcdefgh", altText: "둘러보기" } }),
    message({ type: "location", location: { title: "시청", latitude: 37.5, longitude: 127 } }),
    state({ quickReplies: [{ type: "goto", label: "처음으로", flowId: 1 }] }),
    { type: "done", id: "1" },
  );
  expect(linesOf(read)).toEqual([
    "▦ textCard",
    "언제 오시겠어요?",
    "▸ 오늘",
    "▸ 달력 → https://a.example",
    "▣ 둘러보기 https://youtu.be/abcdefgh",
    "◉ 시청 https://map.kakao.com/link/map/%EC%8B%9C%EC%B2%AD,37.5,127",
    "◦ 처음으로",
  ]);
  expect(read.quickReplies[0]?.raw).toEqual({ type: "goto", label: "처음으로", flowId: 1 });
});

test("who waits for an agent can take that back by a word", () => {
  const read = seen(message({ type: "text", text: "상담원을 부르고 있어요." }), state({ with: "waiting", cancel: "상담 취소" }));
  expect([read.waits, read.quickReplies]).toEqual([true, [{ label: "상담 취소", action: "message", says: "상담 취소", leads: undefined, raw: null }]]);
});
