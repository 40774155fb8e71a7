// The one connection of a console: a WebSocket, or server-sent events where a proxy forbids those. It is kept: lost, it is made
// again, sooner after a short time than after a long one, and from the last number on.

import { type Frame, readFrame } from "./model/types";

export type LinkStand = "connecting" | "open" | "lost";

interface Hooks {
  /** The number to go on from. */
  after: () => number | undefined;
  frame: (frame: Frame) => void;
  stand: (stand: LinkStand) => void;
}

const FIRST_MS = 300;
const SLOWEST_MS = 8_000;
const PING_EVERY_MS = 15_000;
/** Without a word for so long the connection is dead, whatever the browser thinks. */
const SILENT_MS = 40_000;

export class Link {
  private socket: WebSocket | undefined;
  private source: EventSource | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private beat: ReturnType<typeof setInterval> | undefined;
  private wait = FIRST_MS;
  private heardAt = 0;
  private stopped = false;
  /** The last WebSocket never opened: perhaps something between here and the server forbids them. */
  private forbidden = false;

  constructor(
    private readonly path: string,
    private readonly hooks: Hooks,
  ) {}

  start(): void {
    this.stopped = false;
    window.addEventListener("online", this.now);
    document.addEventListener("visibilitychange", this.seen);
    this.connect();
  }

  stop(): void {
    this.stopped = true;
    window.removeEventListener("online", this.now);
    document.removeEventListener("visibilitychange", this.seen);
    this.close();
  }

  private again(): void {
    this.close();
    this.connect();
  }

  /** Is it the kind that can be written to? */
  send(frame: object): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  private readonly now = () => {
    if (!this.isOpen()) this.again();
  };

  private readonly seen = () => {
    if (document.visibilityState === "visible") this.now();
  };

  private isOpen(): boolean {
    return this.socket?.readyState === WebSocket.OPEN || this.source?.readyState === EventSource.OPEN;
  }

  private connect(): void {
    clearTimeout(this.timer);
    this.hooks.stand("connecting");
    const after = this.hooks.after();
    const query = new URLSearchParams({ agent: "true", ...(after !== undefined && { after: String(after) }) });
    const url = `${this.path}?${query}`;
    if (this.forbidden) this.listen(url);
    else this.open(url);
    this.heardAt = Date.now();
    clearInterval(this.beat);
    this.beat = setInterval(() => {
      if (this.socket && Date.now() - this.heardAt > SILENT_MS) this.lost();
      else this.send({ type: "ping" });
    }, PING_EVERY_MS);
  }

  private open(url: string): void {
    const at = new URL(url, location.href);
    at.protocol = at.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(at);
    this.socket = socket;
    let opened = false;
    socket.addEventListener("open", () => {
      opened = true;
    });
    socket.addEventListener("message", (event) => this.socket === socket && this.heard(String(event.data)));
    socket.addEventListener("close", () => {
      if (this.socket !== socket) return;
      this.forbidden = !opened;
      this.lost();
    });
  }

  private listen(url: string): void {
    const source = new EventSource(url);
    this.source = source;
    source.addEventListener("message", (event) => this.source === source && this.heard(String(event.data)));
    source.addEventListener("error", () => {
      if (this.source !== source) return;
      // The next time a WebSocket may go through again.
      this.forbidden = false;
      this.lost();
    });
  }

  private heard(text: string): void {
    this.heardAt = Date.now();
    const frame = readFrame(text);
    if (!frame) return;
    if (frame.type === "hello") {
      this.wait = FIRST_MS;
      this.hooks.stand("open");
    }
    this.hooks.frame(frame);
  }

  private lost(): void {
    this.close();
    if (this.stopped) return;
    this.hooks.stand("lost");
    // Not all consoles at once after the server was away.
    this.timer = setTimeout(() => this.connect(), this.wait * (0.75 + Math.random() / 2));
    this.wait = Math.min(this.wait * 1.8, SLOWEST_MS);
  }

  private close(): void {
    clearTimeout(this.timer);
    clearInterval(this.beat);
    const { socket, source } = this;
    this.socket = undefined;
    this.source = undefined;
    socket?.close();
    source?.close();
  }
}
