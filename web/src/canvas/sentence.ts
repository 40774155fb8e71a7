// A condition as a sentence: 나이 ≥ 19 그리고 회원 있음.

import { entriesOf, isObject, numberOf } from "../flow/json";
import type { WhereDoc } from "../flow/types";
import type { Translate } from "../i18n/i18n";

const SIGNS: { [operator: string]: string } = { equals: "=", notEquals: "≠", gt: ">", gte: "≥", lt: "<", lte: "≤", regex: "~" };
const NAMED = new Set(["message", "message.text", "keyboard.value", "message.media", "message.payload", "message.type"]);
/** A sentence on an edge is not a page. */
const LONGEST = 120;

function pathName(path: string, t: Translate): string {
  if (NAMED.has(path)) return t(`editor.paths.${path.replace(".", "_") as "message"}`);
  if (path.startsWith("params.")) return path.slice("params.".length);
  return path;
}

function valueName(value: unknown): string {
  if (typeof value === "string") return value === "" ? "‘’" : `‘${value}’`;
  return String(numberOf(value) ?? JSON.stringify(value));
}

function tests(path: string, what: unknown, t: Translate, short: boolean): string {
  if (!isObject(what)) return `${path} …`;
  const failure = /^(\w+)\.error$/.exec(path)?.[1];
  // Where there is little room, what is said goes without saying.
  const bare = short && (path === "message" || path === "message.text");
  const name = bare ? "" : pathName(path, t);
  return entriesOf(what)
    .map(([operator, value]) => {
      if (operator === "exists" && failure) return t(value === false ? "editor.where.succeeded" : "editor.where.failed");
      if (operator === "exists") return t(value === false ? "editor.where.absent" : "editor.where.exists", { name });
      if (bare && operator === "equals") return valueName(value);
      if (bare && operator === "regex") return `/${String(value)}/`;
      if (operator === "contains" && bare) return `…${valueName(value)}…`;
      if (operator === "contains") return t("editor.where.contains", { name, value: valueName(value) });
      if (operator === "regex") return `${name} ~ /${String(value)}/`;
      return `${name} ${SIGNS[operator] ?? operator} ${valueName(value)}`;
    })
    .join(t("editor.where.and"));
}

function parts(list: unknown, t: Translate, short: boolean): string[] {
  if (!Array.isArray(list)) return [];
  return list.filter(isObject).map((part) => {
    const text = said(part as WhereDoc, t, short);
    return Object.keys(part).length > 1 || "$or" in part || "$and" in part ? `(${text})` : text;
  });
}

function said(where: WhereDoc, t: Translate, short: boolean): string {
  const entries = entriesOf(where);
  return entries
    .map(([path, what]) => {
      if (path === "$and") return parts(what, t, short).join(t("editor.where.and"));
      if (path === "$or") {
        const ways = parts(what, t, short);
        const text = ways.join(t("editor.where.or"));
        // Beside other tests it is one of them.
        return entries.length > 1 && ways.length > 1 ? `(${text})` : text;
      }
      return tests(path, what, t, short);
    })
    .filter(Boolean)
    .join(t("editor.where.and"));
}

/** Nothing for an edge without a condition. */
export function sentence(where: unknown, t: Translate, short = false): string | undefined {
  if (!isObject(where) || Object.keys(where).length === 0) return undefined;
  const text = said(where as WhereDoc, t, short).trim();
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
