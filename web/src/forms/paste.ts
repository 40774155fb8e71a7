// What comes from a spreadsheet: rows of cells, from the HTML, tabs or commas that the clipboard or a file holds. A row makes
// a button: its label, then what it sends.

import { LABEL_HEADING, PAYLOAD_HEADING } from "../i18n/ko/read";

/** As many quick replies as the file format has. */
export const MOST_REPLIES = 50;

export type Rows = string[][];

/** The rows of what was pasted: a table of HTML where there is one, else what the text says. */
export function readTable({ html, text }: { html?: string | undefined; text?: string | undefined }): Rows {
  const fromHtml = html && /<(?:table|tr)\b/i.test(html) ? htmlRows(html) : [];
  return trimmed(fromHtml.length > 0 ? fromHtml : textRows(text ?? ""));
}

/** Is it more than one cell? Then a field for one line takes it for a table. */
export function isTable(rows: Rows): boolean {
  return rows.length > 1 || (rows[0]?.length ?? 0) > 1;
}

function htmlRows(html: string): Rows {
  const page = new DOMParser().parseFromString(html, "text/html");
  const table = page.querySelector("table");
  return [...(table ?? page).querySelectorAll("tr")].map((row) => [...row.querySelectorAll("td, th")].map((cell) => words(cell)));
}

/** A cell's text; `<br>` breaks a line, as do paragraphs. */
function words(cell: Element): string {
  const copy = cell.cloneNode(true) as Element;
  for (const line of copy.querySelectorAll("br")) line.replaceWith("\n");
  for (const part of copy.querySelectorAll("p, div")) part.append("\n");
  return (copy.textContent ?? "")
    .replaceAll(/[^\S\n]+/g, " ")
    .replaceAll(/ ?\n ?/g, "\n")
    .trim();
}

/** Tabs where there are any, else commas or semicolons, quoted as spreadsheets quote. */
function textRows(text: string): Rows {
  const plain = text.replace(/^\uFEFF/, "").replaceAll(/\r\n?/g, "\n");
  if (plain.trim() === "") return [];
  return split(plain, separatorOf(plain));
}

function separatorOf(text: string): string {
  if (text.includes("\t")) return "\t";
  // A comma in one line of many is part of a sentence. In a table every row has its cells.
  const lines = split(text, "\n").map((one) => one[0] ?? "").filter((line) => line.trim() !== "");
  for (const sign of [",", ";"]) {
    const counts = lines.map((line) => split(line, sign)[0]?.length ?? 1);
    const [first = 1] = counts;
    if (first > 1 && counts.every((count) => count === first)) return sign;
  }
  return "\n";
}

/** With "\n" as the separator each line is a cell of its own row. */
function split(text: string, separator: string): Rows {
  const rows: Rows = [];
  let row: string[] = [];
  let cell = "";
  let at = 0;
  const endRow = () => {
    row.push(cell);
    rows.push(row);
    row = [];
    cell = "";
  };
  while (at < text.length) {
    const sign = text[at] ?? "";
    const closing = sign === '"' && cell === "" ? closeOf(text, at, separator) : undefined;
    if (closing !== undefined) {
      cell = text.slice(at + 1, closing).replaceAll('""', '"');
      at = closing + 1;
    } else if (sign === "\n") {
      endRow();
      at += 1;
    } else if (sign === separator) {
      row.push(cell);
      cell = "";
      at += 1;
    } else {
      cell += sign;
      at += 1;
    }
  }
  if (cell !== "" || row.length > 0) endRow();
  return rows;
}

/** Where a quoted cell ends: a quotation mark that a separator, a line's end or the end follows. A lone one is no quotation. */
function closeOf(text: string, open: number, separator: string): number | undefined {
  for (let at = open + 1; at < text.length; at += 1) {
    if (text[at] !== '"') continue;
    const next = text[at + 1];
    if (next === '"') at += 1;
    else return next === undefined || next === separator || next === "\n" ? at : undefined;
  }
  return undefined;
}

/** Without white space around the cells, empty rows, and columns that are empty at the end. */
function trimmed(rows: Rows): Rows {
  const clean = rows.map((row) => row.map((cell) => cell.trim())).filter((row) => row.some((cell) => cell !== ""));
  const width = clean.reduce((most, row) => Math.max(most, row.findLastIndex((cell) => cell !== "") + 1), 0);
  return clean.map((row) => row.slice(0, width));
}

/** Does the first row say what the columns are? */
export function hasHeading(rows: Rows): boolean {
  const [label = "", payload = ""] = rows[0] ?? [];
  return rows.length > 1 && (LABEL_HEADING.test(label) || PAYLOAD_HEADING.test(payload));
}

export interface Reply {
  label: string;
  type: "postback";
  payload?: string;
}

/** One postback button a row. Rows without a label are left out. */
export function replies(rows: Rows, heading = hasHeading(rows)): Reply[] {
  return (heading ? rows.slice(1) : rows).flatMap(([label = "", payload = ""]) => {
    if (label === "") return [];
    const line = label.replaceAll(/\s*\n\s*/g, " ");
    return [payload === "" ? { label: line, type: "postback" as const } : { label: line, type: "postback" as const, payload }];
  });
}
