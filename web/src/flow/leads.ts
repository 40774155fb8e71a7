// Where the buttons of a node lead: which condition a button writes, which way it takes when it is pressed, and from which
// row of the card an edge begins.

import { dataOf, edgesOf, objectAt, objectsAt } from "./document";
import { isObject, numberOf } from "./json";
import { type ButtonDoc, type EdgeDoc, type NodeDoc, typeOf, type WhereDoc } from "./types";

/** A button of a node, by its place in the node's data. */
export interface NodeButton {
  /** As `data.buttons[0]`; also the name of its connection point. */
  at: string;
  button: ButtonDoc;
  /** The card it stands on. */
  card?: number;
}

export function buttonsOf(node: NodeDoc): NodeButton[] {
  const data = dataOf(node);
  if (typeOf(node) === "keyboard") {
    if (data["type"] !== "buttons" && data["type"] !== undefined) return [];
    return objectsAt(data, "buttons").map((button, at) => ({ at: `data.buttons[${at}]`, button: button as ButtonDoc }));
  }
  if (typeOf(node) !== "response") return [];
  const message = objectAt(data, "message");
  const own = objectsAt(message, "buttons").map((button, at) => ({ at: `data.message.buttons[${at}]`, button: button as ButtonDoc }));
  const onCards = objectsAt(message, "cards").flatMap((card, cardAt) =>
    objectsAt(card, "buttons").map((button, at) => ({
      at: `data.message.cards[${cardAt}].buttons[${at}]`,
      button: button as ButtonDoc,
      card: cardAt,
    })),
  );
  return [...own, ...onCards];
}

/** Does a press come back to the bot as a message? Links leave it, goto buttons know their way. */
export function answers(button: ButtonDoc): boolean {
  return (button.type ?? "postback") === "postback";
}

/** The condition that holds when this button was pressed. */
export function whereOf(button: ButtonDoc): WhereDoc {
  const { payload, label = "" } = button;
  if (typeof payload === "string" && payload !== "" && !payload.trim().startsWith("{")) return { "message.payload": { equals: payload } };
  return { message: { equals: label } };
}

/** Nodes whose work can fail have two ways out to begin with. */
export type Outcome = "success" | "failure";
const FAILS = new Set(["fetch", "sandbox", "gsheet", "email", "nlp", "chitchat", "llm", "push"]);

export function outcomesOf(node: NodeDoc): Outcome[] {
  return FAILS.has(typeOf(node)) ? ["success", "failure"] : [];
}

export function outcomeWhere(node: NodeDoc, outcome: Outcome): WhereDoc {
  return { [`${node.type}.error`]: { exists: outcome === "failure" } };
}

/** The plain way out. */
export const OUT = "out";

/** The condition that an edge from this point of the card begins with. */
export function whereFrom(node: NodeDoc, handle: string | null | undefined): WhereDoc | undefined {
  if (!handle || handle === OUT) return undefined;
  if (handle === "success" || handle === "failure") return outcomeWhere(node, handle);
  const found = buttonsOf(node).find((one) => one.at === handle);
  return found && whereOf(found.button);
}

// ── which way a press takes ──────────────────────────────────────────────────────────────────────────────────────────

const TEXT_PATHS = new Set(["message", "message.text", "keyboard.value"]);

function valueAt(path: string, button: ButtonDoc): unknown {
  if (TEXT_PATHS.has(path)) return button.label ?? "";
  if (path === "message.type") return "text";
  if (path === "message.payload") return button.payload;
  if (!path.startsWith("message.payload.")) return undefined;
  let at: unknown = button.payload;
  if (typeof at === "string") {
    try {
      at = JSON.parse(at);
    } catch {
      return undefined;
    }
  }
  for (const key of path.slice("message.payload.".length).split(".")) at = isObject(at) ? at[key] : undefined;
  return at;
}

function holds(where: WhereDoc, button: ButtonDoc): boolean | undefined {
  let sure = true;
  for (const [path, tests] of Object.entries(where)) {
    let one: boolean | undefined;
    if (path === "$and" || path === "$or") {
      const parts = Array.isArray(tests) ? tests.filter(isObject).map((part) => holds(part, button)) : [];
      if (path === "$and") one = parts.includes(false) ? false : parts.includes(undefined) ? undefined : true;
      else one = parts.includes(true) ? true : parts.includes(undefined) ? undefined : false;
    } else if (!TEXT_PATHS.has(path) && !path.startsWith("message.")) {
      one = undefined;
    } else {
      one = isObject(tests) && Object.entries(tests).every(([operator, value]) => test(valueAt(path, button), operator, value));
    }
    if (one === false) return false;
    if (one === undefined) sure = false;
  }
  return sure ? true : undefined;
}

function test(found: unknown, operator: string, value: unknown): boolean {
  const text = found === undefined || found === null ? undefined : String(numberOf(found) ?? found);
  if (operator === "exists") return (text !== undefined) === (value !== false);
  if (operator === "equals") return text === String(numberOf(value) ?? value);
  if (operator === "notEquals") return text !== String(numberOf(value) ?? value);
  if (operator === "contains") return text?.includes(String(value)) ?? false;
  if (operator === "regex") {
    try {
      return text !== undefined && new RegExp(String(value), "u").test(text);
    } catch {
      return false;
    }
  }
  const [left, right] = [Number(text ?? "x"), Number(value)];
  if (operator === "gt") return left > right;
  if (operator === "gte") return left >= right;
  if (operator === "lt") return left < right;
  return operator === "lte" && left <= right;
}

function strength(edge: EdgeDoc, at: number): [number, number, number] {
  const conditions = isObject(edge.where) ? Object.keys(edge.where).length : 0;
  return [numberOf(edge.priority) ?? 0, conditions, -at];
}

/** The edge that a press takes (its place in `next`), as far as that can be told without running the bot. */
export function takenBy(node: NodeDoc, button: ButtonDoc): number | undefined {
  let best: { at: number; by: [number, number, number] } | undefined;
  edgesOf(node).forEach((edge, at) => {
    if (isObject(edge.where) && holds(edge.where as WhereDoc, button) !== true) return;
    const by = strength(edge, at);
    const than = best?.by;
    if (!than || (by[0] - than[0] || by[1] - than[1] || by[2] - than[2]) > 0) best = { at, by };
  });
  return best?.at;
}

const handles = new WeakMap<NodeDoc, (string | undefined)[]>();

/** For each edge the point of the card it begins at: a button's, an outcome's, or the plain one. */
export function handlesOf(node: NodeDoc): string[] {
  let known = handles.get(node);
  if (!known) {
    known = edgesOf(node).map(() => undefined);
    for (const { at, button } of buttonsOf(node)) {
      if (!answers(button)) continue;
      const taken = takenBy(node, button);
      // An edge without a condition is everybody's.
      if (taken !== undefined && isObject(edgesOf(node)[taken]?.where)) known[taken] ??= at;
    }
    const outcomes = outcomesOf(node);
    if (outcomes.length > 0) {
      edgesOf(node).forEach((edge, at) => {
        const told = isObject(edge.where) && Object.keys(edge.where).length === 1 ? edge.where[`${node.type}.error`] : undefined;
        if (known && isObject(told) && typeof told["exists"] === "boolean") known[at] = told["exists"] ? "failure" : "success";
      });
    }
    handles.set(node, known);
  }
  return known.map((one) => one ?? OUT);
}

/**
 * The node after its buttons were renamed: conditions that named a button's old words name the new ones, so that a way is not
 * lost by correcting a label.
 */
export function followButtons(before: NodeDoc, after: NodeDoc): NodeDoc {
  const old = buttonsOf(before);
  const now = buttonsOf(after);
  if (old.length !== now.length || edgesOf(after).length === 0) return after;
  let edges = edgesOf(after);
  old.forEach(({ button }, at) => {
    const next = now[at]?.button;
    if (!next || !answers(button) || !answers(next)) return;
    const [from, to] = [whereOf(button), whereOf(next)];
    if (JSON.stringify(from) === JSON.stringify(to)) return;
    edges = edges.map((edge) => (JSON.stringify(edge.where) === JSON.stringify(from) ? { ...edge, where: to } : edge));
  });
  return edges === edgesOf(after) ? after : { ...after, next: edges };
}
