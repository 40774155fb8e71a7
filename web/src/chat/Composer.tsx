// Where agents write: replies and notes. Enter sends, unless it ends a composition; drafts are kept per conversation. After `/`
// canned messages are offered, in a note people after `@`.

import { useQuery } from "@tanstack/react-query";
import { AtSign, Lightbulb, MessageSquareText, Paperclip, SendHorizontal, Slash } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, useEffect, useId, useImperativeHandle, useLayoutEffect, useRef, useState, type Ref } from "react";

import { useT } from "../i18n/i18n";
import { useExplain } from "../shell/form";
import { Button, complain, cx, IconButton, Segmented } from "../ui";
import { addNote, countAnswer } from "./api";
import { cannedQuery, filled, fitting, type Known, wantedOf } from "./canned";
import styles from "./Composer.module.css";
import { EmojiButton } from "./Emoji";
import { useStore } from "./hooks";
import { ACCEPTED, sendable } from "./files";
import { readDraft, writeDraft } from "./kept";
import { mentionAt, mentioned, mentionsIn, people, peopleQuery } from "./mentions";
import { type Offer, Offers } from "./Offers";
import { type Asked, Suggestions } from "./Suggestions";

/** Characters of a message (the server's bound). */
const MOST = 1_000;
const OFFERED = 8;
/** Who types by touch has no keys to be told of, and a narrow field. */
const isTouched = matchMedia("(pointer: coarse)").matches;

export interface ComposerHandle {
  focus: (mode?: Mode) => void;
  /** Puts a text where the cursor is. */
  insert: (text: string) => void;
  /** Shows answers that fit: to this, or to the customer's last message. */
  suggest: (q?: string) => void;
}
type Mode = "message" | "note";

interface Props {
  chat: string;
  known: Known;
  hint: string | undefined;
  barred: string | undefined;
  /** For the keys of the screen, where this window has the focus. */
  ref: Ref<ComposerHandle> | null;
  /** For the window that it stands in. */
  own: Ref<ComposerHandle>;
}

export function Composer({ chat, known, hint, barred, ref, own }: Props) {
  const t = useT();
  const store = useStore();
  const explain = useExplain();
  const id = useId();
  const [mode, setMode] = useState<Mode>("message");
  const [texts, setTexts] = useState(() => ({ message: readDraft(store.ws, store.me, chat), note: readDraft(store.ws, store.me, `${chat}.note`) }));
  const [at, setAt] = useState(0);
  const [shut, setShut] = useState("");
  const [caret, setCaret] = useState(0);
  const [asked, setAsked] = useState<Asked>();
  /** The suggestion that stands in the field: it counts as used when it is sent. */
  const taken = useRef<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const now: Mode = barred === undefined ? mode : "note";
  const text = texts[now];
  const length = [...text].length;
  const tooLong = now === "message" && length > MOST;

  const set = (next: string) => {
    setTexts((before) => ({ ...before, [now]: next }));
    writeDraft(store.ws, store.me, now === "note" ? `${chat}.note` : chat, next);
    setAt(0);
  };

  const wanted = now === "message" ? wantedOf(text) : undefined;
  const who = now === "note" ? mentionAt(text, caret) : undefined;
  const canned = useQuery({ ...cannedQuery(store.ws), enabled: wanted !== undefined });
  const members = useQuery({ ...peopleQuery(store.ws), enabled: now === "note" });
  const offered: Offer[] =
    shut === text
      ? []
      : wanted !== undefined
        ? fitting(canned.data ?? [], wanted)
            .slice(0, OFFERED)
            .map((one) => ({ key: one.id, head: one.title, code: one.shortcut && `/${one.shortcut}`, text: filled(one.text, known), run: () => insert(filled(one.text, known)) }))
        : who !== undefined
          ? people(members.data ?? [], who, store.me)
              .slice(0, OFFERED)
              .map((one) => ({ key: one.id, head: one.name, run: () => mention(one.name) }))
          : [];
  const offers = shut !== text && ((wanted !== undefined && canned.data !== undefined && (offered.length > 0 || wanted !== "")) || (who !== undefined && offered.length > 0));

  useLayoutEffect(() => {
    // As high as what is written, up to a third of the window.
    const element = field.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [text]);

  const insert = (more: string) => {
    const element = field.current;
    const [from, to] = element ? [element.selectionStart, element.selectionEnd] : [text.length, text.length];
    const base = wanted !== undefined ? "" : text;
    const next = wanted !== undefined ? more : base.slice(0, from) + more + base.slice(to);
    set(next);
    const end = wanted !== undefined ? more.length : from + more.length;
    moveTo(end);
  };
  const moveTo = (end: number) => {
    setCaret(end);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(end, end);
    });
  };
  const mention = (name: string) => {
    const next = mentioned(text, caret, name);
    set(next.text);
    moveTo(next.caret);
  };
  const handle = (): ComposerHandle => ({
    focus: (next) => {
      if (next) setMode(next);
      field.current?.focus();
    },
    insert: (more) => insert(more),
    suggest: (q) => setAsked(q === undefined ? { chat } : { q }),
  });
  useImperativeHandle(ref, handle);
  useImperativeHandle(own, handle);
  const closeSuggestions = () => {
    setAsked(undefined);
    field.current?.focus();
  };

  const send = () => {
    // What stands in the field, not what was drawn last: a press of the button ends a composition.
    const said = (field.current?.value ?? text).trim();
    if (!said || [...said].length > (now === "message" ? MOST : Number.POSITIVE_INFINITY)) return;
    if (now === "message") {
      store.say(chat, { type: "text", text: said });
      if (taken.current !== null) void countAnswer(store.ws, taken.current).catch(() => undefined);
      taken.current = null;
      set("");
    } else {
      set("");
      void addNote(store.ws, chat, { text: said, mentions: mentionsIn(said, members.data ?? []) }).then(
        (line) => store.note(chat, line),
        (error: unknown) => {
          // It comes back, and nothing that was written meanwhile is lost.
          setTexts((before) => ({ ...before, note: [said, before.note].filter(Boolean).join("\n") }));
          const { title, detail } = explain(error);
          complain(title, detail);
        },
      );
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // The Enter that ends a Hangul composition is the input method's; 229 is how some browsers say so.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (offers) {
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      if (step !== 0 && offered.length > 0) {
        event.preventDefault();
        setAt((at + step + offered.length) % offered.length);
        return;
      }
      if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        setShut(text);
        return;
      }
      if ((event.key === "Enter" || event.key === "Tab") && offered.length > 0 && !event.shiftKey) {
        event.preventDefault();
        offered[at]?.run();
        return;
      }
    }
    if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      send();
    }
  };

  const sendFiles = (given: Iterable<File>) => {
    for (const file of sendable(given, t)) store.say(chat, { type: "text", text: "" }, file);
  };
  const onPaste = (event: ClipboardEvent) => {
    const pasted = [...event.clipboardData.files];
    if (pasted.length === 0 || now === "note") return;
    event.preventDefault();
    sendFiles(pasted);
  };

  // A file that is dropped anywhere on the window comes here.
  useEffect(() => {
    const element = field.current?.closest("[data-window]");
    if (!element || barred !== undefined) return undefined;
    const onDrop = (event: Event) => {
      const { dataTransfer } = event as DragEvent;
      if (!dataTransfer || dataTransfer.files.length === 0) return;
      event.preventDefault();
      for (const file of sendable(dataTransfer.files, t)) store.say(chat, { type: "text", text: "" }, file);
    };
    element.addEventListener("drop", onDrop);
    return () => element.removeEventListener("drop", onDrop);
  }, [store, chat, barred, t]);

  return (
    <form
      className={cx(styles["composer"], now === "note" && styles["noting"])}
      onSubmit={(event) => {
        event.preventDefault();
        send();
        field.current?.focus();
      }}
    >
      {offers && <Offers id={id} label={now === "note" ? t("chat.input.people") : t("chat.input.canned")} offers={offered} at={at} none={t("chat.input.cannedNone", { what: wanted ?? "" })} onAt={setAt} />}
      {asked && now === "message" && (
        <Suggestions
          ws={store.ws}
          asked={asked}
          known={known}
          canSend={barred === undefined}
          onInsert={(answer, answerId) => {
            setAsked(undefined);
            taken.current = answerId;
            insert(answer);
          }}
          onSend={(answer, answerId) => {
            closeSuggestions();
            store.say(chat, { type: "text", text: answer });
            if (answerId !== null) void countAnswer(store.ws, answerId).catch(() => undefined);
          }}
          onClose={closeSuggestions}
        />
      )}
      <textarea
        ref={field}
        rows={1}
        value={text}
        aria-label={now === "note" ? t("chat.input.noteLabel") : t("chat.input.label")}
        placeholder={now === "note" ? t("chat.input.notePlaceholder") : t(isTouched ? "chat.input.placeholderTouched" : "chat.input.placeholder")}
        // A text area may not be a combobox; a text field may have a list to choose from.
        aria-autocomplete={offers ? "list" : undefined}
        aria-controls={offers ? `${id}-offers` : undefined}
        aria-activedescendant={offers && offered[at] ? `${id}-${offered[at].key}` : undefined}
        aria-invalid={tooLong || undefined}
        className={styles["field"]}
        onChange={(event) => {
          set(event.target.value);
          setCaret(event.target.selectionStart);
          if (now === "message" && event.target.value) store.types(chat);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      <div className={styles["tools"]}>
        <Segmented
          label={t("chat.input.mode")}
          value={now}
          onChange={(next) => {
            setMode(next);
            field.current?.focus();
          }}
          options={[...(barred === undefined ? [{ value: "message" as const, label: t("chat.input.message") }] : []), { value: "note" as const, label: t("chat.input.note") }]}
        />
        {now === "message" && (
          <>
            <input
              ref={files}
              type="file"
              hidden
              multiple
              accept={ACCEPTED}
              onChange={(event) => {
                sendFiles(event.target.files ?? []);
                event.target.value = "";
              }}
            />
            <IconButton size="small" label={t("chat.input.attach")} onClick={() => files.current?.click()}>
              <Paperclip size={16} aria-hidden />
            </IconButton>
            <EmojiButton onChoose={insert} />
            <IconButton
              size="small"
              label={t("chat.input.canned")}
              onClick={() => {
                set("/");
                field.current?.focus();
              }}
            >
              <Slash size={15} aria-hidden />
            </IconButton>
            <IconButton size="small" label={t("chat.suggest.title")} aria-expanded={asked !== undefined} onClick={() => (asked ? closeSuggestions() : setAsked({ chat }))}>
              <Lightbulb size={16} aria-hidden />
            </IconButton>
          </>
        )}
        {now === "note" && (
          <IconButton
            size="small"
            label={t("chat.input.mention")}
            onClick={() => {
              const next = `${text}${text && !text.endsWith(" ") ? " " : ""}@`;
              set(next);
              moveTo(next.length);
            }}
          >
            <AtSign size={16} aria-hidden />
          </IconButton>
        )}
        <span className={cx(styles["hint"], tooLong && styles["over"])} role={tooLong ? "alert" : undefined}>
          {tooLong ? t("chat.input.tooLong", { most: MOST, now: length }) : now === "message" ? hint : undefined}
        </span>
        <Button
          type="submit"
          size="small"
          variant="primary"
          className={styles["send"]}
          aria-label={now === "note" ? t("chat.input.saveNote") : t("chat.input.send")}
          disabled={!text.trim() || tooLong}
          icon={now === "note" ? <MessageSquareText size={14} aria-hidden /> : <SendHorizontal size={14} aria-hidden />}
        >
          {now === "note" ? t("chat.input.saveNote") : t("chat.input.send")}
        </Button>
      </div>
    </form>
  );
}
