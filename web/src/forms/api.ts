// The calls of the forms: a picture goes up, a template is rendered, a script is run.

import { call } from "../api/client";
import { base, type Place } from "../editor/api";

const JSON_BODY = { "content-type": "application/json" };

async function ask<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const answer = await call(path, { method: "POST", headers: JSON_BODY, body: JSON.stringify(body), signal: signal ?? null });
  return (await answer.json()) as T;
}

export interface Rendered {
  text?: string;
  error?: { message: string; at?: { line: number; column: number } };
}

/** `secrets`: it stands in an HTTP node, where `SECRET` may be used; the answer holds names only. */
export function renderTemplate(place: Place, template: string, context: unknown, secrets: boolean): Promise<Rendered> {
  return ask(`${base(place)}/template/render`, { template, context, secrets });
}

export interface ScriptRun {
  result?: unknown;
  error?: { name: string; message: string; stack?: string };
  logs: { level: string; text: string }[];
  tookMs: number;
}

export function runScript(place: Place, script: string, context: unknown, signal?: AbortSignal): Promise<ScriptRun> {
  return ask(`${base(place)}/script/run`, { script, context }, signal);
}

export interface Uploaded {
  url: string;
  contentType: string;
  width: number;
  height: number;
  size: number;
}

/** What the server takes (spec kakao-skill.md 4.3), and how much. */
export const PICTURES = ["image/jpeg", "image/png", "image/gif", "image/bmp"];
export const MOST_BYTES = 10 * 1024 * 1024;

export async function upload(place: Place, file: Blob): Promise<Uploaded> {
  const answer = await call(`${base(place)}/media`, { method: "POST", headers: { "content-type": file.type }, body: file });
  return (await answer.json()) as Uploaded;
}
