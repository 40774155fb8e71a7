// What the guide makes of the server's checks: which step each belongs to, how each step stands, how the channel stands as a
// whole. No React, no calls.

import type { Schemas } from "../api/client";

export const MODES = ["operating", "development", "botTest", "editorTest", "unknown"] as const;
export type Mode = (typeof MODES)[number];
/** A mode by the server's name; one that this page does not know is as good as unknown. */
export function modeOf(name: string): Mode {
  return MODES.find((mode) => mode === name) ?? "unknown";
}

/** A check of the server, in the language of the page. */
export type Check = Schemas["KakaoCheck"];
/** What the guide needs of the channel. */
export type ChannelView = Pick<Schemas["KakaoChannel"], "enabled" | "headerName" | "liveVersion" | "checks">;

export const STEPS = ["publish", "channel", "skill", "welcome", "fallback", "test", "deploy"] as const;
export type Step = (typeof STEPS)[number];
export type Stand = "done" | "waiting" | "wrong" | "byHand";

export interface StepView {
  step: Step;
  stand: Stand;
  /** Since when it is so. */
  at: number | undefined;
  /** What is to be said here. */
  notes: Note[];
}
export interface Note {
  check: Check;
  /** Beside the point: it keeps nobody from being answered. */
  mild: boolean;
}

/** The checks of each step; the first one says whether it is done. */
const CHECKS: Record<Step, string[]> = {
  publish: [],
  channel: ["bot-id"],
  skill: ["request", "secret-header", "transform-function", "other-blocks"],
  welcome: ["welcome-block"],
  fallback: ["fallback-block", "skill-data"],
  test: ["request"],
  deploy: ["deployed"],
};
/** What goes on after the channel answers. */
const AFTERWARDS = ["answer-time", "violations", "errors"];
/** Said, but no alarm: blocks may be meant to call, and before one deploys nothing is deployed. */
const MILD = new Set(["other-blocks", "deployed", "bot-id"]);

const find = (view: ChannelView, id: string) => view.checks.find((check) => check.id === id);

/** How each step stands, in order. */
export function steps(view: ChannelView): StepView[] {
  return STEPS.map((step): StepView => {
    if (step === "publish") {
      return { step, stand: view.liveVersion === null ? "waiting" : "done", at: undefined, notes: [] };
    }
    const checks = CHECKS[step].flatMap((id) => find(view, id) ?? []);
    const first = checks[0];
    const notes = checks.filter((check) => check.state === "problem").map((check) => ({ check, mild: MILD.has(check.id) }));
    const done = first !== undefined && (first.state === "ok" || (first.state === "problem" && first.id === "bot-id"));
    const wrong = notes.some((note) => !note.mild);
    const stand: Stand = wrong ? "wrong" : done ? "done" : step === "channel" ? "byHand" : "waiting";
    return { step, stand, at: done ? (first?.since ?? undefined) : undefined, notes };
  });
}

/** Checks that say how the channel does once it answers, and those that this page does not know. */
export function afterwards(view: ChannelView): Check[] {
  const placed = new Set([...Object.values(CHECKS).flat(), "ready"]);
  return view.checks.filter((check) => AFTERWARDS.includes(check.id) || !placed.has(check.id));
}

export type Overall = "off" | "bad" | "good" | "testing" | "waiting";

/** Problems that keep customers from being answered well. */
export function alarms(view: ChannelView): Check[] {
  return view.checks.filter((check) => check.state === "problem" && check.id !== "ready" && !MILD.has(check.id));
}

/** How the channel stands as a whole. */
export function overall(view: ChannelView): Overall {
  if (!view.enabled) return "off";
  if (alarms(view).length > 0) return "bad";
  if (find(view, "deployed")?.state === "ok") return "good";
  return find(view, "request")?.state === "ok" ? "testing" : "waiting";
}

/** The step to look at first: what is wrong, else what comes next. */
export function current(all: StepView[]): Step | undefined {
  return (all.find((one) => one.stand === "wrong") ?? all.find((one) => one.stand !== "done"))?.step;
}
