// The editor's screen: the bar above, the panes around the canvas, and what the keyboard opens.

import { ReactFlowProvider, useReactFlow } from "@xyflow/react";
import { List, MessageSquare, Pencil, TriangleAlert, X } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";

import { Adder } from "../canvas/Adder";
import { Canvas } from "../canvas/Canvas";
import { Linker } from "../canvas/Linker";
import { moveNodes } from "../flow/commands";
import { edgesOf, flowOf, nodeOf } from "../flow/document";
import { typeOf } from "../flow/types";
import { useT } from "../i18n/i18n";
import { useScreenActs } from "../shell/acts";
import { cx, IconButton, say } from "../ui";
import { Branch } from "./Branch";
import { Conflicts } from "./Conflicts";
import { addOne, copyText, pasteText, remove } from "./deeds";
import { Explorer, ExplorerTools } from "./Explorer";
import { FormPane, FormTitle, FormTools } from "./FormPane";
import { NodePalette } from "./Palette";
import { type PaneContent, Panes } from "./Panes";
import type { Pane } from "./panes";
import { Problems, ProblemsTitle } from "./Problems";
import styles from "./Screen.module.css";
import { Preview } from "./slots";
import { useEditorState, useEditorStore } from "./store";
import { TopBar } from "./TopBar";
import { type Popup, useEditorActs } from "./useActs";

export function Screen({ said, onSaid }: { said?: string | undefined; onSaid: () => void }) {
  return (
    <ReactFlowProvider>
      <Inside said={said} onSaid={onSaid} />
    </ReactFlowProvider>
  );
}

/** On a phone one pane at a time lies over the canvas. */
const SHEETS = [
  { pane: "explorer", Icon: List },
  { pane: "form", Icon: Pencil },
  { pane: "preview", Icon: MessageSquare },
  { pane: "problems", Icon: TriangleAlert },
] as const satisfies { pane: Pane; Icon: typeof List }[];

function Inside({ said, onSaid }: { said: string | undefined; onSaid: () => void }) {
  const t = useT();
  const store = useEditorStore();
  const [popup, setPopup] = useState<Popup>();
  /** The conflicts that were put off; new ones are shown at once. */
  const conflicts = useEditorState((state) => state.conflicts);
  const [later, setLater] = useState<typeof conflicts>();
  const [sheet, setSheet] = useState<Pane>();
  const acts = useEditorActs(setPopup);
  useScreenActs(acts);
  useClipboard();
  useEffect(() => {
    store.hearBothMoved((moved) => {
      const theirs = new Map<number, Map<number, { x: number; y: number }>>();
      for (const one of moved) theirs.set(one.flow, (theirs.get(one.flow) ?? new Map()).set(one.node, one.theirs));
      say(t("editor.bothMoved", { n: moved.length }), {
        label: t("editor.takeTheirs"),
        run: () => {
          for (const [flow, places] of theirs) store.run(moveNodes(flow, places));
        },
      });
    });
    return () => store.hearBothMoved(undefined);
  }, [store, t]);
  useEffect(() => {
    // What is not saved is kept in this browser; whoever leaves all the same is asked once.
    const onLeave = (event: BeforeUnloadEvent) => {
      if (store.saver.dirty) event.preventDefault();
    };
    window.addEventListener("beforeunload", onLeave);
    return () => window.removeEventListener("beforeunload", onLeave);
  }, [store]);

  const contents = useMemo(
    (): Record<Pane, PaneContent> => ({
      explorer: { title: t("editor.panes.explorer"), tools: <ExplorerTools />, body: <Explorer /> },
      palette: { title: t("editor.panes.palette"), body: <NodePalette /> },
      form: { title: <FormTitle />, tools: <FormTools />, body: <FormPane /> },
      preview: { title: t("editor.panes.preview"), body: <Preview /> },
      problems: { title: <ProblemsTitle />, body: <Problems /> },
    }),
    [t],
  );
  return (
    <div className={styles["screen"]}>
      <TopBar onConflicts={() => setLater(undefined)} />
      {said?.trim() && <Branch said={said.trim()} onDone={onSaid} />}
      <div className={styles["panes"]}>
        <Panes contents={contents} empty={useNothingToWrite() ? NO_FORM : NONE}>
          <Canvas />
        </Panes>
      </div>
      <nav className={styles["sheets"]} aria-label={t("editor.panes.all")}>
        {SHEETS.map(({ pane, Icon }) => (
          <button key={pane} type="button" className={cx(styles["tab"], sheet === pane && styles["open"])} aria-pressed={sheet === pane} onClick={() => setSheet(sheet === pane ? undefined : pane)}>
            <Icon size={16} aria-hidden />
            {t(`editor.panes.${pane}`)}
          </button>
        ))}
      </nav>
      {sheet && (
        <section className={styles["sheet"]} aria-label={t(`editor.panes.${sheet}`)} data-pane={sheet}>
          <header className={styles["sheetHead"]}>
            <h2>{contents[sheet].title}</h2>
            {contents[sheet].tools}
            <IconButton size="small" label={t("ui.close")} onClick={() => setSheet(undefined)}>
              <X size={16} aria-hidden />
            </IconButton>
          </header>
          <div className={styles["sheetBody"]}>{contents[sheet].body}</div>
        </section>
      )}
      {popup?.is === "add" && <Adder at={popup.at} onClose={() => setPopup(undefined)} onChoose={(type) => addOne(store, type, t(`editor.kinds.${type}`))} />}
      {popup?.is === "link" && <Linker at={popup.at} from={popup.from} onClose={() => setPopup(undefined)} />}
      <Conflicts open={later !== conflicts} onClose={() => setLater(conflicts)} />
      <Told />
    </div>
  );
}

const NO_FORM: readonly Pane[] = ["form"];
const NONE: readonly Pane[] = [];

/** With nothing chosen the form may take no room; it comes when the pointer is let go, as a canvas that shrinks under a drag runs away. */
function useNothingToWrite(): boolean {
  const nothing = useEditorState((state) => state.nodeId === undefined && state.edgeAt === undefined && state.chosen.length < 2);
  const [shown, setShown] = useState(nothing);
  const pressed = useRef(false);
  const wanted = useRef(nothing);
  useEffect(() => {
    wanted.current = nothing;
    if (!pressed.current) setShown(nothing);
  }, [nothing]);
  useEffect(() => {
    const down = () => {
      pressed.current = true;
    };
    // After the click that the release makes.
    const up = () =>
      setTimeout(() => {
        pressed.current = false;
        setShown(wanted.current);
      });
    document.addEventListener("pointerdown", down, true);
    document.addEventListener("pointerup", up, true);
    document.addEventListener("pointercancel", up, true);
    return () => {
      document.removeEventListener("pointerdown", down, true);
      document.removeEventListener("pointerup", up, true);
      document.removeEventListener("pointercancel", up, true);
    };
  }, []);
  return shown;
}

/** Says to a screen reader what is chosen on the canvas. */
function Told() {
  const t = useT();
  const node = useEditorState((state) => nodeOf(flowOf(state.doc, state.flowId), state.nodeId));
  const edge = useEditorState((state) => state.edgeAt !== undefined);
  const many = useEditorState((state) => state.chosen.length);
  let text = "";
  if (edge) text = t("editor.form.edge");
  else if (node) text = t("editor.canvas.told", { kind: t(`editor.kinds.${typeOf(node)}`), label: node.label ?? "", n: edgesOf(node).length });
  else if (many > 1) text = t("editor.form.many", { n: many });
  return (
    <div className="sr-only" role="status" aria-live="polite" data-told>
      {text}
    </div>
  );
}

/** Copying, cutting and pasting nodes: the browser's own events, so that they work everywhere that text can be copied. */
function useClipboard(): void {
  const t = useT();
  const store = useEditorStore();
  const rf = useReactFlow();
  useEffect(() => {
    let pointer: { x: number; y: number } | undefined;
    const ours = () => {
      const { activeElement } = document;
      const free = !activeElement || activeElement === document.body || activeElement.closest("[data-canvas]") !== null;
      return free && !document.querySelector("[data-dialog]") && (getSelection()?.isCollapsed ?? true);
    };
    const onCopy = (event: ClipboardEvent) => {
      const text = ours() ? copyText(store) : undefined;
      if (text === undefined) return;
      event.clipboardData?.setData("text/plain", text);
      event.preventDefault();
      const n = store.get().chosen.length;
      if (event.type === "cut" && !store.readonly) remove(store);
      say(t(event.type === "cut" ? "editor.canvas.cut" : "editor.canvas.copied", { n }));
    };
    const onPaste = (event: ClipboardEvent) => {
      if (!ours() || store.readonly) return;
      const area = document.querySelector("[data-canvas]")?.getBoundingClientRect();
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (!area) return;
      const inside = pointer && pointer.x > area.left && pointer.x < area.right && pointer.y > area.top && pointer.y < area.bottom;
      const at = inside && pointer ? pointer : { x: area.left + area.width / 2, y: area.top + area.height / 2 };
      if (pasteText(store, text, rf.screenToFlowPosition(at))) event.preventDefault();
    };
    const onMove = (event: PointerEvent) => {
      pointer = { x: event.clientX, y: event.clientY };
    };
    document.addEventListener("copy", onCopy);
    document.addEventListener("cut", onCopy);
    document.addEventListener("paste", onPaste);
    document.addEventListener("pointermove", onMove, { passive: true });
    return () => {
      document.removeEventListener("copy", onCopy);
      document.removeEventListener("cut", onCopy);
      document.removeEventListener("paste", onPaste);
      document.removeEventListener("pointermove", onMove);
    };
  }, [store, rf, t]);
}
