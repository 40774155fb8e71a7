// What is drawn of Kakao's screens is made of these: a window with its menu, fields, buttons, and numbered marks on what is
// to be pressed. Drawn by us, in the colours of the page; the words are those of Kakao's screens.

import type { ReactNode } from "react";

import { useT } from "../i18n/i18n";
import { cx } from "../ui";
import styles from "./Drawing.module.css";

export const WIDTH = 520;
const MENU = 104;
/** Where the page begins, beside the menu. */
export const LEFT = MENU + 20;
export const RIGHT = WIDTH - 20;

export type Place = "scenario" | "skill" | "deploy" | "settings";
const PLACES: Place[] = ["scenario", "skill", "deploy", "settings"];

/** A screen of Kakao's: the bar on top, the menu to the left with the place one is at. */
export function Screen({ label, at, height, children }: { label: string; at: Place; height: number; children: ReactNode }) {
  const t = useT();
  return (
    <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={label} className={styles["drawing"]}>
      <rect width={WIDTH} height="36" className={styles["bar"]} />
      <rect x="14" y="11" width="14" height="14" rx="4" className={styles["kakao"]} />
      <text x="36" y="23" className={styles["strong"]}>
        {t("channels.draw.centre")}
      </text>
      <text x={RIGHT} y="23" textAnchor="end">
        {t("channels.draw.botTest")}
      </text>
      <line x1="0" x2={WIDTH} y1="36" y2="36" className={styles["rule"]} />
      <line x1={MENU} x2={MENU} y1="36" y2={height} className={styles["rule"]} />
      {PLACES.map((place, nth) => (
        <g key={place}>
          {place === at && <rect x="8" y={44 + nth * 32} width={MENU - 16} height="28" rx="6" className={styles["chosen"]} />}
          <text x="20" y={63 + nth * 32} className={cx(place === at && styles["strong"])}>
            {t(`channels.draw.${place}`)}
          </text>
        </g>
      ))}
      {children}
    </svg>
  );
}

/** A numbered mark: first this, then that. */
export function Mark({ n, x, y }: { n: number; x: number; y: number }) {
  return (
    <g>
      <circle cx={x} cy={y} r="10" className={styles["dot"]} />
      <text x={x} y={y + 4} textAnchor="middle" className={styles["number"]}>
        {n}
      </text>
    </g>
  );
}

/** The line around what is meant. */
export function Ring({ x, y, w, h }: { x: number; y: number; w: number; h: number }) {
  return <rect x={x - 4} y={y - 4} width={w + 8} height={h + 8} rx="9" className={styles["ring"]} />;
}

export function Title({ y, children }: { y: number; children: string }) {
  return (
    <text x={LEFT} y={y} className={styles["strong"]}>
      {children}
    </text>
  );
}

/** A field with its label above. `mono` where it holds an address. */
export function Input({ y, label, value, mono }: { y: number; label: string; value: string; mono?: boolean }) {
  return (
    <g>
      <text x={LEFT} y={y - 4} className={styles["small"]}>
        {label}
      </text>
      <rect x={LEFT} y={y + 6} width={RIGHT - LEFT} height="28" rx="5" className={styles["box"]} />
      <text x={LEFT + 10} y={y + 24} className={mono ? styles["link"] : undefined}>
        {value}
      </text>
    </g>
  );
}

export function Check({ y, label, on }: { y: number; label: string; on: boolean }) {
  return (
    <g>
      <rect x={LEFT} y={y} width="16" height="16" rx="4" className={styles["box"]} />
      {on && <path d={`M${LEFT + 4} ${y + 8.5}l3 3 5.5-6`} className={styles["tick"]} />}
      <text x={LEFT + 24} y={y + 13}>
        {label}
      </text>
    </g>
  );
}

export function Radio({ x, y, label, on }: { x: number; y: number; label: string; on: boolean }) {
  return (
    <g>
      <circle cx={x + 8} cy={y + 8} r="7.5" className={styles["box"]} />
      {on && <circle cx={x + 8} cy={y + 8} r="4" className={styles["dot"]} />}
      <text x={x + 24} y={y + 13} className={cx(on && styles["strong"])}>
        {label}
      </text>
    </g>
  );
}

/** What is switched on. */
export function Toggle({ x, y }: { x: number; y: number }) {
  return (
    <g>
      <rect x={x} y={y} width="30" height="16" rx="8" className={styles["dot"]} />
      <circle cx={x + 22} cy={y + 8} r="6" className={styles["knob"]} />
    </g>
  );
}

/** A button as Kakao's main acts look: yellow, with its word in the middle. */
export function Act({ x, y, w, label }: { x: number; y: number; w: number; label: string }) {
  return (
    <g>
      <rect x={x} y={y} width={w} height="30" rx="5" className={styles["kakao"]} />
      <text x={x + w / 2} y={y + 19} textAnchor="middle" className={styles["onYellow"]}>
        {label}
      </text>
    </g>
  );
}

/** Lines that stand for something that does not matter here. */
export function Filler({ x, y, w }: { x: number; y: number; w: number }) {
  return <rect x={x} y={y} width={w} height="8" rx="4" className={styles["quiet"]} />;
}
