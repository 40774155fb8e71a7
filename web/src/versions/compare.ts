// What differs between two states of a bot, by flow, node and field. Flows and nodes are found again by their ids. Where a
// node stands on the canvas is told apart from what it does: moving a node changes nothing for a customer.

import { type Change, changes, same } from "../compare/json";

export interface NodeLike {
  id: number;
  type: string;
  label?: string;
  data?: Record<string, unknown>;
  meta?: Record<string, unknown>;
  next?: { nodeId: number; where?: unknown; priority?: number; [key: string]: unknown }[];
  [key: string]: unknown;
}
export interface FlowLike {
  id: number;
  title: string;
  nodes: NodeLike[];
  [key: string]: unknown;
}
export interface BotLike {
  flows: FlowLike[];
  preference?: Record<string, unknown>;
  [key: string]: unknown;
}

export type How = "added" | "removed" | "changed" | "moved";

export interface NodeDifference {
  id: number;
  type: string;
  how: How;
  /** What it was and what it is; one is absent where it was added or removed. */
  before: NodeLike | undefined;
  after: NodeLike | undefined;
  fields: Change[];
}

export interface FlowDifference {
  id: number;
  title: string;
  how: How;
  before: FlowLike | undefined;
  after: FlowLike | undefined;
  nodes: NodeDifference[];
  /** Title, start node, and what else a flow says by itself. */
  fields: Change[];
}

export interface Difference {
  flows: FlowDifference[];
  /** System messages, session behaviour, start and fallback flow. */
  preference: Change[];
}

/** A version holds flows and preferences; a bot's title and the like are not compared (spec bot.md, "Versions"). */
export function difference(before: BotLike, after: BotLike): Difference {
  const flows = paired(before.flows, after.flows).flatMap(([was, is]): FlowDifference[] => {
    const found = flowDifference(was, is);
    return found ? [found] : [];
  });
  return { flows, preference: changes(before.preference ?? {}, after.preference ?? {}) };
}

function flowDifference(before: FlowLike | undefined, after: FlowLike | undefined): FlowDifference | undefined {
  if (before && after && same(before, after)) return undefined;
  const one = after ?? before;
  if (!one) return undefined;
  const nodes = paired(before?.nodes ?? [], after?.nodes ?? []).flatMap(([was, is]): NodeDifference[] => {
    const found = nodeDifference(was, is);
    return found ? [found] : [];
  });
  const fields = before && after ? changes(without(before, "nodes"), without(after, "nodes")) : [];
  const how: How = !before ? "added" : !after ? "removed" : fields.length === 0 && nodes.every((node) => node.how === "moved") ? "moved" : "changed";
  return { id: one.id, title: one.title, how, before, after, nodes, fields };
}

function nodeDifference(before: NodeLike | undefined, after: NodeLike | undefined): NodeDifference | undefined {
  if (before && after && same(before, after)) return undefined;
  const one = after ?? before;
  if (!one) return undefined;
  const base = { id: one.id, type: one.type, before, after };
  if (!before) return { ...base, how: "added", fields: [] };
  if (!after) return { ...base, how: "removed", fields: [] };
  const fields = changes(standing(before), standing(after));
  return { ...base, how: fields.length === 0 ? "moved" : "changed", fields };
}

/** The node without its place on the canvas. */
function standing(node: NodeLike): Record<string, unknown> {
  const meta = { ...node.meta };
  delete meta["design"];
  const rest = without(node, "meta");
  return Object.keys(meta).length > 0 ? { ...rest, meta } : rest;
}

function without(object: Record<string, unknown>, key: string): Record<string, unknown> {
  const { [key]: _, ...rest } = object;
  return rest;
}

/** Pairs by id, in the order of what is; what is gone stands last. */
function paired<T extends { id: number }>(before: readonly T[], after: readonly T[]): [T | undefined, T | undefined][] {
  const was = new Map(before.map((one) => [one.id, one]));
  const pairs = after.map((one): [T | undefined, T | undefined] => {
    const old = was.get(one.id);
    was.delete(one.id);
    return [old, one];
  });
  return [...pairs, ...[...was.values()].map((one): [T, undefined] => [one, undefined])];
}

/** How many things a customer could notice: nodes, flows without nodes of their own, and preferences. */
export function count(found: Difference): number {
  const flows = found.flows.map((flow) => flow.nodes.filter((node) => node.how !== "moved").length + (flow.fields.length > 0 ? 1 : 0) || (flow.how === "moved" ? 0 : 1));
  return flows.reduce((sum, one) => sum + one, 0) + found.preference.length;
}
