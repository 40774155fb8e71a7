// xyflow's nodes and edges, made from the document by id: what did not change is the same object as before, so that React
// draws only what did.

import type { Edge, Node } from "@xyflow/react";

import { edgesOf, nodeOf, placeOf } from "../flow/document";
import { handlesOf, OUT } from "../flow/leads";
import type { EdgeDoc, FlowDoc, NodeDoc } from "../flow/types";
import { heightFor, NODE_WIDTH } from "./face";

export type CanvasNode = Node<{ node: NodeDoc; tight: number | undefined }, "flow">;
export type CanvasEdge = Edge<{ edge: EdgeDoc; index: number; back: number | undefined }, "way">;

/** Room between a node and the one below it, at least. */
const GAP = 14;
/** A node shows its head and a line in any case. */
const LEAST = 66;

/**
 * Old files place nodes for smaller cards. One that would cover the node below shows less of its content instead:
 * the height that there is, for each node that has too little.
 */
export function tightNodes(flow: FlowDoc): Map<number, number> {
  const tight = new Map<number, number>();
  const boxes = flow.nodes.map((node) => ({ id: node.id, ...placeOf(node), height: heightFor(node) })).sort((a, b) => a.y - b.y);
  boxes.forEach((box, at) => {
    for (let other = at + 1; other < boxes.length; other += 1) {
      const below = boxes[other];
      if (!below || below.y >= box.y + box.height + GAP) break;
      const beside = Math.abs(below.x - box.x) >= NODE_WIDTH;
      if (beside || below.y - box.y < LEAST) continue;
      tight.set(box.id, below.y - box.y - GAP);
      break;
    }
  });
  return tight;
}

/** Remembers what it made for one canvas. */
export class Derived {
  private nodes = new Map<number, CanvasNode>();
  private readonly edges = new Map<string, CanvasEdge>();

  nodesOf(flow: FlowDoc, selected: ReadonlySet<number>): CanvasNode[] {
    const tight = tightNodes(flow);
    const next = new Map<number, CanvasNode>();
    for (const node of flow.nodes) {
      const old = this.nodes.get(node.id);
      const isSelected = selected.has(node.id);
      const room = tight.get(node.id);
      const kept = old && old.data.node === node && old.data.tight === room;
      if (kept && Boolean(old.selected) === isSelected && same(old.position, placeOf(node))) {
        next.set(node.id, old);
        continue;
      }
      const data = kept ? old.data : { node, tight: room };
      next.set(node.id, {
        ...(old?.measured && { measured: old.measured }),
        id: String(node.id),
        type: "flow",
        position: placeOf(node),
        data,
        selected: isSelected,
        deletable: node.type !== "entry",
        initialWidth: NODE_WIDTH,
        initialHeight: heightFor(node),
      });
    }
    this.nodes = next;
    return [...next.values()];
  }

  /** What xyflow did to a node (measured it, moves it). */
  remember(nodes: readonly CanvasNode[]): void {
    for (const node of nodes) this.nodes.set(Number(node.id), node);
  }

  edgesOf(flow: FlowDoc, selected: string | undefined): CanvasEdge[] {
    return flow.nodes.flatMap((node) => {
      const handles = handlesOf(node);
      const from = placeOf(node);
      return edgesOf(node).flatMap((edge, index): CanvasEdge[] => {
        const target = nodeOf(flow, edge.nodeId);
        if (!target) return [];
        const id = edgeId(node.id, index);
        const handle = handles[index] ?? OUT;
        const back = placeOf(target).x < from.x + NODE_WIDTH - 40 ? under(node, target, index) : undefined;
        const old = this.edges.get(id);
        const isSelected = id === selected;
        if (
          old?.data?.edge === edge &&
          old.sourceHandle === handle &&
          old.target === String(edge.nodeId) &&
          old.data.back === back &&
          Boolean(old.selected) === isSelected
        ) {
          return [old];
        }
        const made: CanvasEdge = {
          id,
          type: "way",
          source: String(node.id),
          sourceHandle: handle,
          target: String(edge.nodeId),
          targetHandle: "in",
          data: { edge, index, back },
          selected: isSelected,
          reconnectable: true,
        };
        this.edges.set(id, made);
        return [made];
      });
    });
  }
}

/** Where a way back passes: under both its nodes, each a little elsewhere. */
function under(from: NodeDoc, to: NodeDoc, index: number): number {
  return Math.max(placeOf(from).y + heightFor(from), placeOf(to).y + heightFor(to)) + 16 + ((from.id + index) % 5) * 6;
}

export function edgeId(from: number, index: number): string {
  return `${from}>${index}`;
}

export function readEdgeId(id: string): { from: number; index: number } {
  const [from, index] = id.split(">");
  return { from: Number(from), index: Number(index) };
}

function same(a: { x: number; y: number }, b: { x: number; y: number }): boolean {
  return a.x === b.x && a.y === b.y;
}
