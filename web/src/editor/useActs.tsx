// Everything that can be done in the editor, once: the keys, the command palette and the sheet of keys read this list.

import { useReactFlow } from "@xyflow/react";
import { useMemo } from "react";

import type { CanvasEdge, CanvasNode } from "../canvas/derive";
import { heightFor, NODE_WIDTH } from "../canvas/face";
import type { Line } from "../canvas/layout";
import { edgesOf, flowOf, nodeOf, type Point } from "../flow/document";
import { flowFile } from "../flow/exchange";
import type { NodeDoc } from "../flow/types";
import { useT } from "../i18n/i18n";
import type { Act } from "../shell/acts";
import { complain, say } from "../ui";
import { alignChosen, duplicate, layOut, neighbour, nudge, pasteText, remove, shownFlow } from "./deeds";
import { saveAs } from "./files";
import { newFlow, step } from "./flows";
import { changeLayout, hide, type Pane, PANES } from "./panes";
import { useEditorState, useEditorStore } from "./store";
import { undoLater } from "./undo";

/** What the keyboard opens at the chosen node. */
export type Popup = { is: "add"; at: Point } | { is: "link"; at: Point; from: number } | undefined;

/** One press of an arrow with Alt. */
const NUDGE = 8;
const CANVAS = "[data-canvas]";
const QUICK = { duration: 140 };
const LINES: Line[] = ["left", "center", "right", "top", "middle", "bottom", "across", "down"];

export function useEditorActs(show: (popup: Popup) => void): readonly Act[] {
  const t = useT();
  const store = useEditorStore();
  const rf = useReactFlow<CanvasNode, CanvasEdge>();
  const chosen = useEditorState((state) => state.chosen.length);
  const hasEdge = useEditorState((state) => state.edgeAt !== undefined);
  const hasNode = useEditorState((state) => state.nodeId !== undefined);
  const canUndo = useEditorState((state) => state.history.past.length > 0);
  const canRedo = useEditorState((state) => state.history.future.length > 0);

  return useMemo(() => {
    const bar = store.readonly ? t("roles.needed", { role: t("roles.editor") }) : undefined;
    const needs = (fits: boolean, why: string) => bar ?? (fits ? undefined : why);
    const nothing = t("editor.nothingChosen");
    const size = (node: NodeDoc) => {
      const { width, height } = rf.getInternalNode(String(node.id))?.measured ?? {};
      return { width: width ?? NODE_WIDTH, height: height ?? heightFor(node) };
    };
    /** Beside the chosen node, or in the middle of the canvas. */
    const here = (): Point => {
      const node = rf.getInternalNode(String(store.get().nodeId));
      const area = document.querySelector(CANVAS)?.getBoundingClientRect();
      const middle = area ? { x: area.left + area.width / 2 - 118, y: area.top + 80 } : { x: 200, y: 200 };
      if (!node || !area) return middle;
      const { x, y } = node.internals.positionAbsolute;
      const at = rf.flowToScreenPosition({ x: x + (node.measured.width ?? 0) + 16, y });
      return at.x < area.left || at.x > area.right || at.y < area.top || at.y > area.bottom ? middle : at;
    };
    const go = (direction: "left" | "right" | "up" | "down") => {
      const to = neighbour(store, direction);
      if (to !== undefined) store.jump(store.get().flowId, to);
    };
    const nextEdge = () => {
      const { edgeAt, nodeId, doc, flowId } = store.get();
      const node = nodeOf(flowOf(doc, flowId), edgeAt?.from ?? nodeId);
      const count = node ? edgesOf(node).length : 0;
      if (node && count > 0) store.chooseEdge(node.id, edgeAt ? (edgeAt.index + 1) % count : 0);
    };
    const removeNow = () => {
      const what = remove(store);
      if (what === "entry") complain(t("editor.canvas.entryStays"));
      else if (what) say(t(what === "edge" ? "editor.canvas.edgeRemoved" : "editor.canvas.nodeRemoved"), { label: t("ui.undo"), run: undoLater(store, t) });
    };
    const toForm = () => {
      changeLayout((now) => hide(now, "form", false));
      store.wantForm();
    };
    const toCanvas = () => document.querySelector<HTMLElement>(CANVAS)?.focus();
    const paste = async () => {
      const text = await navigator.clipboard?.readText().catch(() => undefined);
      const area = document.querySelector(CANVAS)?.getBoundingClientRect();
      if (text === undefined || !area) complain(t("editor.canvas.noClipboard"));
      else if (!pasteText(store, text, rf.screenToFlowPosition({ x: area.left + area.width / 2, y: area.top + area.height / 2 }))) {
        complain(t("editor.canvas.nothingToPaste"));
      }
    };
    const picture = async () => {
      const flow = shownFlow(store);
      const viewport = document.querySelector<HTMLElement>(`${CANVAS} .react-flow__viewport`);
      const area = document.querySelector(CANVAS);
      if (!flow || !viewport || !area) return;
      try {
        const { toPng } = await import("../canvas/png");
        saveAs(`${flow.title || "flow"}.png`, await toPng(viewport, rf.getNodes(), getComputedStyle(area).backgroundColor));
      } catch {
        complain(t("editor.canvas.noPicture"));
      }
    };
    const exportFlow = () => {
      const flow = shownFlow(store);
      if (flow) saveAs(`${flow.title || "flow"}.json`, flowFile(flow), "application/json");
    };
    const find = () => {
      changeLayout((now) => hide(now, "explorer", false));
      requestAnimationFrame(() => {
        const field = document.querySelector<HTMLInputElement>("[data-search] input");
        field?.focus();
        field?.select();
      });
    };
    const all = () => store.choose(shownFlow(store)?.nodes.map((node) => node.id) ?? []);
    const inForm = (target: HTMLElement) => target.closest("[data-pane=form]") !== null;
    const [edit, canvas, view] = [t("editor.acts.groups.edit"), t("editor.acts.groups.canvas"), t("editor.acts.groups.view")];

    const acts: Act[] = [
      { id: "undo", group: edit, name: t("editor.acts.undo"), keys: ["Mod+KeyZ"], inFields: inForm, reason: needs(canUndo, t("editor.nothingToUndo")), run: store.undo },
      { id: "redo", group: edit, name: t("editor.acts.redo"), keys: ["Mod+Shift+KeyZ", "Mod+KeyY"], inFields: inForm, reason: needs(canRedo, t("editor.nothingToRedo")), run: store.redo },
      { id: "add", group: edit, name: t("editor.acts.add"), also: "new node", keys: ["KeyN"], reason: bar, run: () => show({ is: "add", at: here() }) },
      {
        id: "link",
        group: edit,
        name: t("editor.acts.link"),
        also: "connect edge",
        keys: ["KeyC"],
        reason: needs(hasNode, nothing),
        run: () => {
          const { nodeId } = store.get();
          if (nodeId !== undefined) show({ is: "link", at: here(), from: nodeId });
        },
      },
      { id: "form", group: edit, name: t("editor.acts.form"), keys: ["Enter"], within: CANVAS, reason: hasNode ? undefined : nothing, run: toForm },
      { id: "editEdge", group: edit, name: t("editor.form.edge"), reason: hasEdge ? undefined : nothing, keyOnly: true, run: toForm },
      { id: "remove", group: edit, name: t("editor.acts.remove"), also: "delete", keys: ["Delete", "Backspace"], within: CANVAS, reason: needs(chosen > 0 || hasEdge, nothing), run: removeNow },
      { id: "duplicate", group: edit, name: t("editor.acts.duplicate"), keys: ["Mod+KeyD"], reason: needs(chosen > 0, nothing), run: () => duplicate(store) },
      { id: "copy", group: edit, name: t("editor.acts.copy"), keys: ["Mod+KeyC"], native: true, reason: chosen > 0 ? undefined : nothing, run: () => void document.execCommand("copy") },
      { id: "cut", group: edit, name: t("editor.acts.cut"), keys: ["Mod+KeyX"], native: true, reason: needs(chosen > 0, nothing), run: () => void document.execCommand("cut") },
      { id: "paste", group: edit, name: t("editor.acts.paste"), keys: ["Mod+KeyV"], native: true, reason: bar, run: () => void paste() },
      { id: "all", group: edit, name: t("editor.acts.all"), keys: ["Mod+KeyA"], within: CANVAS, run: all },

      { id: "right", group: canvas, name: t("editor.acts.right"), keys: ["ArrowRight"], within: CANVAS, keyOnly: true, run: () => go("right") },
      { id: "left", group: canvas, name: t("editor.acts.left"), keys: ["ArrowLeft"], within: CANVAS, keyOnly: true, run: () => go("left") },
      { id: "up", group: canvas, name: t("editor.acts.up"), keys: ["ArrowUp"], within: CANVAS, keyOnly: true, run: () => go("up") },
      { id: "down", group: canvas, name: t("editor.acts.down"), keys: ["ArrowDown"], within: CANVAS, keyOnly: true, run: () => go("down") },
      { id: "edge", group: canvas, name: t("editor.acts.edge"), keys: ["KeyE"], within: CANVAS, keyOnly: true, run: nextEdge },
      ...(
        [
          ["Right", NUDGE, 0],
          ["Left", -NUDGE, 0],
          ["Down", 0, NUDGE],
          ["Up", 0, -NUDGE],
        ] as const
      ).map(
        ([arrow, x, y]): Act => ({
          id: `nudge${arrow}`,
          group: canvas,
          name: t("editor.acts.nudge"),
          keys: [`Alt+Arrow${arrow}`],
          within: CANVAS,
          keyOnly: true,
          reason: bar,
          run: () => nudge(store, { x, y }),
        }),
      ),
      { id: "escape", group: canvas, name: t("editor.acts.escape"), keys: ["Escape"], inFields: inForm, within: "[data-canvas], [data-pane=form]", keyOnly: true, run: () => (document.activeElement?.closest(CANVAS) ? store.choose([]) : toCanvas()) },
      { id: "layout", group: canvas, name: t("editor.acts.layout"), also: "auto layout", keys: ["KeyL"], reason: bar, run: () => layOut(store, size) },
      ...LINES.map(
        (line): Act => ({
          id: `align-${line}`,
          group: canvas,
          name: t(`editor.align.${line}`),
          also: "align",
          reason: needs(chosen > (line === "across" || line === "down" ? 2 : 1), t("editor.chooseMore")),
          run: () => alignChosen(store, line, size),
        }),
      ),

      { id: "fit", group: view, name: t("editor.canvas.fit"), keys: ["KeyF"], run: () => void rf.fitView({ padding: 0.14, maxZoom: 1, ...QUICK }) },
      { id: "actual", group: view, name: t("editor.canvas.actual"), keys: ["Digit0"], run: () => void rf.zoomTo(1, QUICK) },
      { id: "in", group: view, name: t("editor.canvas.in"), keys: ["Equal"], run: () => void rf.zoomIn(QUICK) },
      { id: "out", group: view, name: t("editor.canvas.out"), keys: ["Minus"], run: () => void rf.zoomOut(QUICK) },
      { id: "find", group: view, name: t("editor.acts.find"), also: "search", keys: ["Mod+KeyF"], inFields: true, run: find },
      { id: "nextFlow", group: view, name: t("editor.acts.nextFlow"), keys: ["BracketRight"], run: () => step(store, 1) },
      { id: "lastFlow", group: view, name: t("editor.acts.lastFlow"), keys: ["BracketLeft"], run: () => step(store, -1) },
      ...PANES.map((pane): Act => ({ id: `pane-${pane}`, group: view, name: t("editor.acts.pane", { pane: t(`editor.panes.${pane}`) }), keys: [PANE_KEYS[pane]], run: () => changeLayout((now) => hide(now, pane, !now.hidden.includes(pane))) })),

      { id: "newFlow", group: edit, name: t("editor.flows.new"), reason: bar, run: () => newFlow(store, t) },
      { id: "renameFlow", group: edit, name: t("editor.flows.rename"), keys: ["F2"], reason: bar, run: () => store.set({ renaming: store.get().flowId }) },
      { id: "exportFlow", group: edit, name: t("editor.flows.export"), run: exportFlow },
      { id: "png", group: view, name: t("editor.acts.png"), also: "png picture image", run: () => void picture() },
    ];
    return acts;
  }, [t, store, rf, show, chosen, hasEdge, hasNode, canUndo, canRedo]);
}

const PANE_KEYS: Record<Pane, string> = { explorer: "Alt+Digit1", palette: "Alt+Digit2", form: "Alt+Digit3", preview: "Alt+Digit4", problems: "Alt+Digit5" };
