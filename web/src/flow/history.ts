// What was done, as deltas, across all flows: undo and redo. A step says how it is taken back: alone, together with the one
// that followed it, or never (then it is no step at all).

import { apply, type Change, compose, type Delta, invert, type Settle } from "./delta";
import type { CommandName } from "./commands";
import { put } from "./json";
import { renumberNodeIn } from "./renumber";
import type { BotDoc, FlowDoc, NodeDoc, Spot } from "./types";

/** How many steps are remembered. */
const STEPS = 1_000;
/** Typing in one field is one step until one rests this long. */
const REST_MS = 1_000;

export interface Step {
  /** What was done, as a name that the screen can say. */
  name: CommandName;
  delta: Delta;
  /** Where it can be seen. */
  spot: Spot | undefined;
  /** Taken back together with the step after it. */
  withNext: boolean;
  /** Steps of one key that follow at once are one. */
  join: string | undefined;
  at: number;
}

export interface History {
  readonly past: readonly Step[];
  readonly future: readonly Step[];
}

export const NO_HISTORY: History = { past: [], future: [] };

/** Adds what was done; what had been taken back can no longer be done again. */
export function record(history: History, step: Step): History {
  if (step.delta.length === 0) return history;
  const last = history.past.at(-1);
  if (last && step.join !== undefined && last.join === step.join && step.at - last.at < REST_MS && history.future.length === 0) {
    const joined = { ...step, delta: compose(last.delta, step.delta), withNext: last.withNext };
    return { past: [...history.past.slice(0, -1), joined], future: [] };
  }
  return { past: [...history.past, step].slice(-STEPS), future: [] };
}

export interface Moved {
  history: History;
  doc: BotDoc;
  /** What was taken back or done again; the last of them. */
  step: Step;
}

export function undo(history: History, doc: BotDoc, settle?: Settle): Moved | undefined {
  const past = [...history.past];
  const future = [...history.future];
  let next = doc;
  let step: Step | undefined;
  do {
    const one = past.pop();
    if (!one) break;
    next = apply(next, invert(one.delta), settle);
    future.push({ ...one, join: undefined });
    step ??= one;
  } while (past.at(-1)?.withNext);
  return step && { history: { past, future }, doc: next, step };
}

export function redo(history: History, doc: BotDoc, settle?: Settle): Moved | undefined {
  const past = [...history.past];
  const future = [...history.future];
  let next = doc;
  let step: Step | undefined;
  for (;;) {
    const one = future.pop();
    if (!one) break;
    next = apply(next, one.delta, settle);
    past.push(one);
    step = one;
    if (!one.withNext) break;
  }
  return step && { history: { past, future }, doc: next, step };
}

/** What was done last, with what is taken back together with it; a name for it that stays. */
export function lastDone({ past }: History): readonly Step[] {
  let from = past.length - 1;
  while (from > 0 && past[from - 1]?.withNext) from -= 1;
  return past.slice(Math.max(0, from));
}

/**
 * What takes back just these steps, whatever was done since: what is as they left it goes back, what others or one oneself
 * changed again stays. Nothing when they are no longer done.
 */
export function takenBack(history: History, steps: readonly Step[]): Delta | undefined {
  const known = (step: Step) => history.past.find((one) => one.at === step.at && one.name === step.name && one.delta.length === step.delta.length);
  // A merge may have given them other ids since.
  const now = steps.flatMap((step) => known(step) ?? []);
  return now.length === steps.length && now.length > 0 ? invert(now.map((step) => step.delta).reduce(compose)) : undefined;
}

/** The same history after a merge gave some of my things other ids. */
export function remapped(history: History, renumbered: readonly { flow: number; node: number | undefined; to: number }[]): History {
  if (renumbered.length === 0) return history;
  const turn = (step: Step): Step => renumbered.reduce((one, change) => renumberStep(one, change), step);
  return { past: history.past.map(turn), future: history.future.map(turn) };
}

function renumberStep(step: Step, { flow, node, to }: { flow: number; node: number | undefined; to: number }): Step {
  const delta = step.delta.map((change): Change => {
    if (change.of === "bot" || change.flow !== flow) return change;
    if (node === undefined) {
      const named = <T extends object>(one: T | undefined) => (one && change.of === "flow" ? put(one, "id", to) : one);
      return { ...change, flow: to, before: named(change.before), after: named(change.after) } as Change;
    }
    if (change.of === "flow") {
      const turned = (one: FlowDoc | undefined) => one && renumberNodeIn(one, node, to);
      return { ...change, before: turned(change.before), after: turned(change.after) };
    }
    const turned = (one: NodeDoc | undefined) => one && renumberNodeIn({ id: flow, title: "", nodes: [one] }, node, to).nodes[0];
    return { ...change, node: change.node === node ? to : change.node, before: turned(change.before), after: turned(change.after) };
  });
  const spot =
    step.spot?.flow === flow
      ? node === undefined
        ? { ...step.spot, flow: to }
        : { ...step.spot, node: step.spot.node === node ? to : step.spot.node }
      : step.spot;
  return { ...step, delta, spot };
}
