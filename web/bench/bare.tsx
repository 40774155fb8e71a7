// What the editor's canvas is measured against: the same library, as many plain boxes at the same places, nothing else.

import "@xyflow/react/dist/style.css";

import { Background, type Edge, MiniMap, type Node, ReactFlow, useEdgesState, useNodesState } from "@xyflow/react";
import { createRoot } from "react-dom/client";

import { bigFlow } from "./flow";

const wanted = new URLSearchParams(location.search);
const flow = bigFlow(Number(wanted.get("nodes") ?? 500));
const START: Node[] = flow.nodes.map((node) => ({
  id: String(node.id),
  position: node.meta.design,
  data: { label: node.label },
  style: { width: 224, height: 100 },
}));
const WAYS: Edge[] = flow.nodes.flatMap((node) => node.next.map((edge, at) => ({ id: `${node.id}>${at}`, source: String(node.id), target: String(edge.nodeId) })));

function Bare() {
  const [nodes, , onNodesChange] = useNodesState(START);
  const [edges] = useEdgesState(WAYS);
  return (
    <div data-canvas style={{ position: "fixed", left: 0, top: 0, width: Number(wanted.get("width")), height: Number(wanted.get("height")) }}>
      <ReactFlow nodes={nodes} edges={edges} onNodesChange={onNodesChange} minZoom={0.1} fitView fitViewOptions={{ padding: 0.14, maxZoom: 1 }}>
        <Background />
        <MiniMap />
      </ReactFlow>
      <textarea aria-label="field" style={{ position: "absolute", right: 0, top: 0, zIndex: 9 }} />
    </div>
  );
}

const root = document.getElementById("app");
if (root) createRoot(root).render(<Bare />);
