// Reads a template as the engine would (crates/engine/src/template/scan.rs, parse.rs), but goes on after a mistake: a field
// is coloured while it is typed, and each mistake is told where it stands. The engine has the last word; it is asked when the
// example is rendered.

import { Expression, type Mark, Mistake } from "./expression";

export { type Mark, type MarkKind, Mistake, type MistakeKind } from "./expression";

export interface Reading {
  /** What is to be coloured, in order, not overlapping. */
  marks: Mark[];
  mistakes: Mistake[];
  /** From `{{` to `}}`, in order. */
  tags: { from: number; to: number }[];
}

export interface Options {
  /** In HTTP nodes `SECRET("name")` may stand. */
  secrets?: boolean;
}

interface Open {
  name: string;
  from: number;
  to: number;
  sort: "block" | "inline" | "partial";
  elseSeen: boolean;
}

export function readTemplate(source: string, { secrets = false }: Options = {}): Reading {
  const reader = new Reader(source, secrets);
  if (source.includes("{{")) reader.run();
  reader.reading.marks.sort((a, b) => a.from - b.from);
  return reader.reading;
}

/** Does a text hold anything of a template? */
export function isTemplate(text: unknown): text is string {
  return typeof text === "string" && text.includes("{{");
}

class Reader {
  readonly reading: Reading = { marks: [], mistakes: [], tags: [] };
  private at = 0;
  private readonly open: Open[] = [];
  /** Names of partials that are defined here. */
  private readonly partials = new Set<string>(["@partial-block"]);

  constructor(
    private readonly source: string,
    private readonly secrets: boolean,
  ) {
    for (const found of source.matchAll(/\{\{~?#\s*\*\s*inline\s+["']([^"']+)["']/g)) if (found[1]) this.partials.add(found[1]);
  }

  run(): void {
    for (;;) {
      const found = this.source.indexOf("{{", this.at);
      if (found < 0) break;
      const escaped = this.source[found - 1] === "\\" && found > this.at;
      if (escaped && !(this.source[found - 2] === "\\" && found - 1 > this.at)) {
        // One backslash: the tag is text.
        this.reading.marks.push({ kind: "escaped", from: found - 1, to: found + 2 });
        this.at = found + 2;
        continue;
      }
      this.at = found;
      if (!this.tag()) break;
    }
    for (const block of this.open) this.reading.mistakes.push(new Mistake("blockNotClosed", block.from, block.to, block.name));
    this.reading.mistakes.sort((a, b) => a.from - b.from);
  }

  private mistake(mistake: Mistake): void {
    this.reading.mistakes.push(mistake);
  }

  private mark(kind: Mark["kind"], from: number, to: number): void {
    if (to > from) this.reading.marks.push({ kind, from, to });
  }

  /** One tag; false where it does not end. */
  private tag(): boolean {
    const { source } = this;
    const from = this.at;
    if (source.startsWith("{{{{", from)) return this.raw(from);
    let inner = from + (source[from + 2] === "~" ? 3 : 2);
    if (source[inner] === "!") return this.comment(from, inner);
    const triple = source[inner] === "{";
    if (triple) inner += 1;
    const end = endOf(source, inner, triple);
    if (end === undefined) {
      // What a person has just begun to write does not colour the rest of the text.
      this.mark("brace", from, inner);
      this.mistake(new Mistake("tagNotClosed", from, source.length));
      return false;
    }
    let inside = end;
    let to = end + (triple ? (source.startsWith("}~}}", end) ? 4 : 3) : 2);
    if (!triple && source[end - 1] === "~" && end > inner) inside = end - 1;
    to = Math.min(to, source.length);
    this.at = to;
    this.reading.tags.push({ from, to });
    this.mark("brace", from, inner);
    this.mark("brace", inside, to);
    try {
      this.inside(inner, inside, triple, { from, to });
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      this.mistake(error);
    }
    return true;
  }

  private inside(from: number, to: number, triple: boolean, tag: { from: number; to: number }): void {
    const { source } = this;
    const text = source.slice(from, to);
    const expression = (skip: number) => new Expression(source, from + skip, to, this.reading.marks, this.secrets);
    const mustache = (skip: number) => {
      const inner = expression(skip);
      inner.head(false);
      inner.finish();
    };
    if (triple) return mustache(0);
    const sign = /^(?:#\s*\*|#\s*>|#|\^|\/|>|&)?/.exec(text)?.[0] ?? "";
    const isElse = /^\s*else(?=\s|$)/.exec(text)?.[0] ?? (/^\^\s*$/.test(text) ? text : undefined);
    if (isElse !== undefined) return this.otherwise(from, to, isElse.length, tag, expression);
    if (sign !== "/" && sign !== "&") this.mark("block", from, from + sign.length);
    if (sign.startsWith("#") && sign.endsWith("*")) {
      const name = /^\s*inline\s+["']?([^\s"']+)["']?\s*$/.exec(text.slice(sign.length))?.[1];
      this.push(name === undefined ? "" : "inline", "inline", tag);
      if (name === undefined) throw new Mistake("unexpected", from + sign.length, to, text.slice(sign.length).trim());
    } else if (sign.startsWith("#") && sign.endsWith(">")) {
      const inner = expression(sign.length);
      const { name } = inner.partialName();
      this.push(name, "partial", tag);
      this.partialArguments(inner, name, from, to);
    } else if (sign === "#" || sign === "^") {
      // Opened before it is read: its end is no second mistake.
      const head = /^\s*[^\s(}]*/.exec(text.slice(1))?.[0].trim() ?? "";
      const opened = this.push(head, "block", tag);
      const inner = expression(1);
      opened.name = inner.head(true) || head;
      inner.blockParams();
      inner.finish();
    } else if (sign === "/") {
      this.mark("block", from, to);
      this.close(text.slice(1).trim(), tag);
    } else if (sign === ">") {
      const inner = expression(1);
      const { name, dynamic } = inner.partialName();
      if (!dynamic && !this.partials.has(name)) throw new Mistake("unknownPartial", from, to, name);
      this.partialArguments(inner, name, from, to);
    } else {
      mustache(sign.length);
    }
  }

  private partialArguments(inner: Expression, name: string, from: number, to: number): void {
    const args = inner.args();
    inner.finish();
    if (args.length > 1) throw new Mistake("arguments", from, to, name);
  }

  private push(name: string, sort: Open["sort"], tag: { from: number; to: number }): Open {
    const opened: Open = { name, sort, elseSeen: false, ...tag };
    this.open.push(opened);
    return opened;
  }

  private otherwise(from: number, to: number, skip: number, tag: { from: number; to: number }, expression: (skip: number) => Expression): void {
    this.mark("block", from, from + skip);
    const block = this.open.at(-1);
    if (!block || block.sort !== "block") throw new Mistake("nothingToClose", tag.from, tag.to, "else");
    const chained = this.source.slice(from + skip, to).trim() !== "";
    if (block.elseSeen) throw new Mistake("unexpected", from, to, "else");
    block.elseSeen = !chained;
    if (!chained) return;
    const inner = expression(skip);
    inner.head(true);
    inner.blockParams();
    inner.finish();
  }

  private close(name: string, tag: { from: number; to: number }): void {
    const block = this.open.at(-1);
    if (!block) throw new Mistake("nothingToClose", tag.from, tag.to, `/${name}`);
    const said = name.replaceAll(/^["']|["']$/g, "");
    const same = block.name === name || block.name === said;
    if (same) {
      this.open.pop();
      return;
    }
    // The end of an outer block: the inner ones were not closed. Else it is a wrong word, and the block is over.
    const outer = this.open.findLastIndex((one) => one.name === said);
    if (outer >= 0) {
      for (const left of this.open.splice(outer + 1)) this.mistake(new Mistake("blockNotClosed", left.from, left.to, left.name));
    }
    this.open.pop();
    if (outer < 0) throw new Mistake("wrongClose", tag.from, tag.to, name, block.name);
  }

  private comment(from: number, inner: number): boolean {
    const { source } = this;
    const long = source.startsWith("!--", inner);
    const found = long ? /--~?\}\}/g : /~?\}\}/g;
    found.lastIndex = inner + (long ? 3 : 1);
    const end = found.exec(source);
    if (!end) {
      this.mark("comment", from, source.length);
      this.mistake(new Mistake("textNotClosed", from, source.length));
      return false;
    }
    this.at = end.index + end[0].length;
    this.reading.tags.push({ from, to: this.at });
    this.mark("comment", from, this.at);
    return true;
  }

  /** `{{{{name}}}} … {{{{/name}}}}` */
  private raw(from: number): boolean {
    const { source } = this;
    const close = source.indexOf("}}}}", from);
    const name = close < 0 ? "" : source.slice(from + 4, close).trim();
    const word = name.split(/\s/)[0] ?? "";
    const end = close < 0 ? -1 : source.indexOf(`{{{{/${word}}}}}`, close);
    if (close < 0 || end < 0) {
      this.mistake(close < 0 ? new Mistake("tagNotClosed", from, source.length) : new Mistake("blockNotClosed", from, close + 4, word));
      this.mark("brace", from, from + 4);
      return false;
    }
    this.at = end + word.length + 9;
    this.reading.tags.push({ from, to: this.at });
    this.mark("block", from, close + 4);
    this.mark("block", end, this.at);
    try {
      const inner = new Expression(source, from + 4, close, [], this.secrets);
      inner.head(true);
      inner.finish();
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      this.mistake(error);
    }
    return true;
  }
}

/** Where the inside of a tag ends: not within a text or a `[segment]`. */
function endOf(source: string, from: number, triple: boolean): number | undefined {
  for (let at = from; at < source.length; at += 1) {
    const sign = source[at];
    if (sign === '"' || sign === "'") {
      let end = at + 1;
      while (end < source.length && source[end] !== sign) end += source[end] === "\\" ? 2 : 1;
      // A lone quotation mark: the expression tells where.
      if (end < source.length) at = end;
    } else if (sign === "[") {
      const close = source.indexOf("]", at);
      if (close > 0) at = close;
    } else if (sign === "}") {
      if (triple ? source.startsWith("}}}", at) || source.startsWith("}~}}", at) : source.startsWith("}}", at)) return at;
    }
  }
  return undefined;
}
