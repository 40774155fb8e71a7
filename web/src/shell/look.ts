// Theme and language: kept in this browser, so that the next visit paints right before anything is loaded
// (public/theme.js reads the same keys), and taken from the account when one signs in.

import { useSyncExternalStore } from "react";

import { type Language, speak, type Theme } from "../api/client";

const THEME = "closer.theme";
const LANGUAGE = "closer.language";

export interface Look {
  theme: Theme;
  language: Language;
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Forbidden storage costs the memory of the choice, not the choice.
  }
}

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();
const kept = read(THEME);
let look: Look = {
  theme: kept === "light" || kept === "dark" ? kept : "system",
  language: document.documentElement.lang === "en" ? "en" : "ko",
};

function paint(): void {
  const root = document.documentElement;
  root.dataset["theme"] = look.theme === "dark" || (look.theme === "system" && dark.matches) ? "dark" : "light";
  root.lang = look.language;
  speak(look.language);
}

dark.addEventListener("change", paint);
paint();

export function setLook(change: Partial<Look>): void {
  const next = { ...look, ...change };
  if (next.theme === look.theme && next.language === look.language) return;
  look = next;
  write(THEME, look.theme);
  write(LANGUAGE, look.language);
  paint();
  for (const listener of listeners) listener();
}

export function getLook(): Look {
  return look;
}

export function useLook(): Look {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    getLook,
  );
}
