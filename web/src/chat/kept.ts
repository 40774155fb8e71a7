// What this browser keeps for the Chat screen: drafts, what waits to be sent, how the panes stand. Without storage it is
// forgotten with the page.

import { useState } from "react";

const PREFIX = "closer.chat.";

export function readKept(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

export function writeKept(key: string, text: string): void {
  try {
    if (text === "" || text === "[]") localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, text);
  } catch {
    // Then it is there until the page is closed.
  }
}

/** A number or a switch that is remembered. */
export function useKept<T>(key: string, first: T, sound: (value: unknown) => value is T): [T, (next: T) => void] {
  const [value, setValue] = useState<T>(() => {
    try {
      const read: unknown = JSON.parse(readKept(key) ?? "null");
      return sound(read) ? read : first;
    } catch {
      return first;
    }
  });
  return [
    value,
    (next) => {
      setValue(next);
      writeKept(key, JSON.stringify(next));
    },
  ];
}

/** An id of a message that nobody else makes. */
export function newClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const draftKey = (ws: string, me: string, chat: string) => `draft.${ws}.${me}.${chat}`;

export const readDraft = (ws: string, me: string, chat: string) => readKept(draftKey(ws, me, chat)) ?? "";
export const writeDraft = (ws: string, me: string, chat: string, text: string) => writeKept(draftKey(ws, me, chat), text);
