// @ts-check
/**
 * The page around the room, where there is one: the loader (loader.js) of a site. It may be any page that the channel admits,
 * so what it is told is no secret: how many messages are new, never what they say.
 */
const query = new URLSearchParams(location.search);

/** Was the room opened by the loader of a page around it? */
export const isEmbedded = query.has("embed") && parent !== window;

/** @param {object} message */
export const tellPage = (message) => {
  if (isEmbedded) parent.postMessage({ closer: 1, ...message }, "*");
};

/** @param {(message: any) => void} hear */
export const hearPage = (hear) => {
  if (!isEmbedded) return;
  window.addEventListener("message", (event) => {
    if (event.source === parent && event.data?.closer === 1) hear(event.data);
  });
};

/** What the address of the page says, where the chat is a page of its own. */
export const fromAddress = () => {
  /** @type {Record<string, string>} */
  const params = {};
  for (const [name, value] of query) if (name.startsWith("params.")) params[name.slice(7)] = value;
  return { userKey: query.get("userKey") ?? undefined, signature: query.get("signature") ?? undefined, params };
};

/** Keeps the keyboard within the room while it covers the page. @param {KeyboardEvent} event */
export const holdFocus = (event) => {
  const all = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("button, a[href], input, textarea, iframe, video, [tabindex]")]).filter(
    (one) => one.tabIndex >= 0 && !("disabled" in one && one.disabled) && one.checkVisibility(),
  );
  const [first, last] = [all[0], all.at(-1)];
  const now = document.activeElement;
  if (event.shiftKey ? now === first || now === document.body : now === last) {
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }
};

/** @type {AudioContext | undefined} */
let audio;
/** Two short tones, where the browser lets a page sound. */
export const ring = () => {
  try {
    audio ??= new AudioContext();
    if (audio.state !== "running") {
      void audio.resume();
      return;
    }
    for (const [nth, pitch] of [[0, 784], [1, 1047]]) {
      const from = audio.currentTime + (nth ?? 0) * 0.11;
      const [tone, loudness] = [audio.createOscillator(), audio.createGain()];
      tone.frequency.value = pitch ?? 0;
      loudness.gain.setValueAtTime(0.08, from);
      loudness.gain.exponentialRampToValueAtTime(0.001, from + 0.22);
      tone.connect(loudness).connect(audio.destination);
      tone.start(from);
      tone.stop(from + 0.24);
    }
  } catch {
    // A browser without sound shows the badge.
  }
};
