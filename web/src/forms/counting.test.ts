import { expect, test } from "vitest";

import { count, countText, usedBy } from "./counting";

const KAKAO = { id: "kakao", limits: { text: 1000, textFold: 500, textWithButtons: 400, cardTitle: 50, buttonLabel: 14, buttons: 3, quickReplies: 10, payload: 1000 } };
const WEB = { id: "web", limits: { text: 1000, buttonLabel: 40 } };

test("a label that KakaoTalk cuts is told with both numbers", () => {
  expect(countText("label", "열아홉글자가되는버튼의이름이에요정말로", [WEB, KAKAO])).toEqual({
    now: 19,
    most: 14,
    excess: [{ channel: "kakao", most: 14, now: 19, effect: "cut" }],
    fold: undefined,
  });
  expect(countText("label", "👨‍👩‍👧", [KAKAO])?.now).toBe(5);
  expect(countText("label", "🙂", [KAKAO])?.now).toBe(1);
});

test("what holds a template is not measured", () => {
  expect(countText("label", "{{params.name}}", [KAKAO])).toBeUndefined();
});

test("a long text is folded, a longer one divided", () => {
  expect(countText("text", "가".repeat(501), [KAKAO])).toMatchObject({ excess: [], fold: { channel: "kakao", at: 500 } });
  expect(countText("text", "가".repeat(1001), [KAKAO])?.excess).toEqual([
    { channel: "kakao", most: 1000, now: 1001, effect: "split" },
    { channel: "file", most: 1000, now: 1001, effect: "refused" },
  ]);
  expect(countText("textWithButtons", "가".repeat(401), [KAKAO])?.excess[0]?.most).toBe(400);
});

test("lists are counted; without a channel the format's bounds hold", () => {
  expect(count("buttons", 4, [KAKAO]).excess).toEqual([{ channel: "kakao", most: 3, now: 4, effect: "moved" }]);
  expect(count("replies", 11, [KAKAO]).excess[0]?.effect).toBe("pages");
  expect(count("buttons", 10, [])).toMatchObject({ most: 9, excess: [{ channel: "file", effect: "refused" }] });
  expect(count("label", 100, [])).toMatchObject({ most: undefined, excess: [] });
});

test("with two channels on, both say what they show; with one, only that one", () => {
  const label = "가".repeat(60);
  const both = usedBy([{ ...KAKAO, used: true }, { ...WEB, used: true }]);
  expect(countText("label", label, both)?.excess).toEqual([
    { channel: "kakao", most: 14, now: 60, effect: "cut" },
    { channel: "web", most: 40, now: 60, effect: "cut" },
  ]);
  const web = usedBy([{ ...KAKAO, used: false }, { ...WEB, used: true }]);
  expect(countText("label", label, web)).toMatchObject({ most: 40, excess: [{ channel: "web" }] });
});

const NATIVE = { id: "kakaobiz", measure: "utf16", limits: { text: 1000, textWithButtons: 1000, cards: 1, cardTitle: 0, cardDescription: 1000, cardDescriptionInRow: 1000, cardDescriptionInRowWithoutPicture: 1000, buttons: 5, buttonsInRow: null, buttonLabel: 28, quickReplies: 10, quickReplyLabel: 14, payload: null } } as const;
const ROWS = { ...NATIVE, limits: { ...NATIVE.limits, cards: 6, cardDescriptionInRow: 180, cardDescriptionInRowWithoutPicture: 180, buttonsInRow: 2 } };

test("on ConsultationTalk cards go out one by one where the relay or their size forbids rows", () => {
  expect(count("cards", 2, [NATIVE]).excess).toEqual([{ channel: "kakaobiz", most: 1, now: 2, effect: "single" }]);
  expect(count("cards", 7, [ROWS]).excess).toEqual([{ channel: "kakaobiz", most: 6, now: 7, effect: "rows" }]);
  expect(countText("cardTextInRow", "가".repeat(181), [ROWS])?.excess[0]?.effect).toBe("single");
  expect(countText("cardTextInRow", "가".repeat(1001), [NATIVE])?.excess[0]).toMatchObject({ most: 1000, effect: "split" });
  expect(count("buttonsInRow", 3, [ROWS]).excess).toEqual([{ channel: "kakaobiz", most: 2, now: 3, effect: "single" }]);
  expect(count("buttonsInRow", 6, [NATIVE]).excess).toEqual([{ channel: "kakaobiz", most: 5, now: 6, effect: "moved" }]);
});

test("on ConsultationTalk quick replies become buttons, titles and payloads are not bounded", () => {
  expect(count("replies", 11, [NATIVE]).excess[0]?.effect).toBe("asButtons");
  expect(countText("replyLabel", "가".repeat(15), [NATIVE])?.excess[0]).toMatchObject({ most: 14, effect: "asButtons" });
  expect(countText("cardTitle", "가".repeat(300), [NATIVE])).toMatchObject({ most: undefined, excess: [] });
  expect(countText("payload", "a".repeat(1000), [NATIVE])?.excess).toEqual([]);
  expect(countText("label", "가".repeat(29), [NATIVE, KAKAO])?.excess.map(({ channel, effect }) => [channel, effect])).toEqual([["kakao", "cut"], ["kakaobiz", "cut"]]);
});

test("ConsultationTalk measures in UTF-16: an emoji counts two there, and one elsewhere", () => {
  const faces = "😀".repeat(600);
  expect(countText("text", faces, [NATIVE])).toMatchObject({ now: 600, excess: [{ channel: "kakaobiz", most: 1000, now: 1200, effect: "split" }] });
  expect(countText("text", faces, [WEB])?.excess).toEqual([]);
});
