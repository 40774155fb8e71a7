// What stands inside a tag: paths, literals, calls. The same grammar as the engine's (crates/engine/src/template/expr.rs), and
// the same mistakes; what it recognises on the way is handed out as marks for colouring.

import { helperNamed } from "./helpers";

export type MistakeKind =
  | "tagNotClosed"
  | "blockNotClosed"
  | "nothingToClose"
  | "wrongClose"
  | "unexpected"
  | "textNotClosed"
  | "unknownHelper"
  | "arguments"
  | "unknownPartial"
  | "secretName"
  | "secretWrapped"
  | "secretOutside"
  | "tooDeep";

/** A mistake and where it stands, by UTF-16 offsets. */
export class Mistake {
  constructor(
    readonly kind: MistakeKind,
    readonly from: number,
    readonly to: number,
    readonly what = "",
    /** Of `wrongClose`: the block that is open. */
    readonly open = "",
  ) {}
}

export type MarkKind = "brace" | "path" | "helper" | "block" | "string" | "number" | "comment" | "escaped";

export interface Mark {
  kind: MarkKind;
  from: number;
  to: number;
}

/** What an operand was, as far as the rules about secrets ask. */
interface Operand {
  kind: "path" | "call" | "string" | "literal";
  /** A path of one plain word: what may be a helper's name. */
  word?: string;
  helper?: string;
  text?: string;
}

const MAX_DEPTH = 32;
const NOT_IN_NAMES = /[\s!"#%&'()*+,./;<=>@[\\\]^`{|}~]/;
const SECRET_NAME = /^[A-Za-z0-9_.-]{1,64}$/;

export class Expression {
  private at: number;
  private depth = 0;

  constructor(
    private readonly source: string,
    from: number,
    private readonly end: number,
    private readonly marks: Mark[],
    private readonly secrets: boolean,
  ) {
    this.at = from;
  }

  private get next(): string {
    return this.at < this.end ? (this.source[this.at] ?? "") : "";
  }

  private rest(): string {
    return this.source.slice(this.at, this.end);
  }

  private mark(kind: MarkKind, from: number, to = this.at): void {
    if (to > from) this.marks.push({ kind, from, to });
  }

  private unexpected(): Mistake {
    const found = /^\S{0,12}/.exec(this.rest())?.[0] ?? "";
    return new Mistake("unexpected", this.at, Math.max(this.at + found.length, this.at + 1), found === "" ? "}}" : found);
  }

  space(): void {
    while (this.at < this.end && /\s/.test(this.next)) this.at += 1;
  }

  private eat(sign: string): boolean {
    if (this.next !== sign) return false;
    this.at += 1;
    return true;
  }

  /** A whole mustache or the head of a block; gives the name that its end must repeat. */
  head(block: boolean): string {
    this.space();
    const start = this.at;
    if (this.eat("(")) {
      this.inParentheses(start);
      return this.source.slice(start, this.at).trim();
    }
    const first = this.operand(block);
    const name = this.source.slice(start, this.at).trim().replaceAll(/^["']|["']$/g, "");
    const args = this.args();
    if (first.kind === "path") this.called(first, name, start, args);
    else if (first.kind === "call" && args.length > 0) throw new Mistake("unknownHelper", start, this.at, name);
    else if ((first.kind === "string" || first.kind === "literal") && args.length > 0) throw new Mistake("unknownHelper", start, this.at, name);
    return (name.split("(")[0] ?? "").trim();
  }

  /** A helper's call by its name in front, or a path where nothing is called. */
  private called(path: Operand, name: string, start: number, args: Operand[]): Operand {
    const helper = path.word === undefined ? undefined : helperNamed(path.word);
    if (!helper) {
      if (args.length > 0) throw new Mistake("unknownHelper", start, start + name.length, name);
      return path;
    }
    if (args.length < helper.takes[0] || args.length > helper.takes[1]) {
      // A bare word that is also a helper's name, such as a key `lookup`.
      if (args.length === 0) return path;
      throw new Mistake("arguments", start, this.at, name);
    }
    this.secretRules(helper.name, start, args);
    return { kind: "call", helper: helper.name };
  }

  private secretRules(helper: string, start: number, args: Operand[]): void {
    if (helper !== "SECRET") {
      if (args.some((arg) => arg.helper === "SECRET")) throw new Mistake("secretWrapped", start, this.at);
      return;
    }
    if (!this.secrets) throw new Mistake("secretOutside", start, this.at);
    if (args[0]?.kind !== "string" || !SECRET_NAME.test(args[0].text ?? "")) throw new Mistake("secretName", start, this.at);
  }

  /** Up to the end, `as |…|` or a closing parenthesis. A named argument (`key=value`) comes last and counts for none. */
  args(): Operand[] {
    const args: Operand[] = [];
    let named = false;
    for (;;) {
      this.space();
      if (this.at >= this.end || this.next === ")" || this.atBlockParams()) return args;
      const key = /^[^\s!"#%&'()*+,./;<=>@[\\\]^`{|}~]+\s*=/.exec(this.rest())?.[0];
      if (key !== undefined) {
        named = true;
        this.at += key.length;
        this.operand();
      } else if (named) {
        throw this.unexpected();
      } else {
        args.push(this.operand());
      }
    }
  }

  private atBlockParams(): boolean {
    return /^as\s+\|/.test(this.rest());
  }

  /** `as |a b|` */
  blockParams(): string[] {
    this.space();
    if (!this.atBlockParams()) return [];
    const start = this.at;
    const found = /^as\s+\|([^|]*)\|/.exec(this.rest());
    if (!found) throw new Mistake("textNotClosed", start, this.end);
    this.at += found[0].length;
    this.mark("block", start);
    return (found[1] ?? "").trim().split(/\s+/);
  }

  finish(): void {
    this.space();
    if (this.at < this.end) throw this.unexpected();
  }

  /** The name of a partial: a word, a text, or an expression. */
  partialName(): { name: string; dynamic: boolean } {
    this.space();
    const start = this.at;
    if (this.eat("(")) {
      this.inParentheses(start);
      return { name: "", dynamic: true };
    }
    if (this.next === '"' || this.next === "'") return { name: this.quoted(), dynamic: false };
    const name = /^[^\s()=]+/.exec(this.rest())?.[0];
    if (name === undefined) throw this.unexpected();
    this.at += name.length;
    this.mark("helper", start);
    return { name, dynamic: false };
  }

  private operand(block = false): Operand {
    this.space();
    const start = this.at;
    if (this.eat("(")) return this.inParentheses(start);
    if (this.next === '"' || this.next === "'") return { kind: "string", text: this.quoted() };
    const literal = /^(?:true|false|null|undefined|-?\d+(?:\.\d+)?)(?=$|[\s),}~])/.exec(this.rest())?.[0];
    if (literal !== undefined) {
      this.at += literal.length;
      this.mark("number", start);
      return { kind: "literal" };
    }
    const markAt = this.marks.length;
    const path = this.path();
    if (this.next === "(" && !this.source.startsWith("@", start)) {
      const name = this.source.slice(start, this.at);
      const nameEnd = this.at;
      this.at += 1;
      const args = this.deeper(start, () => this.callArguments());
      const helper = path.word === undefined ? undefined : helperNamed(path.word);
      if (!helper) throw new Mistake("unknownHelper", start, nameEnd, name);
      if (args.length < helper.takes[0] || args.length > helper.takes[1]) throw new Mistake("arguments", start, this.at, name);
      this.marks.splice(markAt, 0, { kind: "helper", from: start, to: nameEnd });
      this.secretRules(helper.name, start, args);
      return { kind: "call", helper: helper.name };
    }
    const word = path.word !== undefined && helperNamed(path.word) !== undefined && /^[\s(]/.test(`${this.rest()} `) && this.hasArguments();
    this.marks.splice(markAt, 0, { kind: block ? "block" : word ? "helper" : "path", from: start, to: this.at });
    return path;
  }

  /** Does something follow that a helper in front could take? */
  private hasArguments(): boolean {
    return /^\s+[^\s)]/.test(this.rest());
  }

  private callArguments(): Operand[] {
    const args: Operand[] = [];
    this.space();
    if (this.eat(")")) return args;
    for (;;) {
      args.push(this.operand());
      this.space();
      if (this.eat(")")) return args;
      if (!this.eat(",")) throw this.unexpected();
    }
  }

  private inParentheses(start: number): Operand {
    const operand = this.deeper(start, (): Operand => {
      this.space();
      const from = this.at;
      if (this.eat("(")) {
        const inner = this.inParentheses(from);
        if (this.args().length > 0) throw new Mistake("unknownHelper", from, this.at, this.source.slice(from, this.at));
        return inner;
      }
      const first = this.operand();
      const name = this.source.slice(from, this.at).trim();
      const args = this.args();
      if (first.kind === "path") return this.called(first, name, from, args);
      if (args.length > 0) throw new Mistake("unknownHelper", from, this.at, name);
      return first;
    });
    this.space();
    if (!this.eat(")")) throw this.unexpected();
    // What stands in parentheses is called, and a path cannot be.
    if (operand.kind === "path") {
      const called = operand.word !== undefined && helperNamed(operand.word) !== undefined;
      if (!called) throw new Mistake("unknownHelper", start + 1, this.at - 1, this.source.slice(start + 1, this.at - 1).trim());
      return { kind: "call", helper: operand.word ?? "" };
    }
    return operand;
  }

  private deeper<T>(start: number, inner: () => T): T {
    if (this.depth === MAX_DEPTH) throw new Mistake("tooDeep", start, this.at);
    this.depth += 1;
    const made = inner();
    this.depth -= 1;
    return made;
  }

  private quoted(): string {
    const start = this.at;
    const quote = this.next;
    let text = "";
    for (this.at += 1; this.at < this.end; this.at += 1) {
      const sign = this.next;
      if (sign === quote) {
        this.at += 1;
        this.mark("string", start);
        return text;
      }
      // The one escape there is: the quotation mark itself.
      if (sign === "\\" && this.source[this.at + 1] === quote && this.at + 1 < this.end) this.at += 1;
      text += this.next;
    }
    throw new Mistake("textNotClosed", start, this.end);
  }

  /** `../a.b.[c d][0].e`, `@index`, `this.x`, `.` */
  private path(): Operand {
    const start = this.at;
    const parts: string[] = [];
    let plain = !this.eat("@");
    for (;;) {
      const dots = /^\.\.?/.exec(this.rest())?.[0];
      if (dots !== undefined) {
        this.at += dots.length;
        plain = false;
        if (parts.length === 0 && this.eat("/")) continue;
        return this.ended(start, plain, parts);
      }
      if (this.next === "[") {
        parts.push(this.segment());
      } else {
        const name = this.name();
        if (name === "") throw this.unexpected();
        if (parts.length === 0 && name === "this") plain = false;
        // `poets.0` is a number to Handlebars, and a number is no key there.
        else if (parts.length > 0 && /^\d+$/.test(name) && /^(?:$|[\s),}~])/.test(this.source.slice(this.at + name.length, this.end))) throw this.unexpected();
        else parts.push(name);
        this.at += name.length;
      }
      while (this.next === "[") {
        this.index();
        plain = false;
      }
      if (!(this.next === "/" || (this.next === "." && this.source[this.at + 1] !== "."))) return this.ended(start, plain, parts);
      this.at += 1;
    }
  }

  private name(): string {
    let to = this.at;
    while (to < this.end && !NOT_IN_NAMES.test(this.source[to] ?? "")) to += 1;
    return this.source.slice(this.at, to);
  }

  private ended(_start: number, plain: boolean, parts: string[]): Operand {
    if (this.at < this.end && !/[\s(),|=]/.test(this.next)) throw this.unexpected();
    return plain && parts.length === 1 && parts[0] !== undefined ? { kind: "path", word: parts[0] } : { kind: "path" };
  }

  private segment(): string {
    const close = this.source.indexOf("]", this.at);
    if (close < 0 || close >= this.end) throw new Mistake("textNotClosed", this.at, this.end);
    const text = this.source.slice(this.at + 1, close);
    this.at = close + 1;
    return text;
  }

  private index(): void {
    const start = this.at;
    const inside = this.segment().trim();
    const fits = /^(?:\d+|i|\d+\s*\.\.\s*\d+|"[^]*"|'[^]*')$/.test(inside);
    if (!fits) throw new Mistake("unexpected", start, this.at, `[${inside}]`);
  }
}
