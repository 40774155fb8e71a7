// What this bot's templates and conditions can read: what is always there, what its node types leave behind, the params it
// sets or asks for, and what its buttons carry. An example context adds what was really there (fields of an HTTP answer).

import { dataOf, edgesOf, objectsAt, textAt } from "../flow/document";
import { entriesOf, isObject } from "../flow/json";
import { type BotDoc, type Data, type NodeDoc, typeOf } from "../flow/types";

/** What a path is, by which it is explained; `example` are seen in the example context, `used` only asked for. */
export type PathNote =
  | "message"
  | "messageType"
  | "payload"
  | "mediaUri"
  | "mediaType"
  | "latitude"
  | "longitude"
  | "param"
  | "paramUsed"
  | "input"
  | "status"
  | "errorName"
  | "errorMessage"
  | "error"
  | "fetchData"
  | "statusCode"
  | "uri"
  | "result"
  | "intent"
  | "entities"
  | "answer"
  | "score"
  | "history"
  | "platform"
  | "botTitle"
  | "botDescription"
  | "userKey"
  | "ids"
  | "navigation"
  | "kakao"
  | "example"
  | "other";

export interface ContextPath {
  path: string;
  note: PathNote;
  /** What it held in the example, shortened. */
  example?: string | undefined;
}

const ALWAYS: readonly ContextPath[] = [
  { path: "message.text", note: "message" },
  { path: "message.payload", note: "payload" },
  { path: "message.type", note: "messageType" },
  { path: "message.media.uri", note: "mediaUri" },
  { path: "message.media.contentType", note: "mediaType" },
  { path: "message.location.latitude", note: "latitude" },
  { path: "message.location.longitude", note: "longitude" },
];

const LATE: readonly ContextPath[] = [
  { path: "platform", note: "platform" },
  { path: "bot.title", note: "botTitle" },
  { path: "bot.description", note: "botDescription" },
  { path: "userKey", note: "userKey" },
  { path: "endUserId", note: "ids" },
  { path: "conversationId", note: "ids" },
  { path: "botId", note: "ids" },
  { path: "navigation.current.flowId", note: "navigation" },
  { path: "navigation.current.nodeId", note: "navigation" },
  { path: "kakao.block.name", note: "kakao" },
  { path: "kakao.intent.name", note: "kakao" },
  { path: "kakao.params", note: "kakao" },
  { path: "kakao.clientExtra", note: "kakao" },
  { path: "kakao.lang", note: "kakao" },
  { path: "error", note: "error" },
];

/** What each node type leaves under its name, besides status and error. */
const RESULTS: Record<string, readonly [key: string, note: PathNote][]> = {
  keyboard: [["value", "input"]],
  fetch: [
    ["data", "fetchData"],
    ["statusCode", "statusCode"],
    ["uri", "uri"],
  ],
  sandbox: [
    ["result", "result"],
    ["result.data", "result"],
  ],
  nlp: [
    ["intent", "intent"],
    ["entities", "entities"],
    ["entities[0].value", "entities"],
    ["answer", "answer"],
    ["score", "score"],
  ],
  chitchat: [
    ["answer", "answer"],
    ["history", "history"],
  ],
  llm: [
    ["answer", "answer"],
    ["finishReason", "other"],
    ["history", "history"],
  ],
  gsheet: [["row", "other"]],
  email: [["messageId", "other"]],
  push: [
    ["taskId", "other"],
    ["message", "other"],
  ],
  manual: [],
};

/** `params.x`, and what scripts return as `params: { x }`. */
const PARAM = /\bparams\.([\p{L}\p{N}_:-]+)/gu;
const RETURNED = /\bparams\s*:\s*\{([^{}]*)\}/gu;
const ROOTS = new Set(["message", "params", "bot", "navigation", "kakao", "error", "platform", "this", ...Object.keys(RESULTS)]);

interface Found {
  set: Set<string>;
  used: Set<string>;
  types: Set<string>;
  payload: Set<string>;
  location: boolean;
}

const memory = new WeakMap<readonly unknown[], Found>();
const nodeMemory = new WeakMap<NodeDoc, Found>();

const nothing = (): Found => ({ set: new Set(), used: new Set(), types: new Set(), payload: new Set(), location: false });

function add(to: Found, from: Found): void {
  for (const key of ["set", "used", "types", "payload"] as const) for (const one of from[key]) to[key].add(one);
  to.location ||= from.location;
}

/** Documents share what did not change, so that only changed nodes are read again. */
function foundIn(doc: BotDoc): Found {
  const known = memory.get(doc.flows);
  if (known) return known;
  const found = nothing();
  for (const flow of doc.flows) {
    for (const node of flow.nodes) {
      let one = nodeMemory.get(node);
      if (!one) {
        one = readNode(node);
        nodeMemory.set(node, one);
      }
      add(found, one);
    }
  }
  memory.set(doc.flows, found);
  return found;
}

function readNode(node: NodeDoc): Found {
  const found = nothing();
  const data = dataOf(node);
  const type = typeOf(node);
  found.types.add(type);
  if (type === "params") {
    for (const one of objectsAt(data, "set")) {
      const key = textAt(one, "key")?.trim();
      if (key) found.set.add(key);
    }
  }
  if (type === "keyboard" && data["type"] === "location") found.location = true;
  if (type === "sandbox") {
    for (const [, inside = ""] of (textAt(data, "script") ?? "").matchAll(RETURNED)) {
      for (const part of inside.split(",")) {
        const name = /^\s*["']?([\p{L}\p{N}_:$-]+)["']?\s*(?::|$)/u.exec(part)?.[1];
        if (name) found.set.add(name);
      }
    }
  }
  walk(data, found);
  for (const edge of edgesOf(node)) walk(edge.where, found, true);
  return found;
}

/** Names that are asked for in templates and conditions, and the keys of JSON payloads. */
function walk(value: unknown, found: Found, where = false): void {
  if (typeof value === "string") {
    if (value.includes("params.")) for (const [, name] of value.matchAll(PARAM)) if (name) found.used.add(name);
    return;
  }
  if (Array.isArray(value)) {
    for (const one of value) walk(one, found, where);
    return;
  }
  if (!isObject(value)) return;
  for (const [key, one] of entriesOf(value)) {
    if (where && !key.startsWith("$")) {
      const name = /^params\.([\p{L}\p{N}_:-]+)/u.exec(key)?.[1] ?? (/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(key) && isObject(one) && !ROOTS.has(key) ? key : undefined);
      if (name) found.used.add(name);
    }
    if (key === "payload" && typeof one === "string" && one.trimStart().startsWith("{")) {
      for (const [, name] of one.matchAll(/"([\p{L}\p{N}_-]+)"\s*:/gu)) if (name) found.payload.add(name);
    }
    walk(one, found, where);
  }
}

/** All paths that this bot knows, the likeliest first. */
export function contextPaths(doc: BotDoc, example?: unknown): ContextPath[] {
  const found = foundIn(doc);
  const paths: ContextPath[] = [];
  for (const name of found.set) paths.push({ path: `params.${name}`, note: "param" });
  for (const name of found.used) if (!found.set.has(name)) paths.push({ path: `params.${name}`, note: "paramUsed" });
  const [text, ...restOfMessage] = ALWAYS;
  if (text) paths.push(text);
  if (found.types.has("keyboard")) {
    paths.push({ path: "keyboard.value", note: "input" });
    if (found.location) paths.push({ path: "keyboard.value.latitude", note: "latitude" }, { path: "keyboard.value.longitude", note: "longitude" });
  }
  for (const [type, results] of Object.entries(RESULTS)) {
    if (!found.types.has(type)) continue;
    if (type !== "keyboard") for (const [key, note] of results) paths.push({ path: `${type}.${key}`, note });
    if (type !== "manual") {
      paths.push({ path: `${type}.error`, note: "error" });
      paths.push({ path: `${type}.error.name`, note: "errorName" }, { path: `${type}.error.message`, note: "errorMessage" });
    }
    paths.push({ path: `${type}.status`, note: "status" });
  }
  paths.push(...restOfMessage);
  for (const name of found.payload) paths.push({ path: `message.payload.${name}`, note: "payload" });
  paths.push(...LATE);
  return withExample(paths, example);
}

const DEEP = 6;
const MOST = 300;

/** Adds what an example context holds, and what the paths held in it. */
function withExample(paths: ContextPath[], example: unknown): ContextPath[] {
  if (!isObject(example)) return paths;
  const seen = new Map<string, string>();
  flatten(example, "", 0, seen);
  const made = paths.map((one) => (seen.has(one.path) ? { ...one, example: seen.get(one.path) } : one));
  const known = new Set(paths.map((one) => one.path));
  for (const [path, value] of seen) {
    if (made.length >= MOST) break;
    if (!known.has(path)) made.push({ path, note: path.startsWith("params.") ? "param" : "example", example: value });
  }
  return made;
}

function flatten(value: unknown, path: string, depth: number, seen: Map<string, string>): void {
  if (path !== "") {
    const shown = typeof value === "string" ? value : JSON.stringify(value);
    if (shown !== undefined) seen.set(path, shown.length > 40 ? `${shown.slice(0, 39)}…` : shown);
  }
  if (depth >= DEEP || seen.size >= MOST) return;
  if (Array.isArray(value)) {
    // One element shows what the others are like.
    if (value.length > 0) flatten(value[0], `${path}[0]`, depth + 1, seen);
  } else if (isObject(value)) {
    for (const [key, one] of entriesOf(value)) if (/^[\p{L}\p{N}_$:-]+$/u.test(key)) flatten(one, path === "" ? key : `${path}.${key}`, depth + 1, seen);
  }
}

const STATUS = ["COMPLETED", "FAILED"];

/** Values that a condition on a path may be compared with. */
export function valuesFor(path: string, node: NodeDoc, doc: BotDoc): string[] {
  if (path === "platform") return ["kakao", "kakaobiz", "web"];
  if (path === "message.type") return ["text", "media", "location"];
  if (path.endsWith(".status")) return STATUS;
  if (path === "keyboard.error.name") return ["InvalidInput"];
  if (path === "message" || path === "message.text" || path === "keyboard.value") return pressable(node, path === "keyboard.value");
  if (path === "nlp.intent") return unique(edgeValues(doc, "nlp.intent"));
  if (/^(?:params\.)?[\p{L}\p{N}_:-]+$/u.test(path)) return unique(settings(doc, path.replace(/^params\./, "")));
  return [];
}

const unique = (texts: string[]) => [...new Set(texts)];

/** What can be pressed at a node: the labels, or what its quick replies carry. */
export function pressable(node: NodeDoc, payloads = false): string[] {
  const data = dataOf(node);
  return objectsAt(data, "buttons").flatMap((button: Data) => {
    const payload = textAt(button, "payload");
    const label = textAt(button, "label");
    const said = payloads && payload ? payload : label;
    return said && !said.includes("{{") ? [said] : [];
  });
}

function edgeValues(doc: BotDoc, path: string): string[] {
  return doc.flows.flatMap((flow) =>
    flow.nodes.flatMap((node) =>
      edgesOf(node).flatMap((edge) => {
        const test = isObject(edge.where) ? edge.where[path] : undefined;
        return isObject(test) && typeof test["equals"] === "string" ? [test["equals"]] : [];
      }),
    ),
  );
}

function settings(doc: BotDoc, name: string): string[] {
  return doc.flows.flatMap((flow) =>
    flow.nodes.flatMap((node) =>
      typeOf(node) === "params"
        ? objectsAt(dataOf(node), "set").flatMap((one) => (one["key"] === name && typeof one["value"] === "string" && !one["value"].includes("{{") ? [one["value"]] : []))
        : [],
    ),
  );
}
