// @ts-check
/** The thread: who said what and when, what is on its way, and what was said earlier. */
import { nameOf, parts } from "./bubble.js";
import { at, button, icon, make, safe } from "./dom.js";
import { clock, day, say } from "./words.js";

/** What one says within this time stands together, in milliseconds. */
const TOGETHER = 3 * 60_000;
/** So near to the end one follows what is said. */
const NEAR = 96;

export class Thread {
  #scroller = at("thread");
  #list = at("log");
  #press;
  #more;
  /** What was sent and is not in the thread yet, by its id. @type {Map<string, HTMLElement>} */
  #pending = new Map();
  /** The number of the oldest message that is shown. */
  #first = Infinity;
  #isLoading = false;
  #hasEarlier = false;
  #look = { title: "", icon: "" };

  /** @param {(button: any) => void} press @param {(before: number) => Promise<{messages: any[], more: boolean} | undefined>} more */
  constructor(press, more) {
    this.#press = press;
    this.#more = more;
    this.#scroller.addEventListener("scroll", () => {
      if (this.isAtEnd) this.#seen();
      if (this.#scroller.scrollTop < 40 && this.#hasEarlier) void this.earlier();
    }, { passive: true });
    at("earlier").addEventListener("click", () => void this.earlier());
    at("end").addEventListener("click", () => this.toEnd(true));
    // Whoever reads the end goes on reading it when pictures come or a keyboard opens.
    let wasAtEnd = true;
    this.#scroller.addEventListener("scroll", () => { wasAtEnd = this.isAtEnd; }, { passive: true });
    const hold = new ResizeObserver(() => wasAtEnd && this.toEnd());
    hold.observe(this.#scroller);
    hold.observe(this.#list);
  }

  get isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  get isEmpty() {
    return this.#list.childElementCount === 0;
  }

  /** @param {boolean} [smoothly] */
  toEnd(smoothly) {
    const still = !smoothly || matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#scroller.scrollTo({ top: this.#scroller.scrollHeight, behavior: still ? "instant" : "smooth" });
    this.#seen();
  }

  #seen() {
    at("end").hidden = this.isAtEnd;
    at("end").replaceChildren(icon("down"));
    at("end").setAttribute("aria-label", say("end"));
  }

  /** Whose picture and name stand beside what the bot says. @param {{title: string, icon: string}} look */
  look(look) {
    this.#look = look;
  }

  clear() {
    this.#list.replaceChildren();
    this.#pending.clear();
    this.#first = Infinity;
    this.#hasEarlier = false;
    at("earlier").hidden = true;
  }

  /** The words on screen are in another language. */
  speak() {
    at("earlier").textContent = say("earlier");
    this.#seen();
  }

  /** Says what is new aloud, or not: what was said before is no news. @param {boolean} is */
  live(is) {
    at("talk").setAttribute("aria-live", is ? "polite" : "off");
    at("talk").setAttribute("aria-busy", String(!is));
  }

  /** @param {any} message */
  add(message) {
    const follows = this.isAtEnd || message.from === "user";
    const own = message.clientId ? this.#pending.get(message.clientId) : undefined;
    own?.remove();
    if (message.clientId) this.#pending.delete(message.clientId);
    if (message.seq < this.#first) {
      this.#first = message.seq;
      this.#earlierIf(message.seq > 0);
    }
    const item = this.#item(message);
    // What waits to be sent stays below what was said.
    const waits = this.#list.querySelector("li.waits");
    this.#list.insertBefore(item, waits);
    this.#arrange(item);
    if (follows) {
      this.toEnd();
    } else if (message.from !== "user") {
      at("end").hidden = false;
      at("end").replaceChildren(document.createTextNode(say("fresh")), icon("down"));
      at("end").removeAttribute("aria-label");
    }
  }

  /** Shows at once what is on its way. @param {string} id @param {HTMLElement[]} content */
  pending(id, content) {
    const item = this.#shell({ from: "user", at: Date.now() }, content);
    item.classList.add("waits");
    const note = item.querySelector("small");
    if (note) note.textContent = say("sending");
    this.#pending.set(id, item);
    this.#list.append(item);
    this.#arrange(item);
    this.toEnd();
  }

  /** It is on its way under another name. @param {string} id @param {string} next */
  rename(id, next) {
    const item = this.#pending.get(id);
    if (!item) return;
    this.#pending.delete(id);
    this.#pending.set(next, item);
  }

  /** It was done, and stands in the thread or needs not. @param {string} id */
  done(id) {
    this.#pending.get(id)?.remove();
    this.#pending.delete(id);
  }

  /** It was not sent. Is it here? @param {string} id @param {string} why @param {(() => void) | undefined} again */
  failed(id, why, again) {
    const item = this.#pending.get(id);
    if (!item) return false;
    item.classList.add("failed");
    const note = item.querySelector("small");
    if (note) {
      note.replaceChildren(icon("alert"), document.createTextNode(why));
      note.setAttribute("role", "alert");
    }
    if (again) {
      item.append(button(say("again"), () => {
        this.done(id);
        again();
      }, "again"));
    }
    this.toEnd();
    return true;
  }

  /** Shows what was said before. */
  async earlier() {
    if (this.#isLoading || !Number.isFinite(this.#first)) return;
    this.#isLoading = true;
    const more = at("earlier");
    more.textContent = say("loading");
    const answer = await this.#more(this.#first);
    more.textContent = say("earlier");
    this.#isLoading = false;
    if (!answer) return;
    const scroller = this.#scroller;
    const fromEnd = scroller.scrollHeight - scroller.scrollTop;
    this.live(false);
    const before = this.#list.firstElementChild;
    for (const message of answer.messages) {
      if (message.seq >= this.#first) continue;
      const item = this.#item(message);
      this.#list.insertBefore(item, before);
      this.#arrange(item);
    }
    if (answer.messages.length) this.#first = Math.min(this.#first, answer.messages[0].seq);
    this.#earlierIf(answer.more && answer.messages.length > 0);
    scroller.scrollTop = scroller.scrollHeight - fromEnd;
    this.live(true);
  }

  /** @param {boolean} is */
  #earlierIf(is) {
    this.#hasEarlier = is;
    at("earlier").hidden = !is;
  }

  /** @param {any} message */
  #item(message) {
    return this.#shell(message, parts(message.data ?? {}, this.#press), message.data?.type === "cards");
  }

  /** @param {any} message @param {HTMLElement[]} content @param {boolean} [wide] */
  #shell(message, content, wide) {
    const item = make("li", undefined, message.from === "user" ? "user" : message.from === "agent" ? "agent" : "bot");
    if (wide) item.classList.add("wide");
    item.dataset["at"] = String(message.at);
    if (message.from === "user") {
      item.append(make("span", `${say("you")}: `, "sr"));
    } else {
      const who = make("div", undefined, "who");
      who.append(this.#avatar(message.from), make("span", message.from === "agent" ? nameOf("agent") : this.#look.title || nameOf("bot")));
      item.append(who);
    }
    item.append(...content, make("small", clock(message.at)));
    return item;
  }

  /** @param {string} from */
  #avatar(from) {
    const around = make("span", undefined, "avatar");
    around.setAttribute("aria-hidden", "true");
    const source = from === "agent" || !this.#look.icon ? undefined : safe(this.#look.icon);
    around.append(icon(from === "agent" ? "person" : "bot"));
    if (source) {
      const image = document.createElement("img");
      image.alt = "";
      image.addEventListener("load", () => around.replaceChildren(image), { once: true });
      image.src = source;
    }
    return around;
  }

  /** Puts an item beside its neighbours: a new day, somebody else, or more of the same. @param {HTMLElement} item */
  #arrange(item) {
    for (const one of [item, item.nextElementSibling]) {
      if (!(one instanceof HTMLElement) || one.classList.contains("day")) continue;
      let before = one.previousElementSibling;
      if (before?.classList.contains("day")) {
        before.remove();
        before = one.previousElementSibling;
      }
      const [then, now] = [Number(before instanceof HTMLElement ? before.dataset["at"] : 0), Number(one.dataset["at"])];
      const isNewDay = !before || new Date(then).toDateString() !== new Date(now).toDateString();
      if (isNewDay) {
        const line = make("li", day(now), "day");
        line.dataset["at"] = one.dataset["at"] ?? "";
        this.#list.insertBefore(line, one);
      }
      const isSame = (/** @type {string} */ name) => before?.classList.contains(name) && one.classList.contains(name);
      const together = !isNewDay && now - then < TOGETHER && (isSame("user") || isSame("bot") || isSame("agent"));
      one.classList.toggle("goes-on", together);
      before?.classList.toggle("goes-on-below", together && !one.classList.contains("waits"));
    }
  }
}
