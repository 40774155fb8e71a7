// The text of a field while it is written: kept here at once, told to the document when one rests a moment, leaves the field
// or presses a shortcut. Nothing is told while a syllable is being composed, and nothing from outside changes the field then.

import { type ChangeEvent, type CompositionEvent, useCallback, useEffect, useState } from "react";

/** Long enough that quick typing draws the canvas once, short enough that nobody sees it lag. */
const REST_MS = 150;

const waiting = new Set<() => void>();

/** Tells the document everything that is still only in fields. */
export function flushFields(): void {
  for (const flush of waiting) flush();
}

let watched = false;
/** Undo, save and leaving the page come after what was typed. */
function watch(): void {
  if (watched) return;
  watched = true;
  window.addEventListener("keydown", (event) => (event.ctrlKey || event.metaKey) && flushFields(), { capture: true });
  window.addEventListener("pagehide", flushFields);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && flushFields());
}

/** What was typed into one field and not told yet. */
class Typing {
  composing = false;
  /** How the field tells it now; kept with what was typed, since the field may belong to another place by then. */
  private commit: (text: string) => void = () => undefined;
  private pending: { text: string; commit: (text: string) => void } | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  get clean(): boolean {
    return this.pending === undefined && !this.composing;
  }

  type(text: string): void {
    this.pending = { text, commit: this.commit };
    watch();
    waiting.add(this.flush);
    clearTimeout(this.timer);
    if (!this.composing) this.timer = setTimeout(this.flush, REST_MS);
  }

  compose = (): void => {
    this.composing = true;
    clearTimeout(this.timer);
  };

  composed(): void {
    this.composing = false;
  }

  tell(commit: (text: string) => void): void {
    this.commit = commit;
  }

  flush = (): void => {
    if (this.composing) return;
    clearTimeout(this.timer);
    waiting.delete(this.flush);
    const told = this.pending;
    this.pending = undefined;
    told?.commit(told.text);
  };

  /** The field is left or gone: some input methods end a composition only after that. */
  leave = (): void => {
    this.composing = false;
    this.flush();
  };
}

type Element = HTMLInputElement | HTMLTextAreaElement;

export interface Live {
  text: string;
  /** Sets the text as if it were typed. */
  set: (text: string) => void;
  flush: () => void;
  composing: () => boolean;
  wired: {
    value: string;
    onChange: (event: ChangeEvent<Element>) => void;
    onCompositionStart: () => void;
    onCompositionEnd: (event: CompositionEvent<Element>) => void;
    onBlur: () => void;
  };
}

export function useLive(value: string, commit: (text: string) => void): Live {
  const [typing] = useState(() => new Typing());
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    // Undone, or written by a colleague: unless there is something newer here.
    if (typing.clean) setText(value);
  }
  useEffect(() => typing.tell(commit));
  useEffect(() => typing.leave, [typing]);

  const set = useCallback(
    (next: string) => {
      setText(next);
      typing.type(next);
    },
    [typing],
  );
  return {
    text,
    set,
    flush: typing.flush,
    composing: () => typing.composing,
    wired: {
      value: text,
      onChange: (event) => set(event.target.value),
      onCompositionStart: typing.compose,
      onCompositionEnd: (event) => {
        typing.composed();
        set(event.currentTarget.value);
      },
      onBlur: typing.leave,
    },
  };
}
