// Mentions in notes: `@` and a name. Who is meant is read from the text when it is kept, so that a name that was taken out again
// calls nobody.

import { queryOptions } from "@tanstack/react-query";

import { membersQuery } from "../api/queries";
import { match } from "../shell/search";

export interface Person {
  id: string;
  name: string;
  picture: string | null;
}

/** Everybody who can be mentioned. */
export const peopleQuery = (ws: string) =>
  queryOptions({
    ...membersQuery(ws),
    select: (members): Person[] => members.map(({ id, name, picture }) => ({ id, name, picture })),
    staleTime: 60_000,
  });

/** What is typed after the `@` before the cursor; nothing where no name is being typed. */
export function mentionAt(text: string, caret: number): string | undefined {
  return /(?:^|\s)@([^\s@]{0,20})$/u.exec(text.slice(0, caret))?.[1];
}

/** The text with the name in place of what was typed, and where the cursor stands then. */
export function mentioned(text: string, caret: number, name: string): { text: string; caret: number } {
  const begin = text.slice(0, caret).lastIndexOf("@");
  const rest = text.slice(caret).replace(/^ /, "");
  const upTo = `${text.slice(0, begin)}@${name} `;
  return { text: upTo + rest, caret: upTo.length };
}

/** Those whose names fit, the best first. */
export function people(all: readonly Person[], wanted: string, me: string): Person[] {
  return all
    .filter((one) => one.id !== me)
    .map((one) => ({ one, score: match(one.name, wanted) }))
    .filter((it) => it.score !== undefined)
    .sort((a, b) => (a.score ?? 0) - (b.score ?? 0))
    .map(({ one }) => one);
}

/** A text in parts: the names that are mentioned, and what stands between. */
export function parts(text: string, all: readonly Person[]): { text: string; person?: Person }[] {
  // The longest first: 김지은 is not 김지 and 은.
  const known = all.filter((one) => one.name).toSorted((a, b) => b.name.length - a.name.length);
  const found: { text: string; person?: Person }[] = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const begins = text[at] === "@" && (at === 0 || /\s/u.test(text[at - 1] ?? ""));
    const person = begins ? known.find((one) => text.startsWith(one.name, at + 1)) : undefined;
    if (person) {
      if (plain) found.push({ text: plain });
      plain = "";
      found.push({ text: `@${person.name}`, person });
      at += person.name.length + 1;
    } else {
      plain += text[at++] ?? "";
    }
  }
  if (plain) found.push({ text: plain });
  return found;
}

/** Who is mentioned in a text, each once. */
export function mentionsIn(text: string, all: readonly Person[]): string[] {
  return [...new Set(parts(text, all).flatMap(({ person }) => (person ? [person.id] : [])))];
}
