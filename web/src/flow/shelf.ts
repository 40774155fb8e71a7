// Unsaved work in this browser (IndexedDB), one entry for each window: what the server had, and what it should have. A
// window that is gone leaves its entry to the next that opens the bot.

import { botText, readBot } from "./file";
import type { Draft, Shelf } from "./saver";
import type { BotDoc } from "./types";

const NAME = "closer-editor";
const STORE = "unsaved";
/** Windows that are open answer within this. One that sleeps and does not is no harm: the same work merges with itself. */
const ANSWER_MS = 250;

interface Entry {
  key: string;
  /** Whose work it is, and on what. */
  owner: string;
  window: string;
  revision: number;
  base: string;
  mine: string;
  at: number;
}

/** Whose work: an account on a bot. */
export interface Owner {
  account: string;
  bot: string;
  window: string;
}

function opened(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const request = indexedDB.open(NAME, 1);
    request.addEventListener("upgradeneeded", () => request.result.createObjectStore(STORE, { keyPath: "key" }));
    request.addEventListener("success", () => done(request.result));
    request.addEventListener("error", () => fail(request.error ?? new Error("IndexedDB")));
  });
}

async function on<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await opened();
  try {
    return await new Promise<T>((done, fail) => {
      const request = act(db.transaction(STORE, mode).objectStore(STORE));
      request.addEventListener("success", () => done(request.result));
      request.addEventListener("error", () => fail(request.error ?? new Error("IndexedDB")));
    });
  } finally {
    db.close();
  }
}

export interface Kept {
  key: string;
  base: Draft;
  mine: BotDoc;
}

export class BrowserShelf implements Shelf {
  private readonly owner: string;
  private readonly key: string;
  private last: Entry | undefined;
  private readonly channel: BroadcastChannel | undefined;

  constructor(private readonly who: Owner) {
    this.owner = `${who.account}/${who.bot}`;
    this.key = `${this.owner}/${who.window}`;
    this.channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(NAME);
    this.channel?.addEventListener("message", ({ data }) => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin only
      if (data === "who") this.channel?.postMessage({ here: who.window });
    });
  }

  /** The windows of this browser that have an editor open. */
  private async open(): Promise<Set<string>> {
    const { channel } = this;
    const found = new Set<string>();
    if (!channel) return found;
    const hear = ({ data }: MessageEvent<{ here?: string }>) => data.here !== undefined && found.add(data.here);
    channel.addEventListener("message", hear);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin only
    channel.postMessage("who");
    await new Promise((done) => setTimeout(done, ANSWER_MS));
    channel.removeEventListener("message", hear);
    return found;
  }

  async keep({ base, mine }: { base: Draft; mine: BotDoc }): Promise<void> {
    const entry: Entry = {
      key: this.key,
      owner: this.owner,
      window: this.who.window,
      revision: base.revision,
      base: botText(base.doc),
      mine: botText(mine),
      at: Date.now(),
    };
    this.last = entry;
    await on("readwrite", (store) => store.put(entry));
  }

  async drop(): Promise<void> {
    if (!this.last) return;
    this.last = undefined;
    await on("readwrite", (store) => store.delete(this.key));
  }

  /** This window no longer has the bot open; what it kept stays for the next. */
  close(): void {
    this.channel?.close();
  }

  /** Work on this bot that no open window holds, the oldest first. */
  async left(): Promise<Kept[]> {
    const all = (await on("readonly", (store) => store.getAll())) as Entry[];
    const mine = all.filter((entry) => entry.owner === this.owner);
    if (mine.length === 0) return [];
    const alive = await this.open();
    return mine
      .filter((entry) => !alive.has(entry.window))
      .sort((a, b) => a.at - b.at)
      .flatMap((entry) => {
        const [base, doc] = [readBot(entry.base), readBot(entry.mine)];
        return base && doc ? [{ key: entry.key, base: { revision: entry.revision, doc: base }, mine: doc }] : [];
      });
  }

  async forget(key: string): Promise<void> {
    // Under its own name this window may have put something newer already.
    if (key !== this.key || !this.last) await on("readwrite", (store) => store.delete(key));
  }
}
