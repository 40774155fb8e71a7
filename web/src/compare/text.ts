// What differs between two texts, word by word; lines where there are many words.

import { align, longest } from "./json";

export interface Piece {
  kind: "same" | "added" | "removed";
  text: string;
}

/** More words than this are compared by lines. */
const WORDS = 180;

const WORD = /\s+|[^\s]+/g;
const LINE = /[^\n]*\n|[^\n]+/g;
const parts = (text: string, what: RegExp): string[] => text.match(what) ?? [];

export function pieces(before: string, after: string): Piece[] {
  if (before === after) return before ? [{ kind: "same", text: before }] : [];
  let [b, a] = [parts(before, WORD), parts(after, WORD)];
  if (b.length > WORDS || a.length > WORDS) [b, a] = [parts(before, LINE), parts(after, LINE)];
  const out: Piece[] = [];
  const put = (kind: Piece["kind"], texts: string[]) => {
    const text = texts.join("");
    if (!text) return;
    const last = out.at(-1);
    if (last?.kind === kind) last.text += text;
    else out.push({ kind, text });
  };
  let [nb, na] = [0, 0];
  for (const [toB, toA] of [...longest(b, a, Object.is), [b.length, a.length] as const]) {
    put("removed", b.slice(nb, toB));
    put("added", a.slice(na, toA));
    if (toB < b.length) put("same", [b[toB] as string]);
    [nb, na] = [toB + 1, toA + 1];
  }
  return out;
}

export interface LineChange {
  kind: "same" | "added" | "removed" | "changed";
  before?: string;
  after?: string;
}

/** Two lists of lines beside each other. */
export function lines(before: readonly string[], after: readonly string[]): LineChange[] {
  return align(before, after, Object.is).map(([b, a]) => {
    const [was, is] = [b === undefined ? undefined : before[b], a === undefined ? undefined : after[a]];
    if (was === undefined) return { kind: "added", after: is as string };
    if (is === undefined) return { kind: "removed", before: was };
    return was === is ? { kind: "same", before: was, after: is } : { kind: "changed", before: was, after: is };
  });
}
