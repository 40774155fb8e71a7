// @ts-check
/** What one message says: bubbles, pictures, cards, buttons. Everything is made of elements and text. */
import { button, drawn, icon, make, safe } from "./dom.js";
import { say } from "./words.js";

/** Videos that play in place. @param {string} address */
const player = (address) => {
  let url;
  try {
    url = new URL(address);
  } catch {
    return undefined;
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return undefined;
  const id = /^[\w-]{6,20}$/u;
  const host = url.hostname.replace(/^(www|m)\./u, "");
  const short = /^\/(?:shorts|embed|live)\/([\w-]+)$/u.exec(url.pathname)?.[1];
  const video = host === "youtu.be" ? url.pathname.slice(1) : host === "youtube.com" ? (url.searchParams.get("v") ?? short ?? "") : "";
  if (id.test(video)) return `https://www.youtube-nocookie.com/embed/${video}`;
  const vimeo = host === "vimeo.com" ? url.pathname.slice(1) : "";
  return /^\d{6,12}$/u.test(vimeo) ? `https://player.vimeo.com/video/${vimeo}` : undefined;
};

/** @param {any} address @param {string} [text] */
const link = (address, text) => {
  const href = safe(address);
  if (href === undefined) return document.createTextNode(text ?? String(address));
  const anchor = /** @type {HTMLAnchorElement} */ (make("a", text ?? String(address)));
  anchor.href = href;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  return anchor;
};

/** @param {string} address @param {string} [title] */
const playing = (address, title) => {
  const frame = document.createElement("iframe");
  frame.src = address;
  frame.title = title ?? say("video");
  frame.allow = "fullscreen";
  frame.loading = "lazy";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  return frame;
};

/** A text whose addresses can be pressed, and the videos that it names. @param {string} text */
const linked = (text) => {
  const bubble = make("div", undefined, "bubble");
  const players = [];
  let rest = 0;
  for (const found of text.matchAll(/https?:\/\/[^\s<>"'\u3131-\ud7a3]+/gu)) {
    // The full stop after an address ends the sentence.
    const address = found[0].replace(/[.,;:!?)\]]+$/u, "");
    bubble.append(text.slice(rest, found.index), link(address));
    rest = found.index + address.length;
    const video = player(address);
    if (video) players.push(playing(video));
  }
  bubble.append(text.slice(rest));
  return [bubble, ...players];
};

/** @param {any} media */
const shown = (media) => {
  const title = media.altText ? String(media.altText) : undefined;
  const embed = player(String(media.uri));
  if (embed) return playing(embed, title);
  const source = safe(media.uri);
  if (source && media.contentType === "image") {
    const image = document.createElement("img");
    image.alt = title ?? say("photo");
    image.loading = "lazy";
    image.src = source;
    const around = /** @type {HTMLAnchorElement} */ (link(source, ""));
    around.className = "picture";
    around.append(image);
    // A picture that cannot be had is still an address.
    image.addEventListener("error", () => around.classList.add("broken"), { once: true });
    return around;
  }
  if (source && media.contentType === "video") {
    const video = document.createElement("video");
    video.src = source;
    video.controls = true;
    video.preload = "metadata";
    video.setAttribute("aria-label", title ?? say("video"));
    return video;
  }
  const box = make("div", undefined, "bubble");
  box.append(link(media.uri, title));
  return box;
};

/** @param {any[] | undefined} buttons @param {(button: any) => void} press */
const actions = (buttons, press) => {
  const box = make("div", undefined, "buttons");
  for (const one of buttons ?? []) {
    const label = String(one.label ?? "");
    if (one.type === "link") {
      const made = link(one.uri, label);
      if (made instanceof HTMLAnchorElement) made.append(icon("out"));
      box.append(made instanceof HTMLAnchorElement ? made : make("span", label));
    } else {
      box.append(button(label, () => press(one)));
    }
  }
  return box;
};

/** @param {any} card @param {(button: any) => void} press */
const cardOf = (card, press) => {
  const box = make("div", undefined, "card");
  box.setAttribute("role", "group");
  if (card.title) box.setAttribute("aria-label", String(card.title));
  if (card.media) box.append(shown(card.media));
  const words = make("div", undefined, "words");
  if (card.title) words.append(make("strong", String(card.title)));
  if (card.description) words.append(make("p", String(card.description)));
  if (card.uri) words.append(link(card.uri));
  if (words.childElementCount) box.append(words);
  if (card.buttons?.length) box.append(actions(card.buttons, press));
  return box;
};

/** @param {any[]} cards @param {(button: any) => void} press */
const carousel = (cards, press) => {
  const around = make("div", undefined, "carousel");
  const row = make("div", undefined, cards.length > 1 ? "cards" : "cards one");
  for (const card of cards) row.append(cardOf(card, press));
  around.append(row);
  if (cards.length > 1) {
    row.tabIndex = 0;
    row.setAttribute("role", "group");
    row.setAttribute("aria-label", say("message"));
    const move = (/** @type {number} */ by) => row.scrollBy({ left: by * 252, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    const back = button("", () => move(-1), "turn before");
    const next = button("", () => move(1), "turn after");
    drawn(back, "back", say("prev"));
    drawn(next, "next", say("next"));
    const mark = () => {
      back.hidden = row.scrollLeft < 8;
      next.hidden = row.scrollLeft + row.clientWidth > row.scrollWidth - 8;
    };
    row.addEventListener("scroll", mark, { passive: true });
    new ResizeObserver(mark).observe(row);
    around.append(back, next);
  }
  return around;
};

/** @param {any} place */
const placed = (place) => {
  const title = place.title ? String(place.title) : say("place");
  const box = make("div", undefined, "card place");
  const words = make("div", undefined, "words");
  words.append(icon("pin"), make("strong", title));
  const to = `${encodeURIComponent(title)},${Number(place.latitude)},${Number(place.longitude)}`;
  box.append(words, actions([{ type: "link", label: say("map"), uri: `https://map.kakao.com/link/map/${to}` }], () => {}));
  return box;
};

/** The parts of a message. @param {any} data @param {(button: any) => void} press @returns {HTMLElement[]} */
export const parts = (data, press) => {
  if (data.type === "cards") return [carousel(Array.isArray(data.cards) ? data.cards : [], press)];
  if (data.type === "location" && data.location) return [placed(data.location)];
  const made = [];
  if (data.media) made.push(shown(data.media));
  if (data.text) made.push(...linked(String(data.text)));
  if (data.buttons?.length) made.push(actions(data.buttons, press));
  return made;
};

/** A picture that is on its way. @param {Blob} file */
export const preview = (file) => {
  const image = document.createElement("img");
  image.alt = say("photo");
  image.src = URL.createObjectURL(file);
  image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
  const around = make("div", undefined, "picture");
  around.append(image);
  return around;
};

/** How a language names who speaks, for screen readers. @param {string} from */
export const nameOf = (from) => (from === "user" ? say("you") : from === "agent" ? say("agent") : say("bot"));
