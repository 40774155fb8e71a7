// A name for this window: the server tells windows apart by it, and the browser keeps unsaved work under it.

const KEY = "closer.window";
let named: string | undefined;

function fresh(): string {
  return [...crypto.getRandomValues(new Uint8Array(9))].map((byte) => byte.toString(36).padStart(2, "0")).join("");
}

/** The same until the window is closed; a reload keeps it. */
export function windowName(): string {
  if (named) return named;
  named = fresh();
  try {
    const old = sessionStorage.getItem(KEY);
    const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    // A duplicated tab brings the other's storage along, but was not reloaded.
    if (old && navigation?.type === "reload") named = old;
    sessionStorage.setItem(KEY, named);
  } catch {
    // Then a reload has another name.
  }
  return named;
}
