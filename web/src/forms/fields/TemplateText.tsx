// A field for a text that may hold templates: coloured while it is written, with the context's paths and the helpers to choose
// from, its mistakes beneath it, and what it gives. The text itself is a plain textarea, so that input methods, undo and
// selection are the browser's own; what is coloured lies exactly beneath it.

import { Braces } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "react";

import { useT } from "../../i18n/i18n";
import { cx, Field, IconButton } from "../../ui";
import { countText, type Counted } from "../counting";
import { useNodeForm } from "../form";
import { type Live, useLive } from "../live";
import { type Choice, complete, type Completion, tagAt } from "../template/complete";
import { isTemplate, type Mistake, readTemplate } from "../template/read";
import { CountBadge, Excesses, nears } from "./Counts";
import { Mirror, placeOf } from "./Mirror";
import { Choices } from "./Choices";
import { Example } from "./Example";
import styles from "./Template.module.css";

export interface TemplateTextProps {
  label: ReactNode;
  value: string;
  onCommit: (text: string) => void;
  hint?: ReactNode;
  error?: ReactNode;
  hideLabel?: boolean;
  placeholder?: string;
  /** 1: Enter makes no new line. More: as many lines stand empty. */
  lines?: number;
  mono?: boolean;
  counted?: Counted;
  /** Plain words to choose from, where no template is being written. */
  suggest?: readonly string[];
  /** Takes what was pasted instead, and says so by true. */
  onPaste?: (event: ClipboardEvent<HTMLTextAreaElement>) => boolean;
  /** Further keys. */
  onKey?: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  /** Beside the label. */
  aside?: ReactNode;
  /** It was just added: the cursor is put there. */
  fresh?: boolean;
  /** No example beneath, where it would say nothing: conditions. */
  plain?: boolean;
  /** Gives the textarea to those who insert something. */
  onArea?: (area: HTMLTextAreaElement | null) => void;
}

interface Offered extends Completion {
  at: number;
}

export function TemplateText(props: TemplateTextProps) {
  const { label, value, onCommit, hint, error, hideLabel, placeholder, lines = 1, mono, counted, suggest, plain } = props;
  const t = useT();
  const { paths, secrets, readonly, limits } = useNodeForm();
  const live = useLive(value, onCommit);
  const { text } = live;
  const area = useRef<HTMLTextAreaElement>(null);
  const mirror = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(false);
  const [cursor, setCursor] = useState(-1);
  const [offered, setOffered] = useState<Offered>();
  const listId = useId();
  const wantedCaret = useRef<number | undefined>(undefined);
  const reading = useMemo(() => readTemplate(text, { secrets: secrets !== undefined }), [text, secrets]);

  useLayoutEffect(() => {
    if (wantedCaret.current === undefined) return;
    area.current?.setSelectionRange(wantedCaret.current, wantedCaret.current);
    wantedCaret.current = undefined;
  });
  const { fresh = false, onArea } = props;
  useEffect(() => {
    if (fresh) area.current?.focus();
  }, [fresh]);
  useEffect(() => {
    onArea?.(area.current);
    return () => onArea?.(null);
  }, [onArea]);

  const offer = (asked: boolean) => {
    const field = area.current;
    if (!field || live.composing() || readonly) return;
    const found =
      complete(field.value, field.selectionStart, { paths, secrets, asked, say: (note) => t(`forms.paths.${note}`) }) ??
      (suggest && !asked ? words(field.value, suggest) : undefined);
    setOffered(found && { ...found, at: 0 });
  };
  const choose = (choice: Choice) => {
    setOffered(undefined);
    write(area.current, live, choice.text, choice.caret, (caret) => (wantedCaret.current = caret));
    // A path often goes on, a helper wants its argument.
    if (choice.sort !== "path" || choice.text[choice.caret - 1] !== "}") queueMicrotask(() => tagAt(choice.text, choice.caret) && offer(false));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // The Enter that ends a composition is the input method's.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (offered) {
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      if (step !== 0) {
        event.preventDefault();
        const many = offered.choices.length;
        setOffered({ ...offered, at: (offered.at + step + many) % many });
        return;
      }
      const chosen = offered.choices[offered.at];
      if ((event.key === "Enter" || event.key === "Tab") && chosen && !event.shiftKey) {
        event.preventDefault();
        event.stopPropagation();
        choose(chosen);
        return;
      }
      if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        setOffered(undefined);
        return;
      }
    }
    if (event.ctrlKey && event.code === "Space") {
      event.preventDefault();
      offer(true);
      return;
    }
    if (event.key === "Enter" && lines === 1 && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      live.flush();
    }
    props.onKey?.(event);
  };

  const count = counted === undefined ? undefined : countText(counted, text, limits);
  // Where no label stands above, nothing appears on focus: the field would jump.
  const counts = count !== undefined && (nears(count) || (focused && hideLabel !== true && count.most !== undefined));
  const told = mistakesToTell(reading.mistakes, text, focused ? cursor : -1);
  const first = told[0];
  return (
    <Field
      label={label}
      hideLabel={hideLabel ?? false}
      error={error ?? (first && t(`forms.mistakes.${first.kind}`, { what: first.what, open: first.open }))}
      hint={hint}
      aside={
        (props.aside !== undefined || counts) && (
          <span className={styles["aside"]}>
            {count && counts && <CountBadge count={count} />}
            {props.aside}
          </span>
        )
      }
    >
      {(wired) => (
        <>
          <div className={styles["frame"]}>
          <div className={cx(styles["box"], mono && styles["mono"], readonly && styles["readonly"])} data-invalid={wired["aria-invalid"]}>
            <div className={styles["inner"]}>
              <Mirror ref={mirror} text={text} reading={reading} mistakes={told} />
              <textarea
                ref={area}
                {...wired}
                {...live.wired}
                rows={lines}
                readOnly={readonly}
                spellCheck={false}
                autoCapitalize="off"
                placeholder={placeholder}
                className={styles["area"]}
                aria-autocomplete="list"
                aria-haspopup="listbox"
                aria-controls={offered ? listId : undefined}
                aria-activedescendant={offered ? `${listId}-${offered.at}` : undefined}
                onKeyDown={onKeyDown}
                onInput={(event) => {
                  setCursor(event.currentTarget.selectionStart);
                  queueMicrotask(() => offer(false));
                }}
                onPaste={(event) => {
                  if (props.onPaste?.(event)) event.preventDefault();
                }}
                onFocus={() => {
                  setFocused(true);
                  if (suggest && !isTemplate(text)) queueMicrotask(() => offer(false));
                }}
                onBlur={() => {
                  setFocused(false);
                  setOffered(undefined);
                  live.wired.onBlur();
                }}
                onSelect={(event) => {
                  const now = event.currentTarget.selectionStart;
                  setCursor(now);
                  if (offered && offered.from > now) setOffered(undefined);
                }}
              />
            </div>
          </div>
            {!readonly && (
              <IconButton
                label={t("forms.template.insert")}
                size="small"
                tabIndex={-1}
                className={styles["insert"]}
                // The field keeps its cursor.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => {
                  area.current?.focus();
                  offer(true);
                }}
              >
                <Braces size={14} aria-hidden />
              </IconButton>
            )}
          </div>
          {offered && (
            <Choices id={listId} at={offered.at} choices={offered.choices} anchor={() => (mirror.current ? placeOf(mirror.current, offered.from) : undefined)} onChoose={choose} onPoint={(at) => setOffered({ ...offered, at })} />
          )}
          <Excesses count={count} />
          {focused && !plain && reading.tags.length > 0 && reading.mistakes.length === 0 && <Example text={text} />}
        </>
      )}
    </Field>
  );
}

/** Plain words that begin with what is written. */
function words(text: string, suggest: readonly string[]): Completion | undefined {
  const wanted = text.trim().toLowerCase();
  const fitting = suggest.filter((word) => word.toLowerCase().includes(wanted) && word !== text);
  if (fitting.length === 0) return undefined;
  return { from: 0, choices: fitting.slice(0, 20).map((word) => ({ label: word, sort: "word" as const, text: word, caret: word.length })) };
}

/** Writes as if it were typed, so that the browser's undo takes it back. */
function write(field: HTMLTextAreaElement | null, live: Live, next: string, caret: number, later: (caret: number) => void): void {
  if (!field) return;
  const now = field.value;
  let from = 0;
  while (from < now.length && now[from] === next[from]) from += 1;
  let end = 0;
  while (end < Math.min(now.length, next.length) - from && now.at(-1 - end) === next.at(-1 - end)) end += 1;
  field.focus();
  field.setSelectionRange(from, now.length - end);
  const inserted = next.slice(from, next.length - end);
  const done = inserted !== "" && typeof document.execCommand === "function" && document.execCommand("insertText", false, inserted);
  if (done && field.value === next) field.setSelectionRange(caret, caret);
  else {
    live.set(next);
    later(caret);
  }
}

/** A tag that is just being written is no mistake yet. */
function mistakesToTell(mistakes: readonly Mistake[], text: string, caret: number): Mistake[] {
  if (caret < 0) return [...mistakes];
  const tag = tagAt(text, caret);
  return mistakes.filter((mistake) => !(tag && mistake.from >= tag.from && mistake.from <= caret && (!tag.closed || mistake.to <= tag.to)));
}

