// Brings two people's work on one draft together: what only one changed is taken, what both changed alike is taken once,
// and what both changed differently is a conflict, which somebody decides. By node: two halves of one node (its data, its
// ways out) may come from two people, two versions of one text may not be mixed.

import { edgesOf, flowOf, freshFlowId, freshNodeId, nodeOf, type Point } from "./document";
import { renumberFlow, renumberNode } from "./renumber";
import { drop, entriesOf, isObject, put, same } from "./json";
import type { BotDoc, FlowDoc, NodeDoc } from "./types";

/** Both changed this, differently. `undefined`: it is not there on that side. */
export interface Conflict {
  /** Names it within one merge. */
  id: string;
  flow: number | undefined;
  node: number | undefined;
  /** What of it: `data`, `next`, `title`, `preference.systemMessage.error`; nothing when one side removed the whole. */
  field: string | undefined;
  base: unknown;
  mine: unknown;
  theirs: unknown;
}

export type Side = "mine" | "theirs";

/** Both moved this node on the canvas. */
export interface Moved {
  flow: number;
  node: number;
  /** Where the other put it. */
  theirs: Point;
}

export interface Merged {
  doc: BotDoc;
  conflicts: Conflict[];
  /** Nodes that both moved: they stand where mine are, and somebody should hear of it. */
  moved: Moved[];
  /** Ids that both gave out; mine have new ones now. */
  renumbered: { flow: number; node: number | undefined; to: number }[];
}

/** Decides conflicts; without a decision the other's stands until there is one. */
export type Choose = (conflict: Conflict) => Side | undefined;

export function merge(base: BotDoc, mine: BotDoc, theirs: BotDoc, choose: Choose = () => undefined): Merged {
  const { doc: own, renumbered } = apart(base, mine, theirs);
  const table = new Table(choose);
  const head = table.keys(base, own, theirs, { skip: ["flows"], deep: ["preference"] });
  const flows = table.list(base.flows, own.flows, theirs.flows, (b, m, t) => table.flow(b, m, t));
  return { doc: put(head, "flows", flows), conflicts: table.conflicts, moved: table.moved, renumbered };
}

/** For undo: what one wanted to set, over what somebody else has set since; theirs stands where both did. */
export function settle<T extends object>(change: { before: T; after: T }, now: T): T {
  return new Table(() => "theirs").keys(change.before, change.after, now, { skip: ["nodes", "flows"], deep: ["preference"] });
}

function valueAt(object: object | undefined, key: string): unknown {
  return (object as { [key: string]: unknown } | undefined)?.[key];
}

interface Where {
  skip?: readonly string[];
  deep?: readonly string[];
  flow?: number;
  node?: number;
  path?: string;
}

class Table {
  readonly conflicts: Conflict[] = [];
  readonly moved: Moved[] = [];
  constructor(private readonly choose: Choose) {}

  /** A node, flow head or bot head, key by key. */
  keys<T extends object>(base: T | undefined, mine: T, theirs: T, where: Where): T {
    let made = theirs;
    const names = new Set([...entriesOf(theirs), ...entriesOf(mine)].map(([key]) => key));
    for (const key of names) {
      if (where.skip?.includes(key)) continue;
      const [b, m, t] = [valueAt(base, key), valueAt(mine, key), valueAt(theirs, key)];
      const field = where.path ? `${where.path}.${key}` : key;
      const value =
        where.deep?.includes(key) && isObject(m) && isObject(t)
          ? this.keys(isObject(b) ? b : undefined, m, t, { ...where, deep: ["systemMessage", "sessionBehavior"], path: field })
          : this.one(b, m, t, { flow: where.flow, node: where.node, field });
      if (value !== t) made = value === undefined ? drop(made, key) : put(made, key, value);
    }
    return made;
  }

  one<T>(base: T, mine: T, theirs: T, at: { flow?: number | undefined; node?: number | undefined; field: string | undefined }): T {
    if (same(mine, theirs) || same(mine, base)) return theirs;
    if (same(theirs, base)) return mine;
    const conflict: Conflict = {
      id: `${at.flow ?? ""}/${at.node ?? ""}/${at.field ?? ""}`,
      flow: at.flow,
      node: at.node,
      field: at.field,
      base,
      mine,
      theirs,
    };
    // Where a node stands on the canvas is no content to be asked about: the one who moves it last keeps it there, and is told.
    if (at.flow !== undefined && at.node !== undefined && at.field === "meta.design" && isObject(mine) && isObject(theirs)) {
      if (this.choose(conflict) === "theirs") return theirs;
      this.moved.push({ flow: at.flow, node: at.node, theirs: { x: Number(theirs["x"]) || 0, y: Number(theirs["y"]) || 0 } });
      return mine;
    }
    this.conflicts.push(conflict);
    return this.choose(conflict) === "mine" ? mine : theirs;
  }

  /** Lists of things with ids: theirs in their order, and what I added after what it stood behind. */
  list<T extends { id: number }>(
    base: readonly T[],
    mine: readonly T[],
    theirs: readonly T[],
    each: (base: T | undefined, mine: T | undefined, theirs: T | undefined) => T | undefined,
  ): T[] {
    const by = (list: readonly T[]) => new Map(list.map((one) => [one.id, one]));
    const [b, m, t] = [by(base), by(mine), by(theirs)];
    const made = theirs.flatMap((one) => each(b.get(one.id), m.get(one.id), one) ?? []);
    mine.forEach((one, at) => {
      if (t.has(one.id)) return;
      const kept = each(b.get(one.id), one, undefined);
      if (!kept) return;
      const before = mine[at - 1];
      const place = before ? made.findIndex((other) => other.id === before.id) : -1;
      made.splice(place < 0 ? made.length : place + 1, 0, kept);
    });
    return made;
  }

  flow(base: FlowDoc | undefined, mine: FlowDoc | undefined, theirs: FlowDoc | undefined): FlowDoc | undefined {
    const id = (mine ?? theirs ?? base)?.id ?? 0;
    if (!mine || !theirs) return this.one(base, mine, theirs, { flow: id, field: undefined });
    const head = this.keys(base, mine, theirs, { skip: ["nodes"], flow: id });
    const nodes = this.list(base?.nodes ?? [], mine.nodes, theirs.nodes, (b, m, t) => this.node(b, m, t, id));
    return put(head, "nodes", this.sound(nodes, id, mine, theirs));
  }

  node(base: NodeDoc | undefined, mine: NodeDoc | undefined, theirs: NodeDoc | undefined, flow: number): NodeDoc | undefined {
    const id = (mine ?? theirs ?? base)?.id ?? 0;
    if (!mine || !theirs) return this.one(base, mine, theirs, { flow, node: id, field: undefined });
    return this.keys(base, mine, theirs, { flow, node: id, deep: ["meta"] });
  }

  /** An edge that one made to a node that the other removed: the node is asked about like any other conflict. */
  private sound(nodes: NodeDoc[], flow: number, mine: FlowDoc, theirs: FlowDoc): NodeDoc[] {
    const there = new Set(nodes.map((node) => node.id));
    const lost = new Set(nodes.flatMap((node) => edgesOf(node).map((edge) => edge.nodeId)).filter((id) => !there.has(id)));
    if (lost.size === 0) return nodes;
    const back: NodeDoc[] = [];
    for (const id of lost) {
      const [m, t] = [nodeOf(mine, id), nodeOf(theirs, id)];
      const kept = this.decided(flow, id, m, t);
      if (kept) back.push(kept);
    }
    const again = [...nodes, ...back];
    const known = new Set(again.map((node) => node.id));
    return again.map((node) => {
      const edges = edgesOf(node);
      return edges.every((edge) => known.has(edge.nodeId)) ? node : put(node, "next", edges.filter((edge) => known.has(edge.nodeId)));
    });
  }

  private decided(flow: number, node: number, mine: NodeDoc | undefined, theirs: NodeDoc | undefined): NodeDoc | undefined {
    const id = `${flow}/${node}/`;
    const before = this.conflicts.find((one) => one.id === id);
    const conflict: Conflict = before ?? { id, flow, node, field: undefined, base: mine ?? theirs, mine, theirs };
    if (!before) this.conflicts.push(conflict);
    return this.choose(conflict) === "mine" ? mine : theirs;
  }
}

/** Both may have given one id to two new things; then mine get ids that nobody has. */
function apart(base: BotDoc, mine: BotDoc, theirs: BotDoc): { doc: BotDoc; renumbered: Merged["renumbered"] } {
  let doc = mine;
  const renumbered: Merged["renumbered"] = [];
  for (const flow of mine.flows) {
    const other = flowOf(theirs, flow.id);
    if (!other || same(other, flow)) continue;
    if (!flowOf(base, flow.id)) {
      const to = Math.max(freshFlowId(doc), freshFlowId(theirs));
      doc = renumberFlow(doc, flow.id, to);
      renumbered.push({ flow: flow.id, node: undefined, to });
      continue;
    }
    const old = flowOf(base, flow.id);
    let next = Math.max(freshNodeId(flow), freshNodeId(other));
    for (const node of flow.nodes) {
      const twin = nodeOf(other, node.id);
      if (!twin || nodeOf(old, node.id) || same(twin, node)) continue;
      doc = renumberNode(doc, flow.id, node.id, next);
      renumbered.push({ flow: flow.id, node: node.id, to: next });
      next += 1;
    }
  }
  return { doc, renumbered };
}
