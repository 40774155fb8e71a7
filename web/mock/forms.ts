// What the forms ask: a template is filled with the context's values, a script is run, a picture is kept. The engine's
// helpers are not known here; the browser tests that need them run against the real program.

import { createContext, Script } from "node:vm";

import { pick, Refusal, speaksKorean } from "./problem.ts";
import type { Call, Route } from "./server.ts";
import type { BotRow, Role } from "./world.ts";

interface Tools {
  botRow: (call: Call, needed: Role) => { row: BotRow };
}

const MOST_BYTES = 10 * 1024 * 1024;
const SCRIPT_MS = 5_000;
const KINDS: [type: string, extension: string, begins: number[]][] = [
  ["image/png", "png", [0x89, 0x50]],
  ["image/jpeg", "jpg", [0xff, 0xd8]],
  ["image/gif", "gif", [0x47, 0x49]],
  ["image/bmp", "bmp", [0x42, 0x4d]],
];
const media = new Map<string, { bytes: Uint8Array; type: string }>();

function at(context: unknown, path: string): unknown {
  const parts = path.replaceAll(/\[(\d+)\]/g, ".$1").split(".");
  const walk = (from: unknown) => parts.reduce<unknown>((here, key) => (typeof here === "object" && here !== null ? (here as Record<string, unknown>)[key] : undefined), from);
  if (path === "message") return at(context, "message.text");
  return walk(context) ?? walk((context as { params?: unknown } | undefined)?.params);
}

function render(template: string, context: unknown, korean: boolean): unknown {
  const open = template.lastIndexOf("{{");
  if (open >= 0 && template.indexOf("}}", open) < 0) {
    const line = template.slice(0, open).split("\n").length;
    return { error: { message: pick(korean, [`${line}번째 줄: 중괄호가 닫히지 않았어요.`, `Line ${line}: the braces are not closed.`]), at: { line, column: 1 } } };
  }
  const text = template.replaceAll(/\{\{\s*([^{}]+?)\s*\}\}/g, (whole, inside: string) => {
    if (!/^[\p{L}\p{N}_.[\]$-]+$/u.test(inside)) return whole;
    const value = at(context, inside);
    return value === undefined || value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
  });
  return { text };
}

async function run(source: string, context: unknown): Promise<unknown> {
  const logs: { level: string; text: string }[] = [];
  const said = (level: string) => (...parts: unknown[]) => void logs.push({ level, text: parts.map((part) => (typeof part === "string" ? part : JSON.stringify(part))).join(" ") });
  const began = performance.now();
  const ended = (more: object) => ({ ...more, logs, tookMs: Math.round(performance.now() - began) });
  const loaded = { exports: undefined as unknown };
  try {
    const box = createContext({ module: loaded, console: { log: said("log"), warn: said("warn"), error: said("error"), info: said("info") } });
    new Script(source, { filename: "script.js" }).runInContext(box, { timeout: SCRIPT_MS });
    if (typeof loaded.exports !== "function") throw new TypeError("module.exports is no function");
    const result: unknown = await (loaded.exports as (context: unknown) => unknown)(context);
    return ended({ result });
  } catch (error) {
    const { name = "Error", message = "", stack = "" } = error as Error;
    return ended({ error: { name, message, stack } });
  }
}

export function formRoutes({ botRow }: Tools): Route[] {
  return [
    ["POST", "/api/workspaces/*/bots/*/template/render", (call) => {
      botRow(call, "readonly");
      return { body: render(String(call.body["template"] ?? ""), call.body["context"], speaksKorean(call)) };
    }],
    ["POST", "/api/workspaces/*/bots/*/script/run", (call) => {
      botRow(call, "editor");
      const body = new ReadableStream<Uint8Array>({
        async start(controller) {
          controller.enqueue(new TextEncoder().encode(JSON.stringify(await run(String(call.body["script"] ?? ""), call.body["context"]))));
          controller.close();
        },
      });
      return new Response(body, { headers: { "content-type": "application/json" } });
    }],
    ["POST", "/api/workspaces/*/bots/*/media", (call) => {
      botRow(call, "editor");
      const kind = KINDS.find(([, , begins]) => begins.every((byte, index) => call.raw[index] === byte));
      if (!kind || call.raw.length > MOST_BYTES) throw new Refusal("not-a-picture");
      const name = `${[...call.raw.subarray(0, 4096)].reduce((sum, byte) => (sum * 31 + byte) >>> 0, 7).toString(16)}.${kind[1]}`;
      media.set(name, { bytes: call.raw, type: kind[0] });
      return { status: 201, body: { url: `/media/${name}`, contentType: kind[0], width: 800, height: 400, size: call.raw.length } };
    }],
    ["GET", "/media/*", (call) => {
      const found = media.get(call.parts[0] ?? "");
      if (!found) throw new Refusal("missing");
      return new Response(found.bytes as Uint8Array<ArrayBuffer>, { headers: { "content-type": found.type } });
    }],
  ];
}
