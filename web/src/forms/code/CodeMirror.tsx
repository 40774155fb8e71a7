// The code editor, loaded when a script is first opened. It lives in a shadow tree: the page's policy allows no style that a
// script writes, and there the editor uses sheets that need none. What is typed goes out after a rest, as from any field.

import { autocompletion, closeBrackets, closeBracketsKeymap, type CompletionContext, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { javascript, javascriptLanguage, localCompletionSource } from "@codemirror/lang-javascript";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, StateEffect, StateField, Transaction } from "@codemirror/state";
import { Decoration, type DecorationSet, drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useEffect, useRef } from "react";

import type { ContextPath } from "../paths";

export interface CodeProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
  onBlur: () => void;
  onRun: () => void;
  readonly: boolean;
  /** From 1; marked as where it failed. */
  wrongLine: number | undefined;
  paths: readonly ContextPath[];
  /** Libraries that `require` knows. */
  libraries: readonly string[];
}

const LOOK = EditorView.theme({
  "&": { fontSize: "13px", color: "var(--ink)", backgroundColor: "var(--ground)", maxHeight: "440px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "20px", minHeight: "180px" },
  ".cm-content": { caretColor: "var(--ink)", padding: "8px 0" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--accent) 28%, transparent)" },
  ".cm-gutters": { backgroundColor: "var(--sunken)", color: "var(--ink-3)", border: "none" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--accent) 5%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--hover)" },
  ".cm-wrong": { backgroundColor: "var(--danger-soft)" },
  ".cm-matchingBracket": { backgroundColor: "var(--pressed)", outline: "none" },
  ".cm-searchMatch": { backgroundColor: "var(--warn-soft)", outline: "1px solid var(--warn-line)" },
  ".cm-panels": { backgroundColor: "var(--sunken)", color: "var(--ink)", borderTop: "1px solid var(--line)" },
  ".cm-textfield": { backgroundColor: "var(--ground)", border: "1px solid var(--control-line)", borderRadius: "4px" },
  ".cm-button": { backgroundImage: "none", backgroundColor: "var(--raised)", border: "1px solid var(--line-strong)", borderRadius: "4px" },
  ".cm-tooltip": { backgroundColor: "var(--raised)", border: "1px solid var(--line)", borderRadius: "6px", boxShadow: "var(--shadow)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", fontSize: "12px", maxHeight: "200px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 8px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent-soft)", color: "var(--ink)" },
  ".cm-completionDetail": { color: "var(--ink-3)", fontStyle: "normal", marginLeft: "12px" },
});

const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.controlKeyword], color: "var(--code-word)" },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: "var(--good-text)" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: "var(--warn-text)" },
  { tag: [tags.comment], color: "var(--ink-3)" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: "var(--accent-text)" },
]);

const markLine = StateEffect.define<number | undefined>();
const wrong = Decoration.line({ class: "cm-wrong" });
const wrongLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, change) {
    let next = marks.map(change.changes);
    for (const effect of change.effects) {
      if (!effect.is(markLine)) continue;
      const line = effect.value;
      next = line !== undefined && line >= 1 && line <= change.state.doc.lines ? Decoration.set(wrong.range(change.state.doc.line(line).from)) : Decoration.none;
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export default function CodeMirror(props: CodeProps) {
  const { value, readonly, wrongLine, label } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const writable = useRef(new Compartment());
  /** What was told since the document and the editor last agreed. */
  const said = useRef(new Set<string>());

  useEffect(() => {
    const box = host.current;
    if (!box) return;
    const root = box.shadowRoot ?? box.attachShadow({ mode: "open" });
    const tell = (text: string) => {
      said.current.add(text);
      latest.current.onChange(text);
    };
    const offered = (context: CompletionContext) => complete(context, latest.current);
    const made = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          lineNumbers(),
          history(),
          drawSelection(),
          indentOnInput(),
          indentUnit.of("  "),
          EditorState.tabSize.of(2),
          bracketMatching(),
          closeBrackets(),
          autocompletion({ icons: false }),
          highlightActiveLine(),
          search(),
          javascript(),
          javascriptLanguage.data.of({ autocomplete: offered }),
          javascriptLanguage.data.of({ autocomplete: localCompletionSource }),
          syntaxHighlighting(COLOURS),
          wrongLines,
          LOOK,
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ "aria-label": latest.current.label, autocapitalize: "off", spellcheck: "false" }),
          writable.current.of(EditorState.readOnly.of(latest.current.readonly)),
          keymap.of([
            { key: "Mod-Enter", run: () => (latest.current.onRun(), true), preventDefault: true },
            // Tab indents while one writes; Escape first, and it leaves the field.
            { key: "Escape", run: (one) => (one.contentDOM.blur(), true) },
            ...closeBracketsKeymap,
            ...completionKeymap,
            ...searchKeymap,
            ...historyKeymap,
            ...defaultKeymap,
            indentWithTab,
          ]),
          EditorView.updateListener.of((update) => {
            // While a syllable is composed nothing goes out.
            if (update.docChanged && !update.view.composing) tell(update.state.doc.toString());
          }),
          EditorView.domEventHandlers({
            compositionend: (_event, one) => void queueMicrotask(() => tell(one.state.doc.toString())),
            blur: () => latest.current.onBlur(),
          }),
        ],
      }),
    });
    view.current = made;
    // Out of the shadow a key seems to be pressed on a plain box: what is typed here is nobody's shortcut.
    const keep = (event: KeyboardEvent) => {
      const shortcut = event.ctrlKey || event.metaKey || /^F\d+$/.test(event.key);
      if (!shortcut || event.defaultPrevented) event.stopPropagation();
    };
    box.addEventListener("keydown", keep);
    return () => {
      box.removeEventListener("keydown", keep);
      made.destroy();
    };
  }, []);

  useEffect(() => {
    const one = view.current;
    if (!one || one.composing) return;
    if (one.state.doc.toString() === value) {
      said.current.clear();
      return;
    }
    // What was typed comes back after more was typed: it is older than what stands here.
    if (said.current.has(value)) return;
    // Taken back elsewhere: no step of the editor's own.
    one.dispatch({ changes: { from: 0, to: one.state.doc.length, insert: value }, annotations: Transaction.addToHistory.of(false) });
  }, [value]);
  useEffect(() => {
    view.current?.dispatch({ effects: writable.current.reconfigure(EditorState.readOnly.of(readonly)) });
  }, [readonly]);
  useEffect(() => {
    view.current?.dispatch({ effects: markLine.of(wrongLine) });
  }, [wrongLine]);
  return <div ref={host} data-code aria-label={label} role="group" />;
}

/** `context.…` by this bot's paths, and libraries within `require("…")`. */
function complete(context: CompletionContext, { paths, libraries }: CodeProps) {
  const library = context.matchBefore(/require\(\s*["'][\w-]*/);
  if (library) {
    const quote = library.text.search(/["']/);
    return { from: library.from + quote + 1, options: libraries.map((label) => ({ label, type: "namespace" })), validFor: /^[\w-]*$/ };
  }
  const path = context.matchBefore(/\bcontext\.[\w.[\]]*/);
  if (!path) return null;
  return {
    from: path.from + "context.".length,
    options: paths.map((one) => ({ label: one.path, detail: one.example, type: "variable" })),
    validFor: /^[\w.[\]]*$/,
  };
}
