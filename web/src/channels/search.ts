// What the address of the request log says: which lines, and which one is open.

import { type Mode, MODES } from "./model";

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
    ...(isMode(mode) && { mode }),
    ...(typeof request === "string" && request !== "" && { request }),
  };
}

function isMode(value: unknown): value is Mode {
  return MODES.some((mode) => mode === value);
}
