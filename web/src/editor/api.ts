// The calls of the editor. The draft travels as the raw text of its file, so that numbers keep their spelling.

import { call } from "../api/client";
import { isProblem, Problem, Unreachable } from "../api/problem";
import { asBot } from "../flow/document";
import { botText } from "../flow/file";
import { rawFields, read } from "../flow/json";
import { type Door, DoorError } from "../flow/saver";
import type { components } from "../api/schema.gen";
import type { Complaint, Limits, Person } from "./state";

type Here = components["schemas"]["EditorPeople"];

export interface Place {
  ws: string;
  bot: string;
}

export const base = ({ ws, bot }: Place) => `/api/workspaces/${encodeURIComponent(ws)}/bots/${encodeURIComponent(bot)}`;

const JSON_BODY = { "content-type": "application/json" };

function failed(error: unknown): never {
  if (isProblem(error, "draft-changed")) throw new DoorError("changed", error);
  // Signed out, too many calls, a server that is starting: all of these pass.
  if (error instanceof Unreachable || (error instanceof Problem && (error.status >= 500 || error.status === 401 || error.status === 429))) {
    throw new DoorError("away", error);
  }
  throw new DoorError("refused", error);
}

export function door(place: Place, session: string): Door {
  return {
    async get() {
      try {
        const fields = rawFields(await (await call(`${base(place)}/draft`)).text());
        const doc = asBot(read(fields.get("file") ?? "null"));
        if (!doc) throw new DoorError("refused");
        return { revision: Number(fields.get("revision")), doc };
      } catch (error) {
        throw error instanceof DoorError ? error : failed(error);
      }
    },
    async put(revision, doc) {
      try {
        const body = `{"base":${revision},"file":${botText(doc)}}`;
        const headers = { ...JSON_BODY, "x-editor-session": session };
        const answer = await call(`${base(place)}/draft`, { method: "PUT", headers, body });
        return { revision: ((await answer.json()) as { revision: number }).revision };
      } catch (error) {
        failed(error);
      }
    },
  };
}

/** What is wrong with the draft that the server has. */
export async function check(place: Place): Promise<Complaint[]> {
  const answer = await call(`${base(place)}/check`, { method: "POST", headers: JSON_BODY, body: "{}" });
  return ((await answer.json()) as { complaints: Complaint[] }).complaints;
}

/** The channels, each with what it shows of this bot and whether the bot uses it. */
export async function channels(place: Place): Promise<Limits[]> {
  const answer = await call(`${base(place)}/channels`);
  return ((await answer.json()) as components["schemas"]["BotChannels"]).channels;
}

/** Says where one is; who is there. */
export async function presence(place: Place, body: { session: string; flow: number | null; node: number | null }): Promise<Here> {
  const answer = await call(`${base(place)}/draft/presence`, { method: "PUT", headers: JSON_BODY, body: JSON.stringify(body) });
  return (await answer.json()) as Here;
}

/** Between two tries to hear the server again. */
const AGAIN_MS = 2_000;

export interface Heard {
  presence: (people: Person[]) => void;
  saved: (what: { revision: number; session: string | null; name: string }) => void;
  /** Heard again after a silence: something may have been missed. */
  again: () => void;
}

export interface Ear {
  /** The server was away: what stands before it may hold the old stream open although nobody speaks in it any more. */
  reopen: () => void;
  close: () => void;
}

/** What the server tells while the editor is open. */
export function events(place: Place, told: Heard): Ear {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let opens = 0;
  const open = () => {
    clearTimeout(timer);
    source?.close();
    const opened = new EventSource(`${base(place)}/draft/events`);
    source = opened;
    opened.addEventListener("open", () => {
      opens += 1;
      if (opens > 1) told.again();
    });
    opened.addEventListener("presence", (event) => told.presence((JSON.parse((event as MessageEvent<string>).data) as { people: Person[] }).people));
    opened.addEventListener("saved", (event) => told.saved(JSON.parse((event as MessageEvent<string>).data) as { revision: number; session: string | null; name: string }));
    // What stands before a server that is away answers for it (502), and after an answer that is no stream of events a
    // browser does not ask again by itself.
    opened.addEventListener("error", () => {
      if (opened === source && opened.readyState === EventSource.CLOSED) timer = setTimeout(open, AGAIN_MS);
    });
  };
  open();
  return {
    reopen: open,
    close: () => {
      clearTimeout(timer);
      source?.close();
      source = undefined;
    },
  };
}
