// What lies beneath a template field: the same text, coloured. It has the field's exact type and width, so that letters stand
// where the field's cursor thinks they do.

import type { Ref } from "react";

import { cx } from "../../ui";
import type { Mistake, Reading } from "../template/read";
import styles from "./Template.module.css";

interface Piece {
  text: string;
  kind: string | undefined;
  wrong: boolean;
}

/** The text cut at the borders of marks and mistakes. */
export function pieces(text: string, { marks }: Pick<Reading, "marks">, mistakes: readonly Pick<Mistake, "from" | "to">[]): Piece[] {
  const borders = new Set([0, text.length]);
  for (const { from, to } of [...marks, ...mistakes]) {
    borders.add(Math.min(from, text.length));
    borders.add(Math.min(to, text.length));
  }
  const sorted = [...borders].sort((a, b) => a - b);
  const found: Piece[] = [];
  let next = 0;
  for (let at = 0; at + 1 < sorted.length; at += 1) {
    const from = sorted[at] ?? 0;
    const to = sorted[at + 1] ?? from;
    while (next < marks.length && (marks[next]?.to ?? 0) <= from) next += 1;
    const mark = marks[next];
    const kind = mark && mark.from <= from && mark.to >= to ? mark.kind : undefined;
    const wrong = mistakes.some((one) => one.from <= from && one.to >= to);
    found.push({ text: text.slice(from, to), kind, wrong });
  }
  return found;
}

export function Mirror({ ref, text, reading, mistakes }: { ref: Ref<HTMLDivElement>; text: string; reading: Reading; mistakes: readonly Mistake[] }) {
  return (
    <div ref={ref} aria-hidden className={styles["mirror"]}>
      {pieces(text, reading, mistakes).map((piece, at) =>
        piece.kind || piece.wrong ? (
          <span key={at} className={cx(piece.kind && styles[piece.kind], piece.wrong && styles["wrong"])}>
            {piece.text}
          </span>
        ) : (
          piece.text
        ),
      )}
      {/* A last empty line has a height too. */}
      {"\u200b"}
    </div>
  );
}

/** Where a letter stands on the screen. */
export function placeOf(mirror: HTMLElement, offset: number): { left: number; top: number; bottom: number } {
  const walker = document.createTreeWalker(mirror, NodeFilter.SHOW_TEXT);
  let left = offset;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (left <= length) {
      const range = document.createRange();
      range.setStart(node, left);
      range.setEnd(node, left);
      const rect = range.getClientRects?.()[0] ?? range.getBoundingClientRect?.();
      if (rect) return { left: rect.left, top: rect.top, bottom: rect.bottom };
      break;
    }
    left -= length;
  }
  const box = mirror.getBoundingClientRect();
  return { left: box.left, top: box.top, bottom: box.bottom };
}
