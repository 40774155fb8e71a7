// What went wrong with a call: the server's own words (RFC 9457), or that the server was not reached.

import type { components } from "./schema.gen";

export type Role = components["schemas"]["Role"];

/** A field of a form that the server refused. */
export interface FieldProblem {
  /** JSON pointer into the body, as `/password`. */
  pointer: string;
  detail: string;
}

/** An answer that is not a success. `kind` is the last part of the problem's type and does not change with the language. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly kind: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly errors: FieldProblem[];
  /** The request's mark, by which the operator finds it in the log. */
  readonly instance: string;
  /** The role that would be needed (`role-too-low`). */
  readonly role: Role | undefined;
  /** Seconds to wait (`too-many-attempts`, `busy`). */
  readonly retryAfter: number | undefined;

  constructor(status: number, body: unknown, retryAfter?: number) {
    const told = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
    const text = (key: string) => (typeof told[key] === "string" ? (told[key] as string) : "");
    super(text("title") || `HTTP ${status}`);
    this.kind = text("type").split("/").pop() || "unreadable";
    this.status = status;
    this.title = text("title");
    this.detail = text("detail");
    this.instance = text("instance");
    this.errors = Array.isArray(told["errors"]) ? (told["errors"] as FieldProblem[]) : [];
    this.role = told["role"] as Role | undefined;
    this.retryAfter = retryAfter;
  }

  /** What the server says of one field, if anything. */
  at(pointer: string): string | undefined {
    return this.errors.find((error) => error.pointer === pointer)?.detail;
  }
}

/** No answer at all: the network or the server is away. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

/** Is it this kind of problem? */
export function isProblem(error: unknown, kind?: string): error is Problem {
  return error instanceof Problem && (kind === undefined || error.kind === kind);
}
