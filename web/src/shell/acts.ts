// The acts of the screen one is on: one list for its menus, its keys, the command palette and the sheet of keys.

import { type ReactNode, useEffect, useSyncExternalStore } from "react";

export interface Act {
  id: string;
  name: string;
  /** The heading under which the sheet of keys shows it. */
  group: string;
  icon?: ReactNode;
  /** As `Mod+Shift+KeyZ`: places on the keyboard, not letters, so that the Korean layout does not matter. */
  keys?: readonly string[];
  /** The browser's own event does it (copy, paste); the key is only told. */
  native?: boolean;
  /** Other words that find it. */
  also?: string;
  /** Why it cannot be done now. */
  reason?: string | undefined;
  /** Counts also while one writes; by default it does not. */
  inFields?: boolean | ((target: HTMLElement) => boolean);
  /** Only where this selector holds the focus, or nothing does. */
  within?: string;
  /** Not offered in the palette: it means something only as a key. */
  keyOnly?: boolean;
  run: () => void;
}

let acts: readonly Act[] = [];
const listeners = new Set<() => void>();

function set(next: readonly Act[]): void {
  acts = next;
  for (const listener of listeners) listener();
}

export function screenActs(): readonly Act[] {
  return acts;
}

/** A screen says what can be done on it. */
export function useScreenActs(own: readonly Act[]): void {
  useEffect(() => {
    set(own);
  }, [own]);
  useEffect(() => () => set([]), []);
}

export function useActs(): readonly Act[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => acts,
  );
}

const MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

export function pressed(event: KeyboardEvent, combination: string): boolean {
  const parts = combination.split("+");
  const code = parts.at(-1);
  const mod = MAC ? event.metaKey : event.ctrlKey;
  const other = MAC ? event.ctrlKey : event.metaKey;
  return (
    event.code === code &&
    mod === parts.includes("Mod") &&
    !other &&
    event.shiftKey === parts.includes("Shift") &&
    event.altKey === parts.includes("Alt")
  );
}

const SIGNS: { [code: string]: string } = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
  Delete: "Del",
  Backspace: "⌫",
  Equal: "+",
  Minus: "−",
  Slash: "/",
  BracketLeft: "[",
  BracketRight: "]",
  PageUp: "PgUp",
  PageDown: "PgDn",
};

/** The keys of a combination as they are printed on them. */
export function keyNames(combination: string): string[] {
  return combination.split("+").map((part) => {
    if (part === "Mod") return MAC ? "⌘" : "Ctrl";
    if (part === "Alt" && MAC) return "⌥";
    return SIGNS[part] ?? part.replace(/^(?:Key|Digit)/, "");
  });
}
