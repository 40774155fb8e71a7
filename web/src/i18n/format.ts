// Times and figures as people say them. Moments are ms UTC; they are shown in the zone of the browser.

import type { Language } from "../api/client";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "방금", "5분 전", "어제", then a date. `now` is an argument so that tests need no clock. */
export function ago(at: number, now: number, language: Language): string {
  const passed = now - at;
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  if (passed < MINUTE) return language === "ko" ? "방금" : "just now";
  if (passed < HOUR) return relative.format(-Math.floor(passed / MINUTE), "minute");
  if (passed < DAY) return relative.format(-Math.floor(passed / HOUR), "hour");
  if (passed < 7 * DAY) return relative.format(-Math.floor(passed / DAY), "day");
  return day(at, now, language);
}

/** "11월 25일", with the year where it is not this one. */
export function day(at: number, now: number, language: Language): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(language, {
    ...(sameYear ? {} : { year: "numeric" }),
    month: language === "ko" ? "long" : "short",
    day: "numeric",
  }).format(at);
}

/** "2026년 11월 25일 오후 3:04", "Nov 25, 2026, 3:04 PM" */
export function moment(at: number, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: language === "ko" ? "long" : "medium", timeStyle: "short" }).format(at);
}

/** "오후 3:04" */
export function clock(at: number, language: Language): string {
  return new Intl.DateTimeFormat(language, { timeStyle: "short" }).format(at);
}

/** Whole days from now on, at least 0. */
export function daysLeft(until: number, now: number): number {
  return Math.max(0, Math.ceil((until - now) / DAY));
}

export function figure(n: number, language: Language): string {
  return new Intl.NumberFormat(language).format(n);
}
