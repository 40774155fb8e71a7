// How near one is to the canvas: from far away cards show their heads only, and from near ways say their conditions. Kept as
// attributes of the box, so that neither a thousand cards nor their ways are drawn anew, or asked at each move, for it.

import { useOnViewportChange, useReactFlow, type Viewport } from "@xyflow/react";
import { type RefObject, startTransition, useCallback, useEffect, useState } from "react";

/** Below this zoom the words of a card are smaller than 5 pixels. */
const FAR = 0.38;
/** From this zoom on sentences on ways can be read. */
const NEAR = 0.75;

/** Tells the box; says whether one is far away. */
export function useFarAway(box: RefObject<HTMLElement | null>): boolean {
  const rf = useReactFlow();
  const [far, setFar] = useState(false);
  const look = useCallback(
    ({ zoom }: Viewport) => {
      box.current?.toggleAttribute("data-far", zoom < FAR);
      box.current?.toggleAttribute("data-near", zoom >= NEAR);
      // Cards follow when there is time: nobody waits for it while zooming.
      startTransition(() => setFar(zoom < FAR));
    },
    [box],
  );
  useOnViewportChange({ onChange: look });
  useEffect(() => {
    const frame = requestAnimationFrame(() => look(rf.getViewport()));
    return () => cancelAnimationFrame(frame);
  }, [look, rf]);
  return far;
}
