// The conversations of this page, one for each bot. They outlive the pane: who hides the preview or looks at another
// screen finds the conversation as it was.

import { useCallback, useEffect, useRef, useSyncExternalStore } from "react";

import { Problem } from "../api/problem";
import { setExample } from "../forms/example";
import { useExplain } from "../shell/form";
import { type Channel, type Person, preview, type PreviewEvent, type Previewed } from "./api";
import { aside, type Aside, answered, ask, backTo, busy, EMPTY, failed, NEW_PERSON, type Talk } from "./talk";

interface Kept {
  talk: Talk;
  channel: Channel;
  /** The channel was chosen, by a person or because the bot uses it. */
  picked: boolean;
  person: Person;
  /** The turn that the inspector shows; the last one where nothing is chosen. */
  chosen: number | undefined;
  controller: AbortController | undefined;
}

const kept = new Map<string, Kept>();
const listeners = new Set<() => void>();
const FRESH: Kept = { talk: EMPTY, channel: "kakao", picked: false, person: NEW_PERSON, chosen: undefined, controller: undefined };

const read = (bot: string): Kept => kept.get(bot) ?? FRESH;

function write(bot: string, part: Partial<Kept>): void {
  kept.set(bot, { ...read(bot), ...part });
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export interface TalkControl extends Omit<Kept, "controller"> {
  busy: boolean;
  send: (event: PreviewEvent) => Promise<Previewed | undefined>;
  /** Everything from the beginning: the room is opened anew. */
  restart: (change?: { channel?: Channel; person?: Person }) => Promise<void>;
  /** The same events once more, against the draft as it is now. */
  replay: () => Promise<void>;
  /** Back to this answer; gives the way to take that back. */
  back: (turn: number) => () => void;
  note: (aside: Aside) => void;
  choose: (turn: number | undefined) => void;
}

/** Why a turn failed: of a refusal what it says of the event, else what it says as a whole. */
function why(error: unknown, told: { title: string; detail: string }): { title: string; detail: string } {
  const errors = error instanceof Problem ? error.errors.map((one) => one.detail).join(" ") : "";
  return errors ? { title: told.title, detail: errors } : told;
}

/** `ready` is awaited before each turn: the draft has to be at the server when it is tried. */
export function useTalk(ws: string, bot: string, ready: () => Promise<unknown>): TalkControl {
  const state = useSyncExternalStore(subscribe, () => read(bot));
  const explain = useExplain();
  const now = useRef({ explain, ready });
  useEffect(() => {
    now.current = { explain, ready };
  });

  const send = useCallback(
    async (event: PreviewEvent): Promise<Previewed | undefined> => {
      const { talk, channel, person } = read(bot);
      if (busy(talk)) return undefined;
      const asked = ask(talk, event, Date.now());
      const controller = new AbortController();
      write(bot, { talk: asked.talk, chosen: undefined, controller });
      try {
        await now.current.ready();
        const answer = await preview(ws, bot, { channel, state: asked.turn.state, event, person, source: "draft" }, controller.signal);
        write(bot, { talk: answered(read(bot).talk, asked.turn.id, answer) });
        // Forms show templates and run scripts with what was really there.
        setExample(bot, answer.context);
        return answer;
      } catch (error) {
        if (!controller.signal.aborted) write(bot, { talk: failed(read(bot).talk, asked.turn.id, why(error, now.current.explain(error))) });
        return undefined;
      }
    },
    [ws, bot],
  );

  const restart = useCallback(
    async (change: { channel?: Channel; person?: Person } = {}) => {
      const { controller, talk } = read(bot);
      controller?.abort();
      write(bot, { ...change, ...(change.channel && { picked: true }), talk: { ...EMPTY, next: talk.next }, chosen: undefined, controller: undefined });
      await send({ type: "start" });
    },
    [bot, send],
  );

  const replay = useCallback(async () => {
    const { controller, talk } = read(bot);
    controller?.abort();
    write(bot, { talk: { ...EMPTY, next: talk.next }, chosen: undefined, controller: undefined });
    for (const { event } of talk.turns) {
      if (!(await send(event))) return;
    }
  }, [bot, send]);

  const back = useCallback(
    (turn: number) => {
      const { controller, talk } = read(bot);
      controller?.abort();
      write(bot, { talk: backTo(talk, turn), chosen: undefined, controller: undefined });
      return () => write(bot, { talk: { ...talk, turns: talk.turns.filter((one) => one.answer) }, chosen: undefined });
    },
    [bot],
  );

  return {
    ...state,
    busy: busy(state.talk),
    send,
    restart,
    replay,
    back,
    note: useCallback((note: Aside) => write(bot, { talk: aside(read(bot).talk, note) }), [bot]),
    choose: useCallback((chosen: number | undefined) => write(bot, { chosen }), [bot]),
  };
}
