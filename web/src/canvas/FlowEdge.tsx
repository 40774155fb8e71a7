// A way from node to node. Its condition stands on it as a sentence: on hover, when it is chosen, and when one is near.

import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getBezierPath } from "@xyflow/react";
import { memo, useState } from "react";

import { OUT } from "../flow/leads";
import { useT } from "../i18n/i18n";
import { cx } from "../ui";
import type { CanvasEdge } from "./derive";
import { useFacts } from "./facts";
import { sentence } from "./sentence";
import styles from "./FlowEdge.module.css";

/** Room that a way back keeps from the nodes it goes around. */
const AROUND = 24;
const CORNER = 12;
/** The width of a sentence: as much as there is between the nodes, within reason. */
const LABEL = { least: 64, most: 190 };

/** A way back: out, below both nodes, and in from the left. */
function goBack({ sourceX, sourceY, targetX, targetY }: { sourceX: number; sourceY: number; targetX: number; targetY: number }, below: number): [string, number, number] {
  const [right, left] = [sourceX + AROUND, targetX - AROUND];
  const points: [number, number][] = [
    [sourceX, sourceY],
    [right, sourceY],
    [right, below],
    [left, below],
    [left, targetY],
    [targetX, targetY],
  ];
  const path = points.map(([x, y], at) => {
    const [before, after] = [points[at - 1], points[at + 1]];
    if (!before || !after) return `${at === 0 ? "M" : "L"}${x},${y}`;
    const towards = ([toX, toY]: [number, number]) => {
      const far = Math.hypot(toX - x, toY - y) || 1;
      const by = Math.min(CORNER, far / 2) / far;
      return `${x + (toX - x) * by},${y + (toY - y) * by}`;
    };
    return `L${towards(before)}Q${x},${y} ${towards(after)}`;
  });
  return [path.join(""), (right + left) / 2, below];
}

export const FlowEdge = memo(function FlowEdge(props: EdgeProps<CanvasEdge>) {
  const { id, data, selected, source, target, sourceHandleId, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition } = props;
  const t = useT();
  const ends = { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition };
  const [path, x, y] = data?.back === undefined ? getBezierPath({ ...ends, curvature: 0.3 }) : goBack(ends, data.back);
  // What a button or an outcome says need not be said again.
  const plain = sourceHandleId === OUT || sourceHandleId === undefined || sourceHandleId === null;
  const where = data?.edge.where;
  const text = sentence(where, t);
  const far = useFacts(({ near: around }) => around !== undefined && !(around.has(Number(source)) && around.has(Number(target))));
  const room = targetX - sourceX - 20;
  // Between nodes that stand close it ends at its target, so that those of one node do not lie upon each other.
  const roomy = data?.back !== undefined || room > LABEL.most;
  const shift = roomy ? "-50%" : "-100%";
  const [over, setOver] = useState(false);
  const said = text !== undefined && (plain || selected || over);
  return (
    <g onMouseEnter={() => setOver(true)} onMouseLeave={() => setOver(false)}>
      <BaseEdge id={id} path={path} interactionWidth={22} className={cx(styles["way"], selected && styles["selected"], far && styles["far"])} />
      {said && (
        <EdgeLabelRenderer>
          <div
            className={cx(styles["label"], !selected && !over && styles["whenNear"], (selected || over) && styles["labelSelected"], far && styles["far"])}
            style={{
              transform: `translate(${shift}, -50%) translate(${roomy ? x : targetX - 8}px, ${roomy ? y : targetY - 2}px)`,
              maxWidth: selected || over ? undefined : Math.min(LABEL.most, Math.max(LABEL.least, room)),
            }}
          >
            {selected || over ? text : sentence(where, t, true)}
          </div>
        </EdgeLabelRenderer>
      )}
    </g>
  );
});
