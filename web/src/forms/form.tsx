// What every field of a node's form needs: where it is in the file, what it says, and the one way to change it. A field names
// its place as a path in the node's data; commands change that place only, so that two fields never overwrite each other.

import { createContext, type ReactNode, useCallback, useContext, useMemo, useSyncExternalStore } from "react";

import type { Complaint, Limits } from "../editor/state";
import { useEditorState, useEditorStore } from "../editor/store";
import { type Command, setNodeDataAt } from "../flow/commands";
import { nodeAt } from "../flow/document";
import { isObject } from "../flow/json";
import type { BotDoc, FlowDoc, NodeDoc } from "../flow/types";
import { usedBy } from "./counting";
import { exampleOf, watchExamples } from "./example";
import { type ContextPath, contextPaths } from "./paths";

/** A place in a node's data: `["message", "cards", 0, "title"]`. */
export type At = readonly (string | number)[];

export interface NodeForm {
  ws: string;
  bot: string;
  doc: BotDoc;
  flow: FlowDoc;
  node: NodeDoc;
  limits: readonly Limits[];
  readonly: boolean;
  /** What stands at a place now, not when it was drawn. */
  peek: (at: At) => unknown;
  /** Changes one place; `undefined` takes it away. */
  put: (at: At, value: unknown) => void;
  run: (command: Command) => void;
  /** What templates and conditions of this bot can read. */
  paths: readonly ContextPath[];
  /** A context to try things with: the preview's last, else one made up. */
  example: unknown;
  /** Names of the secrets that this bot uses, in nodes that may; undefined elsewhere. */
  secrets: readonly string[] | undefined;
  /** What the server says of a place. */
  complaintsAt: (at: At) => Complaint[];
}

const Context = createContext<NodeForm | undefined>(undefined);

export function useNodeForm(): NodeForm {
  const form = useContext(Context);
  if (!form) throw new Error("this field stands in a node's form");
  return form;
}

const SECRET = /SECRET\(\s*["']([A-Za-z0-9_.-]{1,64})["']/g;
const secretsIn = new WeakMap<object, string[]>();

/** The secrets that a bot names. The server tells no names to those who may not see them. */
export function secretNames(doc: BotDoc): string[] {
  const known = secretsIn.get(doc.flows);
  if (known) return known;
  const names = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value === "string") for (const [, name] of value.matchAll(SECRET)) if (name) names.add(name);
    if (Array.isArray(value)) value.forEach(walk);
    else if (isObject(value)) Object.values(value).forEach(walk);
  };
  for (const flow of doc.flows) for (const node of flow.nodes) if (node.type === "fetch") walk(node.data);
  const found = [...names].sort();
  secretsIn.set(doc.flows, found);
  return found;
}

/** `data.message.cards[0].title`, as complaints name it. */
export function fieldOf(at: At): string {
  return at.reduce<string>((field, part) => (typeof part === "number" ? `${field}[${part}]` : `${field}.${part}`), "data");
}

function reach(value: unknown, at: At): unknown {
  return at.reduce<unknown>((here, part) => {
    if (Array.isArray(here)) return here[Number(part)];
    return isObject(here) && Object.hasOwn(here, part) ? here[part] : undefined;
  }, value);
}

/** Gives the fields within it what they need. */
export function NodeFormProvider({ flow, node, children }: { flow: FlowDoc; node: NodeDoc; children: ReactNode }) {
  const store = useEditorStore();
  const doc = useEditorState((state) => state.doc);
  const limits = useEditorState((state) => state.limits);
  const complaints = useEditorState((state) => state.complaints);
  const { ws, bot } = store.place;
  const example = useSyncExternalStore(watchExamples, () => exampleOf(bot, doc));
  const flowId = flow.id;
  const nodeId = node.id;
  const peek = useCallback((at: At) => reach(nodeAt(store.get().doc, flowId, nodeId)?.data, at), [store, flowId, nodeId]);
  const put = useCallback((at: At, value: unknown) => store.run(setNodeDataAt(flowId, nodeId, at, value)), [store, flowId, nodeId]);
  const form = useMemo((): NodeForm => {
    const here = complaints.filter((one) => one.flow === flowId && one.node === nodeId && one.field !== null);
    return {
      ws,
      bot,
      doc,
      flow,
      node,
      limits: usedBy(limits),
      readonly: store.readonly,
      peek,
      put,
      run: store.run,
      paths: contextPaths(doc, example),
      example,
      secrets: node.type === "fetch" ? secretNames(doc) : undefined,
      complaintsAt: (at) => {
        const field = fieldOf(at);
        return here.filter((one) => one.field === field);
      },
    };
  }, [ws, bot, doc, flow, node, limits, complaints, store, peek, put, example, flowId, nodeId]);
  return <Context value={form}>{children}</Context>;
}
