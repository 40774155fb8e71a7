// Everything that can be done to a document. A command is made from what it shall do and run on a document; what it changed
// is found by comparing (delta.ts), so that a command is no more than its deed. Each says how it is taken back.

import { edgesOf, entryOf, flowOf, freshNodeId, nodeOf, type Point } from "./document";
import { drop, isObject, put, putIn } from "./json";
import { followButtons } from "./leads";
import type { BotDoc, Data, EdgeDoc, FlowDoc, NodeDoc, Spot, WhereDoc } from "./types";

export interface Command {
  /** A stable name; the screen has words for it. */
  name: CommandName;
  /** Taken back by itself, together with the next command, or never. */
  undo: "alone" | "next" | "never";
  /** Commands of one key that follow each other at once are one step: typing. */
  join?: string | undefined;
  /** Where it can be seen. */
  spot?: Spot | undefined;
  run: (doc: BotDoc) => BotDoc;
}

export type CommandName =
  | "editNode"
  | "renameNode"
  | "addNode"
  | "removeNodes"
  | "moveNodes"
  | "pasteNodes"
  | "connect"
  | "moveEdge"
  | "editEdge"
  | "removeEdge"
  | "addFlow"
  | "renameFlow"
  | "duplicateFlow"
  | "removeFlow"
  | "replaceFlow"
  | "setEntryFlow"
  | "setFallbackFlow"
  | "editPreference"
  | "replaceDraft";

// ── helpers ──────────────────────────────────────────────────────────────────────────────────────────────────────────

function withFlow(doc: BotDoc, id: number, change: (flow: FlowDoc) => FlowDoc): BotDoc {
  const flow = flowOf(doc, id);
  if (!flow) return doc;
  const next = change(flow);
  return next === flow ? doc : put(doc, "flows", doc.flows.map((one) => (one === flow ? next : one)));
}

function withNodes(doc: BotDoc, flow: number, change: (nodes: readonly NodeDoc[], flow: FlowDoc) => NodeDoc[]): BotDoc {
  return withFlow(doc, flow, (one) => put(one, "nodes", change(one.nodes, one)));
}

function withNode(doc: BotDoc, flow: number, id: number, change: (node: NodeDoc) => NodeDoc): BotDoc {
  const found = nodeOf(flowOf(doc, flow), id);
  if (!found) return doc;
  const next = change(found);
  return next === found ? doc : withNodes(doc, flow, (nodes) => nodes.map((node) => (node === found ? next : node)));
}

function placed(node: NodeDoc, { x, y }: Point): NodeDoc {
  const design = isObject(node.meta?.["design"]) ? node.meta["design"] : {};
  return put(node, "meta", put(node.meta ?? {}, "design", put(put(design, "x", x), "y", y)));
}

const withEdges = (node: NodeDoc, edges: EdgeDoc[]) => put(node, "next", edges);

// ── nodes ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Replaces a node's data. `join` makes typing in one field one step. */
export function setNodeData(flow: number, node: number, data: Data, join?: string): Command {
  const run = (doc: BotDoc) => withNode(doc, flow, node, (one) => followButtons(one, put(one, "data", data)));
  return { name: "editNode", undo: "alone", join: join && `${flow}/${node}/${join}`, spot: { flow, node }, run };
}

/** Sets what stands at a path in a node's data (`["message", "text"]`); `undefined` removes it. */
export function setNodeDataAt(flow: number, node: number, path: readonly (string | number)[], value: unknown): Command {
  const run = (doc: BotDoc) => withNode(doc, flow, node, (one) => followButtons(one, put(one, "data", putIn(one.data ?? {}, path, value))));
  return { name: "editNode", undo: "alone", join: `${flow}/${node}/${path.join("/")}`, spot: { flow, node }, run };
}

/** Replaces a whole node; its id stays. */
export function setNode(flow: number, node: NodeDoc, join?: string): Command {
  const run = (doc: BotDoc) => withNode(doc, flow, node.id, () => node);
  return { name: "editNode", undo: "alone", join: join && `${flow}/${node.id}/${join}`, spot: { flow, node: node.id }, run };
}

export function renameNode(flow: number, node: number, label: string): Command {
  const run = (doc: BotDoc) => withNode(doc, flow, node, (one) => put(one, "label", label));
  return { name: "renameNode", undo: "alone", join: `${flow}/${node}/label`, spot: { flow, node }, run };
}

/** Adds a node; its id is one that is free (`freshNodeId`). */
export function addNode(flow: number, node: NodeDoc, undo: "alone" | "next" = "alone"): Command {
  const run = (doc: BotDoc) => withNodes(doc, flow, (nodes) => [...nodes, node]);
  return { name: "addNode", undo, spot: { flow, node: node.id }, run };
}

/** Removes nodes and the edges to them. The entry of a flow stays. */
export function removeNodes(flow: number, ids: readonly number[]): Command {
  const run = (doc: BotDoc) =>
    withNodes(doc, flow, (nodes, whole) => {
      const entry = entryOf(whole)?.id;
      const gone = new Set(ids.filter((id) => id !== entry));
      return nodes
        .filter((node) => !gone.has(node.id))
        .map((node) => {
          const edges = edgesOf(node);
          return edges.some((one) => gone.has(one.nodeId)) ? withEdges(node, edges.filter((one) => !gone.has(one.nodeId))) : node;
        });
    });
  return { name: "removeNodes", undo: "alone", spot: { flow, node: ids[0] }, run };
}

export function moveNodes(flow: number, places: ReadonlyMap<number, Point>, join?: string): Command {
  const run = (doc: BotDoc) =>
    withNodes(doc, flow, (nodes) =>
      nodes.map((node) => {
        const place = places.get(node.id);
        return place ? placed(node, place) : node;
      }),
    );
  return { name: "moveNodes", undo: "alone", join, spot: { flow, node: [...places.keys()][0] }, run };
}

/**
 * Nodes as they are to be pasted: with new ids, edges among them kept, edges out of them dropped, moved by `by`. Entries
 * stay behind: a flow has one.
 */
export function copied(into: FlowDoc, nodes: readonly NodeDoc[], by: Point): NodeDoc[] {
  const taken = nodes.filter((node) => node.type !== "entry");
  const first = freshNodeId(into);
  const ids = new Map(taken.map((node, at) => [node.id, first + at]));
  return taken.map((node) => {
    const edges = edgesOf(node).flatMap((one) => {
      const to = ids.get(one.nodeId);
      return to === undefined ? [] : [put(one, "nodeId", to)];
    });
    const design = isObject(node.meta?.["design"]) ? node.meta["design"] : {};
    const at = { x: (Number(design["x"]) || 0) + by.x, y: (Number(design["y"]) || 0) + by.y };
    return placed(withEdges(put(node, "id", ids.get(node.id)), edges), at);
  });
}

/** Adds nodes that `copied` made. */
export function pasteNodes(flow: number, nodes: readonly NodeDoc[]): Command {
  const run = (doc: BotDoc) => withNodes(doc, flow, (now) => [...now, ...nodes]);
  return { name: "pasteNodes", undo: "alone", spot: { flow, node: nodes[0]?.id }, run };
}

// ── edges ────────────────────────────────────────────────────────────────────────────────────────────────────────────

export function edge(to: number, where?: WhereDoc | null, priority?: number): EdgeDoc {
  return { nodeId: to, ...(where && { where }), ...(priority !== undefined && { priority }) };
}

export function connect(flow: number, from: number, made: EdgeDoc): Command {
  const run = (doc: BotDoc) => withNode(doc, flow, from, (node) => withEdges(node, [...edgesOf(node), made]));
  return { name: "connect", undo: "alone", spot: { flow, node: from }, run };
}

/** Replaces one edge: its condition, its priority. */
export function setEdge(flow: number, from: number, index: number, next: EdgeDoc, join?: string): Command {
  const run = (doc: BotDoc) =>
    withNode(doc, flow, from, (node) => withEdges(node, edgesOf(node).map((one, at) => (at === index ? next : one))));
  return { name: "editEdge", undo: "alone", join: join && `${flow}/${from}>${index}/${join}`, spot: { flow, node: from }, run };
}

/** Leads an edge elsewhere, or lets it begin at another node. */
export function moveEdge(flow: number, from: number, index: number, end: { from?: number; to?: number }): Command {
  const run = (doc: BotDoc) => {
    const old = edgesOf(nodeOf(flowOf(doc, flow), from) ?? { id: 0, type: "" })[index];
    if (!old) return doc;
    const moved = end.to === undefined ? old : put(old, "nodeId", end.to);
    if (end.from === undefined || end.from === from) {
      return withNode(doc, flow, from, (node) => withEdges(node, edgesOf(node).map((one, at) => (at === index ? moved : one))));
    }
    const without = withNode(doc, flow, from, (node) => withEdges(node, edgesOf(node).filter((_, at) => at !== index)));
    return withNode(without, flow, end.from, (node) => withEdges(node, [...edgesOf(node), moved]));
  };
  return { name: "moveEdge", undo: "alone", spot: { flow, node: end.from ?? from }, run };
}

export function removeEdges(flow: number, edges: readonly { from: number; index: number }[]): Command {
  const run = (doc: BotDoc) =>
    withNodes(doc, flow, (nodes) =>
      nodes.map((node) => {
        const gone = new Set(edges.filter((one) => one.from === node.id).map((one) => one.index));
        return gone.size > 0 ? withEdges(node, edgesOf(node).filter((_, at) => !gone.has(at))) : node;
      }),
    );
  return { name: "removeEdge", undo: "alone", spot: { flow, node: edges[0]?.from }, run };
}

// ── flows ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Adds a flow; with `next` it is taken back together with what is done to it at once (its name). */
export function addFlow(flow: FlowDoc, undo: "alone" | "next" = "alone", name: "addFlow" | "duplicateFlow" = "addFlow"): Command {
  return { name, undo, spot: { flow: flow.id }, run: (doc) => put(doc, "flows", [...doc.flows, flow]) };
}

/** A flow that has an entry and nothing else. */
export function emptyFlow(id: number, title: string, entryLabel: string): FlowDoc {
  const entry: NodeDoc = { id: 1, type: "entry", label: entryLabel, data: {}, meta: { design: { x: 24, y: 60 } }, next: [] };
  return { id, title, data: { entry: 1 }, nodes: [entry] };
}

export function renameFlow(flow: number, title: string): Command {
  return { name: "renameFlow", undo: "alone", spot: { flow }, run: (doc) => withFlow(doc, flow, (one) => put(one, "title", title)) };
}

/** Removes a flow. The entry flow stays; a fallback flow is unset. */
export function removeFlow(flow: number): Command {
  const run = (doc: BotDoc) => {
    if (Number(doc.preference?.entryFlowId) === flow || doc.flows.length < 2) return doc;
    const without = put(doc, "flows", doc.flows.filter((one) => one.id !== flow));
    if (Number(doc.preference?.fallbackFlowId) !== flow) return without;
    return put(without, "preference", drop(doc.preference ?? {}, "fallbackFlowId"));
  };
  return { name: "removeFlow", undo: "alone", spot: { flow }, run };
}

/** Puts a flow in the place of one that is there. */
export function replaceFlow(flow: FlowDoc): Command {
  return { name: "replaceFlow", undo: "alone", spot: { flow: flow.id }, run: (doc) => withFlow(doc, flow.id, () => flow) };
}

export function setEntryFlow(flow: number): Command {
  const run = (doc: BotDoc) => put(doc, "preference", put(doc.preference ?? {}, "entryFlowId", flow));
  return { name: "setEntryFlow", undo: "alone", spot: { flow }, run };
}

/** `undefined`: none. */
export function setFallbackFlow(flow: number | undefined): Command {
  const run = (doc: BotDoc) => put(doc, "preference", putIn(doc.preference ?? {}, ["fallbackFlowId"], flow));
  return { name: "setFallbackFlow", undo: "alone", ...(flow !== undefined && { spot: { flow } }), run };
}

export function setPreferenceAt(path: readonly (string | number)[], value: unknown): Command {
  const run = (doc: BotDoc) => put(doc, "preference", putIn(doc.preference ?? {}, path, value));
  return { name: "editPreference", undo: "alone", join: `preference/${path.join("/")}`, run };
}

/** Puts another file in the place of flows and preferences: an older version. */
export function replaceDraft(file: BotDoc): Command {
  const run = (doc: BotDoc) => put(put(doc, "flows", file.flows), "preference", file.preference ?? doc.preference);
  return { name: "replaceDraft", undo: "alone", run };
}
