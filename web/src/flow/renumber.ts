// Gives a node or a flow another id and mends what names it: edges, `flow` nodes, buttons that lead there, the preferences.

import { edgesOf } from "./document";
import { isObject, numberOf, put } from "./json";
import type { BotDoc, FlowDoc, NodeDoc } from "./types";

/** Every object in data that names a flow (and maybe a node): buttons, cards' buttons, the node itself. */
function mend(value: unknown, change: (names: { [key: string]: unknown }) => { [key: string]: unknown }): unknown {
  if (Array.isArray(value)) {
    const list = value.map((one) => mend(one, change));
    return list.some((one, at) => one !== value[at]) ? list : value;
  }
  if (!isObject(value)) return value;
  let made = value;
  for (const [key, one] of Object.entries(value)) {
    const next = mend(one, change);
    if (next !== one) made = put(made, key, next);
  }
  return "flowId" in made ? change(made) : made;
}

function mendNode(node: NodeDoc, change: (names: { [key: string]: unknown }) => { [key: string]: unknown }): NodeDoc {
  const data = mend(node.data, change);
  return data === node.data ? node : put(node, "data", data);
}

function mendAll(doc: BotDoc, change: (names: { [key: string]: unknown }) => { [key: string]: unknown }): BotDoc {
  const flows = doc.flows.map((flow) => {
    const nodes = flow.nodes.map((node) => mendNode(node, change));
    return nodes.some((node, at) => node !== flow.nodes[at]) ? put(flow, "nodes", nodes) : flow;
  });
  return put(doc, "flows", flows);
}

export function renumberNodeIn(flow: FlowDoc, from: number, to: number): FlowDoc {
  const nodes = flow.nodes.map((node) => {
    const edges = edgesOf(node);
    const led = edges.some((edge) => edge.nodeId === from)
      ? put(node, "next", edges.map((edge) => (edge.nodeId === from ? put(edge, "nodeId", to) : edge)))
      : node;
    return node.id === from ? put(led, "id", to) : led;
  });
  const entry = isObject(flow.data) && numberOf(flow.data["entry"]) === from ? put(flow, "data", put(flow.data, "entry", to)) : flow;
  return put(entry, "nodes", nodes);
}

export function renumberNode(doc: BotDoc, flow: number, from: number, to: number): BotDoc {
  const flows = doc.flows.map((one) => (one.id === flow ? renumberNodeIn(one, from, to) : one));
  return mendAll(put(doc, "flows", flows), (names) =>
    numberOf(names["flowId"]) === flow && numberOf(names["nodeId"]) === from ? put(names, "nodeId", to) : names,
  );
}

export function renumberFlow(doc: BotDoc, from: number, to: number): BotDoc {
  const flows = doc.flows.map((one) => (one.id === from ? put(one, "id", to) : one));
  let made = mendAll(put(doc, "flows", flows), (names) => (numberOf(names["flowId"]) === from ? put(names, "flowId", to) : names));
  for (const key of ["entryFlowId", "fallbackFlowId"]) {
    if (isObject(made.preference) && numberOf(made.preference[key]) === from) made = put(made, "preference", put(made.preference, key, to));
  }
  return made;
}
