// What the address of the request log says: which lines, and which one is open.

import type { Mode } from "./model";

const MODES = new Set<unknown>(["operating", "development", "botTest", "editorTest", "unknown"]);

export interface LogSearch {
  /** A problem's code; empty for any. */
  problem?: string;
  mode?: Mode;
  request?: string;
}

export function logSearch(search: Record<string, unknown>): LogSearch {
  const { problem, mode, request } = search;
  return {
    ...(typeof problem === "string" && { problem }),
    ...(MODES.has(mode) && { mode: mode as Mode }),
    ...(typeof request === "string" && request !== "" && { request }),
  };
}
