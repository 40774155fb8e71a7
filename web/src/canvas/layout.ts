// Where nodes go: all of them anew (from left to right, along the ways), some of them in line, or one beside another.

import { Graph, layout as dagre } from "@dagrejs/dagre";

import { edgesOf, entryOf, placeOf, type Point } from "../flow/document";
import type { FlowDoc, NodeDoc } from "../flow/types";
import { heightFor, NODE_WIDTH } from "./face";

/** The room between nodes. */
const ACROSS = 76;
const DOWN = 28;

export type Size = (node: NodeDoc) => { width: number; height: number };
const guessed: Size = (node) => ({ width: NODE_WIDTH, height: heightFor(node) });

/** New places for the nodes (all, or the named ones, which stay about where they were). */
export function arrange(flow: FlowDoc, only?: ReadonlySet<number>, size: Size = guessed): Map<number, Point> {
  const nodes = flow.nodes.filter((node) => !only || only.has(node.id));
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", nodesep: DOWN, ranksep: ACROSS, ranker: "network-simplex" });
  graph.setDefaultEdgeLabel(() => ({}));
  const entry = entryOf(flow);
  for (const node of nodes) graph.setNode(String(node.id), { ...size(node) });
  for (const node of nodes) {
    for (const edge of edgesOf(node)) {
      if (graph.hasNode(String(edge.nodeId)) && edge.nodeId !== node.id && edge.nodeId !== entry?.id) graph.setEdge(String(node.id), String(edge.nodeId));
    }
  }
  dagre(graph);
  const found = nodes.map((node) => {
    const { x, y, width, height } = graph.node(String(node.id)) as { x: number; y: number; width: number; height: number };
    return { node, x: x - width / 2, y: y - height / 2 };
  });
  const least = (key: "x" | "y") => Math.min(...found.map((one) => one[key]));
  const [left, top] = [least("x"), least("y")];
  const places = nodes.map(placeOf);
  const origin = only ? { x: Math.min(...places.map((one) => one.x)), y: Math.min(...places.map((one) => one.y)) } : { x: 40, y: 40 };
  return new Map(found.map(({ node, x, y }) => [node.id, { x: Math.round(x - left + origin.x), y: Math.round(y - top + origin.y) }]));
}

export type Line = "left" | "center" | "right" | "top" | "middle" | "bottom" | "across" | "down";

function middle(low: number, high: number): number {
  return Math.round((low + high) / 2);
}

/** Nodes in line, or with equal room between them (`across`, `down`). */
export function align(nodes: readonly NodeDoc[], line: Line, size: Size = guessed): Map<number, Point> {
  const boxes = nodes.map((node) => ({ id: node.id, ...placeOf(node), ...size(node) }));
  if (line === "across" || line === "down") return spread(boxes, line);
  const most = (pick: (box: (typeof boxes)[number]) => number) => Math.max(...boxes.map(pick));
  const least = (pick: (box: (typeof boxes)[number]) => number) => Math.min(...boxes.map(pick));
  const at = {
    left: least((box) => box.x),
    right: most((box) => box.x + box.width),
    center: middle(least((box) => box.x), most((box) => box.x + box.width)),
    top: least((box) => box.y),
    bottom: most((box) => box.y + box.height),
    middle: middle(least((box) => box.y), most((box) => box.y + box.height)),
  }[line];
  return new Map(
    boxes.map(({ id, x, y, width, height }): [number, Point] => {
      if (line === "left") return [id, { x: at, y }];
      if (line === "right") return [id, { x: at - width, y }];
      if (line === "center") return [id, { x: Math.round(at - width / 2), y }];
      if (line === "top") return [id, { x, y: at }];
      if (line === "bottom") return [id, { x, y: at - height }];
      return [id, { x, y: Math.round(at - height / 2) }];
    }),
  );
}

function spread(boxes: { id: number; x: number; y: number; width: number; height: number }[], line: "across" | "down"): Map<number, Point> {
  const [key, extent] = line === "across" ? (["x", "width"] as const) : (["y", "height"] as const);
  const sorted = boxes.toSorted((a, b) => a[key] - b[key]);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last || sorted.length < 3) return new Map();
  const filled = sorted.reduce((sum, box) => sum + box[extent], 0);
  const room = (last[key] + last[extent] - first[key] - filled) / (sorted.length - 1);
  let at = first[key];
  return new Map(
    sorted.map((box): [number, Point] => {
      const place = Math.round(at);
      at += box[extent] + room;
      return [box.id, line === "across" ? { x: place, y: box.y } : { x: box.x, y: place }];
    }),
  );
}

/** A free place for a new node: to the right of one, below what stands there. */
export function beside(flow: FlowDoc, from: NodeDoc | undefined): Point {
  const boxes = flow.nodes.map((node) => ({ ...placeOf(node), height: heightFor(node) }));
  const origin = from ? { x: placeOf(from).x + NODE_WIDTH + ACROSS, y: placeOf(from).y } : undefined;
  const place = origin ?? { x: Math.max(0, ...boxes.map((box) => box.x)) + NODE_WIDTH + ACROSS, y: 60 };
  const covers = () => boxes.find((box) => Math.abs(box.x - place.x) < NODE_WIDTH + 16 && box.y < place.y + 120 && box.y + box.height + DOWN > place.y);
  for (let box = covers(); box; box = covers()) place.y = box.y + box.height + DOWN;
  return place;
}
