// Path tests: what these screens ask of the server.

import { queryOptions } from "@tanstack/react-query";

import { call } from "../api/client";
import type { components } from "../api/schema.gen";
import { type Channel, type Person, type PreviewEvent, preview } from "../preview/api";
import { pathOf } from "../versions/api";

/** One act of the customer, what was answered, and what the world said then. */
export interface Step {
  event: PreviewEvent;
  answer: unknown;
  replies: unknown[];
}

type S = components["schemas"];

export interface PathTest extends Pick<S["PathTest"], "id" | "name" | "channel" | "createdAt" | "updatedAt"> {
  /** Who talks to the bot. */
  person: Person;
  steps: Step[];
}

export interface StepResult extends Pick<S["PathStepResult"], "passed" | "difference"> {
  expected: unknown;
  got: unknown;
}

export interface Result extends Pick<S["PathTestResult"], "id" | "name" | "passed"> {
  /** Empty where there was no time for the test. */
  steps: StepResult[];
}

const send = (method: string, body: unknown): RequestInit => ({ method, body: JSON.stringify(body), headers: { "content-type": "application/json" } });

export const testsKey = (ws: string, bot: string) => ["ws", ws, "bot", bot, "tests"];

export const testsQuery = (ws: string, bot: string) =>
  queryOptions({
    queryKey: testsKey(ws, bot),
    queryFn: async ({ signal }) => ((await (await call(`${pathOf(ws, bot)}/tests`, { signal })).json()) as { items: PathTest[] }).items,
  });

export async function addTest(ws: string, bot: string, test: { name: string; channel: Channel; person: Person; steps: Step[] }): Promise<PathTest> {
  return (await (await call(`${pathOf(ws, bot)}/tests`, send("POST", test))).json()) as PathTest;
}

export const changeTest = (ws: string, bot: string, id: string, part: Partial<Pick<PathTest, "name" | "steps">>) =>
  call(`${pathOf(ws, bot)}/tests/${id}`, send("PATCH", part));

export const deleteTest = (ws: string, bot: string, id: string) => call(`${pathOf(ws, bot)}/tests/${id}`, { method: "DELETE" });

export async function runTests(ws: string, bot: string, ids?: string[]): Promise<Result[]> {
  const answer = await call(`${pathOf(ws, bot)}/tests/run`, send("POST", { source: "draft", ...(ids && { ids }) }));
  return ((await answer.json()) as { results: Result[] }).results;
}

/** Plays the events anew, the world asked again; what is answered now is what the test will expect. */
export async function recordAnew(ws: string, bot: string, test: PathTest): Promise<Step[]> {
  const steps: Step[] = [];
  let state: unknown = null;
  for (const { event } of test.steps) {
    const answer = await preview(ws, bot, { channel: test.channel, state, event, person: test.person, source: "draft" });
    state = answer.state;
    steps.push({ event, answer: answer.answer, replies: answer.replies });
  }
  return steps;
}

/** Where all tests of a bot stand as a file, for `closer test` and for other bots. */
export const testsFile = (ws: string, bot: string) => `${pathOf(ws, bot)}/tests/file`;

/** Takes in a file of tests; what is there stays. How many came. */
export async function importTests(ws: string, bot: string, file: File): Promise<number> {
  const answer = await call(testsFile(ws, bot), { method: "POST", body: await file.text(), headers: { "content-type": "application/json" } });
  return ((await answer.json()) as { items: PathTest[] }).items.length;
}
