// A bot as its file says it: plain data, every key of the file kept, whether we know it or not. Nothing here is changed in
// place; a command (commands.ts) makes a new document that shares what did not change.

/** A number whose spelling JavaScript would not keep (1.0, 1e3, twenty digits). Made by json.ts only. */
export interface OddNumber {
  readonly spelling: string;
  valueOf: () => number;
}

/** Data of a node as it stands in the file. What is read from it is asked for by type first: files are tolerant. */
export type Data = { [key: string]: unknown };

/** The ten operators, and what a file may hold besides. */
export type Operator = "equals" | "notEquals" | "contains" | "exists" | "gt" | "gte" | "lt" | "lte" | "regex";

/** `{path: {operator: value}}`, all of which must hold; `$and` and `$or` nest. */
export type WhereDoc = { $and?: WhereDoc[]; $or?: WhereDoc[] } & { [path: string]: unknown };

export interface EdgeDoc {
  nodeId: number;
  where?: WhereDoc | null;
  priority?: number;
  [key: string]: unknown;
}

export interface NodeDoc {
  /** Unique in its flow. */
  id: number;
  type: string;
  label?: string;
  data?: Data;
  meta?: Data;
  next?: EdgeDoc[];
  [key: string]: unknown;
}

export interface FlowDoc {
  id: number;
  title: string;
  /** `data.entry`: the id of the entry node; absent or wrong in old files (`entryOf`). */
  data?: Data;
  nodes: NodeDoc[];
  [key: string]: unknown;
}

export interface PreferenceDoc {
  entryFlowId?: number;
  fallbackFlowId?: number;
  systemMessage?: Data;
  sessionBehavior?: Data;
  [key: string]: unknown;
}

export interface BotDoc {
  title: string;
  description?: string;
  flows: FlowDoc[];
  preference?: PreferenceDoc;
  [key: string]: unknown;
}

/** A button of a message, a card or a quick reply. */
export interface ButtonDoc {
  type?: string;
  label?: string;
  payload?: unknown;
  uri?: string;
  flowId?: unknown;
  nodeId?: unknown;
  [key: string]: unknown;
}

/** Where something is: a flow, or a node in it. */
export interface Spot {
  flow: number;
  node?: number | undefined;
}

/** The node types that the engine runs, in the order of the palette. */
export const NODE_TYPES = [
  "entry",
  "response",
  "keyboard",
  "flow",
  "params",
  "fetch",
  "sandbox",
  "back",
  "manual",
  "gsheet",
  "email",
  "nlp",
  "chitchat",
  "llm",
  "push",
  "backstack",
] as const;
export type NodeType = (typeof NODE_TYPES)[number];

/** The type that runs a node; `parameter` is an older name of `params`. */
export function typeOf(node: NodeDoc): NodeType | "unknown" {
  const type = node.type === "parameter" ? "params" : node.type;
  return (NODE_TYPES as readonly string[]).includes(type) ? (type as NodeType) : "unknown";
}
