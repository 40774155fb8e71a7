// A context to try templates and scripts with, for each bot: what the preview saw last, or what somebody wrote; until then
// one that is made up from the bot. It is kept while the page is open and never stored in the bot.

import { dataOf, objectsAt, textAt } from "../flow/document";
import { type BotDoc, typeOf } from "../flow/types";
import { SAMPLE_MESSAGE, SAMPLES } from "../i18n/ko/read";

const given = new Map<string, unknown>();
const madeUp = new WeakMap<object, unknown>();
const listeners = new Set<() => void>();

/** The preview tells what the context was after its last turn. */
export function setExample(bot: string, context: unknown): void {
  given.set(bot, context);
  for (const listener of listeners) listener();
}

export function watchExamples(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function exampleOf(bot: string, doc: BotDoc): unknown {
  const known = given.get(bot) ?? madeUp.get(doc.flows);
  if (known !== undefined) return known;
  const made = makeUp(doc);
  madeUp.set(doc.flows, made);
  return made;
}

const PARAM = /\bparams\.([\p{L}\p{N}_:-]+)/gu;

/** Params by their names, and a first message. */
function makeUp(doc: BotDoc): unknown {
  const params: Record<string, unknown> = {};
  for (const flow of doc.flows) {
    for (const node of flow.nodes) {
      if (typeOf(node) === "params") {
        for (const one of objectsAt(dataOf(node), "set")) {
          const key = textAt(one, "key")?.trim();
          if (!key || key in params) continue;
          const value = one["value"];
          params[key] = typeof value === "string" && value.includes("{{") ? sample(key) : (value ?? sample(key));
        }
      }
      for (const [, name] of JSON.stringify(node.data ?? null).matchAll(PARAM)) if (name && !(name in params)) params[name] = sample(name);
    }
  }
  return {
    platform: "kakao",
    bot: { title: doc.title, description: doc.description ?? "" },
    params,
    message: { type: "text", text: SAMPLE_MESSAGE },
    keyboard: { status: "COMPLETED", value: SAMPLE_MESSAGE },
  };
}

/** A value that fits a name: something to look at, no claim about the bot. */
function sample(name: string): string | number {
  return SAMPLES.find(([pattern]) => pattern.test(name))?.[1] ?? name;
}
