// The one door to the server. Every call is typed by openapi.json, carries the header that proves it came from this page,
// asks for words in the language that is shown, and fails as a `Problem` or as `Unreachable`.

import createClient, { type Middleware } from "openapi-fetch";

import { Problem, Unreachable } from "./problem";
import type { components, paths } from "./schema.gen";

export type Schemas = components["schemas"];
export type Me = Schemas["Me"];
export type Workspace = Schemas["Workspace"];
export type Member = Schemas["Member"];
export type Invite = Schemas["Invite"];
export type InviteMade = Schemas["InviteMade"];
export type Invitation = Schemas["Invitation"];
export type AuditLine = Schemas["AuditLine"];
export type BotSummary = Schemas["BotSummary"];
export type Bot = Schemas["Bot"];
export type NewBot = Schemas["NewBotBody"];
export type BotChange = Schemas["BotChange"];
export type Template = Schemas["Template"];
export type Warning = Schemas["Warning"];
export type SignIn = Schemas["SignIn"];
export type StateOfServer = Schemas["StateOfServer"];
export type SystemMessage = Schemas["SystemMessage"];
export type SessionBehavior = Schemas["SessionBehavior"];
export type Language = Schemas["Language"];
export type Theme = Schemas["Theme"];

/** Whether the server was reached the last time. */
type Heard = (reached: boolean) => void;
/** The session has ended. */
type Ended = () => void;

const listeners = { heard: new Set<Heard>(), ended: new Set<Ended>() };
let language: Language = "ko";

/** The language in which problems are told. */
export function speak(next: Language): void {
  language = next;
}

export function onReached(listener: Heard): () => void {
  listeners.heard.add(listener);
  return () => listeners.heard.delete(listener);
}

export function onSessionEnded(listener: Ended): () => void {
  listeners.ended.add(listener);
  return () => listeners.ended.delete(listener);
}

function heard(reached: boolean): void {
  for (const listener of listeners.heard) listener(reached);
}

/** Sends a request as the page must, and turns every failure into one of the two errors. */
export async function call(path: string, init: RequestInit = {}): Promise<Response> {
  return send(new Request(new URL(path, location.origin), init));
}

async function send(request: Request): Promise<Response> {
  const headers = new Headers(request.headers);
  headers.set("accept-language", language);
  headers.set("x-closer", "1");
  let response: Response;
  try {
    response = await fetch(new Request(request, { headers }));
  } catch (error) {
    if (request.signal.aborted) throw error;
    heard(false);
    throw new Unreachable();
  }
  heard(true);
  if (response.ok) return response;
  const retry = Number.parseInt(response.headers.get("retry-after") ?? "", 10);
  const problem = new Problem(
    response.status,
    await response.json().catch(() => null),
    Number.isNaN(retry) ? undefined : retry,
  );
  if (problem.kind === "not-signed-in") for (const listener of listeners.ended) listener();
  throw problem;
}

// `send` throws for every failure, so that `error` of openapi-fetch is never set and `data` is always there.
const client = createClient<paths>({ baseUrl: location.origin, fetch: send });
const noBody: Middleware = {
  onResponse({ response }) {
    // openapi-fetch parses by content-length; an empty 202 has none over a compressing proxy.
    return response.status === 202 ? new Response(null, { status: 204 }) : undefined;
  },
};
client.use(noBody);

/** Calls that name a path of the API; `await data(api.GET("/api/me"))` is the answer's body. */
export const api = client;

/** The header that every change carries; other sites cannot set it. */
export const marked = { header: { "x-closer": "1" } } as const;

/** The same, with what stands in the path. */
export function to<P>(path: P): typeof marked & { path: P } {
  return { ...marked, path };
}

/** The body of an answer. */
export async function data<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}
