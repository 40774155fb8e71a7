// Versions, the draft as a file, and publishing: what these screens ask of the server. Files are read without loss
// (flow/json.ts), so that a draft that is put back is put back byte for byte.

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { call } from "../api/client";
import type { components } from "../api/schema.gen";
import type { Complaint } from "../editor/state";
import { readBot } from "../flow/file";
import { rawFields } from "../flow/json";
import type { BotDoc } from "../flow/types";

export type Version = components["schemas"]["Version"];

export interface DraftFile {
  revision: number;
  /** As it stands at the server. */
  text: string;
  doc: BotDoc;
  updatedAt: number;
}

export const pathOf = (ws: string, bot: string) => `/api/workspaces/${encodeURIComponent(ws)}/bots/${encodeURIComponent(bot)}`;

const send = (method: string, body?: string): RequestInit => ({
  method,
  ...(body !== undefined && { body, headers: { "content-type": "application/json" } }),
});

export const versionKeys = {
  all: (ws: string, bot: string) => ["ws", ws, "bot", bot, "versions"],
  list: (ws: string, bot: string) => ["ws", ws, "bot", bot, "versions", "list"],
  file: (ws: string, bot: string, number: number) => ["ws", ws, "versionFile", bot, number],
  draft: (ws: string, bot: string) => ["ws", ws, "draftFile", bot],
};

export const versionsQuery = (ws: string, bot: string) =>
  infiniteQueryOptions({
    queryKey: versionKeys.list(ws, bot),
    queryFn: async ({ pageParam, signal }) => {
      const query = pageParam ? `?cursor=${encodeURIComponent(pageParam)}` : "";
      return (await (await call(`${pathOf(ws, bot)}/versions${query}`, { signal })).json()) as { items: Version[]; next: string | null };
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });

function asDoc(text: string): BotDoc {
  const doc = readBot(text);
  if (!doc) throw new Error("the server sent a file that is no bot");
  return doc;
}

/** The file of a version. It never changes. */
export const versionFileQuery = (ws: string, bot: string, number: number) =>
  queryOptions({
    queryKey: versionKeys.file(ws, bot, number),
    queryFn: async ({ signal }) => asDoc(await (await call(`${pathOf(ws, bot)}/versions/${number}/file`, { signal })).text()),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });

export async function readDraft(ws: string, bot: string, signal?: AbortSignal): Promise<DraftFile> {
  const fields = rawFields(await (await call(`${pathOf(ws, bot)}/draft`, signal ? { signal } : {})).text());
  const text = fields.get("file") ?? "null";
  return { revision: Number(fields.get("revision")), text, doc: asDoc(text), updatedAt: Number(fields.get("updatedAt")) };
}

export const draftFileQuery = (ws: string, bot: string) =>
  queryOptions({
    queryKey: versionKeys.draft(ws, bot),
    queryFn: ({ signal }) => readDraft(ws, bot, signal),
    structuralSharing: false,
  });

export async function checkDraft(ws: string, bot: string): Promise<Complaint[]> {
  return ((await (await call(`${pathOf(ws, bot)}/check`, send("POST", "{}"))).json()) as { complaints: Complaint[] }).complaints;
}

export async function publish(ws: string, bot: string, body: { note?: string; revision?: number }): Promise<number> {
  return ((await (await call(`${pathOf(ws, bot)}/publish`, send("POST", JSON.stringify(body)))).json()) as { version: number }).version;
}

/** The version answers from now on. */
export const serveAgain = (ws: string, bot: string, number: number) => call(`${pathOf(ws, bot)}/versions/${number}/publish`, send("POST"));

/** The draft becomes what the version is; gives back how to undo that. */
export async function restore(ws: string, bot: string, number: number): Promise<() => Promise<unknown>> {
  const before = await readDraft(ws, bot);
  const answer = await call(`${pathOf(ws, bot)}/versions/${number}/draft`, send("POST", JSON.stringify({ base: before.revision })));
  const { revision } = (await answer.json()) as { revision: number };
  return () => call(`${pathOf(ws, bot)}/draft`, send("PUT", `{"base":${revision},"file":${before.text}}`));
}

export const remove = (ws: string, bot: string, number: number) => call(`${pathOf(ws, bot)}/versions/${number}`, send("DELETE"));
