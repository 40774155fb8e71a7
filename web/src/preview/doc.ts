// What the inspector reads of the bot: the names and data of the nodes that ran.

export interface DocNode {
  id: number;
  type: string;
  label?: string;
  data?: Record<string, unknown>;
  next?: { nodeId: number; where?: unknown; [key: string]: unknown }[];
}
export interface DocFlow {
  id: number;
  title: string;
  nodes: DocNode[];
}
export interface Doc {
  flows: DocFlow[];
}

export function nodeIn(doc: Doc | undefined, flow: number, node: number): { flow: DocFlow; node: DocNode | undefined } | undefined {
  const found = doc?.flows.find((one) => one.id === flow);
  return found && { flow: found, node: found.nodes.find((one) => one.id === node) };
}

/** What a node says by itself: its label, else the beginning of its text. */
export function nameOf(node: DocNode | undefined): string | undefined {
  if (!node) return undefined;
  if (node.label?.trim()) return node.label.trim();
  const message = node.data?.["message"];
  const text = typeof message === "object" && message !== null ? (message as Record<string, unknown>)["text"] : undefined;
  return typeof text === "string" ? [...text.replaceAll("\n", " ")].slice(0, 40).join("") : undefined;
}
