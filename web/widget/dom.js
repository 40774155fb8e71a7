// @ts-check
/** What the room is made of: elements and text. Nothing that comes from outside is ever read as HTML. */

/** @template {HTMLElement} T @param {string} id @returns {T} */
export const at = (id) => /** @type {T} */ (document.getElementById(id));

/** @param {string} name @param {string} [text] @param {string} [className] */
export const make = (name, text, className) => {
  const element = document.createElement(name);
  if (text !== undefined) element.textContent = text;
  if (className) element.className = className;
  return element;
};

/** A button with words. @param {string} words @param {() => void} act @param {string} [className] */
export const button = (words, act, className) => {
  const made = /** @type {HTMLButtonElement} */ (make("button", words, className));
  made.type = "button";
  made.addEventListener("click", act);
  return made;
};

/** Drawings of 24 by 24, each one path. */
const PATHS = {
  close: "M6 6l12 12M18 6L6 18",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  send: "M12 19V5M6 11l6-6 6 6",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9h.01",
  smile: "M12 21a9 9 0 100-18 9 9 0 000 18zM8.5 14.5a4.5 4.5 0 007 0M9 9.5h.01M15 9.5h.01",
  down: "M12 5v14M6 13l6 6 6-6",
  back: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  person: "M12 12a4 4 0 100-8 4 4 0 000 8zM4.5 20a7.5 7.5 0 0115 0",
  bot: "M12 4v3M6 8h12a2 2 0 012 2v7a2 2 0 01-2 2H6a2 2 0 01-2-2v-7a2 2 0 012-2zM9 13h.01M15 13h.01",
  pin: "M12 21s7-6.2 7-11.5a7 7 0 10-14 0C5 14.8 12 21 12 21zM12 12a2.5 2.5 0 100-5 2.5 2.5 0 000 5z",
  out: "M14 5h5v5M19 5l-8 8M17 14v5H5V7h5",
  again: "M4 12a8 8 0 108-8 8 8 0 00-6 2.7M5 3v4h4",
  bell: "M6 16V11a6 6 0 0112 0v5l1.5 2h-15zM10 21h4",
  alert: "M12 8v5M12 16.5h.01M12 21a9 9 0 100-18 9 9 0 000 18z",
};

/** @param {keyof typeof PATHS} name */
export const icon = (name) => {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  drawing.append(path);
  return drawing;
};

/** A button that shows a drawing only. @param {HTMLElement} element @param {keyof typeof PATHS} name @param {string} label */
export const drawn = (element, name, label) => {
  element.replaceChildren(icon(name));
  element.setAttribute("aria-label", label);
  element.title = label;
};

/** A colour, or nothing: what comes from outside is never more than a colour. @param {any} value */
export const colour = (value) => (/^#[0-9a-f]{3,8}$/iu.test(String(value ?? "")) ? String(value) : "");

/** @param {string} hex */
const channels = (hex) => {
  const whole = hex.length < 7 ? hex.slice(1, 4).replace(/./gu, "$&$&") : hex.slice(1, 7);
  return [0, 2, 4].map((from) => Number.parseInt(whole.slice(from, from + 2), 16)).map((part) => part || 0);
};
/** How bright a colour is to the eye (WCAG 2.2, relative luminance). @param {number[]} rgb */
const luminance = (rgb) => {
  const [r, g, b] = rgb.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
};

/** A site's colour as letters can have it: darker on a bright ground, brighter on a dark one, until it can be read. @param {string} hex @param {boolean} isDark */
export const readable = (hex, isDark) => {
  const [ground, end] = isDark ? [luminance([39, 43, 51]), 255] : [luminance([241, 242, 245]), 0];
  const from = channels(hex);
  for (let part = 0; part <= 1; part += 0.05) {
    const mixed = from.map((one) => Math.round(one + (end - one) * part));
    const [dark, bright] = [luminance(mixed), ground].sort((one, other) => one - other);
    if (((bright ?? 0) + 0.05) / ((dark ?? 0) + 0.05) >= 4.5) return `rgb(${mixed.join(" ")})`;
  }
  return isDark ? "#fff" : "#000";
};

/**
 * Only addresses that lead somewhere: no scripts. Pictures that this server keeps are taken from wherever the room was.
 * @param {any} address
 */
export const safe = (address) => {
  try {
    const url = new URL(String(address), location.href);
    if (/^\/media\/[0-9a-f]{64}\.(png|jpg)$/u.test(url.pathname)) return url.pathname;
    return ["http:", "https:", "tel:", "mailto:"].includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
};
