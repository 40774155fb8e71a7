// The reader against the calls of every relay: one model in four dialects is seen as the same room.

import { expect, test } from "vitest";

import { seenOf } from "../faces";
import { linesOf, type Tap } from "../kakao/read";

const seen = (...bodies: object[]) => seenOf("kakaobiz", { relay: "native", calls: bodies.map((body) => ({ method: "POST", url: "https://relay.example", body })) });
const dktechin = (...sections: object[]) => ({ version: 1, chapters: [{ sections }], meta: { trace: "t" } });
const PHOTO = "https://a.example/b.png";

const MENU = ["▦ basicCard https://a.example/b.png", "무엇을 도와드릴까요?", "▸ 배송", "▸ 누리집 → https://a.example", "◦ 처음으로"];
const SNAKE = {
  image: { img_url: PHOTO },
  buttons: [{ name: "배송", type: "BK", extra: "m1_0" }, { name: "누리집", type: "WL", url_mobile: "https://a.example", url_pc: "https://a.example" }],
  quick_replies: [{ name: "처음으로", type: "BK", extra: "q1_0" }],
};

test("a text with a picture, buttons and quick replies is one bubble at every relay", () => {
  const { buttons, quick_replies: replies } = SNAKE;
  const native = {
    message_type: "LI",
    message: "무엇을 도와드릴까요?",
    image_url: PHOTO,
    links: buttons,
    supplement: { quick_reply: [{ name: "처음으로", type: "BK", chat_extra: "q1_0" }] },
  };
  const bizgo = {
    msgType: "IMAGE",
    message: "무엇을 도와드릴까요?",
    attachment: {
      image: { imgUrl: PHOTO },
      buttons: [buttons[0], { name: "누리집", type: "WL", urlMobile: "https://a.example", urlPc: "https://a.example" }],
      quickReplies: replies,
    },
  };
  for (const body of [
    native,
    { chat_bubble_type: "IMAGE", message: "무엇을 도와드릴까요?", attachment: SNAKE },
    dktechin({ type: "image", data: "무엇을 도와드릴까요?", attachment: SNAKE }),
    bizgo,
  ]) {
    expect(linesOf(seen(body))).toEqual(MENU);
  }
  // What goes back is the button as the call had it, with Kakao's own word for what a quick reply carries.
  expect(seen(native).quickReplies[0]?.raw).toEqual({ name: "처음으로", type: "BK", chat_extra: "q1_0" });
});

test("texts, pictures and files by themselves", () => {
  const files = ["video", "audio", "file"] as const;
  const all = [
    [{ message_type: "TX", message: "안녕" }, { message_type: "IM", image_url: PHOTO }, ...files.map((kind) => ({ message_type: { video: "VI", audio: "AU", file: "FI" }[kind], file_url: PHOTO, file_name: "a" }))],
    [{ chat_bubble_type: "TEXT", message: "안녕" }, { chat_bubble_type: "IMAGE", attachment: { image: { img_url: PHOTO } } }, ...files.map((kind) => ({ chat_bubble_type: kind.toUpperCase(), attachment: { file: { file_url: PHOTO, file_name: "a" } } }))],
    [{ msgType: "TEXT", message: "안녕" }, { msgType: "IMAGE", attachment: { image: { imgUrl: PHOTO } } }, ...files.map((kind) => ({ msgType: kind.toUpperCase(), attachment: { file: { fileUrl: PHOTO, fileName: "a" } } }))],
    [dktechin({ type: "text", data: "안녕" }), dktechin({ type: "image", data: PHOTO }), ...files.map((type) => dktechin({ type, data: PHOTO, name: "a" }))],
  ];
  for (const bodies of all) {
    expect(seen(...bodies).bubbles).toEqual([
      { kind: "text", text: "안녕" },
      { kind: "image", picture: { url: PHOTO, alt: "", square: false, link: undefined } },
      ...files.map((type) => ({ kind: "media", type, url: PHOTO, alt: "a", buttons: [] })),
    ]);
  }
});

test("cards in a row, with their headings", () => {
  const carousel = { list: [{ header: "소금빵", message: "11시에 나와요", attachment: { image: { img_url: PHOTO }, buttons: [{ name: "주문", type: "BK", extra: "m1_0" }] } }, { message: "15시에도 나와요" }] };
  for (const body of [{ chat_bubble_type: "CAROUSEL_FEED", carousel }, dktechin({ type: "carousel_feed", carousel })]) {
    expect(seen(body).bubbles[0]).toMatchObject({ kind: "carousel", cards: [{ title: "소금빵", picture: { url: PHOTO }, buttons: [{ label: "주문" }] }, { title: "", description: "15시에도 나와요" }] });
  }
});

test("buttons are what their letters say", () => {
  const links = [
    { name: "웹", type: "WL", url_mobile: "https://a.example" },
    { name: "전화", type: "AL", scheme_android: "tel:02-123-4567", scheme_ios: "tel:02-123-4567" },
    { name: "앱", type: "AL", scheme_android: "shop://cart", scheme_ios: "shop://cart" },
    { name: "말", type: "BK", extra: "m1_0" },
    { name: "글째", type: "MD" },
    { name: "봇", type: "BT" },
    { name: "폼", type: "BF", biz_form_key: "k" },
    { name: "모름", type: "ZZ" },
  ];
  const read = seen({ message_type: "LI", message: "골라 주세요", links }).bubbles[0];
  const buttons: Tap[] = read?.kind === "card" ? read.card.buttons : [];
  expect(buttons.map(({ kind, action, says, leads }) => [kind, action, says ?? leads])).toEqual([
    ["WL", "webLink", "https://a.example"],
    ["AL", "phone", "02-123-4567"],
    ["AL", "app", "shop://cart"],
    ["BK", "message", "말"],
    ["MD", "message", "글째"],
    ["BT", "bot", undefined],
    ["BF", "form", undefined],
    ["ZZ", "ZZ", undefined],
  ]);
});

test("only what stands under the last bubble can be tapped; system answers and what is not known are told", () => {
  const read = seen(
    { message_type: "LI", message: "하나", supplement: { quick_reply: [{ name: "가", type: "BK" }] } },
    { message_type: "LI", message: "상담원을 부르고 있어요", auto_answer: "S4" },
    { chat_bubble_type: "KAKAO_CERT" },
  );
  expect(read.quickReplies).toEqual([]);
  expect(read.bubbles.slice(1)).toEqual([
    { kind: "text", text: "상담원을 부르고 있어요", system: "S4" },
    { kind: "unknown", name: "KAKAO_CERT" },
  ]);
  expect(seenOf("kakaobiz", { messages: [] }).unreadable).toBe(true);
  expect(seenOf("kakaobiz", { relay: "native", calls: [] })).toMatchObject({ unreadable: false, bubbles: [] });
});
