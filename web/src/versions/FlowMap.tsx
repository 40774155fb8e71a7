// A flow on the canvas, to look at: the nodes as the editor draws them, marked where they came, changed or went.

import "@xyflow/react/dist/base.css";

import { Background, BackgroundVariant, ReactFlow, ReactFlowProvider } from "@xyflow/react";
import { type RefObject, useEffect, useMemo, useRef, useState } from "react";

import { type CanvasNode, Derived } from "../canvas/derive";
import { FactsContext, FactsStore, type Mark, NO_FACTS } from "../canvas/facts";
import { FlowEdge } from "../canvas/FlowEdge";
import { FlowNode } from "../canvas/FlowNode";
import { useFarAway } from "../canvas/far";
import { firstSight } from "../canvas/sight";
import { Zoom } from "../canvas/Zoom";
import type { FlowDoc } from "../flow/types";
import { useT } from "../i18n/i18n";
import type { NodeDifference } from "./compare";
import styles from "./FlowMap.module.css";
import { merged } from "./merged";

const NODE_TYPES = { flow: FlowNode };
const EDGE_TYPES = { way: FlowEdge };
const FIT = { padding: 0.14, maxZoom: 1, minZoom: 0.25 };

interface Props {
  before: FlowDoc | undefined;
  after: FlowDoc | undefined;
  nodes: readonly NodeDifference[];
  /** Titles of the flows that nodes lead to. */
  titles: ReadonlyMap<number, string>;
  chosen: number | undefined;
  onChoose: (node: number) => void;
}

export function FlowMap(props: Props) {
  return (
    <ReactFlowProvider>
      <Drawn key={(props.after ?? props.before)?.id} {...props} />
    </ReactFlowProvider>
  );
}

function Drawn({ before, after, nodes: found, titles, chosen, onChoose }: Props) {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const [derived] = useState(() => new Derived());
  const [facts] = useState(() => new FactsStore());
  const both = useMemo(() => merged(before, after), [before, after]);
  const how = useMemo(() => new Map(found.map((one) => [one.id, one.how])), [found]);
  useEffect(() => {
    const marks = new Map([...how].flatMap(([id, one]): [number, Mark][] => (one === "moved" ? [] : [[id, one]])));
    facts.set({ ...NO_FACTS, titles, marks });
  }, [facts, how, titles]);
  const flow = both?.flow;
  const nodes = useMemo((): CanvasNode[] => {
    if (!flow) return [];
    return derived.nodesOf(flow, new Set(chosen === undefined ? [] : [chosen])).map((one) => {
      const { node } = one.data;
      const state = how.get(node.id);
      return {
        ...one,
        draggable: false,
        connectable: false,
        deletable: false,
        // Only what differs can be chosen: the rest is there to be recognised.
        focusable: state !== undefined,
        selectable: state !== undefined,
        // What stands on it is its name.
        ...(state === undefined ? { className: styles["same"] as string } : { ariaRole: "button" as const, domAttributes: { "aria-description": t(`versions.how.${state}`) } }),
      };
    });
  }, [flow, derived, chosen, how, t]);
  const edges = useMemo(
    () =>
      flow
        ? derived.edgesOf(flow, undefined).map((edge) => ({
            ...edge,
            focusable: false,
            selectable: false,
            reconnectable: false,
            className: styles[`way-${both?.ways.get(`${edge.source} ${edge.target}`) ?? "same"}`] as string,
          }))
        : [],
    [flow, both, derived],
  );
  if (!flow) return null;
  const first = found.find((one) => one.how !== "moved")?.id;
  return (
    <FactsContext value={facts}>
      <div ref={box} className={styles["map"]} role="group" aria-label={t("versions.map")}>
        <ReactFlow<CanvasNode>
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          nodesDraggable={false}
          nodesConnectable={false}
          edgesFocusable={false}
          deleteKeyCode={null}
          selectionKeyCode={null}
          zoomOnDoubleClick={false}
          minZoom={0.1}
          maxZoom={1.5}
          onNodeClick={(_, node) => how.has(node.data.node.id) && onChoose(node.data.node.id)}
          onNodesChange={(changes) => {
            // Enter on a node chooses it, as a click does.
            const picked = changes.find((change) => change.type === "select" && change.selected);
            if (picked?.type === "select") onChoose(Number(picked.id));
          }}
          onInit={(rf) => {
            const area = box.current?.getBoundingClientRect() ?? { width: 0, height: 0 };
            void rf.setViewport(firstSight(flow, area, chosen ?? first));
          }}
          proOptions={{ hideAttribution: true }}
        >
          <Background variant={BackgroundVariant.Dots} gap={20} size={1.5} color="var(--canvas-dot)" />
          <Zoom fit={FIT} />
          <Nearness box={box} />
        </ReactFlow>
      </div>
    </FactsContext>
  );
}

/** Inside of the canvas, as it asks it. */
function Nearness({ box }: { box: RefObject<HTMLElement | null> }) {
  useFarAway(box);
  return null;
}
