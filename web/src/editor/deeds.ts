// What one does on the canvas, made of commands: menu, key, pointer and palette all do it this way.

import { fromClipboard, toClipboard } from "../canvas/clipboard";
import { heightFor, NODE_WIDTH } from "../canvas/face";
import { align, arrange, beside, type Line } from "../canvas/layout";
import { addNode, connect, copied, edge, moveEdge, moveNodes, pasteNodes, removeEdges, removeNodes } from "../flow/commands";
import { edgesOf, entryOf, flowOf, freshNodeId, nodeOf, placeOf, type Point } from "../flow/document";
import { same } from "../flow/json";
import { OUT, whereFrom } from "../flow/leads";
import { type FlowDoc, type NodeDoc, type NodeType, typeOf } from "../flow/types";
import { newNode } from "./make";
import type { EditorStore } from "./store";

/** How far a copy stands from its model. */
const ASIDE = 32;

export function shownFlow(store: EditorStore): FlowDoc | undefined {
  const { doc, flowId } = store.get();
  return flowOf(doc, flowId);
}

export function chosenNodes(store: EditorStore): NodeDoc[] {
  const flow = shownFlow(store);
  return store.get().chosen.flatMap((id) => nodeOf(flow, id) ?? []);
}

/** A connection that has one end: the new node is to be the other. */
export interface Loose {
  node: number;
  handle: string | null;
  /** It was drawn from the way in. */
  backward: boolean;
}

/** Can one go on from this node? */
function leadsOn(node: NodeDoc): boolean {
  return typeOf(node) !== "flow" && typeOf(node) !== "unknown";
}

/** Adds a node, linked from what is chosen or drawn from, and lets one write at once. */
export function addOne(store: EditorStore, type: NodeType, label: string, at?: Point, loose?: Loose): void {
  const flow = shownFlow(store);
  if (!flow || store.readonly) return;
  const chosen = store.get().chosen.length === 1 ? nodeOf(flow, store.get().chosen[0]) : undefined;
  const from = loose ? nodeOf(flow, loose.node) : chosen;
  // By click: the new node goes on from the one that is chosen, unless that has its plain way already.
  const links = loose !== undefined || (at === undefined && from !== undefined && leadsOn(from) && !edgesOf(from).some((one) => !one.where));
  const node = newNode(freshNodeId(flow), type, label, at ?? beside(flow, from));
  store.run(addNode(flow.id, node, from && links ? "next" : "alone"));
  if (from && links) {
    if (loose?.backward) store.run(connect(flow.id, node.id, edge(from.id)));
    else store.run(connect(flow.id, from.id, edge(node.id, whereFrom(from, loose?.handle))));
  }
  store.jump(flow.id, node.id, true);
}

/** Draws an edge; from a row that leads somewhere already, that way is led elsewhere instead. */
export function link(store: EditorStore, from: number, handle: string | null, to: number): void {
  const flow = shownFlow(store);
  const node = nodeOf(flow, from);
  if (!flow || !node || nodeOf(flow, to)?.type === "entry") return;
  const where = whereFrom(node, handle);
  const edges = edgesOf(node);
  const twin = edges.findIndex((one) => same(one.where ?? undefined, where));
  if (twin >= 0 && where) {
    if (edges[twin]?.nodeId !== to) store.run(moveEdge(flow.id, from, twin, { to }));
    return;
  }
  if (twin >= 0 && edges[twin]?.nodeId === to) return;
  store.run(connect(flow.id, from, edge(to, where)));
  // A second plain way could never be taken: what it needs is a condition.
  if (twin >= 0) {
    store.chooseEdge(from, edges.length);
    store.wantForm();
  }
}

export function relink(store: EditorStore, from: number, index: number, end: { from: number; handle: string | null; to: number }, oldHandle: string): void {
  const flow = shownFlow(store);
  const node = nodeOf(flow, from);
  if (!flow || !node || nodeOf(flow, end.to)?.type === "entry") return;
  if (end.from === from && (end.handle ?? OUT) === oldHandle) {
    store.run(moveEdge(flow.id, from, index, { to: end.to }));
    return;
  }
  const other = nodeOf(flow, end.from);
  if (!other) return;
  // Another row means another condition; the plain way keeps what the edge says.
  const where = whereFrom(other, end.handle) ?? edgesOf(node)[index]?.where;
  const made = { ...edgesOf(node)[index], nodeId: end.to, ...(where && { where }) };
  store.run({ ...removeEdges(flow.id, [{ from, index }]), undo: "next" });
  store.run({ ...connect(flow.id, end.from, made), name: "moveEdge" });
}

/** Removes what is chosen: an edge, or nodes with their edges. */
export function remove(store: EditorStore): "edge" | "nodes" | "entry" | undefined {
  const flow = shownFlow(store);
  const { edgeAt, chosen } = store.get();
  if (!flow) return undefined;
  if (edgeAt) {
    store.run(removeEdges(flow.id, [edgeAt]));
    return "edge";
  }
  const entry = entryOf(flow)?.id;
  const ids = chosen.filter((id) => id !== entry);
  if (ids.length === 0) return chosen.length > 0 ? "entry" : undefined;
  store.run(removeNodes(flow.id, ids));
  return "nodes";
}

export function move(store: EditorStore, places: ReadonlyMap<number, Point>, join?: string): void {
  const flow = shownFlow(store);
  if (!flow) return;
  const moved = new Map([...places].flatMap(([id, { x, y }]): [number, Point][] => {
    const node = nodeOf(flow, id);
    const to = { x: Math.round(x), y: Math.round(y) };
    return node && !same(placeOf(node), to) ? [[id, to]] : [];
  }));
  if (moved.size > 0) store.run(moveNodes(flow.id, moved, join));
}

/** Moves what is chosen by keys; one step while the keys go on. */
export function nudge(store: EditorStore, by: Point): void {
  const nodes = chosenNodes(store);
  move(store, new Map(nodes.map((node) => [node.id, { x: placeOf(node).x + by.x, y: placeOf(node).y + by.y }])), `nudge/${nodes.map((node) => node.id).join()}`);
}

export function duplicate(store: EditorStore, by: Point = { x: ASIDE, y: ASIDE }): void {
  insert(store, chosenNodes(store), by);
}

function insert(store: EditorStore, nodes: readonly NodeDoc[], by: Point): void {
  const flow = shownFlow(store);
  if (!flow || store.readonly) return;
  const made = copied(flow, nodes, by);
  if (made.length === 0) return;
  store.run(pasteNodes(flow.id, made));
  store.choose(made.map((node) => node.id));
}

export function copyText(store: EditorStore): string | undefined {
  const nodes = chosenNodes(store).filter((node) => node.type !== "entry");
  return nodes.length > 0 ? toClipboard(nodes) : undefined;
}

/** Pastes nodes around a point; false when the text holds none. */
export function pasteText(store: EditorStore, text: string, around: Point): boolean {
  const nodes = fromClipboard(text)?.filter((node) => node.type !== "entry");
  if (!nodes || nodes.length === 0) return false;
  const places = nodes.map(placeOf);
  const [left, top] = [Math.min(...places.map((one) => one.x)), Math.min(...places.map((one) => one.y))];
  const right = Math.max(...places.map((one) => one.x + NODE_WIDTH));
  const bottom = Math.max(...nodes.map((node) => placeOf(node).y + heightFor(node)));
  const by = { x: Math.round(around.x - (left + right) / 2), y: Math.round(around.y - (top + bottom) / 2) };
  insert(store, nodes, by);
  return true;
}

export type Measure = (node: NodeDoc) => { width: number; height: number };

export function alignChosen(store: EditorStore, line: Line, size: Measure): void {
  move(store, align(chosenNodes(store), line, size));
}

/** Lays the flow out anew, or what is chosen of it. */
export function layOut(store: EditorStore, size: Measure): void {
  const flow = shownFlow(store);
  const { chosen } = store.get();
  if (flow) move(store, arrange(flow, chosen.length > 1 ? new Set(chosen) : undefined, size));
}

/** The node one comes to in a direction: along the ways where they lead there, else the nearest. */
export function neighbour(store: EditorStore, direction: "left" | "right" | "up" | "down"): number | undefined {
  const flow = shownFlow(store);
  if (!flow) return undefined;
  const now = nodeOf(flow, store.get().nodeId);
  if (!now) return entryOf(flow)?.id ?? flow.nodes[0]?.id;
  const here = placeOf(now);
  const linked =
    direction === "right"
      ? edgesOf(now).map((one) => one.nodeId)
      : direction === "left"
        ? flow.nodes.filter((node) => edgesOf(node).some((one) => one.nodeId === now.id)).map((node) => node.id)
        : [];
  const [first] = linked.filter((id) => id !== now.id);
  if (first !== undefined) return first;
  let best: { id: number; far: number } | undefined;
  for (const node of flow.nodes) {
    const { x, y } = placeOf(node);
    const [dx, dy] = [x - here.x, y - here.y];
    const [along, aside] = { left: [-dx, dy], right: [dx, dy], up: [-dy, dx], down: [dy, dx] }[direction] as [number, number];
    if (along <= 0) continue;
    const far = along + 2 * Math.abs(aside);
    if (!best || far < best.far) best = { id: node.id, far };
  }
  return best?.id;
}
