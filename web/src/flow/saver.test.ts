// The draft saves itself, waits in the browser while the server is away, and is never overwritten silently.

import { beforeEach, expect, test, vi } from "vitest";

import { renameFlow, setNodeDataAt } from "./commands";
import { flowOf, nodeAt } from "./document";
import type { Conflict } from "./merge";
import { type Door, DoorError, type Draft, Saver, type SaverState, type Shelf } from "./saver";
import type { BotDoc } from "./types";

const BOT: BotDoc = {
  title: "봇",
  flows: [
    { id: 1, title: "시작", nodes: [{ id: 1, type: "entry" }, { id: 2, type: "response", data: {} }] },
    { id: 2, title: "폴백", nodes: [{ id: 1, type: "entry" }] },
  ],
};

/** A server with others at it. */
class World implements Door {
  draft: Draft = { revision: 1, doc: BOT };
  away = false;
  refuses = false;
  puts = 0;
  get = async () => {
    if (this.away) throw new DoorError("away");
    return this.draft;
  };
  put = async (base: number, doc: BotDoc) => {
    this.puts += 1;
    if (this.away) throw new DoorError("away");
    if (this.refuses) throw new DoorError("refused", "no entry");
    if (base !== this.draft.revision) throw new DoorError("changed");
    this.draft = { revision: base + 1, doc };
    return { revision: base + 1 };
  };
  /** Somebody else saves. */
  other(command: { run: (doc: BotDoc) => BotDoc }): void {
    this.draft = { revision: this.draft.revision + 1, doc: command.run(this.draft.doc) };
  }
}

function desk(world: World) {
  const kept: { base: Draft; mine: BotDoc }[] = [];
  const shelf: Shelf = {
    keep: async (entry) => void kept.splice(0, 1, entry),
    drop: async () => void kept.splice(0),
  };
  const seen = { doc: world.draft.doc, states: [] as string[], conflicts: [] as readonly Conflict[], refusal: undefined as unknown };
  const saver = new Saver(world.draft, world, shelf, {
    doc: () => seen.doc,
    adopt: ({ doc }) => {
      seen.doc = doc;
    },
    tell: ({ saved, conflicts, refusal }: SaverState) => {
      if (seen.states.at(-1) !== saved) seen.states.push(saved);
      seen.conflicts = conflicts;
      seen.refusal = refusal;
    },
  });
  const run = (command: { run: (doc: BotDoc) => BotDoc }) => {
    seen.doc = command.run(seen.doc);
    saver.changed();
  };
  return { saver, seen, kept, run };
}

const write = (text: string) => setNodeDataAt(1, 2, ["text"], text);
const textOf = (doc: BotDoc) => nodeAt(doc, 1, 2)?.data?.["text"];

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

test("it saves a moment after typing, once", async () => {
  const world = new World();
  const { run, seen, kept } = desk(world);
  run(write("안"));
  await vi.advanceTimersByTimeAsync(300);
  run(write("안녕"));
  expect(kept).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(world.puts).toBe(1);
  expect(textOf(world.draft.doc)).toBe("안녕");
  expect(seen.states).toEqual(["saving", "saved"]);
  expect(kept).toEqual([]);
});

test("while the server is away it waits in the browser, and goes out when it is back", async () => {
  const world = new World();
  const { run, seen, kept } = desk(world);
  world.away = true;
  run(write("a"));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(seen.states).toEqual(["saving", "offline"]);
  run(write("b"));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(kept.map(({ base, mine }) => [base.revision, textOf(mine)])).toEqual([[1, "b"]]);
  expect(seen.states).toEqual(["saving", "offline"]);
  world.away = false;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(textOf(world.draft.doc)).toBe("b");
  expect(seen.states.at(-1)).toBe("saved");
  expect(kept).toEqual([]);
});

test("what an earlier window could not save is merged into what stands there now", async () => {
  const world = new World();
  world.other(renameFlow(2, "theirs"));
  const { saver, seen } = desk(world);
  saver.restore({ revision: 1, doc: BOT }, write("lost and found").run(BOT));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(textOf(world.draft.doc)).toBe("lost and found");
  expect(flowOf(world.draft.doc, 2)?.title).toBe("theirs");
  expect(seen.states.at(-1)).toBe("saved");
});

test("two who change different things keep both", async () => {
  const world = new World();
  const { run, seen } = desk(world);
  run(write("mine"));
  world.other(renameFlow(1, "theirs"));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(world.draft.revision).toBe(3);
  expect([textOf(world.draft.doc), flowOf(world.draft.doc, 1)?.title]).toEqual(["mine", "theirs"]);
  expect(flowOf(seen.doc, 1)?.title).toBe("theirs");
});

test.each([["mine" as const], ["theirs" as const]])("two who change the same are asked, nothing is sent before, and %s stands", async (side) => {
  const world = new World();
  const { run, saver, seen, kept } = desk(world);
  run(write("mine"));
  world.other(write("theirs"));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(seen.states.at(-1)).toBe("conflict");
  expect([textOf(seen.doc), textOf(world.draft.doc)]).toEqual(["mine", "theirs"]);
  // One may go on meanwhile.
  run(renameFlow(2, "meanwhile"));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(flowOf(world.draft.doc, 2)?.title).toBe("폴백");
  expect(kept).toHaveLength(1);
  await expect(saver.flush()).rejects.toThrow();
  saver.resolve(() => side);
  await vi.advanceTimersByTimeAsync(3_000);
  expect([textOf(seen.doc), textOf(world.draft.doc)]).toEqual([side, side]);
  expect(flowOf(world.draft.doc, 2)?.title).toBe("meanwhile");
  expect(seen.states.at(-1)).toBe("saved");
});

test("what others saved comes in by itself", async () => {
  const world = new World();
  const { saver, seen } = desk(world);
  world.other(write("theirs"));
  await saver.pull();
  expect(textOf(seen.doc)).toBe("theirs");
  expect(world.puts).toBe(0);
});

test("a refusal is told, and the next change tries again", async () => {
  const world = new World();
  const { run, seen, kept } = desk(world);
  world.refuses = true;
  run(write("a"));
  await vi.advanceTimersByTimeAsync(3_000);
  expect([seen.states.at(-1), seen.refusal]).toEqual(["refused", "no entry"]);
  expect(kept).toHaveLength(1);
  world.refuses = false;
  run(write("b"));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(seen.states.at(-1)).toBe("saved");
});

test("flush saves at once and says which revision it is", async () => {
  const world = new World();
  const { run, saver } = desk(world);
  expect(await saver.flush()).toBe(1);
  run(write("a"));
  expect(await saver.flush()).toBe(2);
  world.away = true;
  run(write("b"));
  await expect(saver.flush()).rejects.toThrow();
});

test("what is typed while it saves is saved too", async () => {
  const world = new World();
  const { run, seen } = desk(world);
  const put = world.put;
  world.put = async (base, doc) => {
    await new Promise((done) => setTimeout(done, 500));
    return put(base, doc);
  };
  run(write("a"));
  await vi.advanceTimersByTimeAsync(900);
  run(write("b"));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(textOf(world.draft.doc)).toBe("b");
  expect(seen.states.at(-1)).toBe("saved");
});
