// A context to try templates and scripts with, for each bot: what the preview saw last, or what somebody wrote; until then
// one that is made up from the bot. It is kept while the page is open and never stored in the bot.

import { dataOf, objectsAt, textAt } from "../flow/document";
import { type BotDoc, typeOf } from "../flow/types";

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
    message: { type: "text", text: "안녕하세요" },
    keyboard: { status: "COMPLETED", value: "안녕하세요" },
  };
}

/** A word that fits a name: something to look at, no claim about the bot. */
function sample(name: string): unknown {
  if (/이름|성함|name/i.test(name)) return "홍길동";
  if (/개수|수량|나이|금액|가격|count|age|price|total|amount|num/i.test(name)) return 3;
  if (/전화|휴대폰|phone|tel/i.test(name)) return "010-1234-5678";
  if (/날짜|date|언제/i.test(name)) return "2026-12-24";
  if (/mail|메일/i.test(name)) return "hong@example.com";
  return name;
}
