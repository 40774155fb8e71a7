// Unsaved work in this browser (IndexedDB), one entry for each window: what the server had, and what it should have. A
// window that is gone leaves its entry to the next that opens the bot.

import { botText, readBot } from "./file";
import type { Draft, Shelf } from "./saver";
import type { BotDoc } from "./types";

const NAME = "closer-editor";
const STORE = "unsaved";
/** A window that is open says so this often; an entry that is older is nobody's. */
const ALIVE_MS = 5_000;

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
  private beat: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly who: Owner) {
    this.owner = `${who.account}/${who.bot}`;
    this.key = `${this.owner}/${who.window}`;
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
    this.beat ??= setInterval(() => {
      const { last } = this;
      if (last) void on("readwrite", (store) => store.put({ ...last, at: Date.now() })).catch(() => undefined);
    }, ALIVE_MS);
  }

  async drop(): Promise<void> {
    if (!this.last) return;
    this.close();
    await on("readwrite", (store) => store.delete(this.key));
  }

  /** Stops saying that this window is alive; what it kept stays. */
  close(): void {
    clearInterval(this.beat);
    this.beat = undefined;
    this.last = undefined;
  }

  /** Work on this bot that no open window holds, the oldest first. */
  async left(): Promise<Kept[]> {
    const all = (await on("readonly", (store) => store.getAll())) as Entry[];
    const alive = Date.now() - 2 * ALIVE_MS;
    return all
      .filter((entry) => entry.owner === this.owner && (entry.window === this.who.window || entry.at < alive))
      .sort((a, b) => a.at - b.at)
      .flatMap((entry) => {
        const [base, mine] = [readBot(entry.base), readBot(entry.mine)];
        return base && mine ? [{ key: entry.key, base: { revision: entry.revision, doc: base }, mine }] : [];
      });
  }

  async forget(key: string): Promise<void> {
    if (key !== this.key) await on("readwrite", (store) => store.delete(key));
  }
}
