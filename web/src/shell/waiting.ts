// How much waits in the chat, for the rail and the title. Known once Chat was opened in this tab: it has the connection.

import { useSyncExternalStore } from "react";

export interface Waiting {
  ws: string;
  /** Requests that are nobody's. */
  queued: number;
  /** Messages in the person's own consultations that they have not seen. */
  unread: number;
}

let waiting: Waiting = { ws: "", queued: 0, unread: 0 };
const listeners = new Set<() => void>();

export function setWaiting(next: Waiting): void {
  if (next.ws === waiting.ws && next.queued === waiting.queued && next.unread === waiting.unread) return;
  waiting = next;
  for (const listener of listeners) listener();
}

export function useWaiting(ws: string): Waiting {
  const now = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting,
  );
  return now.ws === ws ? now : { ws, queued: 0, unread: 0 };
}
