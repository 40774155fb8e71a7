// Round numbers for the axis of a chart, and periods of days.

/** At most `most` steps from 0 that reach `top`, each 1, 2 or 5 times a power of ten. Whole numbers only: one counts people. */
export function ticks(top: number, most = 4): number[] {
  if (top <= 0) return [0, 1];
  const rough = top / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10) * power);
  const count = Math.ceil(top / step);
  return Array.from({ length: count + 1 }, (_, at) => at * step);
}

/** Which of `count` labels are written where only `room` fit: the first, then every n-th. */
export function labelled(count: number, room: number): (at: number) => boolean {
  const every = Math.max(1, Math.ceil(count / Math.max(1, room)));
  return (at) => at % every === 0;
}

export interface Period {
  /** The first day, as 2026-11-27. */
  from: string;
  /** The last day, which is part of it. */
  to: string;
}
export type Preset = "today" | "yesterday" | "week" | "month" | "quarter";
export const PRESETS: Preset[] = ["today", "yesterday", "week", "month", "quarter"];

/** A day so many days away. Days are calendar days and have no hours, so that no summer time moves them. */
export function dayAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The calendar day of a moment in a zone. */
export function dayIn(zone: string, at: number): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(at);
}

export function period(preset: Preset, today: string): Period {
  if (preset === "today") return { from: today, to: today };
  if (preset === "yesterday") return { from: dayAfter(today, -1), to: dayAfter(today, -1) };
  const days = { week: 6, month: 29, quarter: 89 }[preset];
  return { from: dayAfter(today, -days), to: today };
}

/** The preset that a period is, if it is one. */
export function presetOf({ from, to }: Period, today: string): Preset | undefined {
  return PRESETS.find((preset) => {
    const one = period(preset, today);
    return one.from === from && one.to === to;
  });
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function isDay(text: unknown): text is string {
  return typeof text === "string" && DAY.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}
