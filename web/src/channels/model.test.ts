import { expect, test } from "vitest";

import { type ChannelView, current, overall, type SeenBlock, steps } from "./model";

const block = (part: Partial<SeenBlock>): SeenBlock => ({
  draft: false,
  mode: "operating",
  kind: "fallback",
  name: "폴백 블록",
  firstAt: 1,
  lastAt: 1,
  times: 1,
  tookMs: 12,
  slowestMs: 12,
  ...part,
});
const view = (part: Partial<ChannelView>): ChannelView => ({
  enabled: true,
  headerName: null,
  liveVersion: 1,
  botIds: [],
  blocks: [],
  signs: [],
  ...part,
});
const stands = (of: ChannelView) => Object.fromEntries(steps(of).map(({ step, stand }) => [step, stand]));
const sign = (code: string, note = false) => ({ code, message: "", action: "", lastAt: 1, times: 1, note });

test("nothing was seen: the first step is the first that is not done", () => {
  expect(current(steps(view({ liveVersion: null })))).toBe("publish");
  expect(current(steps(view({})))).toBe("channel");
  expect(overall(view({}))).toBe("waiting");
});

test("a request through a door proves the steps before it", () => {
  const testing = view({ blocks: [block({ mode: "botTest", draft: true })] });
  expect(stands(testing)).toEqual({
    publish: "done",
    channel: "done",
    skill: "done",
    welcome: "waiting",
    fallback: "done",
    test: "done",
    deploy: "waiting",
  });
  expect(overall(testing)).toBe("testing");
});

test("the skill screen's own test proves the skill and no more", () => {
  const only = view({ blocks: [block({ mode: "editorTest", kind: "other", name: "블록 이름" })] });
  expect(stands(only)).toMatchObject({ channel: "byHand", skill: "done", fallback: "waiting", test: "byHand" });
});

test("a real request makes it good, and a sign makes it bad until it is gone", () => {
  const real = view({ blocks: [block({}), block({ kind: "welcome", lastAt: 7 })] });
  expect(overall(real)).toBe("good");
  expect(steps(real).find((one) => one.step === "skill")?.at).toBe(7);
  const wrong = view({ blocks: real.blocks, signs: [sign("header")] });
  expect(overall(wrong)).toBe("bad");
  expect(stands(wrong)["skill"]).toBe("wrong");
  expect(current(steps(wrong))).toBe("skill");
  expect(overall(view({ blocks: real.blocks, signs: [sign("other-block", true)] }))).toBe("good");
});

test("a channel that is off says so first", () => {
  expect(overall(view({ enabled: false, signs: [sign("header")] }))).toBe("off");
});
