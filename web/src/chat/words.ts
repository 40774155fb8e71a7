// How conversations are named and times of waiting are said.

import { useEffect, useState } from "react";

import { useT } from "../i18n/i18n";
import type { Chat } from "./model/types";

const MINUTE = 60_000;
/** After so long somebody waits long, and too long. */
const LONG_MS = 3 * MINUTE;
const TOO_LONG_MS = 10 * MINUTE;
const TICK_MS = 10_000;

/** The name that agents wrote down, or the end of what the channel calls them. */
export function useCustomerName(): (chat: Pick<Chat, "name" | "userKey">) => string {
  const t = useT();
  return ({ name, userKey }) => name || t("chat.customer", { key: userKey.slice(-4) });
}

/** "3분": how long something has taken. */
export function useSpan(): (ms: number) => string {
  const t = useT();
  return (ms) => {
    const minutes = Math.floor(ms / MINUTE);
    if (minutes < 1) return t("chat.time.now");
    if (minutes < 60) return t("chat.time.minutes", { n: minutes });
    if (minutes < 48 * 60) return t("chat.time.hours", { n: Math.floor(minutes / 60) });
    return t("chat.time.days", { n: Math.floor(minutes / 1_440) });
  };
}

export type Patience = "fresh" | "long" | "toolong";

export function patience(ms: number): Patience {
  return ms >= TOO_LONG_MS ? "toolong" : ms >= LONG_MS ? "long" : "fresh";
}

/** The time, for waits: goes on by itself. */
export function useTick(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
