import { expect, test } from "vitest";

import type { Previewed } from "./api";
import { answered, ask, aside, backTo, busy, EMPTY, failed, stateOf, stepsOf, type Talk } from "./talk";

const answer = (state: unknown): Previewed => ({
  state, request: {}, answer: { n: state }, trace: { visits: [] }, contextBefore: {}, context: {}, marks: [], fault: null, agentCall: null, tookMs: 1, replies: [],
});
function say(talk: Talk, text: string, state: unknown): Talk {
  const { talk: asked, turn } = ask(talk, { type: "message", text }, 0);
  return answered(asked, turn.id, answer(state));
}

test("each event goes out with the state of the answer before", () => {
  let talk = say(say(EMPTY, "하나", "s1"), "둘", "s2");
  expect(talk.turns.map((turn) => turn.state)).toEqual([null, "s1"]);
  expect(stateOf(talk)).toBe("s2");
  const asked = ask(talk, { type: "message", text: "셋" }, 0);
  expect(asked.turn.state).toBe("s2");
  expect(busy(asked.talk)).toBe(true);
  talk = failed(asked.talk, asked.turn.id, { title: "끊겼어요", detail: "" });
  expect(busy(talk)).toBe(false);
  expect(stateOf(talk)).toBe("s2");
  // Trying again takes the place of what failed.
  expect(ask(talk, { type: "message", text: "셋" }, 0).talk.turns).toHaveLength(3);
});

test("going back to an answer sends its state again, and no id is used twice", () => {
  const talk = say(say(say(EMPTY, "하나", "s1"), "둘", "s2"), "셋", "s3");
  const back = backTo(aside(talk, { what: "link", detail: "https://a.example" }), 1);
  expect(back.turns.map((turn) => turn.id)).toEqual([1]);
  const { turn } = ask(back, { type: "message", text: "다른 길" }, 0);
  expect([turn.state, turn.id]).toEqual(["s1", 4]);
  expect(backTo(talk, 99)).toBe(talk);
});

test("a test keeps what was answered", () => {
  const talk = ask(say(EMPTY, "하나", "s1"), { type: "message", text: "둘" }, 0).talk;
  expect(stepsOf(talk)).toEqual([{ event: { type: "message", text: "하나" }, answer: { n: "s1" }, replies: [] }]);
});
