// Values of a file in fields that show texts: files are tolerant, a number may stand where a text is meant. What a person
// does not touch keeps its type and spelling.

import { isOdd, numberOf, write } from "../flow/json";

/** The value as a field shows it. */
export function shownAs(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  return write(value, 0);
}

/** What the file gets: a number where there was one and it still reads as one. */
export function typedLike(before: unknown, text: string): unknown {
  if (numberOf(before) === undefined) return text;
  return spelled(text) ?? text;
}

/** The number that a text spells as JavaScript would, so that reading and writing it is the same. */
export function spelled(text: string): number | undefined {
  const trimmed = text.trim();
  const number = Number(trimmed);
  return trimmed !== "" && Number.isFinite(number) && String(number) === trimmed ? number : undefined;
}

/** The number that a person typed, in any spelling; undefined where it is none. */
export function typedNumber(text: string): number | undefined {
  const plain = text.trim().replaceAll(",", "");
  const number = Number(plain);
  return plain !== "" && Number.isFinite(number) ? number : undefined;
}

export function isSimple(value: unknown): boolean {
  return value === undefined || value === null || typeof value !== "object" || isOdd(value);
}
