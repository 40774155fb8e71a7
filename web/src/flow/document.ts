// Reads a document: finds flows, nodes and what leads where. Everything is looked up by id and remembered per object, since
// documents share what did not change.

import { isObject, wholeOf } from "./json";
import type { BotDoc, Data, EdgeDoc, FlowDoc, NodeDoc, PreferenceDoc } from "./types";

const flowsById = new WeakMap<readonly FlowDoc[], Map<number, FlowDoc>>();
const nodesById = new WeakMap<readonly NodeDoc[], Map<number, NodeDoc>>();

function indexed<T extends { id: number }>(memory: WeakMap<readonly T[], Map<number, T>>, list: readonly T[]): Map<number, T> {
  let index = memory.get(list);
  if (!index) {
    index = new Map(list.map((one) => [one.id, one]));
    memory.set(list, index);
  }
  return index;
}

export function flowOf(doc: BotDoc, id: number): FlowDoc | undefined {
  return indexed(flowsById, doc.flows).get(id);
}

export function nodeOf(flow: FlowDoc | undefined, id: number | undefined): NodeDoc | undefined {
  return flow && id !== undefined ? indexed(nodesById, flow.nodes).get(id) : undefined;
}

export function nodeAt(doc: BotDoc, flow: number, node: number): NodeDoc | undefined {
  return nodeOf(flowOf(doc, flow), node);
}

const NO_EDGES: EdgeDoc[] = [];
const NO_DATA: Data = {};

/** The ways out of a node. */
export function edgesOf(node: NodeDoc): EdgeDoc[] {
  return Array.isArray(node.next) ? node.next : NO_EDGES;
}

/** A node's data, also where the file has none. */
export function dataOf(node: NodeDoc): Data {
  return isObject(node.data) ? node.data : NO_DATA;
}

export function preferenceOf(doc: BotDoc): PreferenceDoc {
  return isObject(doc.preference) ? doc.preference : NO_DATA;
}

export function entryFlowId(doc: BotDoc): number | undefined {
  return wholeOf(preferenceOf(doc).entryFlowId);
}

export function fallbackFlowId(doc: BotDoc): number | undefined {
  return wholeOf(preferenceOf(doc).fallbackFlowId);
}

/** The entry node: the named one, or in old files the one of type `entry`. */
export function entryOf(flow: FlowDoc): NodeDoc | undefined {
  const named = nodeOf(flow, wholeOf(isObject(flow.data) ? flow.data["entry"] : undefined));
  return named?.type === "entry" ? named : flow.nodes.find((node) => node.type === "entry");
}

export interface Point {
  x: number;
  y: number;
}

/** Where a node stands on the canvas. */
export function placeOf(node: NodeDoc): Point {
  const design = isObject(node.meta) && isObject(node.meta["design"]) ? node.meta["design"] : NO_DATA;
  return { x: Number(design["x"] ?? 0) || 0, y: Number(design["y"] ?? 0) || 0 };
}

/** Ids that nothing has yet. Ids are never taken again within a sitting: `beyond` says which were given out. */
export function freshNodeId(flow: FlowDoc): number {
  return flow.nodes.reduce((most, node) => Math.max(most, node.id), 0) + 1;
}

export function freshFlowId(doc: BotDoc): number {
  return doc.flows.reduce((most, flow) => Math.max(most, flow.id), 0) + 1;
}

/** A text in data, or nothing. */
export function textAt(data: Data | undefined, key: string): string | undefined {
  const value = data?.[key];
  return typeof value === "string" ? value : undefined;
}

/** A list of objects in data; what is none is left out. */
export function objectsAt(data: Data | undefined, key: string): Data[] {
  const value = data?.[key];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function objectAt(data: Data | undefined, key: string): Data | undefined {
  const value = data?.[key];
  return isObject(value) ? value : undefined;
}

/** Is this a bot's file as far as the editor must know? The server has the last word. */
export function asBot(value: unknown): BotDoc | undefined {
  if (!isObject(value) || !Array.isArray(value["flows"])) return undefined;
  const sound = value["flows"].every((flow) => asFlow(flow) !== undefined);
  return sound ? (value as BotDoc) : undefined;
}

export function asFlow(value: unknown): FlowDoc | undefined {
  if (!isObject(value) || wholeOf(value["id"]) === undefined || !Array.isArray(value["nodes"])) return undefined;
  return value["nodes"].every((node) => isObject(node) && wholeOf(node["id"]) !== undefined) ? (value as FlowDoc) : undefined;
}
