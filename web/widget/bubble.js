// @ts-check
/** One message as it is seen. Everything is made of elements and text: nothing that comes is read as HTML. */

/** Videos that play in place. @param {string} address */
const player = (address) => {
  let url;
  try {
    url = new URL(address);
  } catch {
    return undefined;
  }
  const id = /^[\w-]{6,20}$/u;
  const host = url.hostname.replace(/^(www|m)\./u, "");
  const video = host === "youtu.be" ? url.pathname.slice(1) : host === "youtube.com" ? (url.searchParams.get("v") ?? "") : "";
  if (id.test(video)) return `https://www.youtube-nocookie.com/embed/${video}`;
  const vimeo = host === "vimeo.com" ? url.pathname.slice(1) : "";
  return /^\d{6,12}$/u.test(vimeo) ? `https://player.vimeo.com/video/${vimeo}` : undefined;
};

/** Only addresses that lead somewhere: no scripts. @param {string} address */
const safe = (address) => {
  try {
    const url = new URL(address, location.href);
    return ["http:", "https:", "tel:", "mailto:"].includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
};

/** @param {string} name @param {string} [text] @param {string} [className] */
const make = (name, text, className) => {
  const element = document.createElement(name);
  if (text !== undefined) element.textContent = text;
  if (className) element.className = className;
  return element;
};

/** @param {string} address @param {string} [text] */
const link = (address, text) => {
  const href = safe(address);
  if (href === undefined) return document.createTextNode(text ?? address);
  const anchor = /** @type {HTMLAnchorElement} */ (make("a", text ?? address));
  anchor.href = href;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  return anchor;
};

/** A text whose addresses can be pressed. @param {string} text */
const linked = (text) => {
  const parts = make("div", undefined, "bubble");
  let rest = 0;
  for (const found of text.matchAll(/https?:\/\/[^\s<>"']+/gu)) {
    parts.append(text.slice(rest, found.index), link(found[0]));
    rest = found.index + found[0].length;
  }
  parts.append(text.slice(rest));
  return parts;
};

/** @param {any} media @param {(ko: string, en: string) => string} say */
const shown = (media, say) => {
  const embed = player(media.uri);
  if (embed) {
    const frame = document.createElement("iframe");
    frame.src = embed;
    frame.title = media.altText ?? say("동영상", "Video");
    frame.allow = "fullscreen";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    return frame;
  }
  const source = safe(media.uri);
  if (source && media.contentType === "image") {
    const image = document.createElement("img");
    image.src = source;
    image.alt = media.altText ?? say("사진", "Picture");
    image.loading = "lazy";
    return image;
  }
  if (source && media.contentType === "video") {
    const video = document.createElement("video");
    video.src = source;
    video.controls = true;
    video.preload = "metadata";
    return video;
  }
  const box = make("div", undefined, "bubble");
  box.append(link(media.uri, media.altText));
  return box;
};

/** @param {any[] | undefined} buttons @param {(button: any) => void} press */
const actions = (buttons, press) => {
  const box = make("div", undefined, "buttons");
  for (const button of buttons ?? []) {
    if (button.type === "link") {
      box.append(link(button.uri, button.label));
    } else {
      const act = /** @type {HTMLButtonElement} */ (make("button", button.label));
      act.type = "button";
      act.addEventListener("click", () => press(button));
      box.append(act);
    }
  }
  return box;
};

/**
 * @param {any} message
 * @param {(button: any) => void} press
 * @param {(ko: string, en: string) => string} say
 */
export const bubble = (message, press, say) => {
  const { data } = message;
  const item = make("li", undefined, message.from);
  const who = { user: say("나", "You"), bot: say("챗봇", "Bot"), agent: say("상담원", "Agent") };
  item.setAttribute("aria-label", who[/** @type {"user" | "bot" | "agent"} */ (message.from)] ?? "");
  if (data.type === "cards") {
    item.classList.add("wide");
    const row = make("div", undefined, "cards");
    for (const card of data.cards ?? []) {
      const box = make("div", undefined, "card");
      if (card.media) box.append(shown(card.media, say));
      const words = make("div");
      if (card.title) words.append(make("strong", card.title));
      if (card.description) words.append(make("p", card.description));
      if (card.uri) words.append(link(card.uri));
      words.append(actions(card.buttons, press));
      box.append(words);
      row.append(box);
    }
    item.append(row);
  } else if (data.type === "location") {
    const { latitude, longitude, title } = data.location;
    const box = make("div", undefined, "bubble");
    box.append(link(`https://map.kakao.com/link/map/${encodeURIComponent(title ?? say("위치", "Place"))},${Number(latitude)},${Number(longitude)}`, title ?? say("지도에서 보기", "See on the map")));
    item.append(box);
  } else {
    if (data.media) item.append(shown(data.media, say));
    if (data.text) item.append(linked(String(data.text)));
    if (data.buttons?.length) item.append(actions(data.buttons, press));
  }
  if (message.at) {
    const time = new Date(message.at).toLocaleTimeString(say("ko-KR", "en-US"), { hour: "numeric", minute: "2-digit" });
    item.append(make("small", time));
  }
  return item;
};
