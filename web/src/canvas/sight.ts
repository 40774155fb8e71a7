// What one sees first of a flow: all of it where that can be read, else its beginning.

import type { Viewport } from "@xyflow/react";

import { entryOf, nodeOf, placeOf } from "../flow/document";
import type { FlowDoc } from "../flow/types";
import { heightFor, NODE_WIDTH } from "./face";

/** Smaller than this nothing can be read; then a part is shown at the other. */
const READABLE = 0.5;
const PART = 0.8;
const MARGIN = 48;

export function firstSight(flow: FlowDoc, area: { width: number; height: number }, wanted?: number): Viewport {
  const boxes = flow.nodes.map((node) => ({ ...placeOf(node), height: heightFor(node) }));
  if (boxes.length === 0 || area.width === 0) return { x: 0, y: 0, zoom: 1 };
  const left = Math.min(...boxes.map((box) => box.x));
  const top = Math.min(...boxes.map((box) => box.y));
  const width = Math.max(...boxes.map((box) => box.x + NODE_WIDTH)) - left;
  const height = Math.max(...boxes.map((box) => box.y + box.height)) - top;
  const zoom = Math.min(1, (area.width - 2 * MARGIN) / width, (area.height - 2 * MARGIN) / height);
  if (zoom >= READABLE) {
    return { zoom, x: (area.width - width * zoom) / 2 - left * zoom, y: (area.height - height * zoom) / 2 - top * zoom };
  }
  const chosen = nodeOf(flow, wanted);
  const first = chosen ?? entryOf(flow) ?? flow.nodes[0];
  const at = first ? placeOf(first) : { x: left, y: top };
  const x = chosen ? (area.width - NODE_WIDTH * PART) / 2 : MARGIN;
  return { zoom: PART, x: x - at.x * PART, y: area.height / 2 - (at.y + 30) * PART };
}
