// Telling people what they wait for: a notification of the browser, a sound, the number in the tab.

import type { News } from "./model/state";
import type { OwnSettings } from "./own";

const ICON = "/favicon.svg";
/** Two soft notes. */
const NOTES = [659.25, 880];

let audio: AudioContext | undefined;

export function play(): void {
  try {
    audio ??= new AudioContext();
    const { currentTime } = audio;
    for (const [nth, pitch] of NOTES.entries()) {
      const tone = audio.createOscillator();
      const loudness = audio.createGain();
      const at = currentTime + nth * 0.12;
      tone.frequency.value = pitch;
      loudness.gain.setValueAtTime(0, at);
      loudness.gain.linearRampToValueAtTime(0.08, at + 0.02);
      loudness.gain.exponentialRampToValueAtTime(0.0001, at + 0.32);
      tone.connect(loudness).connect(audio.destination);
      tone.start(at);
      tone.stop(at + 0.35);
    }
  } catch {
    // Before the first press a page may make no sound.
  }
}

export const canNotify = () => typeof Notification !== "undefined";

/** Shows it for as long as is set; a press leads to the conversation. */
export function show(title: string, text: string, tag: string, seconds: number, onPress: () => void): void {
  if (!canNotify() || Notification.permission !== "granted") return;
  try {
    const shown = new Notification(title, { body: text, tag, icon: ICON, silent: true });
    const timer = setTimeout(() => shown.close(), seconds * 1_000);
    shown.addEventListener("click", () => {
      clearTimeout(timer);
      window.focus();
      shown.close();
      onPress();
    });
  } catch {
    // Phones show them from a worker only; there is one where the person wants news while the window is closed.
    void navigator.serviceWorker?.getRegistration().then((worker) => worker?.showNotification(title, { body: text, tag, icon: ICON, data: { url: location.href } }));
  }
}

/** Old news is none: after a reconnect, what happened meanwhile is seen in the list. */
const FRESH_MS = 60_000;

export function wanted(news: News, own: OwnSettings, now: number): boolean {
  return own.notify[news.kind] && now - news.at < FRESH_MS;
}

/** "(3) …" in the tab. */
export function badge(title: string, n: number): string {
  return n > 0 ? `(${n > 99 ? "99+" : n}) ${title}` : title;
}
