import { describe, expect, test } from "vitest";

import { mentionAt, mentioned, mentionsIn, parts, people, type Person } from "./mentions";

const person = (id: string, name: string): Person => ({ id, name, picture: null });
const TEAM = [person("1", "김지"), person("2", "김지은"), person("3", "Alex Kim")];

describe("mentions in notes", () => {
  test("a name is offered while it is typed after an @", () => {
    expect(mentionAt("@", 1)).toBe("");
    expect(mentionAt("확인 @지", 5)).toBe("지");
    expect(mentionAt("확인 @지 부탁", 8)).toBeUndefined();
    expect(mentionAt("kim@example", 11)).toBeUndefined();
    expect(people(TEAM, "ㄱㅈㅇ", "9").map((one) => one.id)).toEqual(["2"]);
    expect(people(TEAM, "", "2").map((one) => one.id)).toEqual(["1", "3"]);
  });

  test("the name stands where it was typed", () => {
    expect(mentioned("확인 @지 부탁해요", 5, "김지은")).toEqual({ text: "확인 @김지은 부탁해요", caret: 8 });
    expect(mentioned("@", 1, "Alex Kim")).toEqual({ text: "@Alex Kim ", caret: 10 });
  });

  test("who is meant is read from the text, by the longest name", () => {
    expect(mentionsIn("@김지은 @Alex Kim 봐 주세요, @김지은", TEAM)).toEqual(["2", "3"]);
    expect(mentionsIn("메일은 a@김지은 이에요", TEAM)).toEqual([]);
    expect(parts("안녕 @김지 님", TEAM).map((part) => part.text)).toEqual(["안녕 ", "@김지", " 님"]);
  });
});
