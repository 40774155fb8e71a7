// Canned messages: finding them by what follows `/`, and filling their holes with what is known of the customer.

import { queryOptions } from "@tanstack/react-query";

import { match } from "../shell/search";
import { readCanned } from "./api";
import type { Canned } from "./model/types";

export const cannedQuery = (ws: string) =>
  queryOptions({ queryKey: ["ws", ws, "canned"], queryFn: () => readCanned(ws), staleTime: 60_000 });

/** What is known for holes: `name`, `phone`, `agent`, params by their names. */
export type Known = Record<string, unknown>;

const HOLE = /\{\{\{?\s*([\p{L}\p{N}_$:.-]+)\s*\}?\}\}/gu;

/** Fills `{{name}}`. What is not known stays as it is, so that the agent sees it before the customer does. */
export function filled(text: string, known: Known): string {
  return text.replaceAll(HOLE, (hole: string, path: string) => {
    const value = Object.hasOwn(known, path) ? known[path] : follow(known, path);
    return typeof value === "string" || typeof value === "number" ? String(value) || hole : hole;
  });
}

function follow(known: Known, path: string): unknown {
  let at: unknown = known;
  for (const part of path.split(".")) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Known)[part];
  }
  return at;
}

/** What is typed after a `/` at the beginning, if that is all there is: then canned messages are offered. */
export function wantedOf(text: string): string | undefined {
  const found = /^\/(\S*)$/.exec(text);
  return found?.[1];
}

/** Those that fit, the best first: by shortcut, title, then text; first consonants count. */
export function fitting(all: readonly Canned[], wanted: string): Canned[] {
  if (wanted === "") return [...all];
  const scored: { one: Canned; score: number }[] = [];
  for (const one of all) {
    const scores = [match(one.shortcut, wanted), match(one.title, wanted)].filter((score) => score !== undefined);
    const inText = one.text.includes(wanted) ? 9 : undefined;
    const score = scores.length > 0 ? Math.min(...scores) : inText;
    if (score !== undefined) scored.push({ one, score });
  }
  return scored.sort((a, b) => a.score - b.score).map(({ one }) => one);
}
