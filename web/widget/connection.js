// @ts-check
/**
 * The connection of a page: begins a session, says hello, sends once what is to be sent, and gets what was missed.
 *
 * What was sent and not answered with `done` is sent again after a cut, with the same id: to the server it is the same
 * message. `seq` is the number of the last message that the page has; hello names it, and nothing is shown twice.
 */

/** The longest pause between two tries, in milliseconds. */
const LONGEST = 20_000;
/** How often the server is asked whether it is there. */
const ASK_EVERY = 25_000;
/** Typing is told at most so often. */
const TYPING_EVERY = 2_000;

/** What is kept in the browser; in memory where the browser forbids. */
const memory = new Map();
const kept = {
  /** @param {string} name */
  get(name) {
    try {
      return localStorage.getItem(name);
    } catch {
      return memory.get(name) ?? null;
    }
  },
  /** @param {string} name @param {string} value */
  set(name, value) {
    memory.set(name, value);
    try {
      localStorage.setItem(name, value);
    } catch {
      // Kept in memory: the conversation lasts as long as the page.
    }
  },
};

export class Connection {
  #bot;
  #on;
  /** @type {{userKey?: string, signature?: string, params: object} | undefined} */
  #who;
  /** @type {WebSocket | undefined} */
  #socket;
  #token = "";
  #seq = -1;
  #isReady = false;
  #tries = 0;
  #run = 0;
  #started = false;
  #typedAt = 0;
  /** What is to be sent, oldest first. @type {Array<{id: string, frame: any, sent: boolean}>} */
  #queue = [];
  /** Messages are shown one after the other, each after its delay. @type {Promise<void>} */
  #shown = Promise.resolve();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {string} bot
   * @param {{message: (message: any) => void, state: (state: any) => void, typing: () => void, look: (look: any) => void,
   *   done: (id: string) => void, failed: (id: string, error: any, again?: () => void) => void,
   *   connected: (is: boolean) => void, refused: (error: any) => void}} on
   */
  constructor(bot, on) {
    this.#bot = bot;
    this.#on = on;
    addEventListener("online", () => this.#again(0));
    setInterval(() => this.#socket?.readyState === WebSocket.OPEN && this.#socket.send('{"type":"ping"}'), ASK_EVERY);
  }

  /**
   * Begins as this user. Is it another one than before?
   * @param {{userKey?: string, signature?: string, params: object}} who
   */
  begin(who) {
    const isOther = this.#who !== undefined && this.#who.userKey !== who.userKey;
    const isSame = this.#who !== undefined && !isOther;
    this.#who = who;
    if (isSame) return false;
    this.#run += 1;
    this.#seq = -1;
    this.#started = false;
    this.#queue = [];
    this.#socket?.close();
    void this.#session();
    return isOther;
  }

  /** Sends a frame, now or once there is a connection. Its id. @param {any} frame */
  send(frame) {
    const id = crypto.randomUUID();
    this.#queue.push({ id, frame: { ...frame, id }, sent: false });
    this.#flush();
    return id;
  }

  /** Uploads a picture; its address, or what the server says. @param {Blob} file */
  async upload(file) {
    const answer = await fetch(`/webchat/${this.#bot}/media`, { method: "POST", body: file, headers: { authorization: `Bearer ${this.#token}` } });
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

  get #name() {
    return `closer.webchat.${this.#bot}.${this.#who?.userKey ?? ""}`;
  }

  async #session() {
    const run = this.#run;
    const token = kept.get(this.#name) ?? undefined;
    const body = JSON.stringify({ token, userKey: this.#who?.userKey, signature: this.#who?.signature });
    try {
      const answer = await fetch(`/webchat/${this.#bot}/session`, { method: "POST", body });
      const session = await answer.json();
      if (run !== this.#run) return;
      if (!answer.ok) {
        this.#on.refused(session);
        if (session.retryAfterMs) this.#again(session.retryAfterMs);
        return;
      }
      this.#token = session.token;
      kept.set(this.#name, session.token);
      this.#on.look(session.channel);
      this.#connect();
    } catch {
      this.#on.connected(false);
      this.#again();
    }
  }

  #connect() {
    const run = this.#run;
    const socket = new WebSocket(`${location.origin.replace(/^http/u, "ws")}/webchat/${this.#bot}/socket`);
    this.#socket = socket;
    this.#isReady = false;
    socket.addEventListener("open", () => {
      const after = this.#seq >= 0 ? this.#seq : undefined;
      socket.send(JSON.stringify({ type: "hello", token: this.#token, after, start: !this.#started, params: this.#who?.params ?? {} }));
    });
    socket.addEventListener("message", (event) => run === this.#run && this.#came(JSON.parse(event.data)));
    socket.addEventListener("close", (event) => {
      if (run !== this.#run) return;
      this.#isReady = false;
      for (const item of this.#queue) item.sent = false;
      this.#on.connected(false);
      // The token is not good any more: a new session begins.
      if (event.code === 4001) this.#token = "";
      this.#again();
    });
  }

  /** @param {number} [wait] */
  #again(wait) {
    if (this.#who === undefined || this.#socket?.readyState === WebSocket.OPEN) return;
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
        this.#started = true;
        this.#tries = 0;
        this.#on.connected(true);
        this.#flush();
        break;
      case "done":
        this.#queue = this.#queue.filter((item) => item.id !== frame.id);
        this.#later(0, () => this.#on.done(frame.id));
        break;
      case "typing":
        this.#on.typing();
        break;
      case "error":
        this.#refused(frame);
        break;
    }
  }

  /** @param {any} error */
  #refused(error) {
    const item = this.#queue.find((one) => one.id === error.id);
    if (!item) return;
    if (error.retryAfterMs) {
      item.sent = false;
      setTimeout(() => this.#flush(), error.retryAfterMs);
      return;
    }
    this.#queue = this.#queue.filter((one) => one !== item);
    this.#on.failed(error.id, error);
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
    this.#shown = this.#shown.then(() => new Promise((resolve) => {
      if (delay > 0) this.#on.typing();
      setTimeout(() => { act(); resolve(); }, Math.min(delay, 10_000));
    }));
  }
}
