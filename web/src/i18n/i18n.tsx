// Words in the person's language. Korean (`ko.ts`) is the source; English has the same keys, which the compiler checks, and
// the same holes, which a test checks.
//
// A hole is `{name}`. Three forms more: `{name/을/를}` is the value with the particle that its last syllable wants,
// `{name:을/를}` the particle alone (after a closing quote), and `{n?bot:bots}` chooses by whether n is one.

import { josa } from "es-hangul";
import { createContext, type ReactNode, useContext, useMemo } from "react";

import type { Language } from "../api/client";
import { missing } from "./areas";
import type { ko } from "./ko";
import type { first } from "./ko/first";

type Join<A extends string, B extends string> = A extends "" ? B : `${A}.${B}`;
type Paths<T, P extends string = ""> = {
  [K in keyof T & string]: T[K] extends string ? Join<P, K> : Paths<T[K], Join<P, K>>;
}[keyof T & string];
type At<T, K extends string> = K extends `${infer Head}.${infer Rest}`
  ? Head extends keyof T
    ? At<T[Head], Rest>
    : never
  : K extends keyof T
    ? T[K]
    : never;
type HoleName<S extends string> = S extends `${infer N}?${string}`
  ? N
  : S extends `${infer N}:${string}`
    ? N
    : S extends `${infer N}/${string}`
      ? N
      : S;
type Holes<S> = S extends `${string}{${infer Hole}}${infer Rest}` ? HoleName<Hole> | Holes<Rest> : never;

/** The same tree with any text in its leaves. */
export type Shape<T> = { [K in keyof T]: T[K] extends string ? string : Shape<T[K]> };
export type Words = Shape<typeof ko>;
/** The words of the first load. */
export type First = Shape<typeof first>;
/** Every text there is, as `bots.list.title`. */
export type Key = Paths<typeof ko>;
type Args<K extends Key> = [Holes<At<typeof ko, K>>] extends [never]
  ? []
  : [values: Record<Holes<At<typeof ko, K>>, string | number>];

export type Translate = <K extends Key>(key: K, ...values: Args<K>) => string;

const HOLE = /\{(?<name>\w+)(?:(?<mark>[/:])(?<first>[^/}]+)\/(?<second>[^}]+)|\?(?<one>[^:}]*):(?<many>[^}]*))?\}/g;

const DIGITS = "영일이삼사오육칠팔구";

/** A syllable that ends as the text is read: 3 as 삼, .com as 컴. Quotes and brackets are not read. */
function sound(text: string): string {
  const last = text.replaceAll(/[^\p{L}\p{N}]+/gu, "").slice(-1);
  if (/\d/.test(last)) return DIGITS[Number(last)] ?? "영";
  if (/[lmn]/i.test(last)) return { l: "엘", m: "엠", n: "엔" }[last.toLowerCase()] ?? "엠";
  return /[가-힣]/.test(last) ? last : "아";
}

/** Fills the holes of a text. A number is written as the language writes it. */
export function fill(text: string, values: Record<string, string | number>, language: Language): string {
  return text.replaceAll(HOLE, (...match) => {
    const { name, mark, first, second, one, many } = match.at(-1) as Record<string, string | undefined>;
    const value = values[name ?? ""] ?? "";
    if (one !== undefined) return Number(value) === 1 ? one : (many ?? "");
    const shown = typeof value === "number" ? new Intl.NumberFormat(language).format(value) : value;
    if (first === undefined) return shown;
    const particle = josa.pick(sound(shown), `${first}/${second}` as Parameters<typeof josa.pick>[1]);
    return mark === ":" ? particle : shown + particle;
  });
}

function lookup(words: Words, key: string, language: Language): string {
  const parts = key.split(".");
  const area = parts[0] ?? "";
  // Thrown as a lazy component throws: React shows this part again when the words are there.
  if (!(area in words)) throw missing(language, area) ?? new Error(`there are no words for ${key}`);
  let at: unknown = words;
  for (const part of parts) at = (at as Record<string, unknown>)[part];
  return at as string;
}

export function translator(words: Words, language: Language): Translate {
  return ((key: string, values: Record<string, string | number> = {}) =>
    fill(lookup(words, key, language), values, language)) as Translate;
}

interface Spoken {
  language: Language;
  t: Translate;
}

const Context = createContext<Spoken | undefined>(undefined);

export function WordsProvider({ language, words, children }: { language: Language; words: Words; children: ReactNode }) {
  const spoken = useMemo(() => ({ language, t: translator(words, language) }), [language, words]);
  return <Context value={spoken}>{children}</Context>;
}

function useSpoken(): Spoken {
  const spoken = useContext(Context);
  if (!spoken) throw new Error("words are read inside of WordsProvider");
  return spoken;
}

export function useT(): Translate {
  return useSpoken().t;
}

export function useLanguage(): Language {
  return useSpoken().language;
}
