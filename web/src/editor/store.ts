// The editor's one store. `useEditor()` is everything at once, for forms and panes; `useEditorState(pick)` is for what is
// drawn a thousand times.

import { createContext, useContext, useMemo, useSyncExternalStore } from "react";

import type { Command } from "../flow/commands";
import { apply, diff } from "../flow/delta";
import { edgesOf, entryFlowId, flowOf, nodeOf } from "../flow/document";
import { lastDone, NO_HISTORY, record, redo, remapped, type Step, takenBack, undo } from "../flow/history";
import { settle, type Choose, type Merged, type Moved } from "../flow/merge";
import { type Draft, Saver, type SaverState } from "../flow/saver";
import type { BotDoc, FlowDoc, NodeDoc, Spot } from "../flow/types";
import { channels, check, door, type Ear, events, type Place, presence } from "./api";
import type { Kept, Owner } from "../flow/shelf";
import { BrowserShelf } from "../flow/shelf";
import type { EditorState, Person, Visit } from "./state";

const CHECK_MS = 400;
const PRESENCE_MS = 20_000;
const NONE: readonly number[] = [];

export class EditorStore {
  private state: EditorState;
  private readonly listeners = new Set<() => void>();
  readonly saver: Saver;
  private readonly shelf: BrowserShelf;
  private readonly stops: (() => void)[] = [];
  private ear: Ear | undefined;
  /** The server was away, so that the stream of its news may be a dead one. */
  private deaf = false;
  private checking: ReturnType<typeof setTimeout> | undefined;
  /** The last wish to write that a form has heard: one may be made before the form is there. */
  private heardForm = 0;
  /** Is there a wish that no form has heard? It is heard then. */
  hearForm(wants: number): boolean {
    const fresh = wants !== this.heardForm;
    this.heardForm = wants;
    return fresh;
  }
  /** Called when one goes to another place, so that the address follows. */
  onSelect: ((spot: Spot, push: boolean) => void) | undefined;
  /** Called when something was done, taken back or done again. */
  onStep: ((what: "did" | "undid" | "redid", step: Step) => void) | undefined;

  constructor(
    readonly place: Place,
    owner: Owner,
    draft: Draft,
    spot: Partial<Spot>,
    readonly readonly: boolean,
  ) {
    const { doc } = draft;
    const flow = flowOf(doc, spot.flow ?? NaN) ?? flowOf(doc, entryFlowId(doc) ?? NaN) ?? doc.flows[0];
    this.state = {
      doc,
      flowId: flow?.id ?? 0,
      nodeId: nodeOf(flow, spot.node)?.id,
      chosen: nodeOf(flow, spot.node) && spot.node !== undefined ? [spot.node] : [],
      edgeAt: undefined,
      renaming: undefined,
      wantsForm: 0,
      wantsSight: 0,
      history: NO_HISTORY,
      saved: "saved",
      conflicts: [],
      refusal: undefined,
      revision: draft.revision,
      complaints: [],
      limits: [],
      people: [],
      lit: [],
    };
    this.shelf = new BrowserShelf(owner);
    this.saver = new Saver(draft, door(place, owner.window), this.shelf, {
      doc: () => this.state.doc,
      adopt: (merged) => this.adopt(merged),
      tell: (state) => this.told(state),
    });
    this.session = owner.window;
  }
  readonly session: string;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  get = (): EditorState => this.state;

  set(change: Partial<EditorState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }

  /** Begins to listen to the world; what it gives stops that. */
  start(): () => void {
    void channels(this.place).then((limits) => this.set({ limits })).catch(() => undefined);
    this.checkSoon();
    const left = () => void this.shelf.left().then((kept) => this.restore(kept)).catch(() => undefined);
    left();
    const { place, session } = this;
    this.ear = events(place, {
      presence: (people) => this.hear(people),
      saved: ({ revision, session: by }) => {
        if (by !== session && revision > this.saver.known.revision) void this.saver.pull();
      },
      // What was saved meanwhile was told to nobody here.
      again: () => void this.saver.pull(),
    });
    this.stops.push(this.ear.close);
    const beat = setInterval(() => this.sayWhere(), PRESENCE_MS);
    this.sayWhere();
    const hide = () => void (document.visibilityState === "hidden" && this.saver.keep());
    document.addEventListener("visibilitychange", hide);
    this.stops.push(
      () => clearInterval(beat),
      () => document.removeEventListener("visibilitychange", hide),
    );
    return () => {
      for (const stop of this.stops.splice(0)) stop();
      clearTimeout(this.checking);
      // Whoever leaves the page before it has saved: it is kept, and sent while there is still time.
      if (this.saver.dirty) void this.saver.keep().then(() => this.saver.flush()).catch(() => undefined).finally(() => this.shelf.close());
      else this.shelf.close();
      this.saver.close();
    };
  }

  run = (command: Command): void => {
    if (this.readonly) return;
    const before = this.state.doc;
    const doc = command.run(before);
    const delta = diff(before, doc);
    if (delta.length === 0) return;
    const step: Step = {
      name: command.name,
      delta,
      spot: command.spot,
      withNext: command.undo === "next",
      join: command.join,
      at: Date.now(),
    };
    this.set({ doc, ...(command.undo !== "never" && { history: record(this.state.history, step) }), ...this.stillThere(doc) });
    this.saver.changed();
    this.onStep?.("did", step);
  };

  undo = (): void => this.travel(undo, "undid");
  redo = (): void => this.travel(redo, "redid");

  /** Made right after something was done: takes back that, also when other things were done since. False: it no longer stands. */
  undoing(): () => boolean {
    const steps = lastDone(this.state.history);
    return () => {
      const { history } = this.state;
      if (steps.length > 0 && lastDone(history).at(-1) === steps.at(-1)) {
        this.undo();
        return true;
      }
      const back = takenBack(history, steps);
      const [first] = steps;
      if (!back || !first) return false;
      const before = this.state.doc;
      this.run({ name: first.name, undo: "alone", spot: first.spot, run: (doc) => apply(doc, back, settle) });
      return this.state.doc !== before;
    };
  }

  private travel(way: typeof undo, what: "undid" | "redid"): void {
    if (this.readonly) return;
    const moved = way(this.state.history, this.state.doc, settle);
    if (!moved) return;
    const { doc, history, step } = moved;
    const { spot } = step;
    const flow = spot && flowOf(doc, spot.flow);
    this.set({ doc, history });
    this.set(this.stillThere(doc));
    if (flow) this.jump(flow.id, nodeOf(flow, spot.node)?.id);
    this.saver.changed();
    this.onStep?.(what, step);
  }

  select = (flowId: number, nodeId?: number): void => {
    const push = flowId !== this.state.flowId;
    if (!flowOf(this.state.doc, flowId)) return;
    const { chosen, edgeAt } = this.state;
    if (!push && nodeId === this.state.nodeId && !edgeAt && chosen.length === (nodeId === undefined ? 0 : 1)) return;
    this.set({ flowId, nodeId, chosen: nodeId === undefined ? NONE : [nodeId], edgeAt: undefined });
    this.went(push);
  };

  /** Chooses nodes of the flow that is shown. */
  choose = (ids: readonly number[]): void => {
    const { chosen, edgeAt } = this.state;
    if (!edgeAt && ids.length === chosen.length && ids.every((id) => chosen.includes(id))) return;
    this.set({ chosen: ids, nodeId: ids.length === 1 ? ids[0] : undefined, edgeAt: undefined });
    this.went(false);
  };

  chooseEdge = (from: number, index: number): void => {
    this.set({ chosen: NONE, nodeId: from, edgeAt: { from, index } });
    this.went(false);
  };

  /** Goes there and shows it, and lets one write at once where that is wanted. */
  jump = (flowId: number, nodeId?: number, write = false): void => {
    this.select(flowId, nodeId);
    const { wantsSight, wantsForm } = this.state;
    this.set({ wantsSight: wantsSight + 1, ...(write && { wantsForm: wantsForm + 1 }) });
  };

  wantForm = (): void => this.set({ wantsForm: this.state.wantsForm + 1 });

  private went(push: boolean): void {
    const { flowId, nodeId } = this.state;
    this.onSelect?.({ flow: flowId, node: nodeId }, push);
    this.sayWhere();
  }

  /** Goes where the address leads; the address is right already. */
  follow(flowId: number, nodeId?: number): void {
    const flow = flowOf(this.state.doc, flowId);
    const node = nodeOf(flow, nodeId)?.id;
    if (flow && (flowId !== this.state.flowId || node !== this.state.nodeId)) this.set({ flowId, nodeId: node, chosen: node === undefined ? NONE : [node], edgeAt: undefined });
  }

  setLit = (lit: readonly Visit[]): void => this.set({ lit });
  flush = (): Promise<number> => this.saver.flush();
  resolve = (choose: Choose): void => this.saver.resolve(choose);

  /** Checks the draft again as soon as the server has it. */
  checkSoon(): void {
    clearTimeout(this.checking);
    this.checking = setTimeout(() => {
      void check(this.place).then((complaints) => this.set({ complaints })).catch(() => undefined);
    }, CHECK_MS);
  }

  private hear(people: readonly Person[]): void {
    this.set({ people: people.filter((one) => one.session !== this.session) });
  }

  private sayWhere(): void {
    const { flowId, nodeId } = this.state;
    presence(this.place, { session: this.session, flow: flowId, node: nodeId ?? null })
      .then(({ people }) => {
        this.hear(people);
        if (this.deaf) this.ear?.reopen();
        this.deaf = false;
      })
      .catch(() => {
        this.deaf = true;
      });
  }

  /** Takes over, one after the other, what closed windows could not save. */
  private async restore(kept: readonly Kept[]): Promise<void> {
    for (const { base, mine, key } of kept) {
      // What cannot be sent now, or must be decided first, leaves the rest for another time.
      await this.saver.flush();
      this.saver.restore(base, mine);
      await this.saver.keep();
      await this.shelf.forget(key);
    }
  }

  /** Called when both moved the same nodes; mine stand where I put them. */
  private onBothMoved: ((moved: readonly Moved[]) => void) | undefined;

  /** Says who hears of it. */
  hearBothMoved(told: ((moved: readonly Moved[]) => void) | undefined): void {
    this.onBothMoved = told;
  }

  private adopt({ doc, renumbered, moved }: Merged): void {
    if (moved.length > 0) this.onBothMoved?.(moved);
    this.set({ doc, history: remapped(this.state.history, renumbered), ...this.stillThere(doc) });
  }

  private told(state: SaverState): void {
    const before = this.state.revision;
    if (state.saved === "offline") this.deaf = true;
    else if (this.deaf && state.revision !== before) this.sayWhere();
    this.set({ saved: state.saved, conflicts: state.conflicts, refusal: state.refusal, revision: state.revision });
    if (state.revision !== before) this.checkSoon();
  }

  /** Where one is, if what one looked at is gone. */
  private stillThere(doc: BotDoc): Partial<EditorState> {
    const { flowId, nodeId, chosen, edgeAt } = this.state;
    const flow = flowOf(doc, flowId);
    if (flow) {
      const left = chosen.filter((id) => nodeOf(flow, id));
      const from = edgeAt && nodeOf(flow, edgeAt.from);
      return {
        ...(!nodeOf(flow, nodeId) && { nodeId: undefined }),
        ...(left.length < chosen.length && { chosen: left }),
        ...(edgeAt && !(from && edgesOf(from)[edgeAt.index]) && { edgeAt: undefined }),
      };
    }
    const other = flowOf(doc, entryFlowId(doc) ?? NaN) ?? doc.flows[0];
    if (other) queueMicrotask(() => this.onSelect?.({ flow: other.id }, false));
    return { flowId: other?.id ?? 0, nodeId: undefined, chosen: NONE, edgeAt: undefined };
  }
}

const Context = createContext<EditorStore | undefined>(undefined);
export const EditorContext = Context.Provider;

export function useEditorStore(): EditorStore {
  const store = useContext(Context);
  if (!store) throw new Error("this stands inside the editor's screen");
  return store;
}

/** A part of the state; what `pick` makes must be the same object while nothing changed. */
export function useEditorState<T>(pick: (state: EditorState) => T): T {
  const store = useEditorStore();
  return useSyncExternalStore(store.subscribe, () => pick(store.get()));
}

export interface Editor extends EditorState {
  ws: string;
  botId: string;
  readonly: boolean;
  canUndo: boolean;
  canRedo: boolean;
  run: (command: Command) => void;
  undo: () => void;
  redo: () => void;
  /** Saves now; the revision that the server then has. Fails when it is away or refuses. */
  flush: () => Promise<number>;
  select: (flowId: number, nodeId?: number) => void;
  setLit: (lit: readonly Visit[]) => void;
}

export function useEditor(): Editor {
  const store = useEditorStore();
  const state = useSyncExternalStore(store.subscribe, store.get);
  return useMemo(
    () => ({
      ...state,
      ws: store.place.ws,
      botId: store.place.bot,
      readonly: store.readonly,
      canUndo: state.history.past.length > 0 && !store.readonly,
      canRedo: state.history.future.length > 0 && !store.readonly,
      run: store.run,
      undo: store.undo,
      redo: store.redo,
      flush: store.flush,
      select: store.select,
      setLit: store.setLit,
    }),
    [state, store],
  );
}

/** The flow that is shown. */
export function useFlow(): FlowDoc | undefined {
  return useEditorState(({ doc, flowId }) => flowOf(doc, flowId));
}

/** The node that is chosen. */
export function useNode(): NodeDoc | undefined {
  return useEditorState(({ doc, flowId, nodeId }) => nodeOf(flowOf(doc, flowId), nodeId));
}
