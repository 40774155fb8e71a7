// What a node shows of itself: its content as rows, without words of ours. How a row looks is `FlowNode`'s business.

import { dataOf, objectAt, objectsAt, textAt } from "../flow/document";
import { isObject, numberOf } from "../flow/json";
import { answers, buttonsOf, type NodeButton, outcomesOf, type Outcome } from "../flow/leads";
import { type Data, type NodeDoc, typeOf } from "../flow/types";

export type Row =
  | { is: "text"; text: string }
  | { is: "media"; uri: string; kind: string }
  | { is: "card"; title: string; description: string; uri: string | undefined }
  | { is: "button"; at: string; label: string; kind: string; point: boolean; flow: number | undefined }
  | { is: "code"; text: string }
  | { is: "assign"; name: string; value: string | undefined }
  | { is: "to"; flow: number | string | undefined }
  | { is: "outcome"; outcome: Outcome }
  | { is: "word"; word: Word; n?: number }
  | { is: "more"; n: number };

/** Short things that the screen says in its own language. */
export type Word = "any" | "text" | "number" | "location" | "clear" | "pop" | "drop" | "push" | "cards" | "nothing";

const BUTTONS = 8;
const CARDS = 2;
const ASSIGNS = 4;

const faces = new WeakMap<NodeDoc, Row[]>();

export function faceOf(node: NodeDoc): Row[] {
  let rows = faces.get(node);
  if (!rows) faces.set(node, (rows = made(node)));
  return rows;
}

function made(node: NodeDoc): Row[] {
  const data = dataOf(node);
  const rows: Row[] = [...content(node, data)];
  for (const outcome of outcomesOf(node)) rows.push({ is: "outcome", outcome });
  return rows;
}

function content(node: NodeDoc, data: Data): Row[] {
  switch (typeOf(node)) {
    case "response":
      return message(objectAt(data, "message"), buttonsOf(node));
    case "keyboard":
      return keyboard(data, buttonsOf(node));
    case "flow":
      return [{ is: "to", flow: numberOf(data["flowId"]) ?? textAt(data, "flowId") }];
    case "fetch":
      return [{ is: "code", text: `${textAt(data, "method") ?? "GET"} ${textAt(data, "uri") ?? ""}`.trim() }];
    case "params":
      return params(data);
    case "sandbox":
      return script(textAt(data, "script") ?? "");
    case "back":
    case "backstack":
      return back(data);
    case "manual":
      return said(textOf(objectAt(objectAt(data, "messages"), "default") ?? data["message"]));
    case "gsheet":
      return said([textAt(data, "sheetName"), ...(Array.isArray(data["columns"]) ? [data["columns"].join(" · ")] : [])].filter(Boolean).join("\n"));
    case "email":
      return said([textAt(data, "to"), textAt(data, "subject")].filter(Boolean).join("\n"));
    case "llm":
      return said(textAt(data, "system") ?? textAt(data, "prompt") ?? "");
    case "nlp":
    case "chitchat":
      return data["provider"] ? [{ is: "code", text: String(data["provider"]) }] : [];
    case "push":
      return said(textAt(data, "event") ?? textAt(data, "eventName") ?? "");
    case "entry":
      return [];
    default:
      return [{ is: "code", text: node.type }];
  }
}

function said(text: string): Row[] {
  return text.trim() ? [{ is: "text", text }] : [{ is: "word", word: "nothing" }];
}

function textOf(what: unknown): string {
  if (typeof what === "string") return what;
  return isObject(what) ? (textAt(what, "text") ?? "") : "";
}

function button({ at, button: one }: NodeButton): Row {
  return { is: "button", at, label: String(one.label ?? ""), kind: one.type ?? "postback", point: answers(one), flow: numberOf(one.flowId) };
}

function some(rows: Row[], most: number): Row[] {
  return rows.length > most + 1 ? [...rows.slice(0, most), { is: "more", n: rows.length - most }] : rows;
}

function message(what: Data | undefined, buttons: NodeButton[]): Row[] {
  if (!what) return [{ is: "word", word: "nothing" }];
  const own = some(buttons.filter((one) => one.card === undefined).map(button), BUTTONS);
  if (what["type"] === "media") {
    const media = objectAt(what, "media");
    return [{ is: "media", uri: textAt(media, "uri") ?? "", kind: textAt(media, "contentType") ?? "image" }, ...own];
  }
  if (what["type"] === "cards") {
    const cards = objectsAt(what, "cards");
    const rows = cards.slice(0, CARDS).flatMap((card, at): Row[] => [
      {
        is: "card",
        title: textAt(card, "title") ?? "",
        description: textAt(card, "description") ?? "",
        uri: textAt(objectAt(card, "media"), "uri"),
      },
      ...buttons.filter((one) => one.card === at).map(button),
    ]);
    return cards.length > CARDS ? [...rows, { is: "word", word: "cards", n: cards.length - CARDS }] : rows;
  }
  if (what["type"] === "location") {
    const location = objectAt(what, "location");
    return said([textAt(location, "title"), [location?.["latitude"], location?.["longitude"]].map(String).join(", ")].filter(Boolean).join("\n"));
  }
  return [...said(textOf(what)), ...own];
}

function keyboard(data: Data, buttons: NodeButton[]): Row[] {
  const type = textAt(data, "type") ?? "buttons";
  if (type === "buttons") return buttons.length > 0 ? some(buttons.map(button), BUTTONS) : [{ is: "word", word: "nothing" }];
  return [{ is: "word", word: type === "number" || type === "text" || type === "location" ? type : "any" }];
}

function params(data: Data): Row[] {
  if (data["type"] === "clear") return [{ is: "word", word: "clear" }];
  const set = objectsAt(data, "set").map(
    (one): Row => ({
      is: "assign",
      name: String(one["key"] ?? ""),
      value: one["value"] === null || one["value"] === undefined ? undefined : shown(one["value"]),
    }),
  );
  return set.length > 0 ? some(set, ASSIGNS) : [{ is: "word", word: "nothing" }];
}

function shown(value: unknown): string {
  if (typeof value === "string") return value;
  return String(numberOf(value) ?? JSON.stringify(value));
}

function script(text: string): Row[] {
  const first = text.split("\n").filter((line) => line.trim() !== "" && !/^\s*(?:\/\/|\/\*|\*)/.test(line));
  return [{ is: "code", text: first.slice(0, 3).join("\n") }];
}

function back(data: Data): Row[] {
  const operation = textAt(data, "operation") ?? "pop";
  const word: Word = operation === "drop" || operation === "clear" || operation === "push" ? operation : "pop";
  return [{ is: "word", word, n: numberOf(data["count"]) ?? 1 }];
}

// ── size ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

export const NODE_WIDTH = 224;
const HEAD = 38;
const TEXT_LINE = 18;
const TEXT_LINES = 4;
const ROW = 30;

/** Lines of a text in the width of a card; a Hangul syllable is twice as wide as a letter. */
function lines(text: string, most: number): number {
  let count = 0;
  for (const line of text.split("\n")) {
    let width = 0;
    for (const letter of line) width += letter.charCodeAt(0) > 0x2e80 ? 13 : 7;
    count += Math.max(1, Math.ceil(width / (NODE_WIDTH - 24)));
    if (count >= most) return most;
  }
  return count;
}

function heightOf(row: Row): number {
  switch (row.is) {
    case "text":
      return lines(row.text, TEXT_LINES) * TEXT_LINE + 8;
    case "media":
      return 106;
    case "card":
      return (row.uri ? 96 : 0) + lines(row.title, 1) * 20 + (row.description ? lines(row.description, 2) * TEXT_LINE : 0) + 12;
    case "code":
      return lines(row.text, 3) * 17 + 12;
    case "assign":
      return 22;
    case "button":
    case "outcome":
      return ROW;
    default:
      return 26;
  }
}

const heights = new WeakMap<NodeDoc, number>();

/** How tall a node will be, before anybody has measured it. */
export function heightFor(node: NodeDoc): number {
  let height = heights.get(node);
  if (height === undefined) {
    const rows = faceOf(node);
    height = HEAD + rows.reduce((sum, row) => sum + heightOf(row), 0) + (rows.length > 0 ? 8 : 0);
    heights.set(node, height);
  }
  return height;
}
