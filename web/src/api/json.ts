// Calls of the routes whose shapes the pages name themselves.

import { call } from "./client";

/** The answer's body; nothing where there is none. */
export async function json<T>(path: string, init?: RequestInit): Promise<T> {
  const answer = await call(path, init);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

/** A change that carries JSON. */
export function sending(method: "POST" | "PUT" | "PATCH" | "DELETE", body: unknown): RequestInit {
  return { method, body: JSON.stringify(body), headers: { "content-type": "application/json" } };
}

/** What is asked for; what is nothing is left out. */
export function query(of: object): string {
  const given = Object.entries(of).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}

export interface Piece<T> {
  items: T[];
  next: string | null;
}
