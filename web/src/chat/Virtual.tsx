// Rows of one height, of which only those in sight are there: 50,000 scroll like 50.

import { type ReactNode, type RefObject, useLayoutEffect, useState } from "react";

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
  const [{ top, seen }, setView] = useState({ top: 0, seen: 900 });
  useLayoutEffect(() => {
    const element = room.current;
    if (!element) return undefined;
    const look = () => setView({ top: element.scrollTop, seen: element.clientHeight });
    look();
    element.addEventListener("scroll", look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener("scroll", look);
      observer.disconnect();
    };
  }, [room]);
  const first = Math.max(0, Math.min(Math.floor(top / height) - SPARE, count - 1));
  const last = Math.min(count, Math.ceil((top + seen) / height) + SPARE);
  const nearEnd = count > 0 && last >= count - SPARE;
  useLayoutEffect(() => {
    if (nearEnd) onEnd?.();
  }, [nearEnd, onEnd, count]);
  return (
    <ul aria-label={label} className={styles["rows"]} style={{ height: count * height }}>
      {Array.from({ length: Math.max(0, last - first) }, (_, nth) => {
        const at = first + nth;
        return renderRow(at);
      })}
    </ul>
  );
}
