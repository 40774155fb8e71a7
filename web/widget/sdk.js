// @ts-check
/**
 * For interfaces of one's own: `new CloserSDK.WebChat().open({userKey, botId, params})` gives a client that speaks the
 * protocol (docs/webchat.md): it reconnects, sends once, and fetches what was missed. A classic script; the connection is the
 * room's own module.
 */
(() => {
  "use strict";
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  const own = script ? new URL(script.src).origin : location.origin;

  class Client {
    /** @type {any} */
    #connection;
    /** @type {Map<string, Set<(detail?: any) => void>>} */
    #listeners = new Map();
    #isOpen = false;

    /** @param {any} Connection @param {string} url @param {string} botId @param {any} who */
    constructor(Connection, url, botId, who) {
      this.#connection = new Connection(botId, {
        message: (/** @type {any} */ message) => this.#emit("message", { kind: "message", ...message }),
        state: (/** @type {any} */ state) => this.#emit("message", { kind: "state", ...state }),
        typing: (/** @type {string} */ from) => this.#emit("message", { kind: "typing", from }),
        look: () => {},
        done: () => {},
        queued: () => {},
        other: () => {},
        ready: () => {},
        failed: (/** @type {string} */ id, /** @type {any} */ error) => this.#emit("error", { ...error, id }),
        refused: (/** @type {any} */ error) => this.#emit("error", error),
        connected: (/** @type {boolean} */ is) => {
          if (is === this.#isOpen) return;
          this.#isOpen = is;
          this.#emit(is ? "open" : "close");
        },
      }, url);
      if (who.start !== false) this.#connection.start();
      // Whoever has just been given the client has no listener yet.
      queueMicrotask(() => this.#connection.begin({ userKey: who.userKey, signature: who.signature, params: who.params ?? {} }));
    }

    /** @param {"message" | "open" | "error" | "close"} name @param {(detail?: any) => void} listener */
    addListener(name, listener) {
      if (!this.#listeners.has(name)) this.#listeners.set(name, new Set());
      this.#listeners.get(name)?.add(listener);
    }

    /** @param {string} name @param {(detail?: any) => void} listener */
    removeListener(name, listener) {
      this.#listeners.get(name)?.delete(listener);
    }

    /** Sends a text, or a picture that is uploaded first. Its id. @param {any} message */
    async sendMessage(message) {
      if (message.type !== "media") return this.#connection.send({ type: "message", text: String(message.text), payload: message.payload });
      const taken = await this.#connection.upload(message.media.file);
      if (!taken.url) throw Object.assign(new Error(taken.error.en), { code: taken.error.code });
      return this.#connection.send({ type: "message", media: { contentType: "image", uri: taken.url } });
    }

    sendTypingEvent() {
      this.#connection.typing();
    }

    /** @param {object} params */
    setParams(params) {
      return this.#connection.send({ type: "params", params });
    }

    /** @param {{flowId: number, nodeId?: number}} where */
    changeNavigation({ flowId, nodeId }) {
      return this.#connection.send({ type: "goto", flowId, nodeId });
    }

    restart() {
      return this.#connection.send({ type: "restart" });
    }

    /** What was said before a message. @param {number} before */
    history(before) {
      return this.#connection.history(before);
    }

    close() {
      this.#connection.close();
      if (this.#isOpen) this.#emit("close");
      this.#isOpen = false;
    }

    /** @param {string} name @param {any} [detail] */
    #emit(name, detail) {
      for (const listener of this.#listeners.get(name) ?? []) listener(detail);
    }
  }

  class WebChat {
    #url;

    /** `apiKey` is taken and not needed: whoever talks here proves who they are by a signed `userKey`. @param {{url?: string, apiKey?: string}} [options] */
    constructor(options = {}) {
      this.#url = options.url ? new URL(options.url).origin : own;
    }

    /** @param {{botId: string, userKey?: string, signature?: string, params?: object, start?: boolean}} who */
    async open(who) {
      const { Connection } = await import(`${this.#url}/webchat/connection.js`);
      return new Client(Connection, this.#url, who.botId, who);
    }
  }

  Object.assign(window, { CloserSDK: { WebChat } });
})();
