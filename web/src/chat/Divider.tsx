// The border between two areas: dragged, or moved by arrow keys; a double click puts it back.

import { useRef } from "react";

import styles from "./Chat.module.css";

const STEP = 16;

export function Divider({ label, size, first, least, most, sign, onSize }: { label: string; size: number; first: number; least: number; most: number; sign: 1 | -1; onSize: (size: number) => void }) {
  const from = useRef<{ at: number; size: number } | undefined>(undefined);
  const to = (next: number) => onSize(Math.round(Math.min(most, Math.max(least, next))));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a separator that can be moved is a control (ARIA)
    <div
      className={styles["divider"]}
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={size}
      aria-valuemin={least}
      aria-valuemax={most}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above
      tabIndex={0}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { at: event.clientX, size };
      }}
      onPointerMove={(event) => from.current && to(from.current.size + sign * (event.clientX - from.current.at))}
      onPointerUp={() => {
        from.current = undefined;
      }}
      onDoubleClick={() => to(first)}
      onKeyDown={(event) => {
        const step = event.key === "ArrowRight" ? STEP : event.key === "ArrowLeft" ? -STEP : 0;
        if (step === 0) return;
        event.preventDefault();
        to(size + sign * step);
      }}
    />
  );
}
