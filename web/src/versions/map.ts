// Where the nodes of two states of a flow stand, in one drawing: what is, as it stands now; what is gone, where it stood.

import type { FlowLike, How, NodeDifference, NodeLike } from "./compare";

export const NODE = { width: 190, height: 54 };
const EDGE_OF_MAP = 24;

export interface Placed {
  node: NodeLike;
  how: How | "same";
  x: number;
  y: number;
}
export interface Way {
  from: Placed;
  to: Placed;
  how: "same" | "added" | "removed";
}
export interface FlowDrawing {
  nodes: Placed[];
  ways: Way[];
  width: number;
  height: number;
}

const at = (node: NodeLike) => {
  const design = node.meta?.["design"];
  const it = (typeof design === "object" && design !== null ? design : {}) as Record<string, unknown>;
  return { x: Number(it["x"] ?? 0) || 0, y: Number(it["y"] ?? 0) || 0 };
};

const pairs = (flow: FlowLike | undefined) =>
  new Set((flow?.nodes ?? []).flatMap((node) => (Array.isArray(node.next) ? node.next : []).map((edge) => `${node.id} ${Number(edge.nodeId)}`)));

export function draw(before: FlowLike | undefined, after: FlowLike | undefined, found: readonly NodeDifference[]): FlowDrawing {
  const how = new Map(found.map((one) => [one.id, one.how]));
  const gone = (before?.nodes ?? []).filter((node) => how.get(node.id) === "removed");
  const nodes = [...(after?.nodes ?? []), ...gone].map((node): Placed => ({ node, how: how.get(node.id) ?? "same", ...at(node) }));
  const left = Math.min(...nodes.map((one) => one.x), Number.POSITIVE_INFINITY);
  const top = Math.min(...nodes.map((one) => one.y), Number.POSITIVE_INFINITY);
  for (const one of nodes) {
    one.x += EDGE_OF_MAP - left;
    one.y += EDGE_OF_MAP - top;
  }
  const placed = new Map(nodes.map((one) => [one.node.id, one]));
  const [was, is] = [pairs(before), pairs(after)];
  const ways = [...new Set([...is, ...was])].flatMap((pair): Way[] => {
    const [from, to] = pair.split(" ").map((id) => placed.get(Number(id)));
    if (!from || !to) return [];
    return [{ from, to, how: is.has(pair) && was.has(pair) ? "same" : is.has(pair) ? "added" : "removed" }];
  });
  return {
    nodes,
    ways,
    width: Math.max(0, ...nodes.map((one) => one.x)) + NODE.width + EDGE_OF_MAP,
    height: Math.max(0, ...nodes.map((one) => one.y)) + NODE.height + EDGE_OF_MAP,
  };
}

/** A curve from the right side of one node to the left side of another. */
export function curve({ from, to }: Way): string {
  const [x1, y1] = [from.x + NODE.width, from.y + NODE.height / 2];
  const [x2, y2] = [to.x, to.y + NODE.height / 2];
  const bend = Math.max(30, Math.abs(x2 - x1) / 2);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}
