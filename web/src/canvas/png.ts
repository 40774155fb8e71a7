// The flow as a picture.

import { getNodesBounds, getViewportForBounds, type Node } from "@xyflow/react";

/** Around the nodes. */
const MARGIN = 40;
/** Canvases beyond this are refused by browsers. */
const LARGEST = 8_000;

/** A PNG of all nodes at 2 pixels per pixel, or as large as a browser can. */
export async function toPng(viewport: HTMLElement, nodes: Node[], ground: string): Promise<Blob> {
  const { toBlob } = await import("html-to-image");
  const bounds = getNodesBounds(nodes);
  const [width, height] = [Math.ceil(bounds.width + 2 * MARGIN), Math.ceil(bounds.height + 2 * MARGIN)];
  const { x, y, zoom } = getViewportForBounds(bounds, width, height, 0.1, 1, `${MARGIN}px`);
  const blob = await toBlob(viewport, {
    backgroundColor: ground,
    width,
    height,
    pixelRatio: Math.min(2, LARGEST / Math.max(width, height)),
    skipFonts: true,
    // A picture of another site that may not be read would make the whole unreadable.
    imagePlaceholder: "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=",
    style: { width: `${width}px`, height: `${height}px`, transform: `translate(${x}px, ${y}px) scale(${zoom})` },
  });
  if (!blob) throw new Error("the browser made no picture");
  return blob;
}
