// The helpers that templates know, as the engine does (crates/engine/src/template/helpers.rs): how many arguments each takes,
// and how it is shown where one can choose it. A test compares the list with the engine's.

import { PARTICLE } from "../../i18n/ko/read";

export interface Helper {
  name: string;
  /** Least and most arguments. */
  takes: readonly [number, number];
  /** What is written when it is chosen; `|` is where the cursor goes. */
  insert: string;
  /** Runs a body: `{{#each …}} … {{/each}}`. */
  block?: true;
  /** Compares, within another helper's parentheses. */
  inner?: true;
}

const MANY = Number.POSITIVE_INFINITY;

export const HELPERS: readonly Helper[] = [
  { name: "JOSA", takes: [2, 2], insert: `JOSA(|, "${PARTICLE}")` },
  { name: "FORMAT", takes: [1, 2], insert: "FORMAT(|)" },
  { name: "DATE", takes: [0, 3], insert: 'DATE(null, "YYYY-MM-DD", "Asia/Seoul")|' },
  { name: "TRUNCATE", takes: [2, 3], insert: "TRUNCATE(|, 20)" },
  { name: "RAND", takes: [1, MANY], insert: "RAND(|1, 10)" },
  { name: "QUOTE", takes: [1, 2], insert: "QUOTE(|)" },
  { name: "ESCAPE", takes: [1, 1], insert: "ESCAPE(|)" },
  { name: "MASK", takes: [1, 2], insert: "MASK(|)" },
  { name: "SECRET", takes: [1, 1], insert: 'SECRET("|")' },
  { name: "if", takes: [1, 1], insert: "#if |}}{{/if", block: true },
  { name: "unless", takes: [1, 1], insert: "#unless |}}{{/unless", block: true },
  { name: "each", takes: [1, 1], insert: "#each |}}{{/each", block: true },
  { name: "with", takes: [1, 1], insert: "#with |}}{{/with", block: true },
  { name: "lookup", takes: [2, 2], insert: "lookup |", inner: true },
  { name: "log", takes: [0, MANY], insert: "log |", inner: true },
  { name: "$eq", takes: [2, 2], insert: "$eq |", inner: true },
  { name: "$ne", takes: [2, 2], insert: "$ne |", inner: true },
  { name: "$gt", takes: [2, 2], insert: "$gt |", inner: true },
  { name: "$gte", takes: [2, 2], insert: "$gte |", inner: true },
  { name: "$lt", takes: [2, 2], insert: "$lt |", inner: true },
  { name: "$lte", takes: [2, 2], insert: "$lte |", inner: true },
  { name: "$and", takes: [2, MANY], insert: "$and |", inner: true },
  { name: "$or", takes: [2, MANY], insert: "$or |", inner: true },
];

const BY_NAME = new Map(HELPERS.map((helper) => [helper.name, helper]));

export function helperNamed(name: string): Helper | undefined {
  return BY_NAME.get(name);
}
