// What the guide concludes from what was seen of a channel. No React, no calls: what was seen goes in, how each step stands
// comes out.

export type Mode = "operating" | "development" | "botTest" | "editorTest" | "unknown";
export type BlockKind = "welcome" | "fallback" | "other";

/** A block that called, through one of Kakao's doors. */
export interface SeenBlock {
  draft: boolean;
  mode: Mode;
  kind: BlockKind;
  /** The block's name. */
  name: string;
  firstAt: number;
  lastAt: number;
  times: number;
  tookMs: number;
  slowestMs: number;
}

/** Something that is wrong with the set-up, as the server says it. */
export interface Sign {
  code: string;
  message: string;
  action: string;
  lastAt: number;
  times: number;
  /** Beside the steps: it does not keep the channel from answering. */
  note: boolean;
}

export interface ChannelView {
  enabled: boolean;
  headerName: string | null;
  liveVersion: number | null;
  botIds: string[];
  blocks: SeenBlock[];
  signs: Sign[];
}

export const STEPS = ["publish", "channel", "skill", "welcome", "fallback", "test", "deploy"] as const;
export type Step = (typeof STEPS)[number];
export type Stand = "done" | "waiting" | "wrong" | "byHand";

export interface StepView {
  step: Step;
  stand: Stand;
  /** When it was last seen to be so. */
  at: number | undefined;
  /** How long the last answer took. */
  tookMs: number | undefined;
  /** The door through which it was seen. */
  mode: Mode | undefined;
  signs: Sign[];
}

/** Which step a sign belongs to, where it belongs to one. */
const STEP_OF: Record<string, Step> = {
  header: "skill",
  "header-missing": "skill",
  "header-wrong": "skill",
  transform: "skill",
  unpublished: "publish",
  "default-skill": "skill",
  "other-block": "fallback",
  "other-blocks": "fallback",
  "fallback-missing": "fallback",
  "fallback-not-connected": "fallback",
  "template-unused": "fallback",
  "not-shown": "fallback",
  "welcome-missing": "welcome",
  "test-only": "deploy",
  "not-deployed": "deploy",
};

function newest<T extends { lastAt: number }>(all: T[]): T | undefined {
  return all.reduce<T | undefined>((last, one) => (last && last.lastAt >= one.lastAt ? last : one), undefined);
}

/** How each step stands, in order. */
export function steps(view: ChannelView): StepView[] {
  const of = (test: (block: SeenBlock) => boolean) => newest(view.blocks.filter(test));
  const proof: Record<Step, SeenBlock | undefined> = {
    publish: undefined,
    channel: of((block) => block.mode === "operating" || block.mode === "development" || block.mode === "botTest"),
    skill: of(() => true),
    welcome: of((block) => block.kind === "welcome"),
    fallback: of((block) => block.kind === "fallback"),
    test: of((block) => block.mode === "botTest" || block.mode === "development"),
    deploy: of((block) => block.mode === "operating"),
  };
  return STEPS.map((step): StepView => {
    const signs = view.signs.filter((sign) => STEP_OF[sign.code] === step);
    const seen = proof[step];
    const done = step === "publish" ? view.liveVersion !== null : seen !== undefined;
    const wrong = signs.some((sign) => !sign.note);
    const stand: Stand = wrong ? "wrong" : done ? "done" : step === "channel" || step === "test" ? "byHand" : "waiting";
    return { step, stand, at: seen?.lastAt, tookMs: seen?.tookMs, mode: seen?.mode, signs };
  });
}

export type Overall = "off" | "bad" | "good" | "testing" | "waiting";

/** How the channel stands as a whole. */
export function overall(view: ChannelView): Overall {
  if (!view.enabled) return "off";
  if (view.signs.some((sign) => !sign.note)) return "bad";
  if (view.blocks.some((block) => block.mode === "operating")) return "good";
  return view.blocks.length > 0 ? "testing" : "waiting";
}

/** Signs that belong to no step. */
export function others(view: ChannelView): Sign[] {
  return view.signs.filter((sign) => STEP_OF[sign.code] === undefined);
}

/** The step to look at first: what is wrong, else what comes next. */
export function current(all: StepView[]): Step | undefined {
  return (all.find((one) => one.stand === "wrong") ?? all.find((one) => one.stand !== "done"))?.step;
}
