// What an agent's console remembers for them on the server: favourite flows, and what they want to be told.

import type { Agent } from "./model/types";

export const NEWS_KINDS = ["request", "assigned", "message", "mention"] as const;
export type NewsKind = (typeof NEWS_KINDS)[number];

export interface OwnSettings {
  /** Flows by bot. */
  favourites: Record<string, number[]>;
  notify: Record<NewsKind, boolean>;
  sound: boolean;
  /** How long a notification is shown. */
  seconds: number;
}

export const FIRST_OWN: OwnSettings = { favourites: {}, notify: { request: true, assigned: true, message: true, mention: true }, sound: true, seconds: 8 };

/** What was kept, as far as it is sound: another version of the console may have written it. */
export function ownSettings(mine: Pick<Agent, "settings"> | undefined): OwnSettings {
  const kept = (mine?.settings ?? {}) as Partial<Record<keyof OwnSettings, unknown>>;
  const favourites = Object.fromEntries(
    Object.entries((kept.favourites ?? {}) as Record<string, unknown>).map(([bot, flows]) => [bot, Array.isArray(flows) ? flows.filter((flow): flow is number => typeof flow === "number") : []]),
  );
  const notify = (kept.notify ?? {}) as Partial<Record<NewsKind, unknown>>;
  const seconds = Number(kept.seconds);
  return {
    favourites,
    notify: {
      request: notify.request !== false,
      assigned: notify.assigned !== false,
      message: notify.message !== false,
      mention: notify.mention !== false,
    },
    sound: kept.sound !== false,
    seconds: Number.isInteger(seconds) && seconds >= 1 && seconds <= 60 ? seconds : FIRST_OWN.seconds,
  };
}
