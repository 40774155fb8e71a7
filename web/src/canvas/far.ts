// From far away cards show their heads only. Kept as an attribute, so that nothing is drawn anew by React for it.

import { useOnViewportChange, type Viewport } from "@xyflow/react";
import { type RefObject, useCallback } from "react";

/** Below this zoom the words of a card are smaller than 5 pixels. */
const FAR = 0.38;

export function useFarAway(box: RefObject<HTMLElement | null>): void {
  const look = useCallback(({ zoom }: Viewport) => box.current?.toggleAttribute("data-far", zoom < FAR), [box]);
  useOnViewportChange({ onChange: look });
}
