// The canvas: the document drawn with xyflow. While something is dragged its place is xyflow's business; letting go is one
// command.

import "@xyflow/react/dist/base.css";

import {
  applyNodeChanges,
  Background,
  BackgroundVariant,
  type Connection,
  type FinalConnectionState,
  MiniMap,
  type NodeChange,
  ReactFlow,
  SelectionMode,
  useReactFlow,
  type Viewport,
} from "@xyflow/react";
import { type DragEvent, type MouseEvent as ReactMouseEvent, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";

import { addOne, duplicate, link, type Loose, move, relink, shownFlow } from "../editor/deeds";
import type { Complaint } from "../editor/state";
import { useEditorState, useEditorStore } from "../editor/store";
import { removeEdges } from "../flow/commands";
import { edgesOf, flowOf, type Point } from "../flow/document";
import { OUT } from "../flow/leads";
import { type FlowDoc, type NodeType, typeOf } from "../flow/types";
import { useT } from "../i18n/i18n";
import { useBar } from "../shell/roles";
import { Adder } from "./Adder";
import { type Asked, ContextMenu } from "./ContextMenu";
import styles from "./Canvas.module.css";
import { type CanvasEdge, type CanvasNode, Derived, edgeId, readEdgeId } from "./derive";
import { type Facts, FactsContext, FactsStore } from "./facts";
import { FlowEdge } from "./FlowEdge";
import { FlowNode } from "./FlowNode";
import { firstSight } from "./sight";
import { useFarAway } from "./far";
import { usePanned } from "./panned";
import { FarContext } from "./Point";
import { Zoom } from "./Zoom";

const NODE_TYPES = { flow: FlowNode };
const EDGE_TYPES = { way: FlowEdge };
const DEFAULTS = { type: "way" } as const;
const FIT = { padding: 0.14, maxZoom: 1, minZoom: 0.25 };
/** Above so many nodes the rest is not dimmed: it would have to be painted anew. */
const DIM_UP_TO = 120;
const LARGE = 120;
/** Beside a node that moved out from under the form. */
const ROOM = 16;
const PRO = { hideAttribution: true };
/** The type of a drag from the palette. */
export const DRAG_TYPE = "application/x-closer-node";

/** Where one looked in each flow. */
const views = new Map<string, Viewport>();

export function Canvas() {
  const store = useEditorStore();
  const flow = useEditorState(({ doc, flowId }) => flowOf(doc, flowId));
  // A letter is written before the picture of the node follows.
  const later = useDeferredValue(flow);
  if (!flow) return null;
  // Each flow is a canvas of its own: nothing of the last one is left in it.
  return <FlowCanvas key={`${store.place.bot}/${flow.id}`} flow={later?.id === flow.id ? later : flow} />;
}

function FlowCanvas({ flow }: { flow: FlowDoc }) {
  const t = useT();
  const store = useEditorStore();
  const { readonly } = store;
  const rf = useReactFlow<CanvasNode, CanvasEdge>();
  const chosen = useEditorState((state) => state.chosen);
  const edgeAt = useEditorState((state) => state.edgeAt);
  const wantsSight = useEditorState((state) => state.wantsSight);
  const [derived] = useState(() => new Derived());
  const [nodes, setNodes] = useState(() => derived.nodesOf(flow, new Set(chosen)));
  const [loose, setLoose] = useState<(Loose & { at: Point; screen: Point }) | undefined>();
  const [asked, setAsked] = useState<Asked>();
  const [adding, setAdding] = useState<Point>();
  const bar = useBar()("editor");
  const viewKey = `${store.place.bot}/${flow.id}`;
  const ready = useRef(false);
  const box = useRef<HTMLDivElement>(null);
  const facts = useFactsOf(flow);
  const far = useFarAway(box);
  const pan = usePanned(box);

  // Made from the document whenever it changes; in between xyflow moves and measures them.
  const [made, setMade] = useState({ flow, chosen });
  if (made.flow !== flow || made.chosen !== chosen) {
    setMade({ flow, chosen });
    setNodes(derived.nodesOf(flow, new Set(chosen)));
  }
  const edges = useMemo(
    () => derived.edgesOf(flow, edgeAt && edgeId(edgeAt.from, edgeAt.index)),
    [derived, flow, edgeAt],
  );

  // A form that comes takes room on the right: what it is about moves out from under it, as little as need be, and back when
  // the form has gone, unless one has looked elsewhere since.
  useEffect(() => {
    const { current: area } = box;
    if (!area) return undefined;
    let width = area.clientWidth;
    let aside: { by: number; at: Viewport } | undefined;
    const seen = new ResizeObserver(() => {
      const before = width;
      width = area.clientWidth;
      const now = rf.getViewport();
      const { x, y, zoom } = now;
      if (width > before) {
        if (aside && x === aside.at.x && y === aside.at.y && zoom === aside.at.zoom) void rf.setViewport({ x: x + aside.by, y, zoom });
        aside = undefined;
        return;
      }
      const node = rf.getInternalNode(String(store.get().nodeId));
      if (width === before || !node) return;
      const left = x + node.internals.positionAbsolute.x * zoom;
      const out = left + ((node.measured.width ?? 0) + ROOM) * zoom - width;
      if (left >= before || out <= 0) return;
      const at = { x: x - out, y, zoom };
      aside = { by: out, at };
      void rf.setViewport(at);
    });
    seen.observe(area);
    return () => seen.disconnect();
  }, [rf, store]);

  // What was jumped to comes into sight.
  const sight = useRef(0);
  useEffect(() => {
    if (wantsSight === sight.current) return;
    sight.current = wantsSight;
    const frame = requestAnimationFrame(() => {
      const node = rf.getInternalNode(String(store.get().nodeId));
      const area = box.current?.getBoundingClientRect();
      if (!node || !area) return;
      const { x, y } = node.internals.positionAbsolute;
      const [width, height] = [node.measured.width ?? 0, node.measured.height ?? 0];
      const from = rf.flowToScreenPosition({ x, y });
      const to = rf.flowToScreenPosition({ x: x + width, y: y + height });
      if (from.x >= area.left && from.y >= area.top && to.x <= area.right && to.y <= area.bottom) return;
      void rf.setCenter(x + width / 2, y + height / 2, { zoom: Math.max(rf.getZoom(), 0.75), duration: 160 });
    });
    return () => cancelAnimationFrame(frame);
  }, [wantsSight, rf, store]);

  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      setNodes((now) => {
        const next = applyNodeChanges(changes, now);
        derived.remember(next);
        return next;
      });
      if (changes.some((change) => change.type === "select")) {
        const next = new Set(store.get().chosen);
        for (const change of changes) {
          if (change.type === "select") next[change.selected ? "add" : "delete"](Number(change.id));
        }
        store.choose([...next]);
      }
    },
    [derived, store],
  );

  const onDrop = useCallback(
    (event: ReactMouseEvent | MouseEvent | TouchEvent, moved: CanvasNode[]) => {
      if (moved.length === 0) return;
      const places = new Map(moved.map((node) => [Number(node.id), node.position]));
      const first = moved[0];
      if ("ctrlKey" in event && (event.ctrlKey || event.metaKey) && first) {
        // The model goes back to its place; the copy stays where it was let go.
        const model = first.data.node;
        const design = (model.meta?.["design"] ?? {}) as { x?: number; y?: number };
        const by = { x: Math.round(first.position.x - Number(design.x ?? 0)), y: Math.round(first.position.y - Number(design.y ?? 0)) };
        store.choose(moved.map((node) => Number(node.id)));
        duplicate(store, by);
        setNodes(derived.nodesOf(shownFlow(store) ?? flow, new Set(store.get().chosen)));
        return;
      }
      move(store, places);
    },
    [store, derived, flow],
  );

  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      if (state.isValid || !state.fromNode || state.toNode || !state.fromHandle) return;
      const { clientX, clientY } = "changedTouches" in event ? (event.changedTouches[0] ?? { clientX: 0, clientY: 0 }) : event;
      setLoose({
        node: Number(state.fromNode.id),
        handle: state.fromHandle.id ?? null,
        backward: state.fromHandle.type === "target",
        screen: { x: clientX, y: clientY },
        at: rf.screenToFlowPosition({ x: clientX, y: clientY }),
      });
    },
    [rf],
  );

  // What xyflow is given stays the same from frame to frame: it looks at each of them whenever a node has moved.
  const acts = useMemo(
    () => ({
      onConnect: ({ source, target, sourceHandle }: Connection) => link(store, Number(source), sourceHandle, Number(target)),
      onReconnect: (old: CanvasEdge, { source, target, sourceHandle }: Connection) => {
        const { from, index } = readEdgeId(old.id);
        relink(store, from, index, { from: Number(source), handle: sourceHandle, to: Number(target) }, old.sourceHandle ?? OUT);
      },
      onReconnectEnd: (_: MouseEvent | TouchEvent, old: CanvasEdge, __: unknown, state: FinalConnectionState) => {
        if (state.isValid || state.toNode) return;
        store.run(removeEdges(flow.id, [readEdgeId(old.id)]));
      },
      onEdgeClick: (_: ReactMouseEvent, { id }: CanvasEdge) => store.chooseEdge(readEdgeId(id).from, readEdgeId(id).index),
      onEdgeDoubleClick: (_: ReactMouseEvent, { id }: CanvasEdge) => {
        store.chooseEdge(readEdgeId(id).from, readEdgeId(id).index);
        store.wantForm();
      },
      onNodeDoubleClick: () => store.wantForm(),
      onPaneClick: () => store.choose([]),
      isValidConnection: ({ target, sourceHandle }: CanvasEdge | Connection) => sourceHandle !== undefined && rf.getNode(target)?.data.node.type !== "entry",
      onInit: () => {
        const area = box.current?.getBoundingClientRect() ?? { width: 0, height: 0 };
        const shown = shownFlow(store);
        if (shown) void rf.setViewport(views.get(viewKey) ?? firstSight(shown, area, store.get().nodeId));
        ready.current = true;
      },
    }),
    [store, rf, flow.id, viewKey],
  );
  const onNodeDragStop = useCallback((event: ReactMouseEvent | MouseEvent | TouchEvent, _: CanvasNode, moved: CanvasNode[]) => onDrop(event, moved), [onDrop]);
  const onMoveEnd = useCallback(
    (_: unknown, now: Viewport) => {
      pan.onMoveEnd();
      if (ready.current) views.set(viewKey, now);
    },
    [pan, viewKey],
  );
  const onDragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes(DRAG_TYPE) || readonly) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
  };
  const onPaletteDrop = (event: DragEvent) => {
    const type = event.dataTransfer.getData(DRAG_TYPE) as NodeType | "";
    if (!type) return;
    event.preventDefault();
    const at = rf.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    addOne(store, type, t(`editor.kinds.${type}`), { x: at.x - 40, y: at.y - 18 });
  };

  // The right button chooses what it is pressed on; the menu key is for what is chosen.
  const onContextMenu = (event: ReactMouseEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    if (target.closest("[role=menu], [role=dialog], input, textarea")) return;
    event.preventDefault();
    const node = target.closest<HTMLElement>(".react-flow__node");
    const edge = target.closest<SVGElement>(".react-flow__edge");
    const byKey = event.button !== 2;
    const at = { x: event.clientX, y: event.clientY };
    const { chosen: now, edgeAt: way, nodeId } = store.get();
    if (node && !byKey) {
      const id = Number(node.dataset["id"]);
      if (!now.includes(id)) store.choose([id]);
      setAsked({ what: "node", at });
    } else if (edge && !byKey) {
      const { from, index } = readEdgeId(edge.dataset["id"] ?? "");
      store.chooseEdge(from, index);
      setAsked({ what: "edge", at });
    } else if (byKey && (way || now.length > 0)) {
      const shown = box.current?.querySelector(`.react-flow__node[data-id="${way?.from ?? nodeId ?? now[0]}"]`)?.getBoundingClientRect();
      setAsked({ what: way ? "edge" : "node", at: shown ? { x: shown.left + 24, y: shown.top + 28 } : at });
    } else {
      const area = event.currentTarget.getBoundingClientRect();
      setAsked({ what: "empty", at: byKey ? { x: area.left + area.width / 2, y: area.top + area.height / 3 } : at });
    }
  };

  return (
    <FactsContext value={facts}>
      <FarContext value={far}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it takes what is dragged from the palette; keys add nodes too */}
      <div
        ref={box}
        className={styles["canvas"]}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the canvas is worked with the keyboard as a whole
        tabIndex={0}
        role="application"
        aria-roledescription={t("editor.canvas.name")}
        aria-label={t("editor.canvas.of", { title: flow.title })}
        data-canvas
        onDragOver={onDragOver}
        onDrop={onPaletteDrop}
        onContextMenu={onContextMenu}
      >
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          defaultEdgeOptions={DEFAULTS}
          onNodesChange={onNodesChange}
          onNodeDragStop={onNodeDragStop}
          onSelectionDragStop={onDrop}
          onConnectEnd={onConnectEnd}
          {...acts}
          nodesConnectable={!readonly}
          nodesDraggable={!readonly}
          edgesReconnectable={!readonly && !far}
          nodesFocusable={false}
          edgesFocusable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode="Shift"
          multiSelectionKeyCode="Shift"
          selectionMode={SelectionMode.Partial}
          zoomOnDoubleClick={false}
          connectionRadius={28}
          reconnectRadius={14}
          minZoom={0.1}
          maxZoom={2}
          elevateNodesOnSelect
          onlyRenderVisibleElements={flow.nodes.length > LARGE && !far}
          onMoveStart={pan.onMoveStart}
          onMove={pan.onMove}
          onMoveEnd={onMoveEnd}
          proOptions={PRO}
        >
          <Background variant={BackgroundVariant.Dots} gap={20} size={1.5} color="var(--canvas-dot)" />
          <MiniMap className={styles["map"]} nodeColor={mapColour} maskColor="color-mix(in srgb, var(--canvas) 70%, transparent)" pannable zoomable ariaLabel={t("editor.canvas.map")} />
          <Zoom fit={FIT} />
        </ReactFlow>
        {flow.nodes.length < 2 && !readonly && <p className={styles["hint"]}>{t("editor.canvas.empty")}</p>}
        {asked && <ContextMenu asked={asked} box={box} addReason={bar} onAdd={setAdding} onClose={() => setAsked(undefined)} />}
        {adding && (
          <Adder
            at={adding}
            onClose={() => setAdding(undefined)}
            onChoose={(type) => addOne(store, type, t(`editor.kinds.${type}`), rf.screenToFlowPosition(adding))}
          />
        )}
        {loose && (
          <Adder
            at={loose.screen}
            onClose={() => setLoose(undefined)}
            onChoose={(type) => addOne(store, type, t(`editor.kinds.${type}`), { x: loose.at.x - (loose.backward ? 224 : 0), y: loose.at.y - 18 }, loose)}
          />
        )}
      </div>
      </FarContext>
    </FactsContext>
  );
}

function mapColour(node: CanvasNode): string {
  return `var(--map-${typeOf(node.data.node)})`;
}

/** What the nodes of this flow know besides their content. */
function useFactsOf(flow: FlowDoc): FactsStore {
  const store = useEditorStore();
  const [facts] = useState(() => new FactsStore());
  const flows = useEditorState((state) => state.doc.flows);
  const complaints = useEditorState((state) => state.complaints);
  const lit = useEditorState((state) => state.lit);
  const people = useEditorState((state) => state.people);
  const only = useEditorState((state) => (state.chosen.length === 1 && !state.edgeAt ? state.chosen[0] : undefined));

  const titleKey = flows.map((one) => `${one.id}:${one.title}`).join("\n");
  // oxlint-disable-next-line react/exhaustive-deps -- titles change far less often than flows
  const titles = useMemo(() => new Map(flows.map((one) => [one.id, one.title])), [titleKey]);
  const [told] = useState(() => new Map<string, readonly Complaint[]>());
  // A check tells the same anew: cards of which nothing new is said are not drawn again.
  const problems = useMemo(() => {
    const groups = grouped(complaints.filter((one) => one.flow === flow.id && one.severity !== "note"), (one) => one.node);
    const now = [...groups].map(([node, group]): [number, string, readonly Complaint[]] => {
      const key = `${node} ${JSON.stringify(group)}`;
      return [node, key, told.get(key) ?? group];
    });
    told.clear();
    for (const [, key, group] of now) told.set(key, group);
    return new Map(now.map(([node, , group]) => [node, group]));
  }, [complaints, flow.id, told]);
  const visits = useMemo(
    () => new Map(lit.filter((one) => one.flow === flow.id).map((one) => [one.node, { order: one.order, failed: one.failed === true }])),
    [lit, flow.id],
  );
  const here = useMemo(() => grouped(people.filter((one) => one.flow === flow.id), (one) => one.node), [people, flow.id]);
  const near = useMemo(() => {
    if (only === undefined || flow.nodes.length > DIM_UP_TO) return undefined;
    const around = new Set([only]);
    for (const node of flow.nodes) {
      for (const { nodeId } of edgesOf(node)) {
        if (node.id === only) around.add(nodeId);
        if (nodeId === only) around.add(node.id);
      }
    }
    return around;
  }, [only, flow]);

  useEffect(() => {
    const next: Facts = { titles, problems, visits, people: here, marks: NO_MARKS, near, readonly: store.readonly };
    facts.set(next);
  }, [facts, titles, problems, visits, here, near, store]);
  return facts;
}

const NO_MARKS: Facts["marks"] = new Map();

function grouped<T>(list: readonly T[], key: (one: T) => number | null): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const one of list) {
    const id = key(one);
    if (id !== null) groups.set(id, [...(groups.get(id) ?? []), one]);
  }
  return groups;
}
