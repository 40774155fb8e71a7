// The keys that work everywhere. A key without Ctrl is not ours while somebody writes.

import { useNavigate, useParams } from "@tanstack/react-router";
import { useEffect } from "react";

import { pressed, screenActs } from "./acts";
import type { Overlay } from "./Shell";

export const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
/** How long after `g` the second key counts. */
const CHORD_MS = 1200;

/** The screen's own keys go before those of everywhere. */
function ofScreen(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || document.querySelector("[data-dialog]")) return false;
  const { target } = event;
  const element = target instanceof HTMLElement ? target : document.body;
  for (const act of screenActs()) {
    if (act.native || act.reason !== undefined || !act.keys?.some((keys) => pressed(event, keys))) continue;
    const { inFields } = act;
    if (writes(target) && !(typeof inFields === "function" ? inFields(element) : inFields)) continue;
    if (act.within && element !== document.body && !element.closest(act.within)) continue;
    event.preventDefault();
    act.run();
    return true;
  }
  return false;
}

function writes(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

export function useKeys(open: (overlay: Overlay) => void): void {
  const navigate = useNavigate();
  const { ws = "" } = useParams({ strict: false });
  useEffect(() => {
    let chord = 0;
    const onKey = (event: KeyboardEvent) => {
      // The Enter or letter that ends a Hangul composition is the input method's.
      if (event.isComposing) return;
      if ((event.metaKey || event.ctrlKey) && event.code === "KeyK" && !event.shiftKey && !event.altKey) {
        event.preventDefault();
        open("palette");
        return;
      }
      if (ofScreen(event)) return;
      if (event.metaKey || event.ctrlKey || event.altKey || writes(event.target)) return;
      // Not by role: toasts are dialogs too, to a screen reader.
      if (document.querySelector("[data-dialog]")) return;
      // By place and not by letter: with the Korean layout on, `g` types ㅎ.
      if (event.key === "?") {
        event.preventDefault();
        open("keys");
      } else if (event.code === "Slash" && !event.shiftKey) {
        const field = document.querySelector<HTMLInputElement>("[data-search] input, input[data-search]");
        if (field) {
          event.preventDefault();
          field.focus();
          field.select();
        }
      } else if (event.code === "KeyG") {
        chord = event.timeStamp;
      } else if (chord > 0 && event.timeStamp - chord < CHORD_MS) {
        chord = 0;
        if (event.code === "KeyB") void navigate({ to: "/w/$ws/bots", params: { ws } });
        else if (event.code === "KeyC") void navigate({ to: "/w/$ws/chat", params: { ws } });
        else if (event.code === "KeyS") void navigate({ to: "/w/$ws/settings", params: { ws } });
        else if (event.code === "KeyM") void navigate({ to: "/w/$ws/settings/members", params: { ws } });
      } else if (event.code === "KeyN") {
        event.preventDefault();
        void navigate({ to: "/w/$ws/bots/new", params: { ws } });
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [navigate, open, ws]);
}
