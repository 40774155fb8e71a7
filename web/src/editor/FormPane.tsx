// The pane on which one writes: the form of the chosen node, or of the chosen edge.

import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
  ArrowRight,
  ClipboardCopy,
  Copy,
  MousePointerClick,
  Scissors,
  Trash2,
} from "lucide-react";
import { useEffect, useRef } from "react";

import { KindChip } from "../canvas/kinds";
import { sentence } from "../canvas/sentence";
import { removeEdges, removeNodes } from "../flow/commands";
import { edgesOf, flowOf, nodeOf } from "../flow/document";
import { typeOf } from "../flow/types";
import { useT } from "../i18n/i18n";
import { useActs } from "../shell/acts";
import { useBar } from "../shell/roles";
import { Button, IconButton, say } from "../ui";
import { FlowFacts } from "./FlowFacts";
import styles from "./FormPane.module.css";
import { EdgeForm, NodeForm } from "./slots";
import { useEditorState, useEditorStore, useFlow, useNode } from "./store";
import { undoLater } from "./undo";

export function FormTitle() {
  const t = useT();
  const edgeAt = useEditorState((state) => state.edgeAt);
  const chosen = useEditorState((state) => state.chosen.length);
  const node = useNode();
  if (edgeAt) return <>{t("editor.form.edge")}</>;
  if (chosen > 1) return <>{t("editor.form.many", { n: chosen })}</>;
  if (!node) return <>{t("editor.flow.title")}</>;
  const kind = typeOf(node);
  return (
    <span className={styles["title"]}>
      <KindChip kind={kind} size={20} />
      {t(`editor.kinds.${kind}`)}
    </span>
  );
}

export function FormTools() {
  const t = useT();
  const store = useEditorStore();
  const bar = useBar()("editor");
  const { flowId } = store.get();
  const edgeAt = useEditorState((state) => state.edgeAt);
  const node = useNode();
  if (!node || (node.type === "entry" && !edgeAt)) return null;
  const act = () => {
    store.run(edgeAt ? removeEdges(flowId, [edgeAt]) : removeNodes(flowId, [node.id]));
    say(t(edgeAt ? "editor.canvas.edgeRemoved" : "editor.canvas.nodeRemoved"), { label: t("ui.undo"), run: undoLater(store, t) });
  };
  return (
    <IconButton size="small" label={t(edgeAt ? "editor.acts.removeEdge" : "editor.acts.remove")} reason={bar} onClick={act}>
      <Trash2 size={15} aria-hidden />
    </IconButton>
  );
}

/** A form may still be on its way: for so long its first field is looked for. */
const [TRY_MS, TRIES] = [30, 150];
/** After so many tries a form has nothing to write into. */
const NO_TEXT = 8;
/** What one writes into first; where there is nothing to write, what one chooses. */
const TEXT = "input:not([type=hidden], [type=radio], [type=checkbox], [type=file], [disabled]), textarea:not([disabled]), [contenteditable=true]";
const CHOICE = "input:not([type=hidden], [type=file], [disabled]), select:not([disabled])";

function first(form: HTMLElement | null, what: string): HTMLElement | undefined {
  return [...(form?.querySelectorAll<HTMLElement>(what) ?? [])].find((one) => !one.closest("[data-late]"));
}

export function FormPane() {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const chosen = useEditorState((state) => state.chosen.length);
  const edgeAt = useEditorState((state) => state.edgeAt);
  const wants = useEditorState((state) => state.wantsForm);
  const flow = useFlow();
  const node = useNode();

  const store = useEditorStore();
  useEffect(() => {
    if (!node || !store.hearForm(wants)) return undefined;
    // The form may still be on its way.
    let tries = 0;
    const timer = setInterval(() => {
      const field = first(box.current, TEXT) ?? (tries >= NO_TEXT ? first(box.current, CHOICE) : undefined);
      if (!field && tries++ < TRIES) return;
      clearInterval(timer);
      field?.focus();
    }, TRY_MS);
    return () => clearInterval(timer);
    // oxlint-disable-next-line react/exhaustive-deps -- the wish is for the node that is there then, not for each change of it
  }, [wants, node === undefined, edgeAt, store]);

  if (flow && !node && chosen < 2) return <FlowFacts flow={flow} />;
  if (chosen > 1) return <Many />;
  if (!flow || !node) {
    return (
      <p className={styles["none"]}>
        <MousePointerClick size={18} aria-hidden />
        {t("editor.form.none")}
      </p>
    );
  }
  return (
    <div ref={box} className={styles["form"]}>
      {edgeAt ? (
        <Edge key={`${flow.id}/${edgeAt.from}>${edgeAt.index}`} from={edgeAt.from} index={edgeAt.index} />
      ) : (
        <NodeForm key={`${flow.id}/${node.id}`} flow={flow} node={node} />
      )}
      {!edgeAt && <Ways />}
    </div>
  );
}

const ALIGN = {
  left: AlignStartVertical,
  center: AlignCenterVertical,
  right: AlignEndVertical,
  across: AlignHorizontalDistributeCenter,
  top: AlignStartHorizontal,
  middle: AlignCenterHorizontal,
  bottom: AlignEndHorizontal,
  down: AlignVerticalDistributeCenter,
} as const;
const OF_MANY = { duplicate: Copy, copy: ClipboardCopy, cut: Scissors, remove: Trash2 } as const;

/** What can be done with several nodes at once: the acts of the palette, by their names. */
function Many() {
  const acts = useActs();
  const act = (id: string) => acts.find((one) => one.id === id);
  return (
    <div className={styles["many"]}>
      <div className={styles["lines"]}>
        {Object.entries(ALIGN).map(([line, Icon]) => {
          const one = act(`align-${line}`);
          return (
            one && (
              <IconButton key={line} label={one.name} reason={one.reason} onClick={one.run}>
                <Icon size={17} aria-hidden />
              </IconButton>
            )
          );
        })}
      </div>
      {Object.entries(OF_MANY).map(([id, Icon]) => {
        const one = act(id);
        return (
          one && (
            <Button key={id} size="small" variant={id === "remove" ? "danger-quiet" : "secondary"} icon={<Icon size={15} aria-hidden />} reason={one.reason} onClick={() => ofCanvas(one.run)}>
              {one.name}
            </Button>
          )
        );
      })}
    </div>
  );
}

/** Copying asks where the focus is. */
function ofCanvas(run: () => void): void {
  document.querySelector<HTMLElement>("[data-canvas]")?.focus();
  run();
}

function Edge({ from, index }: { from: number; index: number }) {
  const flow = useFlow();
  const node = nodeOf(flow, from);
  if (!flow || !node) return null;
  return <EdgeForm flow={flow} node={node} edgeIndex={index} />;
}

/** The ways out of the node, to be followed or changed: also without a pointer. */
function Ways() {
  const t = useT();
  const store = useEditorStore();
  const flowId = useEditorState((state) => state.flowId);
  const flow = useEditorState((state) => flowOf(state.doc, flowId));
  const node = useNode();
  if (!flow || !node || edgesOf(node).length === 0) return null;
  return (
    <section className={styles["ways"]} aria-label={t("editor.form.ways")}>
      <h3 className={styles["heading"]}>{t("editor.form.ways")}</h3>
      <ul>
        {edgesOf(node).map((edge, index) => {
          const target = nodeOf(flow, edge.nodeId);
          const kind = target ? typeOf(target) : "unknown";
          return (
            <li key={index} className={styles["way"]}>
              <button type="button" className={styles["where"]} onClick={() => { store.chooseEdge(node.id, index); store.wantForm(); }}>
                {sentence(edge.where, t) ?? t("editor.where.always")}
              </button>
              <button type="button" className={styles["target"]} onClick={() => store.jump(flow.id, edge.nodeId)}>
                <ArrowRight size={13} aria-hidden />
                <KindChip kind={kind} size={18} />
                <span>{target?.label || t(`editor.kinds.${kind}`)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
