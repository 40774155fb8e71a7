// Where the panes stand: which dock, in what order, how wide. Remembered in this browser.

import { useSyncExternalStore } from "react";

export const PANES = ["explorer", "palette", "form", "preview", "problems"] as const;
export type Pane = (typeof PANES)[number];
export const DOCKS = ["left", "right", "far", "bottom"] as const;
export type Dock = (typeof DOCKS)[number];

export interface Layout {
  docks: Record<Dock, readonly Pane[]>;
  hidden: readonly Pane[];
  /** Pixels: width of the columns, height of the bottom. */
  sizes: Record<Dock, number>;
  /** How the panes of a dock share it. */
  shares: Record<Pane, number>;
}

const KEY = "closer.editor.layout";
export const LEAST: Record<Dock, number> = { left: 180, right: 260, far: 300, bottom: 120 };
export const MOST: Record<Dock, number> = { left: 480, right: 720, far: 900, bottom: 520 };

export const FIRST: Layout = {
  docks: { left: ["explorer", "palette"], right: ["form"], far: ["preview"], bottom: ["problems"] },
  hidden: ["preview", "problems"],
  sizes: { left: 232, right: 348, far: 400, bottom: 200 },
  shares: { explorer: 1, palette: 1, form: 1, preview: 1, problems: 1 },
};

function within(value: unknown, other: number, least: number, most: number): number {
  return typeof value === "number" && Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : other;
}

/** What was remembered, as far as it still fits. */
export function readLayout(text: string | null): Layout {
  if (!text) return FIRST;
  try {
    const { docks, hidden, sizes, shares } = JSON.parse(text) as Partial<Layout>;
    const placed = new Set<Pane>();
    const take = (dock: Dock) =>
      (Array.isArray(docks?.[dock]) ? docks[dock] : []).filter((pane) => PANES.includes(pane) && !placed.has(pane) && Boolean(placed.add(pane)));
    const made = { left: take("left"), right: take("right"), far: take("far"), bottom: take("bottom") };
    for (const dock of DOCKS) for (const pane of FIRST.docks[dock]) if (!placed.has(pane)) made[dock].push(pane);
    return {
      docks: made,
      hidden: Array.isArray(hidden) ? hidden.filter((pane) => PANES.includes(pane)) : FIRST.hidden,
      sizes: Object.fromEntries(DOCKS.map((dock) => [dock, within(sizes?.[dock], FIRST.sizes[dock], LEAST[dock], MOST[dock])])) as Layout["sizes"],
      shares: Object.fromEntries(PANES.map((pane) => [pane, within(shares?.[pane], 1, 0.1, 10)])) as Layout["shares"],
    };
  } catch {
    return FIRST;
  }
}

export function hide(layout: Layout, pane: Pane, hidden: boolean): Layout {
  const without = layout.hidden.filter((one) => one !== pane);
  return { ...layout, hidden: hidden ? [...without, pane] : without };
}

export function dockPane(layout: Layout, pane: Pane, dock: Dock): Layout {
  const docks = Object.fromEntries(DOCKS.map((one) => [one, layout.docks[one].filter((other) => other !== pane)])) as Record<Dock, Pane[]>;
  docks[dock].push(pane);
  return hide({ ...layout, docks }, pane, false);
}

export function resize(layout: Layout, dock: Dock, size: number): Layout {
  return { ...layout, sizes: { ...layout.sizes, [dock]: Math.round(Math.min(MOST[dock], Math.max(LEAST[dock], size))) } };
}

/** Moves the border between two panes of a dock by a part of both. */
export function share(layout: Layout, above: Pane, below: Pane, part: number): Layout {
  const sum = layout.shares[above] + layout.shares[below];
  const first = Math.min(0.9, Math.max(0.1, part)) * sum;
  return { ...layout, shares: { ...layout.shares, [above]: first, [below]: sum - first } };
}

let layout: Layout | undefined;
const listeners = new Set<() => void>();

function get(): Layout {
  if (!layout) {
    let text: string | null = null;
    try {
      text = localStorage.getItem(KEY);
    } catch {
      // Then the panes stand as they do at first.
    }
    layout = readLayout(text);
  }
  return layout;
}

export function changeLayout(change: (now: Layout) => Layout): void {
  layout = change(get());
  try {
    localStorage.setItem(KEY, JSON.stringify(layout));
  } catch {
    // Then it is forgotten with the window.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useLayout(): Layout {
  return useSyncExternalStore(subscribe, get);
}
