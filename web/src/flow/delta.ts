// What changed between two documents, as data: enough to take it back, to do it again, and to lay it over a document that
// somebody else has changed meanwhile.

import { flowOf, nodeOf } from "./document";
import { entriesOf, put, same } from "./json";
import type { BotDoc, FlowDoc, NodeDoc } from "./types";

/** One thing that is different. `undefined` before: it was added; after: it was removed. */
export type Change =
  /** What a bot says besides its flows; the flows of these two are passed by. */
  | { of: "bot"; before: BotDoc; after: BotDoc }
  /** What a flow says besides its nodes; a flow that comes or goes brings its nodes along. */
  | { of: "flow"; flow: number; before: FlowDoc | undefined; after: FlowDoc | undefined; beforeAt: number; afterAt: number }
  | { of: "node"; flow: number; node: number; before: NodeDoc | undefined; after: NodeDoc | undefined; beforeAt: number; afterAt: number };

export type Delta = readonly Change[];

/** Do two objects say the same besides one key? */
function headsSame(a: object, b: object, but: string): boolean {
  if (a === b) return true;
  const [left, right] = [entriesOf(a).filter(([key]) => key !== but), entriesOf(b).filter(([key]) => key !== but)];
  return left.length === right.length && left.every(([key, value], at) => right[at]?.[0] === key && same(value, right[at]?.[1]));
}

/** What leads from one document to the other. */
export function diff(before: BotDoc, after: BotDoc): Delta {
  if (before === after) return [];
  const changes: Change[] = [];
  if (!headsSame(before, after, "flows")) changes.push({ of: "bot", before, after });
  if (before.flows === after.flows) return changes;
  before.flows.forEach((flow, at) => {
    if (!flowOf(after, flow.id)) changes.push({ of: "flow", flow: flow.id, before: flow, after: undefined, beforeAt: at, afterAt: -1 });
  });
  after.flows.forEach((flow, at) => {
    const old = flowOf(before, flow.id);
    if (old === flow) return;
    if (!old) changes.push({ of: "flow", flow: flow.id, before: undefined, after: flow, beforeAt: -1, afterAt: at });
    else changes.push(...diffFlow(old, flow));
  });
  return changes;
}

function diffFlow(before: FlowDoc, after: FlowDoc): Change[] {
  const changes: Change[] = [];
  const flow = after.id;
  if (!headsSame(before, after, "nodes")) changes.push({ of: "flow", flow, before, after, beforeAt: 0, afterAt: 0 });
  if (before.nodes === after.nodes) return changes;
  before.nodes.forEach((node, at) => {
    if (!nodeOf(after, node.id)) changes.push({ of: "node", flow, node: node.id, before: node, after: undefined, beforeAt: at, afterAt: -1 });
  });
  after.nodes.forEach((node, at) => {
    const old = nodeOf(before, node.id);
    if (old === node || (old && same(old, node))) return;
    changes.push({ of: "node", flow, node: node.id, before: old, after: node, beforeAt: old ? at : -1, afterAt: at });
  });
  return changes;
}

/** The delta that takes back. */
export function invert(delta: Delta): Delta {
  return delta.map((change): Change => {
    if (change.of === "bot") return { ...change, before: change.after, after: change.before };
    const turned = { beforeAt: change.afterAt, afterAt: change.beforeAt };
    if (change.of === "flow") return { ...change, before: change.after, after: change.before, ...turned };
    return { ...change, before: change.after, after: change.before, ...turned };
  });
}

function nameOf(change: Change): string {
  if (change.of === "bot") return "";
  return change.of === "flow" ? `${change.flow}` : `${change.flow}/${change.node}`;
}

/** Two deltas, one after the other, as one. */
export function compose(first: Delta, second: Delta): Delta {
  const changes = new Map(first.map((change) => [nameOf(change), change]));
  for (const change of second) {
    const before = changes.get(nameOf(change));
    changes.set(nameOf(change), before ? ({ ...change, before: before.before, ...("beforeAt" in before && { beforeAt: before.beforeAt }) } as Change) : change);
  }
  return [...changes.values()].filter((change) => change.before !== change.after);
}

/** How a changed thing is set where it is not what the delta saw: what stands there now, or what to put there. */
export type Settle = <T extends object>(change: { before: T; after: T }, now: T) => T;

const overwrite: Settle = ({ after }) => after;

/**
 * Lays a delta over a document. `settle` says what becomes of a node or flow that is not as the delta knew it; without it,
 * the delta wins.
 */
export function apply(doc: BotDoc, delta: Delta, settle: Settle = overwrite): BotDoc {
  let next = doc;
  const byFlow = new Map<number, Change[]>();
  const come: { flow: FlowDoc; at: number }[] = [];
  const gone = new Set<number>();
  for (const change of delta) {
    if (change.of === "bot") {
      next = put(settled(settle, change.before, change.after, next, "flows"), "flows", next.flows);
    } else if (change.of === "flow" && (!change.before || !change.after)) {
      if (change.after) come.push({ flow: change.after, at: change.afterAt });
      else gone.add(change.flow);
    } else {
      byFlow.set(change.flow, [...(byFlow.get(change.flow) ?? []), change]);
    }
  }
  let flows = next.flows.filter((flow) => !gone.has(flow.id)).map((flow) => {
    const changes = byFlow.get(flow.id);
    return changes ? applyToFlow(flow, changes, settle) : flow;
  });
  for (const { flow, at } of come.sort((a, b) => a.at - b.at)) {
    if (!flows.some((one) => one.id === flow.id)) flows = insert(flows, flow, at);
  }
  return put(next, "flows", flows);
}

function applyToFlow(flow: FlowDoc, changes: Change[], settle: Settle): FlowDoc {
  let head = flow;
  const set = new Map<number, { before: NodeDoc; after: NodeDoc }>();
  const come: { node: NodeDoc; at: number }[] = [];
  const gone = new Set<number>();
  for (const change of changes) {
    if (change.of === "flow" && change.before && change.after) head = settled(settle, change.before, change.after, flow, "nodes");
    else if (change.of !== "node") continue;
    else if (change.before && change.after) set.set(change.node, { before: change.before, after: change.after });
    else if (change.after) come.push({ node: change.after, at: change.afterAt });
    else gone.add(change.node);
  }
  let nodes = flow.nodes.filter((node) => !gone.has(node.id)).map((node) => {
    const change = set.get(node.id);
    if (!change) return node;
    return node === change.before || same(node, change.before) ? change.after : settle(change, node);
  });
  for (const { node, at } of come.sort((a, b) => a.at - b.at)) {
    if (!nodes.some((one) => one.id === node.id)) nodes = insert(nodes, node, at);
  }
  return put(head, "nodes", nodes);
}

function settled<T extends object>(settle: Settle, before: T, after: T, now: T, but: string): T {
  return headsSame(before, now, but) ? after : settle({ before, after }, now);
}

function insert<T>(list: readonly T[], item: T, at: number): T[] {
  return [...list.slice(0, at), item, ...list.slice(at)];
}
