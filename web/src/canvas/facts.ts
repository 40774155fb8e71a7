// What nodes on a canvas know besides their own content: problems, visits of the preview, who else is there, marks of a
// comparison. A small store, so that only the node that is concerned is drawn again.

import { createContext, useContext, useSyncExternalStore } from "react";

import type { Complaint, Person } from "../editor/state";

export type Mark = "added" | "changed" | "removed";

export interface Facts {
  titles: ReadonlyMap<number, string>;
  problems: ReadonlyMap<number, readonly Complaint[]>;
  /** The order in which the preview passed a node; the last number where it came more often. */
  visits: ReadonlyMap<number, { order: number; failed: boolean }>;
  people: ReadonlyMap<number, readonly Person[]>;
  marks: ReadonlyMap<number, Mark>;
  /** With one node chosen: it and its neighbours. The rest is dimmed. */
  near: ReadonlySet<number> | undefined;
  readonly: boolean;
}

export const NO_FACTS: Facts = {
  titles: new Map(),
  problems: new Map(),
  visits: new Map(),
  people: new Map(),
  marks: new Map(),
  near: undefined,
  readonly: true,
};

export class FactsStore {
  private readonly listeners = new Set<() => void>();
  constructor(private facts: Facts = NO_FACTS) {}
  get = (): Facts => this.facts;
  set(facts: Facts): void {
    this.facts = facts;
    for (const listener of this.listeners) listener();
  }
  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}

const Context = createContext(new FactsStore());
export const FactsContext = Context.Provider;

export function useFacts<T>(pick: (facts: Facts) => T): T {
  const store = useContext(Context);
  return useSyncExternalStore(store.subscribe, () => pick(store.get()));
}
