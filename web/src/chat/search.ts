// What the address of the Chat screen says: which list, and which windows are open.

import { ORDERS, type Order, VIEWS, type View } from "./model/lists";

/** The lists, and the notes that mention the person here. */
export const PLACES = [...VIEWS, "mentions"] as const;
export type Place = View | "mentions";

export interface ChatSearch {
  view?: Place;
  bot?: string;
  mine?: true;
  order?: Order;
  /** What is looked for. */
  q?: string;
  /** The open windows, from the left, joined by dots. */
  open?: string;
}

export function chatSearch(search: Record<string, unknown>): ChatSearch {
  const text = (key: string) => (typeof search[key] === "string" && search[key] ? { [key]: search[key] } : {});
  const one = <V extends string>(key: string, all: readonly V[]) => (all.includes(search[key] as V) ? { [key]: search[key] as V } : {});
  return { ...one("view", PLACES), ...one("order", ORDERS), ...text("bot"), ...text("q"), ...text("open"), ...(search["mine"] ? { mine: true } : {}) };
}
