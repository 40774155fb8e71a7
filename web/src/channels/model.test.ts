import { expect, test } from "vitest";

import { afterwards, alarms, type ChannelView, type Check, current, overall, steps } from "./model";

const IDS = [
  "request",
  "ready",
  "secret-header",
  "fallback-block",
  "welcome-block",
  "other-blocks",
  "skill-data",
  "transform-function",
  "deployed",
  "bot-id",
  "answer-time",
  "violations",
  "errors",
];

/** A channel whose checks wait, but for these. */
function view(states: Record<string, Check["state"]>, part: Partial<ChannelView> = {}): ChannelView {
  const checks = IDS.map((id): Check => {
    const state = states[id] ?? "waiting";
    return { id, state, since: state === "waiting" ? null : 7, title: id, detail: id };
  });
  return { enabled: true, headerName: null, liveVersion: 1, checks, ...part };
}
const stands = (of: ChannelView) => Object.fromEntries(steps(of).map(({ step, stand }) => [step, stand]));
const ALL_OK = Object.fromEntries(IDS.map((id) => [id, "ok" as const]));

test("nothing was seen: the first step is the first that is not done", () => {
  expect(current(steps(view({}, { liveVersion: null })))).toBe("publish");
  expect(current(steps(view({})))).toBe("channel");
  expect(overall(view({}))).toBe("waiting");
});

test("a request of the bot test proves the steps before it, and says that it is not deployed without alarm", () => {
  const testing = view({ request: "ok", "bot-id": "ok", "fallback-block": "ok", deployed: "problem" });
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
  expect(steps(testing).find((one) => one.step === "deploy")?.notes.map((note) => [note.check.id, note.mild])).toEqual([["deployed", true]]);
});

test("a whole connection is green", () => {
  const good = view(ALL_OK);
  expect(new Set(Object.values(stands(good)))).toEqual(new Set(["done"]));
  expect(overall(good)).toBe("good");
  expect(current(steps(good))).toBeUndefined();
});

test.each([
  ["secret-header", "skill"],
  ["transform-function", "skill"],
  ["fallback-block", "fallback"],
  ["skill-data", "fallback"],
] as const)("%s is put right at the step %s", (id, step) => {
  const wrong = view({ ...ALL_OK, [id]: "problem" });
  expect(overall(wrong)).toBe("bad");
  expect(current(steps(wrong))).toBe(step);
  expect(alarms(wrong).map((check) => check.id)).toEqual([id]);
});

test("blocks that are meant to call alarm nobody", () => {
  const others = view({ ...ALL_OK, "other-blocks": "problem" });
  expect(overall(others)).toBe("good");
  expect(stands(others)["skill"]).toBe("done");
  expect(steps(others)[2]?.notes.map((note) => note.mild)).toEqual([true]);
});

test("a channel that is off says so first, and a check that is not known is shown all the same", () => {
  expect(overall(view({ ...ALL_OK, "secret-header": "problem" }, { enabled: false }))).toBe("off");
  const more = view(ALL_OK);
  more.checks.push({ id: "new", state: "problem", since: null, title: "", detail: "" });
  expect(afterwards(more).map((check) => check.id)).toEqual(["answer-time", "violations", "errors", "new"]);
  expect(overall(more)).toBe("bad");
});
