// A list in the node's data: rows are added, moved, copied and removed by its place. What is still only in a field is told
// first, so that it lands in the row in which it was written.

import { type At, useNodeForm } from "../form";
import { flushFields } from "../live";
import { moved } from "./ListRow";

export interface List<T> {
  add: (...items: T[]) => void;
  move: (from: number, to: number) => void;
  remove: (at: number) => void;
  copy: (at: number) => void;
  replace: (items: readonly T[]) => void;
}

/** `empty`: what stands there when the last row is gone; `undefined` takes the list out of the file. */
export function useList<T>(at: At, empty: readonly T[] | undefined = undefined): List<T> {
  const { peek, put } = useNodeForm();
  const change = (make: (list: readonly T[]) => readonly T[]) => {
    flushFields();
    const now = peek(at);
    const next = make(Array.isArray(now) ? (now as T[]) : []);
    put(at, next.length === 0 ? empty : next);
  };
  return {
    add: (...items) => change((list) => [...list, ...items]),
    move: (from, to) => change((list) => moved(list, from, to)),
    remove: (index) => change((list) => list.filter((_, one) => one !== index)),
    copy: (index) => change((list) => [...list.slice(0, index + 1), ...list.slice(index, index + 1), ...list.slice(index + 1)]),
    replace: (items) => change(() => items),
  };
}
