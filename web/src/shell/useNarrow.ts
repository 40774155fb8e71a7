// Whether the window is a phone's, where the rail lies at the lower edge: the same width as in Shell.module.css.

import { useSyncExternalStore } from "react";

const narrow = "(max-width: 720px)";

function follow(changed: () => void): () => void {
  const query = window.matchMedia(narrow);
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
}

export const useNarrow = (): boolean => useSyncExternalStore(follow, () => window.matchMedia(narrow).matches);
