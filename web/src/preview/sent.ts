// What a node said, before and after its templates. The trace holds no messages (they stand in the answer), so the filled
// text is looked for among what was really sent: it is the one that fits the template. Where none fits, or the channel
// divided it, only the template is shown.

import type { Seen } from "./kakao/read";

export interface SentText {
  template: string;
  /** As it was sent; nothing where it was not found. */
  sent: string | undefined;
}

const TEMPLATE = /\{\{[\s\S]*?\}\}\}?/;
const text = (value: unknown): string[] => (typeof value === "string" && value.trim() !== "" ? [value] : []);
const object = (value: unknown): Record<string, unknown> => (typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {});

/** The texts of a message, as the bot's file has them. */
export function templatesOf(message: unknown): string[] {
  const it = object(message);
  const cards = Array.isArray(it["cards"]) ? it["cards"].map(object) : [];
  return [...text(it["text"]), ...cards.flatMap((card) => [...text(card["title"]), ...text(card["description"])])];
}

/** The texts of an answer. */
function textsOf(seen: Seen): string[] {
  return seen.bubbles.flatMap((bubble) => {
    if (bubble.kind === "text") return [bubble.text];
    const cards = bubble.kind === "card" ? [bubble.card] : bubble.kind === "carousel" ? bubble.cards : [];
    return cards.flatMap((card) => [card.title, card.description]).filter(Boolean);
  });
}

/** Does a text come of a template? What stands between its holes must stand there, in order. */
function fits(template: string, sent: string): boolean {
  const literals = template.split(new RegExp(TEMPLATE, "g")).map((part) => part.trim());
  // A template that is nothing but a hole fits everything, and so says nothing.
  if (literals.join("").length < 2) return false;
  let at = 0;
  for (const [nth, literal] of literals.entries()) {
    if (literal === "") continue;
    const found = sent.indexOf(literal, at);
    if (found < 0 || (nth === 0 && found > 0)) return false;
    at = found + literal.length;
  }
  const last = literals.at(-1) ?? "";
  return last === "" || sent.endsWith(last);
}

export function sentTexts(message: unknown, seen: Seen): SentText[] {
  const all = textsOf(seen);
  return templatesOf(message).map((template) => {
    // With blocks a text may come out in ways that cannot be foretold.
    const plain = !TEMPLATE.test(template);
    if (plain || /\{\{[#/]/.test(template)) return { template, sent: all.find((one) => one === template) };
    return { template, sent: all.find((one) => fits(template, one)) };
  });
}
