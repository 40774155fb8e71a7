// Rows of one height, of which only those in sight are there: 50,000 scroll like 50.

import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useState } from "react";

import styles from "./List.module.css";

/** Rows beyond the edges, so that a quick scroll shows no hole. */
const SPARE = 8;

export function Virtual({
  room,
  count,
  height,
  renderRow,
  label,
  onEnd,
}: {
  /** What scrolls. */
  room: RefObject<HTMLDivElement | null>;
  count: number;
  height: number;
  renderRow: (at: number) => ReactNode;
  label: string;
  /** The last rows are in sight. */
  onEnd?: (() => void) | undefined;
}) {
  const [{ first, last }, setView] = useState({ first: 0, last: Math.ceil(900 / height) + SPARE });
  // Not before the paint: what scrolls lies around this list, and a parent's ref is there only after its children's layout.
  useEffect(() => {
    const element = room.current;
    if (!element) return undefined;
    const look = () => {
      const above = Math.max(0, Math.floor(element.scrollTop / height) - SPARE);
      const below = Math.ceil((element.scrollTop + element.clientHeight) / height) + SPARE;
      // Drawn anew only when other rows are in sight.
      setView((was) => (was.first === above && was.last === below ? was : { first: above, last: below }));
    };
    look();
    element.addEventListener("scroll", look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener("scroll", look);
      observer.disconnect();
    };
  }, [room, height]);
  const from = Math.max(0, Math.min(first, count - 1));
  const to = Math.min(count, last);
  const nearEnd = count > 0 && to >= count - SPARE;
  useLayoutEffect(() => {
    if (nearEnd) onEnd?.();
  }, [nearEnd, onEnd, count]);
  return (
    <ul aria-label={label} className={styles["rows"]} style={{ height: count * height }}>
      {Array.from({ length: Math.max(0, to - from) }, (_, nth) => renderRow(from + nth))}
    </ul>
  );
}
