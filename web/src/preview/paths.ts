// A context as lines of path and value, as one writes them in templates and conditions.

export interface PathLine {
  path: string;
  /** As text; objects and lists that are empty as `{}` and `[]`. */
  value: string;
  kind: "text" | "number" | "word" | "empty";
}

/** A context that somebody's HTTP answer has blown up is shown in part. */
export const MOST_LINES = 2_000;

export function pathLines(value: unknown, path = "", out: PathLine[] = []): PathLine[] {
  if (out.length >= MOST_LINES) return out;
  if (Array.isArray(value)) {
    if (value.length === 0) out.push({ path, value: "[]", kind: "empty" });
    value.forEach((one, at) => pathLines(one, `${path}[${at}]`, out));
  } else if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value);
    if (entries.length === 0 && path) out.push({ path, value: "{}", kind: "empty" });
    for (const [key, one] of entries) {
      const plain = /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(key);
      pathLines(one, plain ? (path ? `${path}.${key}` : key) : `${path}["${key}"]`, out);
    }
  } else if (typeof value === "string") out.push({ path, value, kind: "text" });
  else if (typeof value === "number") out.push({ path, value: String(value), kind: "number" });
  else out.push({ path, value: String(value), kind: "word" });
  return out;
}

export interface ContextLine extends PathLine {
  /** What it was before this turn, where it changed. */
  before?: string | undefined;
  state: "same" | "changed" | "added" | "removed";
}

/** The context after a turn, each line with what it was before; what is gone comes last. */
export function contextLines(before: unknown, after: unknown): ContextLine[] {
  const was = new Map(pathLines(before).map((line) => [line.path, line]));
  const lines = pathLines(after).map((line): ContextLine => {
    const old = was.get(line.path);
    was.delete(line.path);
    if (!old) return { ...line, state: "added" };
    return old.value === line.value ? { ...line, state: "same" } : { ...line, before: old.value, state: "changed" };
  });
  return [...lines, ...[...was.values()].map((line): ContextLine => ({ ...line, value: "", before: line.value, state: "removed" }))];
}

/** Does a line answer to what is searched for, in its path or its value? */
export function answers(line: PathLine, wanted: string): boolean {
  const low = wanted.trim().toLowerCase();
  return low === "" || line.path.toLowerCase().includes(low) || line.value.toLowerCase().includes(low);
}
