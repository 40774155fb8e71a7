// Words by area: which of them come with the first load and which with the screen that speaks them.
//
// A route names the areas of its screen (`routes.tsx`; a test compares them with what the screen's files say), so that
// words and code arrive together. Whoever speaks too early waits for the words as for a lazy component.

import type { Language } from "../api/client";
import type { Words } from "./i18n";

const FILES = {
  ko: {
    first: () => import("./ko/first"),
    bridge: () => import("./ko/bridge"),
    channels: () => import("./ko/channels"),
    chat: () => import("./ko/chat"),
    compare: () => import("./ko/compare"),
    consult: () => import("./ko/consult"),
    conversations: () => import("./ko/conversations"),
    dashboard: () => import("./ko/dashboard"),
    editor: () => import("./ko/editor"),
    forms: () => import("./ko/forms"),
    pathtests: () => import("./ko/pathtests"),
    preview: () => import("./ko/preview"),
    versions: () => import("./ko/versions"),
    webchat: () => import("./ko/webchat"),
  },
  en: {
    first: () => import("./en/first"),
    bridge: () => import("./en/bridge"),
    channels: () => import("./en/channels"),
    chat: () => import("./en/chat"),
    compare: () => import("./en/compare"),
    consult: () => import("./en/consult"),
    conversations: () => import("./en/conversations"),
    dashboard: () => import("./en/dashboard"),
    editor: () => import("./en/editor"),
    forms: () => import("./en/forms"),
    pathtests: () => import("./en/pathtests"),
    preview: () => import("./en/preview"),
    versions: () => import("./en/versions"),
    webchat: () => import("./en/webchat"),
  },
} satisfies Record<Language, Record<string, () => Promise<object>>>;

type Part = keyof (typeof FILES)["ko"];
/** Words that come with a screen. */
export type Area = Exclude<Part, "first">;

/** What was loaded so far. Each tree grows and is never replaced: a screen keeps speaking while another's words arrive. */
const spoken: Record<Language, Words> = { ko: {} as Words, en: {} as Words };
const loading: Record<Language, Map<Part, Promise<void>>> = { ko: new Map(), en: new Map() };
/** Areas that some screen asked for: a change of language brings them along. */
const asked = new Set<Area>();

function part(language: Language, name: Part): Promise<void> {
  const under = loading[language].get(name);
  if (under) return under;
  const now = FILES[language][name]().then(
    (file) => {
      if ("first" in file) Object.assign(spoken[language], file.first);
      else Object.assign(spoken[language], file);
    },
    (error: unknown) => {
      // The next who asks tries again: the network may be back.
      loading[language].delete(name);
      throw error;
    },
  );
  loading[language].set(name, now);
  return now;
}

/** The words of a language: the first load's and those of every screen that was opened so far. */
export async function load(language: Language): Promise<Words> {
  await Promise.all([part(language, "first"), ...[...asked].map((area) => part(language, area))]);
  return spoken[language];
}

/** Brings the words of a screen. */
export async function need(language: Language, areas: readonly Area[]): Promise<void> {
  for (const area of areas) asked.add(area);
  await Promise.all(areas.map((area) => part(language, area)));
}

/** For a key whose words are not here yet: what to wait for, or nothing if no area is called so. */
export function missing(language: Language, area: string): Promise<void> | undefined {
  return area in FILES[language] && area !== "first" ? need(language, [area as Area]) : undefined;
}
