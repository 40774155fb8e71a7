// A condition as rows and groups, and back. What a row cannot show (an unknown operator, a value that is no test) is kept
// as it stands and written out again; a condition that nobody changes is the very same value afterwards.
//
// The file has more than one way to say the same thing: `{a: …, b: …}` and `{$and: [{a: …}, {b: …}]}`. A group remembers in
// which it came (`form`) and is written so again; only where an object cannot hold what the rows say (the same path and
// operator twice) it becomes an `$and`.

import { entriesOf, isObject, put } from "../../flow/json";
import type { WhereDoc } from "../../flow/types";

/** The ten questions, `exists` being two. */
export const QUESTIONS = ["equals", "notEquals", "contains", "exists", "missing", "gt", "gte", "lt", "lte", "regex"] as const;
export type Question = (typeof QUESTIONS)[number];

/** One test of one value. */
export interface Test {
  kind: "test";
  path: string;
  question: Question;
  /** As the file has it; of `exists` and `missing` too, so that `"true"` stays a text. */
  value: unknown;
}

/** All or one of several. */
export interface Group {
  kind: "group";
  any: boolean;
  /** An object with a key for each path, or a list under `$and` or `$or`. */
  form: "object" | "list";
  items: Item[];
}

/** What rows cannot show: an entry of an object, or a whole part. */
export interface Raw {
  kind: "raw";
  /** The key under which it stands; absent for a part of a list. */
  key?: string;
  /** The operator, where only this one of the path's tests is unknown. */
  operator?: string;
  value: unknown;
}

export type Item = Test | Group | Raw;

const OPERATORS: Record<string, Question> = {
  equals: "equals",
  notEquals: "notEquals",
  contains: "contains",
  gt: "gt",
  gte: "gte",
  lt: "lt",
  lte: "lte",
  regex: "regex",
};

/** Which question an operator with its value is; undefined where the engine knows it as little as we do. */
function questionOf(operator: string, value: unknown): Question | undefined {
  if (operator !== "exists") return Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
  if (value === true || value === "true") return "exists";
  if (value === false || value === "false") return "missing";
  return undefined;
}

/** The operator of the file. */
export function operatorOf(question: Question): string {
  return question === "missing" ? "exists" : question;
}

/** Reads a condition. Absent, null and `{}` ask nothing. */
export function readWhere(where: unknown): Group {
  const group = partOf(where ?? {});
  if (group.kind === "group") return group;
  return { kind: "group", any: false, form: "object", items: [group] };
}

function partOf(part: unknown): Item {
  if (!isObject(part)) return { kind: "raw", value: part };
  const items = entriesOf(part).flatMap(([key, value]) => itemsOf(key, value));
  // `{$or: […]}` alone is that group, with no object around it to show.
  const [only] = items;
  if (items.length === 1 && only?.kind === "group") return only;
  return { kind: "group", any: false, form: "object", items };
}

function itemsOf(key: string, value: unknown): Item[] {
  if ((key === "$and" || key === "$or") && Array.isArray(value)) {
    return [{ kind: "group", any: key === "$or", form: "list", items: value.map(inList) }];
  }
  if (key.startsWith("$") || !isObject(value)) return [{ kind: "raw", key, value }];
  const tests = entriesOf(value);
  if (tests.length === 0) return [{ kind: "raw", key, value }];
  return tests.map(([operator, wanted]): Item => {
    const question = questionOf(operator, wanted);
    return question ? { kind: "test", path: key, question, value: wanted } : { kind: "raw", key, operator, value: wanted };
  });
}

/** In a list a lone test needs no group around it. */
function inList(part: unknown): Item {
  const item = partOf(part);
  const only = item.kind === "group" && item.form === "object" && item.items.length === 1 ? item.items[0] : undefined;
  return only?.kind === "test" ? only : item;
}

/** Writes a condition; undefined where it asks nothing. */
export function writeWhere(group: Group): WhereDoc | undefined {
  const [only] = group.items;
  // An empty `$or` is not nothing: it never holds.
  if (group.items.length === 0 && group.form === "object") return undefined;
  // A whole condition that is no object at all.
  if (group.form === "object" && group.items.length === 1 && only?.kind === "raw" && only.key === undefined) return only.value as WhereDoc;
  return write(group) as WhereDoc;
}

function write(item: Item): unknown {
  if (item.kind === "raw" && item.key === undefined) return item.value;
  if (item.kind !== "group") return asObject([item]);
  const object = item.form === "object" && !item.any ? asObject(item.items) : undefined;
  return object ?? { [item.any ? "$or" : "$and"]: item.items.map(write) };
}

/** The items as one object, where no two of them want the same place. */
function asObject(items: Item[]): { [key: string]: unknown } | undefined {
  let object: { [key: string]: unknown } = {};
  for (const item of items) {
    if (item.kind === "group") {
      // An object within an object has no name of its own.
      const key = item.any ? "$or" : "$and";
      if (Object.hasOwn(object, key)) return undefined;
      object = put(object, key, item.items.map(write));
      continue;
    }
    const path = item.kind === "test" ? item.path : item.key;
    if (path === undefined) return undefined;
    const operator = item.kind === "test" ? operatorOf(item.question) : item.operator;
    if (operator === undefined) {
      if (Object.hasOwn(object, path)) return undefined;
      object = put(object, path, item.value);
      continue;
    }
    const tests = Object.hasOwn(object, path) ? object[path] : {};
    if (!isObject(tests) || Object.hasOwn(tests, operator)) return undefined;
    object = put(object, path, put(tests, operator, item.value));
  }
  return object;
}

/** How many tests it is made of: among edges of one priority the one with more is tried first. */
export function weightOf(item: Item): number {
  return item.kind === "group" ? item.items.reduce((sum, one) => sum + weightOf(one), 0) : 1;
}

/** Can every part be shown as a row? */
export function isPlain(item: Item): boolean {
  return item.kind === "group" ? item.items.every(isPlain) : item.kind === "test";
}

// Changes. A place is the way down from the root, by index.

export type Way = readonly number[];

/** The group with what stands at a place replaced, or taken away. A group that thereby becomes empty goes too: an empty "one
 *  of" would never hold. */
export function replaceAt(group: Group, way: Way, next: Item | undefined): Group {
  const [at, ...rest] = way;
  if (at === undefined) return next?.kind === "group" ? next : group;
  const items = group.items.flatMap((item, index) => {
    if (index !== at) return [item];
    if (rest.length === 0) return next === undefined ? [] : [next];
    if (item.kind !== "group") return [item];
    const changed = replaceAt(item, rest, next);
    return changed.items.length === 0 ? [] : [changed];
  });
  return items.length === 0 ? { kind: "group", any: false, form: "object", items } : { ...group, items };
}

/** The group with an item added to the group at a place. */
export function addAt(group: Group, way: Way, added: Item): Group {
  const [at, ...rest] = way;
  if (at === undefined) return { ...group, items: [...group.items, added] };
  return { ...group, items: group.items.map((item, index) => (index === at && item.kind === "group" ? addAt(item, rest, added) : item)) };
}

/** The group at a place, asking for all or for one of its items. */
export function joinAt(group: Group, way: Way, any: boolean): Group {
  const found = way.reduce<Item | undefined>((item, at) => (item?.kind === "group" ? item.items[at] : undefined), group);
  if (found?.kind !== "group" || found.any === any) return group;
  return replaceAt(group, way, { ...found, any, form: any || way.length > 0 ? "list" : "object" });
}

/** The test with another question; its value is what the new question can take. */
export function ask(test: Test, question: Question): Test {
  if (question === "exists" || question === "missing") return { ...test, question, value: question === "exists" };
  const wasExists = test.question === "exists" || test.question === "missing";
  return { ...test, question, value: wasExists ? "" : test.value };
}

const NUMERIC: ReadonlySet<Question> = new Set(["gt", "gte", "lt", "lte"]);

/** What the file gets for what was typed: a number stays one while it reads as one, and comparisons of size want one. */
export function typed(text: string, before: unknown, question: Question): unknown {
  const number = Number(text);
  const spelledSo = text.trim() !== "" && Number.isFinite(number) && String(number) === text;
  const wanted = NUMERIC.has(question) || typeof before === "number" || (isNumber(before) && before !== null);
  return spelledSo && wanted ? number : text;
}

function isNumber(value: unknown): boolean {
  return typeof value === "object" && value !== null && "spelling" in value;
}
