// @ts-check
/**
 * The connection of a page: begins a session, says hello, sends once what is to be sent, and gets what was missed.
 *
 * What was sent and not answered with `done` is sent again after a cut, with the same id: to the server it is the same
 * message. `seq` is the number of the last message that the page has; hello names it, and nothing is shown twice. What waits
 * to be sent outlives a reload of the page.
 */
import { kept, tab } from "./kept.js";

/** The longest pause between two tries, in milliseconds. */
const LONGEST = 20_000;
/** How often the server is asked whether it is there, and how long it may take to say so. */
const ASK_EVERY = 25_000;
const ANSWER_WITHIN = 10_000;
/** Typing is told at most so often. */
const TYPING_EVERY = 2_000;
/** What fails on the server is sent again so often by itself. */
const MAX_FAILURES = 3;

/**
 * @typedef {{id: string, frame: any, sent: boolean, failures: number}} Item
 * @typedef {{message: (message: any) => void, state: (state: any) => void, typing: (from: string) => void, look: (look: any) => void,
 *   done: (id: string) => void, failed: (id: string, error: any, frame?: any) => void, queued: (id: string, frame: any) => void,
 *   connected: (is: boolean) => void, ready: () => void, other: () => void, refused: (error: any) => void}} Listeners
 */

/** Where the browser lacks it (a page without https). */
const newId = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
};

export class Connection {
  #bot;
  #on;
  #base;
  /** @type {{userKey?: string, signature?: string, params: object} | undefined} */
  #who;
  /** What the session that is there calls its user. */
  #userKey = "";
  /** @type {WebSocket | undefined} */
  #socket;
  #token = "";
  #seq = -1;
  #isReady = false;
  #isRefused = false;
  #tries = 0;
  #run = 0;
  #wantsStart = false;
  #started = false;
  #typedAt = 0;
  #heardAt = 0;
  /** What is to be sent, oldest first. @type {Item[]} */
  #queue = [];
  /** Who waits for earlier messages. @type {Map<string, (answer: any) => void>} */
  #asked = new Map();
  /** Messages are shown one after the other, each after its delay. @type {Promise<void>} */
  #shown = Promise.resolve();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {string} bot @param {Listeners} on @param {string} [base] The server's address. */
  constructor(bot, on, base = location.origin) {
    this.#bot = bot;
    this.#on = on;
    this.#base = base;
    const look = () => (this.#socket?.readyState === WebSocket.OPEN ? this.#ask() : this.#again(0));
    addEventListener("online", look);
    // Timers sleep with the page: whoever comes back to it does not wait for them.
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
    setInterval(() => this.#ask(), ASK_EVERY);
  }

  /** Is everything there that was missed? */
  get isReady() {
    return this.#isReady;
  }

  /** What the session calls its user; empty before there is one. */
  get userKey() {
    return this.#userKey;
  }

  /** Begins as this user, or goes on as them. @param {{userKey?: string, signature?: string, params: object}} who */
  begin(who) {
    const isOther = this.#who !== undefined && this.#who.userKey !== who.userKey;
    const goesOn = this.#who !== undefined && !isOther && !this.#isRefused;
    this.#who = who;
    if (goesOn) return;
    if (isOther) this.#forget();
    this.#run += 1;
    this.#token = "";
    this.#isRefused = false;
    this.#tries = 0;
    clearTimeout(this.#timer);
    this.#socket?.close();
    for (const item of this.#read()) {
      if (!this.#queue.some((one) => one.id === item.id)) {
        this.#queue.push({ ...item, sent: false, failures: 0 });
        this.#on.queued(item.id, item.frame);
      }
    }
    void this.#session();
  }

  /** Tries again after the server has refused. */
  retry() {
    if (this.#who && this.#isRefused) this.begin(this.#who);
  }

  /** The room was opened: the bot may greet. */
  start() {
    this.#wantsStart = true;
    if (this.#isReady && !this.#started) {
      this.#started = true;
      this.send({ type: "start" });
    }
  }

  /** Sends a frame, now or once there is a connection. Its id. @param {any} frame */
  send(frame) {
    const id = newId();
    this.#queue.push({ id, frame: { ...frame, id }, sent: false, failures: 0 });
    this.#keep();
    this.#flush();
    return id;
  }

  /** What was said before a message. @param {number} before @returns {Promise<{messages: any[], more: boolean} | undefined>} */
  history(before) {
    if (!this.#isReady) return Promise.resolve(undefined);
    const id = newId();
    return new Promise((answer) => {
      this.#asked.set(id, answer);
      this.#socket?.send(JSON.stringify({ type: "history", id, before }));
    });
  }

  /** Uploads a picture; its address, or what the server says. @param {Blob} file */
  async upload(file) {
    const answer = await fetch(`${this.#base}/webchat/${this.#bot}/media`, { method: "POST", body: file, headers: { authorization: `Bearer ${this.#token}` } });
    const taken = await answer.json();
    return answer.ok ? { url: String(taken.url) } : { error: taken };
  }

  /** The user types. */
  typing() {
    const now = Date.now();
    if (this.#isReady && now - this.#typedAt > TYPING_EVERY) {
      this.#typedAt = now;
      this.#socket?.send('{"type":"typing"}');
    }
  }

  /** Ends it for good. */
  close() {
    this.#run += 1;
    this.#who = undefined;
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  get #name() {
    return `closer.webchat.${this.#bot}.${this.#who?.userKey ?? ""}`;
  }

  /** What waited when the page was left. @returns {Item[]} */
  #read() {
    try {
      const items = JSON.parse(tab.get(`${this.#name}.queue`) ?? "[]");
      return Array.isArray(items) ? items.filter((item) => typeof item?.id === "string" && item.frame) : [];
    } catch {
      return [];
    }
  }
  #keep() {
    const items = this.#queue.filter(({ frame }) => frame.type === "message" || frame.type === "goto");
    tab.set(`${this.#name}.queue`, JSON.stringify(items.map(({ id, frame }) => ({ id, frame }))));
  }

  /** What belongs to the conversation of somebody else is not theirs. */
  #forget() {
    this.#seq = -1;
    this.#started = false;
    this.#queue = [];
    this.#userKey = "";
    this.#on.other();
  }

  async #session() {
    const run = this.#run;
    const token = kept.get(this.#name) ?? undefined;
    const body = JSON.stringify({ token, userKey: this.#who?.userKey, signature: this.#who?.signature });
    try {
      const answer = await fetch(`${this.#base}/webchat/${this.#bot}/session`, { method: "POST", body });
      const session = await answer.json();
      if (run !== this.#run) return;
      if (!answer.ok) {
        if (session.retryAfterMs) {
          this.#on.connected(false);
          this.#again(session.retryAfterMs);
        } else {
          this.#isRefused = true;
          this.#on.refused(session);
        }
        return;
      }
      // The token was good no longer: a new visitor, who has said nothing.
      if (this.#userKey && this.#userKey !== session.userKey) this.#forget();
      this.#userKey = session.userKey;
      this.#token = session.token;
      kept.set(this.#name, session.token);
      this.#on.look(session.channel);
      this.#connect();
    } catch {
      if (run !== this.#run) return;
      this.#on.connected(false);
      this.#again();
    }
  }

  #connect() {
    const run = this.#run;
    const socket = new WebSocket(`${this.#base.replace(/^http/u, "ws")}/webchat/${this.#bot}/socket`);
    this.#socket = socket;
    this.#isReady = false;
    socket.addEventListener("open", () => {
      const after = this.#seq >= 0 ? this.#seq : undefined;
      const start = this.#wantsStart && !this.#started;
      this.#heardAt = Date.now();
      this.#started ||= start;
      socket.send(JSON.stringify({ type: "hello", token: this.#token, after, start, params: this.#who?.params ?? {} }));
    });
    socket.addEventListener("message", (event) => {
      if (run !== this.#run) return;
      this.#heardAt = Date.now();
      this.#came(JSON.parse(event.data));
    });
    socket.addEventListener("close", (event) => {
      if (run !== this.#run || socket !== this.#socket) return;
      this.#isReady = false;
      for (const item of this.#queue) item.sent = false;
      for (const answer of this.#asked.values()) answer(undefined);
      this.#asked.clear();
      this.#on.connected(false);
      // The token is not good any more: a new session begins.
      if (event.code === 4001) this.#token = "";
      this.#again();
    });
  }

  /** Is the server there? A network that has gone says nothing by itself. */
  #ask() {
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN) return;
    const askedAt = Date.now();
    socket.send('{"type":"ping"}');
    setTimeout(() => {
      if (socket === this.#socket && socket.readyState === WebSocket.OPEN && this.#heardAt < askedAt) socket.close();
    }, ANSWER_WITHIN);
  }

  /** @param {number} [wait] */
  #again(wait) {
    if (this.#who === undefined || this.#isRefused || this.#socket?.readyState === WebSocket.OPEN) return;
    if (this.#socket?.readyState === WebSocket.CONNECTING && wait === 0) return;
    // Not all at once where a server comes back.
    const pause = wait ?? Math.min(LONGEST, 500 * 2 ** this.#tries) * (0.5 + Math.random() / 2);
    this.#tries += 1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#token ? this.#connect() : void this.#session()), pause);
  }

  /** @param {any} frame */
  #came(frame) {
    switch (frame.type) {
      case "message":
        if (frame.seq <= this.#seq) return;
        this.#seq = frame.seq;
        this.#later(frame.delayMs ?? 0, () => this.#on.message(frame));
        break;
      case "state":
        this.#later(0, () => this.#on.state(frame));
        break;
      case "ready":
        this.#isReady = true;
        this.#tries = 0;
        this.#on.connected(true);
        this.#later(0, () => this.#on.ready());
        if (this.#wantsStart) this.start();
        this.#flush();
        break;
      case "done":
        this.#take(frame.id);
        this.#later(0, () => this.#on.done(frame.id));
        break;
      case "history":
        this.#asked.get(frame.id)?.(frame);
        this.#asked.delete(frame.id);
        break;
      case "typing":
        this.#on.typing(frame.from);
        break;
      case "error":
        this.#refused(frame);
        break;
    }
  }

  /** @param {string} id */
  #take(id) {
    this.#queue = this.#queue.filter((item) => item.id !== id);
    this.#keep();
  }

  /** @param {any} error */
  #refused(error) {
    this.#asked.get(error.id)?.(undefined);
    this.#asked.delete(error.id);
    const item = this.#queue.find((one) => one.id === error.id);
    if (!item) return;
    item.failures += error.code === "too-fast" ? 0 : 1;
    if (error.retryAfterMs && item.failures <= MAX_FAILURES) {
      setTimeout(() => {
        item.sent = false;
        this.#flush();
      }, error.retryAfterMs);
      return;
    }
    this.#take(item.id);
    const { id: _, ...frame } = item.frame;
    this.#on.failed(error.id, error, error.retryAfterMs ? frame : undefined);
  }

  #flush() {
    if (!this.#isReady || this.#socket?.readyState !== WebSocket.OPEN) return;
    for (const item of this.#queue) {
      if (!item.sent) {
        item.sent = true;
        this.#socket.send(JSON.stringify(item.frame));
      }
    }
  }

  /** Does it after what came before. @param {number} delay @param {() => void} act */
  #later(delay, act) {
    const run = this.#run;
    this.#shown = this.#shown.then(() => new Promise((resolve) => {
      const now = () => {
        if (run === this.#run) act();
        resolve();
      };
      if (delay === 0) return now();
      this.#on.typing("bot");
      setTimeout(now, Math.min(delay, 10_000));
    }));
  }
}
