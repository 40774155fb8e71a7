// A path of the context: any may be written, the bot's own are offered.

import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";

import { useT } from "../../i18n/i18n";
import { Choices } from "../fields/Choices";
import { useNodeForm } from "../form";
import { useLive } from "../live";
import type { Choice } from "../template/complete";
import styles from "./Where.module.css";

const MOST = 40;

export function PathInput({ value, onCommit, fresh = false }: { value: string; onCommit: (path: string) => void; fresh?: boolean }) {
  const t = useT();
  const { paths, readonly } = useNodeForm();
  const live = useLive(value, (text) => onCommit(text.trim()));
  const field = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (fresh) field.current?.focus();
  }, [fresh]);
  const [at, setAt] = useState(0);
  /** Until something is typed, all are offered. */
  const [typed, setTyped] = useState(false);
  const id = useId();
  const choices = useMemo((): Choice[] => {
    const wanted = typed ? live.text.trim().toLowerCase() : "";
    const rank = (path: string, note: string) =>
      path.split(/[.[]/).some((part) => part.startsWith(wanted)) || path.startsWith(wanted) ? 1 : path.includes(wanted) ? 2 : note.includes(wanted) ? 3 : 9;
    return paths
      // What is being written is no suggestion, though the bot now asks for it.
      .filter((one) => one.note !== "paramUsed" || one.path !== live.text.trim())
      .map((one, index) => ({ one, index, score: rank(one.path.toLowerCase(), t(`forms.paths.${one.note}`).toLowerCase()) }))
      .filter(({ score }) => score < 9)
      .sort((a, b) => a.score - b.score || a.index - b.index)
      .slice(0, MOST)
      .map(({ one }) => ({ label: one.path, sort: "path", note: one.note, example: one.example, text: one.path, caret: one.path.length }));
  }, [paths, live.text, typed, t]);
  const choose = (choice: Choice) => {
    live.set(choice.text);
    live.flush();
    setOpen(false);
    setTyped(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) setOpen(true);
      else if (choices.length > 0) setAt((at + (event.key === "ArrowDown" ? 1 : -1) + choices.length) % choices.length);
    } else if (open && (event.key === "Enter" || (event.key === "Tab" && typed))) {
      const chosen = choices[at];
      // A path that is written out is meant as it stands, unless one went on to another.
      const whole = at === 0 && paths.some((one) => one.path === live.text.trim() && one.note !== "paramUsed");
      if (chosen && !whole) {
        if (event.key === "Enter") event.preventDefault();
        choose(chosen);
      } else setOpen(false);
    } else if (open && event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    }
  };
  const shown = open && choices.length > 0 && !readonly;
  return (
    <div className={styles["path"]}>
      <input
        ref={field}
        role="combobox"
        aria-label={t("forms.where.path")}
        aria-expanded={shown}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={shown ? `${id}-${at}` : undefined}
        className={styles["pathInput"]}
        placeholder={t("forms.where.pathExample")}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        readOnly={readonly}
        {...live.wired}
        onChange={(event) => {
          live.wired.onChange(event);
          setTyped(true);
          setOpen(true);
          setAt(0);
        }}
        onFocus={() => {
          setTyped(false);
          setAt(0);
          if (live.text === "") setOpen(true);
        }}
        onClick={() => setOpen(true)}
        onBlur={() => {
          setOpen(false);
          live.wired.onBlur();
        }}
        onKeyDown={onKeyDown}
      />
      {shown && <Choices id={id} at={at} choices={choices} anchor={() => field.current?.getBoundingClientRect()} onChoose={choose} onPoint={setAt} />}
    </div>
  );
}
