// Two states of a flow as one to be drawn: what is, as it stands now; what is gone, where it stood, with its ways.

import { edgesOf } from "../flow/document";
import type { FlowDoc, NodeDoc } from "../flow/types";

export type WayState = "same" | "added" | "removed";

export interface MergedFlow {
  flow: FlowDoc;
  /** What became of the ways from node to node, as `from to`. */
  ways: ReadonlyMap<string, WayState>;
}

const pairsOf = (nodes: readonly NodeDoc[]) => new Set(nodes.flatMap((node) => edgesOf(node).map((edge) => `${node.id} ${Number(edge.nodeId)}`)));

export function merged(before: FlowDoc | undefined, after: FlowDoc | undefined): MergedFlow | undefined {
  const one = after ?? before;
  if (!one) return undefined;
  const [old, now] = [before?.nodes ?? [], after?.nodes ?? []];
  const [was, is] = [pairsOf(old), pairsOf(now)];
  const ways = new Map([...is, ...was].map((pair): [string, WayState] => [pair, is.has(pair) ? (was.has(pair) ? "same" : "added") : "removed"]));
  const kept = new Set(now.map((node) => node.id));
  const oldById = new Map(old.map((node) => [node.id, node]));
  const nodes = now.map((node) => {
    const lost = edgesOf(oldById.get(node.id) ?? node).filter((edge) => ways.get(`${node.id} ${Number(edge.nodeId)}`) === "removed");
    return lost.length > 0 ? { ...node, next: [...edgesOf(node), ...lost] } : node;
  });
  return { flow: { ...one, nodes: [...nodes, ...old.filter((node) => !kept.has(node.id))] }, ways };
}
