// @ts-check
/**
 * What is kept in the browser. Where the browser gives a frame of another site no storage, the page around keeps it (page.js);
 * where there is none either, it lasts as long as the page.
 */

/** @type {Map<string, string>} */
const memory = new Map();
/** @type {(name: string, value: string) => void} */
let elsewhere = () => {};

/** @param {"localStorage" | "sessionStorage"} where @param {string} name */
const read = (where, name) => {
  try {
    return globalThis[where].getItem(name);
  } catch {
    return memory.get(name) ?? null;
  }
};
/** @param {"localStorage" | "sessionStorage"} where @param {string} name @param {string} value */
const write = (where, name, value) => {
  memory.set(name, value);
  try {
    globalThis[where].setItem(name, value);
  } catch {
    if (where === "localStorage") elsewhere(name, value);
  }
};

export const kept = {
  /** @param {string} name */
  get: (name) => read("localStorage", name),
  /** @param {string} name @param {string} value */
  set: (name, value) => write("localStorage", name, value),
};

/** For as long as the tab is open. */
export const tab = {
  /** @param {string} name */
  get: (name) => read("sessionStorage", name),
  /** @param {string} name @param {string} value */
  set: (name, value) => write("sessionStorage", name, value),
};

/** Does the browser keep anything for this frame? */
export const keeps = () => {
  try {
    return globalThis.localStorage !== null;
  } catch {
    return false;
  }
};

/** The page around keeps what the browser does not. @param {Record<string, string>} known @param {(name: string, value: string) => void} keep */
export const keepElsewhere = (known, keep) => {
  for (const [name, value] of Object.entries(known)) memory.set(name, String(value));
  elsewhere = keep;
};
