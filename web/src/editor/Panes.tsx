// The panes around the canvas: docked left, right, far right or below; moved by dragging their heads or by their menu;
// sized by dragging the borders or by arrow keys.

import { EllipsisVertical, PanelBottom, PanelLeft, PanelRight, RotateCcw, X } from "lucide-react";
import { Fragment, type ReactNode, useRef, useState } from "react";

import { useT } from "../i18n/i18n";
import { cx, IconButton, Menu, MenuItem, MenuSeparator } from "../ui";
import { changeLayout, type Dock, dockPane, DOCKS, FIRST, hide, LEAST, type Layout, MOST, type Pane, resize, share, useLayout } from "./panes";
import styles from "./Panes.module.css";
import { useEditorState } from "./store";

const PANE_TYPE = "application/x-closer-pane";
/** One press of an arrow key on a border. */
const STEP = 16;

export interface PaneContent {
  title: ReactNode;
  /** Beside the title. */
  tools?: ReactNode;
  body: ReactNode;
}

export function Panes({ contents, children }: { contents: Record<Pane, PaneContent>; children: ReactNode }) {
  const layout = useLayout();
  const [dragged, setDragged] = useState<Pane>();
  // Beside the preview the canvas needs the room: the form comes with what is chosen.
  const idle = useEditorState((state) => state.nodeId === undefined && state.edgeAt === undefined && state.chosen.length < 2);
  const spare = idle && !layout.hidden.includes("preview");
  const shown = (dock: Dock) => layout.docks[dock].filter((pane) => !layout.hidden.includes(pane) && !(spare && pane === "form"));
  const column = (dock: Dock) =>
    shown(dock).length > 0 && (
      <DockColumn key={dock} dock={dock} layout={layout} panes={shown(dock)} contents={contents} onDrag={setDragged} />
    );
  return (
    <div className={styles["row"]}>
      {column("left")}
      <div className={styles["middle"]}>
        <div className={styles["canvas"]}>
          {children}
          {dragged && <DropZones pane={dragged} onEnd={() => setDragged(undefined)} />}
        </div>
        {column("bottom")}
      </div>
      {column("right")}
      {column("far")}
    </div>
  );
}

function DockColumn({
  dock,
  layout,
  panes,
  contents,
  onDrag,
}: {
  dock: Dock;
  layout: Layout;
  panes: readonly Pane[];
  contents: Record<Pane, PaneContent>;
  onDrag: (pane: Pane | undefined) => void;
}) {
  const size = layout.sizes[dock];
  const box = useRef<HTMLDivElement>(null);
  const below = dock === "bottom";
  return (
    <div ref={box} className={cx(styles["dock"], styles[dock])} style={below ? { height: size } : { width: size }}>
      <DockBorder dock={dock} size={size} />
      {panes.map((pane, at) => {
        const next = panes[at + 1];
        return (
          <Fragment key={pane}>
            <PaneFrame pane={pane} dock={dock} share={layout.shares[pane]} content={contents[pane]} onDrag={onDrag} />
            {next && <PaneBorder above={pane} below={next} sideways={below} box={box} layout={layout} />}
          </Fragment>
        );
      })}
    </div>
  );
}

function PaneFrame({
  pane,
  dock,
  share: part,
  content,
  onDrag,
}: {
  pane: Pane;
  dock: Dock;
  share: number;
  content: PaneContent;
  onDrag: (pane: Pane | undefined) => void;
}) {
  const t = useT();
  return (
    <section className={styles["pane"]} style={{ flexGrow: part }} aria-label={t(`editor.panes.${pane}`)} data-pane={pane}>
      <header
        className={styles["head"]}
        draggable
        onDragStart={(event) => {
          event.dataTransfer.setData(PANE_TYPE, pane);
          event.dataTransfer.effectAllowed = "move";
          onDrag(pane);
        }}
        onDragEnd={() => onDrag(undefined)}
      >
        <h2 className={styles["title"]}>{content.title}</h2>
        {content.tools}
        <Menu
          align="end"
          trigger={
            <IconButton size="small" label={t("editor.panes.menu", { pane: t(`editor.panes.${pane}`) })}>
              <EllipsisVertical size={15} aria-hidden />
            </IconButton>
          }
        >
          {DOCKS.map((one) => (
            <MenuItem key={one} icon={<DockIcon dock={one} />} checked={one === dock} onClick={() => changeLayout((now) => dockPane(now, pane, one))}>
              {t(`editor.docks.${one}`)}
            </MenuItem>
          ))}
          <MenuSeparator />
          <MenuItem icon={<RotateCcw size={16} aria-hidden />} onClick={() => changeLayout(() => FIRST)}>
            {t("editor.panes.reset")}
          </MenuItem>
          <MenuItem icon={<X size={16} aria-hidden />} onClick={() => changeLayout((now) => hide(now, pane, true))}>
            {t("editor.panes.hide")}
          </MenuItem>
        </Menu>
      </header>
      <div className={styles["body"]}>{content.body}</div>
    </section>
  );
}

function DockIcon({ dock }: { dock: Dock }) {
  const Icon = dock === "left" ? PanelLeft : dock === "bottom" ? PanelBottom : PanelRight;
  return <Icon size={16} aria-hidden />;
}

/** The border between a dock and the canvas. */
function DockBorder({ dock, size }: { dock: Dock; size: number }) {
  const t = useT();
  const below = dock === "bottom";
  const sign = dock === "left" ? 1 : -1;
  const from = useRef<{ at: number; size: number } | undefined>(undefined);
  const to = (next: number) => changeLayout((now) => resize(now, dock, next));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a separator that can be moved is a control (ARIA)
    <div
      className={styles["border"]}
      role="separator"
      aria-orientation={below ? "horizontal" : "vertical"}
      aria-label={t("editor.panes.size", { dock: t(`editor.docks.${dock}`) })}
      aria-valuenow={size}
      aria-valuemin={LEAST[dock]}
      aria-valuemax={MOST[dock]}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above
      tabIndex={0}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { at: below ? event.clientY : event.clientX, size };
      }}
      onPointerMove={(event) => {
        if (from.current) to(from.current.size + sign * ((below ? event.clientY : event.clientX) - from.current.at));
      }}
      onPointerUp={() => {
        from.current = undefined;
      }}
      onDoubleClick={() => to(FIRST.sizes[dock])}
      onKeyDown={(event) => {
        const [less, more] = below ? ["ArrowDown", "ArrowUp"] : dock === "left" ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
        if (event.key === less) to(size - STEP);
        else if (event.key === more) to(size + STEP);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}

/** The border between two panes of one dock. */
function PaneBorder({ above, below, sideways, box, layout }: { above: Pane; below: Pane; sideways: boolean; box: React.RefObject<HTMLDivElement | null>; layout: Layout }) {
  const t = useT();
  const moving = useRef(false);
  const part = layout.shares[above] / (layout.shares[above] + layout.shares[below]);
  const to = (next: number) => changeLayout((now) => share(now, above, below, next));
  const at = (event: React.PointerEvent) => {
    const first = box.current?.querySelector(`[data-pane=${above}]`)?.getBoundingClientRect();
    const second = box.current?.querySelector(`[data-pane=${below}]`)?.getBoundingClientRect();
    if (!first || !second) return part;
    return sideways ? (event.clientX - first.left) / (second.right - first.left) : (event.clientY - first.top) / (second.bottom - first.top);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a separator that can be moved is a control (ARIA)
    <div
      className={cx(styles["inner"], sideways && styles["sideways"])}
      role="separator"
      aria-orientation={sideways ? "vertical" : "horizontal"}
      aria-label={t("editor.panes.between", { above: t(`editor.panes.${above}`), below: t(`editor.panes.${below}`) })}
      aria-valuenow={Math.round(part * 100)}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above
      tabIndex={0}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        moving.current = true;
      }}
      onPointerMove={(event) => {
        if (moving.current) to(at(event));
      }}
      onPointerUp={() => {
        moving.current = false;
      }}
      onKeyDown={(event) => {
        if (event.key !== (sideways ? "ArrowLeft" : "ArrowUp") && event.key !== (sideways ? "ArrowRight" : "ArrowDown")) return;
        event.preventDefault();
        event.stopPropagation();
        to(part + (event.key === "ArrowUp" || event.key === "ArrowLeft" ? -0.05 : 0.05));
      }}
    />
  );
}

function DropZones({ pane, onEnd }: { pane: Pane; onEnd: () => void }) {
  const t = useT();
  const [over, setOver] = useState<Dock>();
  return (
    <div className={styles["zones"]}>
      {DOCKS.map((dock) => (
        <div
          key={dock}
          role="presentation"
          className={cx(styles["zone"], styles[`zone-${dock}`], over === dock && styles["over"])}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(dock);
          }}
          onDragLeave={() => setOver(undefined)}
          onDrop={(event) => {
            event.preventDefault();
            onEnd();
            changeLayout((now) => dockPane(now, pane, dock));
          }}
        >
          {t(`editor.docks.${dock}`)}
        </div>
      ))}
    </div>
  );
}
