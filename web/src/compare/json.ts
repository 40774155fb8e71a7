// What differs between two pieces of plain data, by path. Lists are aligned before they are compared, so that a button put
// in front of others is one addition and not a change of each.

export interface Change {
  /** `data.message.buttons[0].label`; empty for the whole. */
  path: string;
  kind: "added" | "removed" | "changed";
  before?: unknown;
  after?: unknown;
}

/** Lists longer than this are compared place by place: aligning costs their product. */
const ALIGNED = 200;

type Plain = Record<string, unknown>;

// A document shares what did not change with the one before it, so that its text is made once.
const texts = new WeakMap<object, string>();

/** The same text for the same data, whatever the order of its keys. */
export function canonical(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  const kept = texts.get(value);
  if (kept !== undefined) return kept;
  let text: string;
  if (Array.isArray(value)) text = `[${value.map(canonical).join(",")}]`;
  else if (isNumber(value)) text = String(value.valueOf());
  else {
    const shown = Object.keys(value)
      .filter((key) => (value as Plain)[key] !== undefined)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonical((value as Plain)[key])}`);
    text = `{${shown.join(",")}}`;
  }
  texts.set(value, text);
  return text;
}

export function same(a: unknown, b: unknown): boolean {
  return a === b || canonical(a) === canonical(b);
}

/** A number that keeps its spelling (flow/json.ts) is a number here. */
function isNumber(value: object): boolean {
  return typeof value.valueOf() === "number";
}

function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isNumber(value);
}

export function changes(before: unknown, after: unknown, path = ""): Change[] {
  if (same(before, after)) return [];
  if (before === undefined) return [{ path, kind: "added", after }];
  if (after === undefined) return [{ path, kind: "removed", before }];
  if (isPlain(before) && isPlain(after)) {
    const keys = [...Object.keys(before), ...Object.keys(after).filter((key) => !(key in before))];
    return keys.flatMap((key) => changes(before[key], after[key], step(path, key)));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    return align(before, after).flatMap(([b, a]) =>
      changes(b === undefined ? undefined : before[b], a === undefined ? undefined : after[a], `${path}[${a ?? b}]`),
    );
  }
  return [{ path, kind: "changed", before, after }];
}

function step(path: string, key: string): string {
  if (!/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path ? `${path}.${key}` : key;
}

type Pair = [before: number | undefined, after: number | undefined];

/** Pairs of places: what is the same stays together; between two such, leftovers are paired in order. */
export function align<T>(before: readonly T[], after: readonly T[], alike: (a: T, b: T) => boolean = same): Pair[] {
  const pairs: Pair[] = [];
  const between = (b0: number, b1: number, a0: number, a1: number) => {
    for (let at = 0; at < Math.max(b1 - b0, a1 - a0); at++) {
      pairs.push([b0 + at < b1 ? b0 + at : undefined, a0 + at < a1 ? a0 + at : undefined]);
    }
  };
  let b = 0;
  let a = 0;
  for (const [nextB, nextA] of longest(before, after, alike)) {
    between(b, nextB, a, nextA);
    pairs.push([nextB, nextA]);
    b = nextB + 1;
    a = nextA + 1;
  }
  between(b, before.length, a, after.length);
  return pairs;
}

/** The longest common subsequence as pairs of places. */
export function longest<T>(before: readonly T[], after: readonly T[], alike: (a: T, b: T) => boolean = same): [number, number][] {
  if (before.length > ALIGNED || after.length > ALIGNED) {
    return before.flatMap((value, at): [number, number][] => (at < after.length && alike(value, after[at] as T) ? [[at, at]] : []));
  }
  const width = after.length + 1;
  const lengths = new Uint16Array((before.length + 1) * width);
  const at = (b: number, a: number) => lengths[b * width + a] ?? 0;
  for (let b = before.length - 1; b >= 0; b--) {
    for (let a = after.length - 1; a >= 0; a--) {
      lengths[b * width + a] = alike(before[b] as T, after[a] as T) ? at(b + 1, a + 1) + 1 : Math.max(at(b + 1, a), at(b, a + 1));
    }
  }
  const found: [number, number][] = [];
  let b = 0;
  let a = 0;
  while (b < before.length && a < after.length) {
    if (alike(before[b] as T, after[a] as T)) found.push([b++, a++]);
    else if (at(b + 1, a) >= at(b, a + 1)) b++;
    else a++;
  }
  return found;
}
