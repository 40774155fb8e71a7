// The reader against answers of every kind in the documents.

import { expect, test } from "vitest";

import { type Bubble, type Card, linesOf, readAnswer } from "./read";

const answer = (...outputs: object[]) => ({ version: "2.0", template: { outputs } });
const first = (output: object): Bubble => {
  const bubble = readAnswer(answer(output)).bubbles[0];
  if (!bubble) throw new Error("nothing was read");
  return bubble;
};
const card = (output: object): Card => {
  const bubble = first(output);
  if (bubble.kind !== "card") throw new Error(bubble.kind);
  return bubble.card;
};

test("texts and pictures", () => {
  expect(first({ simpleText: { text: "안녕하세요" } })).toEqual({ kind: "text", text: "안녕하세요" });
  expect(first({ simpleImage: { imageUrl: "https://a.example/b.png", altText: "빵" } })).toMatchObject({ kind: "image", picture: { url: "https://a.example/b.png", alt: "빵" } });
});

test("a picture is 2:1 unless the answer says otherwise, and its buttons stand accordingly", () => {
  const buttons = [{ label: "하나", action: "message", messageText: "하나요" }, { label: "둘", action: "webLink", webLinkUrl: "https://a.example" }];
  const wide = card({ basicCard: { thumbnail: { imageUrl: "https://a.example/b.png" }, buttons } });
  expect([wide.picture?.square, wide.horizontal]).toEqual([false, false]);
  const square = card({ basicCard: { thumbnail: { imageUrl: "https://a.example/b.png", fixedRatio: true }, buttons } });
  expect([square.picture?.square, square.horizontal]).toEqual([true, true]);
  const told = card({ basicCard: { thumbnail: { imageUrl: "https://a.example/b.png", fixedRatio: true }, buttons, buttonLayout: "vertical" } });
  expect(told.horizontal).toBe(false);
});

test("what a tap says and where it leads", () => {
  const { buttons } = card({
    textCard: {
      description: "골라 주세요",
      buttons: [
        { label: "말하기", action: "message", messageText: "예약할래요", extra: { closer: { p: "x" } } },
        { label: "블록", action: "block", blockId: "b" },
        { label: "전화", action: "phone", phoneNumber: "02-123-4567" },
        { label: "상담원", action: "operator" },
      ],
    },
  });
  expect(buttons.map(({ says, leads }) => [says, leads])).toEqual([["예약할래요", undefined], ["블록", undefined], [undefined, "02-123-4567"], [undefined, undefined]]);
  expect(buttons[0]?.raw).toMatchObject({ extra: { closer: { p: "x" } } });
});

const price = (more: object) => card({ commerceCard: { thumbnails: [{ imageUrl: "https://a.example/b.png" }], ...more } }).price;

test("prices by the rules of the documents", () => {
  expect(price({ price: 10000 })).toEqual({ now: 10000, was: undefined, rate: undefined, off: undefined });
  expect(price({ price: 10000, discount: 3000 })).toEqual({ now: 7000, was: 10000, rate: undefined, off: 3000 });
  expect(price({ price: 10000, discount: 3000, discountRate: 30 })).toEqual({ now: 7000, was: 10000, rate: undefined, off: 3000 });
  expect(price({ price: 10000, discountRate: 30, discountedPrice: 7000 })).toEqual({ now: 7000, was: 10000, rate: 30, off: undefined });
});

test("lists, items and carousels", () => {
  const items = [{ title: "소금빵", description: "11시", imageUrl: "https://a.example/s.png", action: "message", messageText: "소금빵" }, { title: "누리집", link: { web: "https://a.example" } }];
  const listed = card({ listCard: { header: { title: "오늘의 빵" }, items } });
  expect([listed.header, listed.items.map((item) => item.tap?.says ?? item.tap?.leads)]).toEqual(["오늘의 빵", ["소금빵", "https://a.example"]]);
  const item = card({
    itemCard: { thumbnail: { imageUrl: "https://a.example/t.png", width: 800, height: 400 }, itemList: [{ title: "날짜", description: "내일" }], itemListAlignment: "right", itemListSummary: { title: "합계", description: "9,000원" } },
  });
  expect([item.picture?.square, item.rowsRight, item.rows.length, item.summary?.description]).toEqual([false, true, 1, "9,000원"]);
  const carousel = first({ carousel: { type: "basicCard", items: [{ title: "가" }, { title: "나" }] } });
  expect(carousel).toMatchObject({ kind: "carousel", cards: [{ title: "가" }, { title: "나" }] });
});

test("what is no answer, what comes late, and what is not known", () => {
  expect(readAnswer({ contents: [] }).unreadable).toBe(true);
  expect(readAnswer(null).unreadable).toBe(true);
  expect(readAnswer({ version: "2.0", useCallback: true, data: { text: "확인하고 있어요" } })).toMatchObject({ announced: "확인하고 있어요", unreadable: false, bubbles: [] });
  expect(first({ simpleVideo: {} })).toEqual({ kind: "unknown", name: "simpleVideo" });
});

test("an answer in lines, for comparing", () => {
  const seen = readAnswer({
    version: "2.0",
    template: {
      outputs: [{ simpleText: { text: "첫 줄\n둘째 줄" } }, { textCard: { title: "제목", buttons: [{ label: "누리집", action: "webLink", webLinkUrl: "https://a.example" }] } }],
      quickReplies: [{ label: "예약", action: "message", messageText: "예약" }],
    },
  });
  expect(linesOf(seen)).toEqual(["첫 줄", "둘째 줄", "▦ textCard", "제목", "▸ 누리집 → https://a.example", "◦ 예약"]);
});
