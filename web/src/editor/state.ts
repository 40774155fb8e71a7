// What the editor knows: the document, where one is in it, how it is saved, who else is there.

import type { Conflict } from "../flow/merge";
import type { History } from "../flow/history";
import type { Saved } from "../flow/saver";
import type { BotDoc } from "../flow/types";

/** What is wrong with the draft, and where. */
export interface Complaint {
  severity: "error" | "warning" | "note";
  code: string;
  flow: number | null;
  node: number | null;
  /** As `data.message.text`. */
  field: string | null;
  channel: string | null;
  place: string;
  message: string;
}

/** How many problems a flow has, and whether one of them is an error. */
export interface Toll {
  problems: number;
  errors: boolean;
}

const tolls = new WeakMap<readonly Complaint[], Map<number, Toll>>();
const NO_TOLL: Toll = { problems: 0, errors: false };

/** Counted once for all flows, as each row of the explorer asks at every change. */
export function tollOf(complaints: readonly Complaint[], flow: number): Toll {
  let all = tolls.get(complaints);
  if (!all) {
    tolls.set(complaints, (all = new Map()));
    for (const { flow: at, severity } of complaints) {
      if (at === null || severity === "note") continue;
      const { problems, errors } = all.get(at) ?? NO_TOLL;
      all.set(at, { problems: problems + 1, errors: errors || severity === "error" });
    }
  }
  return all.get(flow) ?? NO_TOLL;
}

/** What a channel shows at most; the names are the server's. */
export interface Limits {
  id: string;
  limits: { [name: string]: number | null | undefined };
  /** Does this bot use it? */
  used?: boolean;
  /** In what its lengths are; characters where nothing is said. */
  measure?: "characters" | "utf16";
}

/** Somebody who has the editor open. */
export interface Person {
  session: string;
  accountId: string;
  name: string;
  picture: string | null;
  flow: number | null;
  node: number | null;
}

/** A node that the preview passed. */
export interface Visit {
  flow: number;
  node: number;
  /** Its place in the order, from 1. */
  order: number;
  failed?: boolean;
}

export interface EditorState {
  doc: BotDoc;
  flowId: number;
  /** The node that the form shows: the one that is chosen, if it is one. */
  nodeId: number | undefined;
  /** All nodes that are chosen on the canvas. */
  chosen: readonly number[];
  /** The edge that is chosen, by its place in its node's `next`. */
  edgeAt: { from: number; index: number } | undefined;
  /** Counts wishes: to write in the form, to see what is chosen. */
  wantsForm: number;
  /** The flow whose name is being written in the explorer. */
  renaming: number | undefined;
  wantsSight: number;
  history: History;
  saved: Saved;
  conflicts: readonly Conflict[];
  refusal: unknown;
  revision: number;
  complaints: readonly Complaint[];
  limits: readonly Limits[];
  people: readonly Person[];
  lit: readonly Visit[];
}
