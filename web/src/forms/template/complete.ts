// What can be written where the cursor stands in a template: paths of the context, helpers, the end of an open block. It
// writes the closing braces too, so that nobody who chooses from the list has to know them.

import type { ContextPath, PathNote } from "../paths";
import { HELPERS } from "./helpers";
import { readTemplate } from "./read";

export interface Choice {
  /** What stands in the list. */
  label: string;
  sort: "path" | "helper" | "block" | "secret" | "word";
  note?: PathNote | undefined;
  example?: string | undefined;
  /** The text with the choice made, and where the cursor is then. */
  text: string;
  caret: number;
}

export interface Completion {
  /** Where the word begins that is completed. */
  from: number;
  choices: Choice[];
}

interface Options {
  paths: readonly ContextPath[];
  secrets?: readonly string[] | undefined;
  /** Asked for by a key: then an empty word is completed outside of braces too. */
  asked?: boolean;
  /** Words that a path's note reads, so that "이름" finds it. */
  say?: ((note: PathNote) => string) | undefined;
}

const MOST = 50;
const WORD = /[^\s(),"'{}=|~[\]#/]*$/u;

/** The tag in which an offset stands, if any: `closed` where it ends behind it. */
export function tagAt(source: string, caret: number): { from: number; to: number; closed: boolean } | undefined {
  const open = source.lastIndexOf("{{", caret - 1);
  if (open < 0 || open + 2 > caret || (source[open - 1] === "\\" && source[open - 2] !== "\\")) return undefined;
  const close = source.indexOf("}}", open);
  if (close >= 0 && close < caret) return undefined;
  const next = source.indexOf("{{", open + 2);
  const closed = close >= 0 && (next < 0 || close < next);
  return { from: open, to: closed ? close : caret, closed };
}

export function complete(source: string, caret: number, options: Options): Completion | undefined {
  const tag = tagAt(source, caret);
  if (!tag) {
    if (!options.asked) return undefined;
    const choices = ranked("", caret, source, caret, options, (insert) => `{{${insert}}}`);
    return choices.length > 0 ? { from: caret, choices } : undefined;
  }
  const inside = source.slice(tag.from + 2, caret);
  const secret = /SECRET\(\s*["']([\w.-]*)$/.exec(inside);
  if (secret) return secretNames(source, caret, secret[1] ?? "", tag.closed, options);
  if (inQuotes(inside)) return undefined;
  const word = WORD.exec(inside)?.[0] ?? "";
  const from = caret - word.length;
  const before = inside.slice(0, inside.length - word.length);
  const after = /^[^\s(),"'{}=|~[\]]*/u.exec(source.slice(caret))?.[0] ?? "";
  const to = tag.closed ? caret + after.length : caret;
  const end = tag.closed ? "" : "}}";
  if (/^\s*\/\s*$/.test(before)) {
    const open = openBlock(source, tag.from);
    if (!open) return undefined;
    return { from, choices: [choice(source, from, to, open, `${open}${end}`, "block")] };
  }
  if (/^\s*#\s*$/.test(before)) {
    const choices = HELPERS.filter((one) => one.block && one.name.startsWith(word)).map((one) => {
      const body = `${one.name} |`;
      return choice(source, from, to, `#${one.name}`, end === "" ? body : `${body}}}{{/${one.name}}}`, "block");
    });
    return choices.length > 0 ? { from, choices } : undefined;
  }
  const first = before.trim() === "" || before.trim() === "{" || before.trim() === "~";
  const choices = ranked(word, from, source, to, options, (insert) => `${insert}${end}`, !first);
  return choices.length > 0 ? { from, choices } : undefined;
}

function ranked(word: string, from: number, source: string, to: number, { paths, say, secrets }: Options, around: (insert: string) => string, within = false): Choice[] {
  const wanted = word.toLowerCase();
  const scored: [score: number, made: Choice][] = [];
  paths.forEach((one, at) => {
    // What is being written is no suggestion, though the bot now asks for it.
    if (one.note === "paramUsed" && one.path === word) return;
    const score = match(one.path.toLowerCase(), wanted, say && one.note ? say(one.note).toLowerCase() : "");
    if (score !== undefined) scored.push([score * 1000 + at, { ...choice(source, from, to, one.path, around(one.path), "path"), note: one.note, example: one.example }]);
  });
  HELPERS.forEach((one, at) => {
    // A block or a comparison stands where it can stand only.
    if (one.name === "SECRET" && !secrets) return;
    if (one.inner ? !within || wanted === "" : one.block && (within || wanted === "")) return;
    const score = match(one.name.toLowerCase(), wanted, "");
    if (score !== undefined) scored.push([score * 1000 + 500 + at, choice(source, from, to, one.block ? `#${one.name}` : one.name, around(one.insert), one.block ? "block" : "helper")]);
  });
  return scored
    .sort(([a], [b]) => a - b)
    .slice(0, MOST)
    .map(([, made]) => made)
    .filter((made) => made.label !== word || made.sort !== "path" || made.text !== source);
}

/** Lower is better; undefined where it does not match. */
function match(name: string, wanted: string, note: string): number | undefined {
  if (wanted === "") return 0;
  // "na" means `params.name` rather than `navigation`: the likeliest come first.
  if (name.split(/[.[]/).some((part) => part.startsWith(wanted)) || name.startsWith(wanted)) return 1;
  if (name.includes(wanted)) return 2;
  return note.includes(wanted) ? 3 : undefined;
}

function choice(source: string, from: number, to: number, label: string, insert: string, sort: Choice["sort"]): Choice {
  const mark = insert.indexOf("|");
  const plain = mark < 0 ? insert : insert.slice(0, mark) + insert.slice(mark + 1);
  const text = source.slice(0, from) + plain + source.slice(to);
  // Behind the braces that follow, so that one can write on.
  const caret = from + (mark < 0 ? plain.length : mark);
  return { label, sort, text, caret: mark < 0 && text.startsWith("}}", caret) ? caret + 2 : caret };
}

function secretNames(source: string, caret: number, word: string, closed: boolean, { secrets }: Options): Completion | undefined {
  const from = caret - word.length;
  const rest = /^[\w.-]*["']?\)?/.exec(source.slice(caret))?.[0].length ?? 0;
  const names = (secrets ?? []).filter((name) => name.toLowerCase().includes(word.toLowerCase()));
  if (names.length === 0) return undefined;
  return { from, choices: names.map((name) => choice(source, from, caret + rest, name, `${name}")${closed ? "" : "}}"}`, "secret")) };
}

function inQuotes(inside: string): boolean {
  let quote = "";
  for (const sign of inside) {
    if (quote === "" && (sign === '"' || sign === "'")) quote = sign;
    else if (sign === quote) quote = "";
  }
  return quote !== "";
}

/** The innermost block that is open before an offset. */
function openBlock(source: string, before: number): string | undefined {
  return readTemplate(source.slice(0, before)).mistakes.findLast((mistake) => mistake.kind === "blockNotClosed")?.what;
}
