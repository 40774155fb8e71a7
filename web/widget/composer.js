// @ts-check
/** What a visitor writes with: the text, its length, emoji, pictures by button, paste and drop. */
import { at, button, drawn } from "./dom.js";
import { tab } from "./kept.js";
import { prepared } from "./media.js";
import { say } from "./words.js";

/** Characters that a message may have (docs/webchat.md), and how near to that one is told. */
const MAX_TEXT = 1_000;
const NEARLY = 900;
/** Pictures that are sent at once. */
const MAX_FILES = 10;
const EMOJI = [..."😀😄😁😅😂🙂😉😊😍😘😎🤗🤔😐😴😮😢😭😡😱👍👎👏🙏💪🙌👋✌🤝💯❤💔💕⭐✨🎉🎁🌸☕🍞🛒📦🚚💳🔥✅❌❓❗"];

export class Composer {
  /** @type {HTMLTextAreaElement} */
  #input = at("text");
  /** @type {HTMLButtonElement} */
  #send = at("send");
  /** @type {HTMLInputElement} */
  #file = at("file");
  #isComposing = false;
  #on;
  #draft;

  /**
   * @param {string} bot
   * @param {{say: (text: string) => void, picture: (file: Blob) => void, typing: () => void, problem: (words: string) => void}} on
   */
  constructor(bot, on) {
    this.#on = on;
    this.#draft = `closer.webchat.${bot}.draft`;
    this.#input.value = tab.get(this.#draft) ?? "";
    this.#listen();
    this.#resize();
    // Its height follows from its width, of which there is none before the room is seen.
    let width = 0;
    new ResizeObserver(() => {
      if (width === this.#input.clientWidth) return;
      width = this.#input.clientWidth;
      this.#resize();
    }).observe(this.#input);
  }

  focus() {
    this.#input.focus({ preventScroll: true });
  }

  /** The same where that opens no keyboard over half of the screen. */
  focusIfKeys() {
    if (matchMedia("(hover: hover)").matches) this.focus();
  }

  /** @param {boolean} is */
  enable(is) {
    at("form").hidden = !is;
  }

  /** The words on screen are in another language. */
  speak() {
    this.#input.setAttribute("aria-label", say("message"));
    this.#input.placeholder = say("write");
    drawn(this.#send, "send", say("send"));
    drawn(at("attach"), "picture", say("picture"));
    drawn(at("smile"), "smile", say("emoji"));
    at("faces").setAttribute("aria-label", say("emoji"));
    at("dropping").textContent = say("drop");
    this.#count();
  }

  #listen() {
    const input = this.#input;
    input.addEventListener("compositionstart", () => { this.#isComposing = true; });
    input.addEventListener("compositionend", () => { this.#isComposing = false; });
    input.addEventListener("keydown", (event) => {
      // The Enter that ends a Hangul composition sends nothing; 229 is how older engines say so.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || this.#isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.#submit();
    });
    input.addEventListener("input", () => {
      this.#resize();
      if (input.value.trim()) this.#on.typing();
    });
    input.addEventListener("paste", (event) => this.#files(event, event.clipboardData));
    at("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
      // A press on the button took it; the keyboard that is open stays open.
      this.focus();
    });
    at("attach").addEventListener("click", () => this.#file.click());
    this.#file.addEventListener("change", () => {
      void this.#pictures([...(this.#file.files ?? [])]);
      this.#file.value = "";
    });
    at("smile").addEventListener("click", () => this.#faces(at("faces").hidden));
    at("faces").addEventListener("keydown", (event) => this.#moveAmongFaces(event));
    document.addEventListener("pointerdown", (event) => {
      const where = /** @type {Node} */ (event.target);
      if (!at("faces").contains(where) && !at("smile").contains(where)) this.#faces(false, false);
    });
    let inside = 0;
    document.addEventListener("dragenter", (event) => {
      if (!event.dataTransfer?.types.includes("Files") || at("form").hidden) return;
      inside += 1;
      at("dropping").hidden = false;
    });
    document.addEventListener("dragleave", () => {
      inside = Math.max(0, inside - 1);
      if (inside === 0) at("dropping").hidden = true;
    });
    document.addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
    document.addEventListener("drop", (event) => {
      inside = 0;
      at("dropping").hidden = true;
      if (!at("form").hidden) this.#files(event, event.dataTransfer);
      else event.preventDefault();
    });
  }

  /** Closes what lies over the thread. Was there anything? */
  escape() {
    if (at("faces").hidden) return false;
    this.#faces(false);
    return true;
  }

  #submit() {
    const text = this.#input.value.trim();
    if (text === "" || [...text].length > MAX_TEXT) return;
    this.#input.value = "";
    this.#resize();
    this.#faces(false, false);
    this.#on.say(text);
  }

  #resize() {
    this.#input.style.height = "auto";
    this.#input.style.height = `${this.#input.scrollHeight}px`;
    tab.set(this.#draft, this.#input.value);
    this.#count();
  }

  #count() {
    const length = [...this.#input.value.trim()].length;
    const isLong = length > MAX_TEXT;
    this.#send.disabled = length === 0 || isLong;
    at("count").hidden = length <= NEARLY;
    at("count").textContent = isLong ? say("long", { n: MAX_TEXT.toLocaleString(), now: length.toLocaleString() }) : `${length.toLocaleString()} / ${MAX_TEXT.toLocaleString()}`;
    at("count").classList.toggle("over", isLong);
    this.#input.setAttribute("aria-invalid", String(isLong));
  }

  /** @param {boolean} open @param {boolean} [andFocus] */
  #faces(open, andFocus = true) {
    const box = at("faces");
    if (box.hidden === !open) return;
    if (open && box.childElementCount === 0) {
      for (const face of EMOJI) {
        const made = button(face, () => this.#insert(face));
        made.tabIndex = -1;
        box.append(made);
      }
    }
    box.hidden = !open;
    at("smile").setAttribute("aria-expanded", String(open));
    const first = box.firstElementChild;
    if (open && first instanceof HTMLElement) {
      first.tabIndex = 0;
      first.focus();
    } else if (andFocus) {
      this.focusIfKeys();
    }
  }

  /** @param {KeyboardEvent} event */
  #moveAmongFaces(event) {
    const all = /** @type {HTMLElement[]} */ ([...at("faces").children]);
    const columns = getComputedStyle(at("faces")).gridTemplateColumns.split(" ").length;
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const from = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = all[Math.max(0, Math.min(all.length - 1, from + by))];
    for (const one of all) one.tabIndex = one === to ? 0 : -1;
    to?.focus();
  }

  /** @param {string} text */
  #insert(text) {
    const input = this.#input;
    input.setRangeText(text, input.selectionStart, input.selectionEnd, "end");
    this.#resize();
  }

  /** @param {Event} event @param {DataTransfer | null} from */
  #files(event, from) {
    const files = [...(from?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    void this.#pictures(files);
  }

  /** @param {File[]} files */
  async #pictures(files) {
    for (const file of files.slice(0, MAX_FILES)) {
      const picture = await prepared(file);
      if (picture) this.#on.picture(picture);
      else this.#on.problem(say("badPicture"));
    }
  }
}
