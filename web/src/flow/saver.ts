// Saves the draft behind the person's back: a moment after each change, once more when the server was away, and merged with
// what others saved meanwhile. Until the server has it, it is kept in this browser (`Shelf`).

import { merge, type Choose, type Conflict, type Merged } from "./merge";
import { same } from "./json";
import type { BotDoc } from "./types";

export type Saved =
  /** The server has everything. */
  | "saved"
  | "saving"
  /** The server is away; this browser keeps it. */
  | "offline"
  /** Both changed the same thing; a person decides. */
  | "conflict"
  /** The server refuses the file as it is; the next change tries again. */
  | "refused";

/** What the server has. */
export interface Draft {
  revision: number;
  doc: BotDoc;
}

/** How a call may fail. */
export type Failure = "changed" | "away" | "refused";
export class DoorError extends Error {
  override readonly name = "DoorError";
  constructor(
    readonly failure: Failure,
    readonly told?: unknown,
  ) {
    super(failure);
  }
}

/** The server's side. Every failure is a `DoorError`. */
export interface Door {
  get: () => Promise<Draft>;
  put: (base: number, doc: BotDoc) => Promise<{ revision: number }>;
}

/** Where unsaved work waits in this browser. */
export interface Shelf {
  keep: (kept: { base: Draft; mine: BotDoc }) => Promise<void>;
  drop: () => Promise<void>;
}

export interface SaverState {
  saved: Saved;
  revision: number;
  conflicts: readonly Conflict[];
  /** Why it was refused: the server's problem. */
  refusal: unknown;
}

/** What the saver asks of the editor. */
export interface Desk {
  doc: () => BotDoc;
  /** The document as it is after a merge. */
  adopt: (merged: Merged) => void;
  tell: (state: SaverState) => void;
}

const PAUSE_MS = 700;
const KEEP_MS = 250;
const RETRY_MS = 2_000;
const SLOWEST_MS = 20_000;
/** So often somebody else may come between before it is left to the next change. */
const TRIES = 5;

const equal = (a: BotDoc, b: BotDoc) => a === b || same(a, b);

export class Saver {
  private state: SaverState;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private keeping: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | undefined;
  private retry = RETRY_MS;
  /** What others have, while their and our changes wait for a decision. */
  private theirs: Draft | undefined;
  private closed = false;

  constructor(
    private base: Draft,
    private readonly door: Door,
    private readonly shelf: Shelf,
    private readonly desk: Desk,
  ) {
    this.state = { saved: "saved", revision: base.revision, conflicts: [], refusal: undefined };
  }

  /** What the server is known to have. */
  get known(): Draft {
    return this.base;
  }

  get dirty(): boolean {
    return !equal(this.desk.doc(), this.base.doc);
  }

  /** The document was changed. */
  changed(): void {
    if (this.state.saved !== "conflict") this.say({ saved: this.state.saved === "offline" ? "offline" : "saving", refusal: undefined });
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => void this.keep(), KEEP_MS);
    if (this.state.saved === "saving") this.later(PAUSE_MS);
  }

  /** Keeps what is not saved at once: the page may go away. */
  async keep(): Promise<void> {
    clearTimeout(this.keeping);
    if (this.dirty) await this.shelf.keep({ base: this.base, mine: this.desk.doc() }).catch(() => undefined);
  }

  /** Saves now; the revision that the server then has. Fails where it cannot. */
  async flush(): Promise<number> {
    for (let tries = 0; tries < TRIES && this.dirty; tries += 1) {
      await this.save();
      if (this.state.saved === "offline" || this.state.saved === "refused" || this.state.saved === "conflict") break;
    }
    if (this.dirty) throw new DoorError(this.state.saved === "offline" ? "away" : "refused", this.state.refusal);
    return this.base.revision;
  }

  /** The server is there again, or somebody else saved. */
  async pull(): Promise<void> {
    if (this.running) await this.running;
    await this.run(async () => {
      const theirs = await this.door.get();
      if (theirs.revision !== this.base.revision) this.bring(theirs);
    });
    if (this.state.saved !== "conflict" && this.dirty) await this.save();
  }

  /** Decides conflicts; those without a decision stay. */
  resolve(choose: Choose): void {
    if (this.theirs) this.bring(this.theirs, choose);
    if (this.state.saved !== "conflict" && this.dirty) void this.save();
  }

  /** Puts work that an earlier sitting could not save over the draft. */
  restore(base: Draft, mine: BotDoc): void {
    const theirs = this.theirs ?? this.base;
    this.base = base;
    this.desk.adopt({ doc: mine, conflicts: [], renumbered: [], moved: [] });
    this.bring(theirs);
    if (this.state.saved !== "conflict" && this.dirty) this.changed();
  }

  again(): void {
    if (this.state.saved === "offline" || (this.state.saved === "saving" && !this.running)) void this.save();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    clearTimeout(this.keeping);
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    if (!this.closed) this.timer = setTimeout(() => void this.save(), ms);
  }

  private async save(): Promise<void> {
    clearTimeout(this.timer);
    if (this.state.saved === "conflict") return;
    if (this.running) {
      await this.running;
      if (this.dirty && this.state.saved === "saving") this.later(0);
      return;
    }
    await this.run(() => this.send());
  }

  private async send(): Promise<void> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const doc = this.desk.doc();
      if (equal(doc, this.base.doc)) break;
      try {
        const { revision } = await this.door.put(this.base.revision, doc);
        this.base = { revision, doc };
        this.say({ revision });
        if (this.desk.doc() !== doc) continue;
        break;
      } catch (error) {
        if (!(error instanceof DoorError) || error.failure !== "changed") throw error;
        this.bring(await this.door.get());
        if (this.state.saved === "conflict") return;
      }
    }
    await this.settle();
  }

  private async settle(): Promise<void> {
    this.retry = RETRY_MS;
    if (this.dirty) {
      this.say({ saved: "saving" });
      this.later(PAUSE_MS);
      return;
    }
    this.say({ saved: "saved", refusal: undefined });
    clearTimeout(this.keeping);
    await this.shelf.drop().catch(() => undefined);
  }

  /** Runs one exchange with the server and turns its failure into a state. */
  private async run(exchange: () => Promise<void>): Promise<void> {
    const running = exchange().catch((error: unknown) => {
      if (!(error instanceof DoorError)) throw error;
      void this.keep();
      if (error.failure === "refused") {
        this.say({ saved: "refused", refusal: error.told });
        return;
      }
      if (this.dirty) this.say({ saved: "offline" });
      this.later(this.retry);
      this.retry = Math.min(this.retry * 1.6, SLOWEST_MS);
    });
    this.running = running.finally(() => {
      this.running = undefined;
    });
    await this.running;
  }

  /** Merges what others saved into what stands on the desk. */
  private bring(theirs: Draft, choose?: Choose): void {
    const merged = merge(this.base.doc, this.desk.doc(), theirs.doc, choose);
    const open = merged.conflicts.filter((conflict) => choose?.(conflict) === undefined);
    if (open.length > 0) {
      // The desk keeps mine until somebody has decided; nothing is sent.
      this.theirs = theirs;
      void this.keep();
      this.say({ saved: "conflict", conflicts: open });
      return;
    }
    this.theirs = undefined;
    this.base = theirs;
    this.desk.adopt(merged);
    this.say({ saved: this.dirty ? "saving" : "saved", conflicts: [], revision: theirs.revision });
  }

  private say(change: Partial<SaverState>): void {
    this.state = { ...this.state, ...change };
    if (!this.closed) this.desk.tell(this.state);
  }
}
