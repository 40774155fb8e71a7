// Is the server there? Known from the calls that are made anyway; once one fails, asked again until it answers.

import { useSyncExternalStore } from "react";

import { call, onReached } from "../api/client";

const FIRST_MS = 2000;
const SLOWEST_MS = 20_000;

let online = true;
let wait = FIRST_MS;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();
const returned = new Set<() => void>();

function set(next: boolean): void {
  if (online === next) return;
  online = next;
  for (const listener of listeners) listener();
  if (next) for (const listener of returned) listener();
}

function askLater(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void ask(), wait);
  wait = Math.min(wait * 1.6, SLOWEST_MS);
}

/** Asks now. Whatever comes back, `onReached` below hears of it. */
export async function ask(): Promise<void> {
  clearTimeout(timer);
  await call("/api/state").catch(() => undefined);
}

onReached((reached) => {
  if (reached) {
    clearTimeout(timer);
    wait = FIRST_MS;
    set(true);
  } else {
    set(false);
    askLater();
  }
});
window.addEventListener("offline", () => {
  set(false);
  askLater();
});
window.addEventListener("online", () => void ask());

/** Called when the server is there again. */
export function onReturn(listener: () => void): () => void {
  returned.add(listener);
  return () => returned.delete(listener);
}

export function useOnline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => online,
  );
}
