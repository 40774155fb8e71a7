// While the canvas is panned its picture is moved, not painted anew: it is a layer of its own for that time. Not when one
// zooms, or words would stay as blurred as they were; and not for good, as a layer costs memory and blurs what is drawn in it.

import type { Viewport } from "@xyflow/react";
import { type RefObject, useMemo, useRef } from "react";

export function usePanned(box: RefObject<HTMLElement | null>): { onMoveStart: (event: unknown, at: Viewport) => void; onMove: (event: unknown, at: Viewport) => void; onMoveEnd: () => void } {
  const zoom = useRef<number>(undefined);
  return useMemo(() => {
    const panned = (on: boolean) => box.current?.toggleAttribute("data-panned", on);
    return {
      onMoveStart: (_, at) => {
        zoom.current = at.zoom;
      },
      onMove: (_, at) => panned(zoom.current === at.zoom),
      onMoveEnd: () => panned(false),
    };
  }, [box]);
}
