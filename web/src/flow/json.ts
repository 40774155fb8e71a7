// JSON without loss: what was read is written byte for byte as it was (in the file's form: two-space indentation, keys in
// their order, numbers as they were spelled).
//
// JavaScript keeps the order of most keys and the spelling of most numbers, so nearly every file is read and written by the
// engine's own parser. Where that would change something, ours reads instead: an odd number becomes an `Odd`, and an object
// whose keys JavaScript would reorder (digits, `__proto__`, a key twice) keeps its entries in a side table, which `put` and
// `drop` carry along.

import type { OddNumber } from "./types";

type Entries = [key: string, value: unknown][];

class Odd implements OddNumber {
  constructor(readonly spelling: string) {}
  valueOf(): number {
    return Number(this.spelling);
  }
  /** Only the lossless writer keeps the spelling; anybody else gets the number. */
  toJSON(): number {
    return Number(this.spelling);
  }
}

/** Entries of objects whose order JavaScript does not keep. */
const kept = new WeakMap<object, Entries>();
/** Until something odd was read, the engine's own writer is right. */
let oddities = false;

export function isOdd(value: unknown): value is OddNumber {
  return value instanceof Odd;
}

/** A number as JavaScript counts it, whatever its spelling. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return value instanceof Odd ? value.valueOf() : undefined;
}

/** A whole number: ids, priorities. */
export function wholeOf(value: unknown): number | undefined {
  const number = numberOf(value);
  return number !== undefined && Number.isSafeInteger(number) ? number : undefined;
}

export function isObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Odd);
}

/** Keys in the file's order. */
export function entriesOf(object: object): Entries {
  return kept.get(object) ?? Object.entries(object);
}

const orders = (key: string) => /^(?:0|[1-9]\d*)$/.test(key) || key === "__proto__";

function build(entries: Entries): { [key: string]: unknown } {
  const made: { [key: string]: unknown } = {};
  let odd = false;
  for (const [key, value] of entries) {
    if (orders(key) || Object.hasOwn(made, key)) odd = true;
    Object.defineProperty(made, key, { value, writable: true, enumerable: true, configurable: true });
  }
  if (odd) {
    kept.set(made, entries);
    oddities = true;
  }
  return made;
}

/** The object with one key set: in its place, or at the end. */
export function put<T extends object>(object: T, key: string, value: unknown): T {
  const entries = entriesOf(object);
  const has = entries.some(([one]) => one === key);
  return build(has ? entries.map(([one, old]) => [one, one === key ? value : old]) : [...entries, [key, value]]) as T;
}

/** The object without a key. */
export function drop<T extends object>(object: T, key: string): T {
  return build(entriesOf(object).filter(([one]) => one !== key)) as T;
}

/** Sets what stands at a path of keys and places, making objects on the way; `undefined` removes it. */
export function putIn<T>(value: T, path: readonly (string | number)[], next: unknown): T {
  const [key, ...rest] = path;
  if (key === undefined) return next as T;
  if (Array.isArray(value) && typeof key === "number") {
    const list = [...(value as unknown[])];
    if (rest.length === 0 && next === undefined) list.splice(key, 1);
    else list[key] = putIn(list[key], rest, next);
    return list as T;
  }
  const object: { [key: string]: unknown } = isObject(value) ? value : {};
  if (rest.length === 0 && next === undefined) return drop(object, String(key)) as T;
  return put(object, String(key), putIn(object[String(key)], rest, next)) as T;
}

/** Do two values say the same? Spelling of numbers and order of keys count: they are what is written. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a instanceof Odd || b instanceof Odd) return a instanceof Odd && b instanceof Odd && a.spelling === b.spelling;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((one, at) => same(one, b[at]));
  if (!isObject(a) || !isObject(b)) return false;
  const [left, right] = [entriesOf(a), entriesOf(b)];
  return left.length === right.length && left.every(([key, value], at) => key === right[at]?.[0] && same(value, right[at]?.[1]));
}

/** Reads JSON without loss; throws a SyntaxError as JSON.parse does. */
export function read(text: string): unknown {
  const quick: unknown = JSON.parse(text);
  // Almost always the text is written as JavaScript would write it, and the quick reading lost nothing.
  if (JSON.stringify(quick, null, 2) === text || JSON.stringify(quick) === text) return quick;
  return new Reader(text).whole();
}

/** Reads `{"name": …}` of an answer: the values of its keys as the raw text that stands there. */
export function rawFields(text: string): Map<string, string> {
  return new Reader(text).fields();
}

/** Writes as the files are written. */
export function write(value: unknown, indent = 2): string {
  return oddities ? spell(value, indent, "") : JSON.stringify(value, null, indent);
}

function spell(value: unknown, indent: number, margin: string): string {
  if (value instanceof Odd) return value.spelling;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const inner = margin + " ".repeat(indent);
  const [open, between, colon] = indent > 0 ? [`\n${inner}`, `,\n${inner}`, ": "] : ["", ",", ":"];
  const close = indent > 0 ? `\n${margin}` : "";
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[${open}${value.map((one) => spell(one, indent, inner)).join(between)}${close}]`;
  }
  const entries = entriesOf(value).filter(([, one]) => one !== undefined);
  if (entries.length === 0) return "{}";
  return `{${open}${entries.map(([key, one]) => `${JSON.stringify(key)}${colon}${spell(one, indent, inner)}`).join(between)}${close}}`;
}

const [QUOTE, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [34, 123, 125, 91, 93];
const SPACE = /[ \t\n\r]*/y;
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/y;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

/** JSON.parse has accepted the text before, so that this one need not complain well. */
class Reader {
  private at = 0;
  constructor(private readonly text: string) {}

  whole(): unknown {
    return this.value();
  }

  fields(): Map<string, string> {
    const found = new Map<string, string>();
    this.expect("{");
    while (!this.ends("}")) {
      const key = this.string();
      this.expect(":");
      this.take(SPACE);
      const from = this.at;
      this.pass();
      found.set(key, this.text.slice(from, this.at));
      this.skip(",");
    }
    return found;
  }

  /** Goes past a value without making anything of it. */
  private pass(): void {
    const { text } = this;
    let depth = 0;
    do {
      const code = text.charCodeAt(this.at);
      if (code === QUOTE) {
        this.need(STRING);
      } else if (code === OPEN || code === OPEN_LIST) {
        depth += 1;
        this.at += 1;
      } else if (code === CLOSE || code === CLOSE_LIST) {
        depth -= 1;
        this.at += 1;
      } else if (depth > 0) {
        this.at += 1;
      } else {
        if (this.take(NUMBER) === undefined) this.need(WORD);
      }
    } while (depth > 0 && this.at < text.length);
  }

  private value(): unknown {
    this.take(SPACE);
    const first = this.text[this.at];
    if (first === "{") return this.object();
    if (first === "[") return this.array();
    if (first === '"') return this.string();
    if (first === "t" || first === "f" || first === "n") return JSON.parse(this.need(WORD)) as unknown;
    const spelling = this.need(NUMBER);
    const number = Number(spelling);
    // JSON.stringify also writes -0 as 0 and 1e999 as null.
    if (JSON.stringify(number) === spelling) return number;
    oddities = true;
    return new Odd(spelling);
  }

  private object(): unknown {
    const entries: Entries = [];
    this.expect("{");
    while (!this.ends("}")) {
      const key = this.string();
      this.expect(":");
      entries.push([key, this.value()]);
      this.skip(",");
    }
    return build(entries);
  }

  private array(): unknown {
    const list: unknown[] = [];
    this.expect("[");
    while (!this.ends("]")) {
      list.push(this.value());
      this.skip(",");
    }
    return list;
  }

  private string(): string {
    this.take(SPACE);
    return JSON.parse(this.need(STRING)) as string;
  }

  private ends(mark: string): boolean {
    this.take(SPACE);
    if (this.text[this.at] !== mark) return false;
    this.at += 1;
    return true;
  }

  private expect(mark: string): void {
    if (!this.ends(mark)) throw new SyntaxError(`expected ${mark} at ${this.at}`);
  }

  private skip(mark: string): void {
    this.take(SPACE);
    if (this.text[this.at] === mark) this.at += 1;
  }

  private take(what: RegExp): string | undefined {
    what.lastIndex = this.at;
    const found = what.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private need(what: RegExp): string {
    const found = this.take(what);
    if (found === undefined) throw new SyntaxError(`unexpected text at ${this.at}`);
    return found;
  }
}
