// What the address of the conversations says: which are listed, and which one is open.

import { isDay } from "../dashboard/scale";
import type { MarkKind, Wanted } from "./read";

const KINDS = new Set<unknown>(["fault", "unanswered", "slow", "cut"]);

export interface ConversationSearch extends Wanted {
  /** The end user whose conversation is open. */
  who?: string;
  /** The turn whose inside is shown. */
  turn?: string;
}

export function conversationSearch(search: Record<string, unknown>): ConversationSearch {
  const found: ConversationSearch = {};
  for (const key of ["q", "channel", "said", "who", "turn"] as const) {
    const text = search[key];
    if (typeof text === "string" && text !== "") found[key] = text;
    // A key of digits only is read as a number from the address.
    else if (typeof text === "number") found[key] = String(text);
  }
  for (const key of ["from", "to"] as const) {
    const day = search[key];
    if (isDay(day)) found[key] = day;
  }
  const kind = search["kind"];
  if (KINDS.has(kind)) found.kind = kind as MarkKind;
  return found;
}
