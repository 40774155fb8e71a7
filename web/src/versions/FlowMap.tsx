// A flow as it stands on the canvas, to look at: what came, changed and went. A drawing of its own, light enough for a page
// that only compares.

import { Minus, Plus, Scan } from "lucide-react";
import { useLayoutEffect, useMemo, useRef, useState } from "react";

import { useT } from "../i18n/i18n";
import { nameOf } from "../preview/doc";
import { KindMark, useKindName } from "../preview/KindMark";
import { cx, IconButton } from "../ui";
import type { FlowLike, NodeDifference } from "./compare";
import { curve, draw, NODE } from "./map";
import styles from "./FlowMap.module.css";

/** Smaller than this nobody reads a node. */
const READABLE = 0.7;
const SCALES = [0.25, 0.35, 0.5, 0.7, 0.85, 1] as const;

export function FlowMap({
  before,
  after,
  nodes,
  chosen,
  onChoose,
}: {
  before: FlowLike | undefined;
  after: FlowLike | undefined;
  nodes: readonly NodeDifference[];
  chosen: number | undefined;
  onChoose: (node: number) => void;
}) {
  const t = useT();
  const kindName = useKindName();
  const drawing = useMemo(() => draw(before, after, nodes), [before, after, nodes]);
  const box = useRef<HTMLDivElement>(null);
  const [scale, setScale] = useState(1);
  const fit = () => {
    const at = box.current;
    if (!at) return;
    const room = Math.min(at.clientWidth / drawing.width, at.clientHeight / drawing.height, 1);
    setScale(Math.max(0.25, room));
  };
  // At first as much of it as can be read, with what differs in the middle.
  useLayoutEffect(() => {
    const at = box.current;
    if (!at) return;
    const room = Math.min(at.clientWidth / drawing.width, at.clientHeight / drawing.height, 1);
    const next = Math.max(READABLE, room);
    setScale(next);
    const first = drawing.nodes.find((one) => one.how !== "same" && one.how !== "moved");
    if (!first || room >= next) return;
    requestAnimationFrame(() => at.scrollTo((first.x + NODE.width / 2) * next - at.clientWidth / 2, (first.y + NODE.height / 2) * next - at.clientHeight / 2));
  }, [drawing]);
  const step = (by: 1 | -1) => setScale((now) => (by > 0 ? SCALES.find((one) => one > now + 0.01) : SCALES.findLast((one) => one < now - 0.01)) ?? now);
  return (
    <div className={styles["map"]}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div ref={box} className={styles["view"]} tabIndex={0} role="group" aria-label={t("versions.map")}>
        <div style={{ width: drawing.width * scale, height: drawing.height * scale }} className={styles["size"]}>
          <div style={{ width: drawing.width, height: drawing.height, transform: `scale(${scale})` }} className={styles["sheet"]}>
            <svg width={drawing.width} height={drawing.height} aria-hidden>
              {drawing.ways.map((way, at) => (
                <path key={at} d={curve(way)} className={cx(styles["way"], styles[`way-${way.how}`])} />
              ))}
            </svg>
            {drawing.nodes.map(({ node, how, x, y }) => {
              const inside = (
                <>
                  <KindMark kind={node.type} />
                  <span className={styles["words"]}>
                    <span className={styles["name"]}>{nameOf(node) || kindName(node.type)}</span>
                    {how !== "same" && <span className={styles["how"]}>{t(`versions.how.${how}`)}</span>}
                  </span>
                </>
              );
              const place = { left: x, top: y, width: NODE.width, height: NODE.height };
              return how === "same" ? (
                <div key={node.id} style={place} className={styles["node"]}>
                  {inside}
                </div>
              ) : (
                <button key={node.id} type="button" style={place} className={cx(styles["node"], styles[how], node.id === chosen && styles["chosen"])} aria-pressed={node.id === chosen} onClick={() => onChoose(node.id)}>
                  {inside}
                </button>
              );
            })}
          </div>
        </div>
      </div>
      <div className={styles["tools"]}>
        <IconButton label={t("versions.zoomOut")} size="small" onClick={() => step(-1)}>
          <Minus size={14} aria-hidden />
        </IconButton>
        <IconButton label={t("versions.zoomIn")} size="small" onClick={() => step(1)}>
          <Plus size={14} aria-hidden />
        </IconButton>
        <IconButton label={t("versions.fit")} size="small" onClick={fit}>
          <Scan size={14} aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}
