// @ts-check
/** What lies over the conversation: the menu, what the chat is about, and the visitor's own settings. */
import { at, button, drawn, icon, make, safe } from "./dom.js";
import { kept } from "./kept.js";
import { say } from "./words.js";

/** @typedef {"chat" | "welcome" | "setting"} View */

const VIEWS = /** @type {const} */ (["chat", "welcome", "setting"]);

export class Views {
  /** @type {View} */
  now = "chat";
  /** @type {View[]} */
  #before = [];
  #on;
  #look = { title: "", description: "", icon: "", greeting: "" };

  /** @param {{restart: () => void, close: () => void, changed: (view: View) => void, chosen: () => void, talked: () => boolean}} on */
  constructor(on) {
    this.#on = on;
    at("close").addEventListener("click", () => on.close());
    at("back").addEventListener("click", () => this.change("back"));
    at("more").addEventListener("click", () => this.#menu(at("menu").hidden));
    at("menu").addEventListener("keydown", (event) => this.#moveInMenu(event));
    document.addEventListener("pointerdown", (event) => {
      const where = /** @type {Node} */ (event.target);
      if (!at("menu").contains(where) && !at("more").contains(where)) this.#menu(false, false);
    });
  }

  /** @param {any} look */
  look(look) {
    this.#look = look;
    this.draw();
  }

  /** Goes to a view, or back to the one before. @param {string} to */
  change(to) {
    const view = to === "back" ? (this.#before.pop() ?? "chat") : VIEWS.find((one) => one === to);
    if (!view || view === this.now) return;
    if (to !== "back") this.#before.push(this.now);
    if (view === "chat") this.#before = [];
    this.now = view;
    this.draw();
    this.#on.changed(view);
  }

  /** Closes what lies over the conversation. Was there anything? */
  escape() {
    if (!at("menu").hidden) {
      this.#menu(false);
      return true;
    }
    if (this.now === "chat") return false;
    this.change("chat");
    return true;
  }

  draw() {
    document.body.dataset["view"] = this.now;
    drawn(at("close"), "close", say("close"));
    drawn(at("back"), "back", say("back"));
    drawn(at("more"), "more", say("menu"));
    at("back").hidden = this.now === "chat";
    for (const name of ["thread", "bottom"]) at(name).hidden = this.now !== "chat";
    at("welcome").hidden = this.now !== "welcome";
    at("setting").hidden = this.now !== "setting";
    at("menu").setAttribute("aria-label", say("menu"));
    if (this.now === "welcome") this.#welcome();
    if (this.now === "setting") this.#setting();
  }

  /** @param {boolean} open @param {boolean} [andFocus] */
  #menu(open, andFocus = true) {
    const menu = at("menu");
    if (menu.hidden === !open) return;
    if (open) {
      /** @param {string} words @param {() => void} act @param {Parameters<typeof icon>[0]} picture */
      const item = (words, act, picture) => {
        const made = button("", () => {
          this.#menu(false);
          act();
        });
        made.setAttribute("role", "menuitem");
        made.tabIndex = -1;
        made.append(icon(picture), document.createTextNode(words));
        return made;
      };
      menu.replaceChildren(
        item(say("restart"), () => { this.change("chat"); this.#on.restart(); }, "again"),
        item(say("settings"), () => this.change("setting"), "bell"),
        item(say("about"), () => this.change("welcome"), "smile"),
      );
    }
    menu.hidden = !open;
    at("more").setAttribute("aria-expanded", String(open));
    const first = menu.firstElementChild;
    if (open && first instanceof HTMLElement) first.focus();
    else if (andFocus) at("more").focus();
  }

  /** @param {KeyboardEvent} event */
  #moveInMenu(event) {
    const all = /** @type {HTMLElement[]} */ ([...at("menu").children]);
    const from = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = { ArrowDown: (from + 1) % all.length, ArrowUp: (from + all.length - 1) % all.length, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Tab") this.#menu(false);
    if (to === undefined) return;
    event.preventDefault();
    all[to]?.focus();
  }

  #welcome() {
    const box = at("welcome");
    const { title, description, greeting } = this.#look;
    const words = make("div", undefined, "about");
    const picture = make("span", undefined, "avatar large");
    picture.setAttribute("aria-hidden", "true");
    picture.append(icon("bot"));
    const source = this.#look.icon && safe(this.#look.icon);
    if (source) {
      const image = document.createElement("img");
      image.alt = "";
      image.addEventListener("load", () => picture.replaceChildren(image), { once: true });
      image.src = source;
    }
    words.append(picture, make("h2", title));
    if (description) words.append(make("p", description));
    words.append(make("p", greeting || say("hello"), "greeting"));
    const go = button(this.#on.talked() ? say("goOn") : say("begin"), () => this.change("chat"), "primary");
    box.replaceChildren(words, go, make("p", say("powered"), "fine"));
  }

  #setting() {
    /** @param {string} name @param {string} title @param {[string, string][]} choices @param {string} initial */
    const choice = (name, title, choices, initial) => {
      const group = make("fieldset");
      group.append(make("legend", title));
      const now = kept.get(`closer.webchat.${name}`) ?? initial;
      const row = make("div", undefined, "choices");
      for (const [value, words] of choices) {
        const label = make("label");
        const radio = document.createElement("input");
        radio.type = "radio";
        radio.name = name;
        radio.value = value;
        radio.checked = value === now;
        radio.addEventListener("change", () => {
          kept.set(`closer.webchat.${name}`, value);
          this.#on.chosen();
        });
        label.append(radio, make("span", words));
        row.append(label);
      }
      group.append(row);
      return group;
    };
    const again = make("section", undefined, "again");
    again.append(
      button(say("restart"), () => {
        this.change("chat");
        this.#on.restart();
      }),
      make("p", say("restartHint"), "fine"),
    );
    at("setting").replaceChildren(
      make("h2", say("settings")),
      choice("sound", say("sound"), [["on", say("on")], ["off", say("offWord")]], "on"),
      choice("look", say("look"), [["auto", say("auto")], ["light", say("light")], ["dark", say("dark")]], "auto"),
      choice("language", say("language"), [["auto", say("auto")], ["ko", "한국어"], ["en", "English"]], "auto"),
      again,
    );
  }
}
