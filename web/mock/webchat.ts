// The web chat of bots, in memory: on for those that KakaoTalk is on for.

import type { WebSettings } from "../src/channels/web/read.ts";
import { Refusal } from "./problem.ts";
import type { Call, Route } from "./server.ts";
import type { BotRow, Role } from "./world.ts";

interface Tools {
  botRow: (call: Call, needed: Role) => { ws: string; row: BotRow };
}
interface Held {
  enabled: boolean;
  settings: WebSettings;
  secret: string;
}

const START: WebSettings = {
  title: "", description: "", icon: "", greeting: "", primaryColor: "#4F5BD5", textColor: "#FFFFFF", position: "right", buttonIcon: "",
  buttonSize: 56, marginX: 20, marginY: 20, appearance: "auto", language: "auto", origins: [], unsignedKeys: false,
};
const chats = new WeakMap<BotRow, Held>();
const newSecret = (seed: number) => Array.from({ length: 64 }, (_, nth) => ((nth * 7 + seed) % 16).toString(16)).join("");

function held(row: BotRow): Held {
  let chat = chats.get(row);
  if (!chat) {
    const enabled = row.bot.kakaoEnabled;
    const settings = enabled ? { ...START, primaryColor: "#0B7A5C", description: "보통 10분 안에 답해요", greeting: "빵 나오는 시간이 궁금하세요?", origins: ["https://bakery.example.com"] } : START;
    chats.set(row, (chat = { enabled, settings, secret: enabled ? newSecret(3) : "" }));
  }
  return chat;
}

/** Squares where a code would stand: nobody reads it with a phone here. */
export const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 21 21" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h21v21H0z"/><path d="${Array.from(
  { length: 441 },
  (_, at) => (((at * 2_654_435_761) >>> 13) % 5 < 2 ? `M${at % 21} ${Math.floor(at / 21)}h1v1h-1z` : ""),
).join("")}"/></svg>`;

function view(row: BotRow): object {
  const { enabled, settings } = held(row);
  const at = "https://chat.example.com/webchat";
  return { enabled, settings, pageUrl: `${at}/${row.bot.id}`, scriptUrl: `${at}.js?botId=${row.bot.id}`, apiUrl: `${at}/${row.bot.id}`, qr: drawing };
}

/** Is the bot on the web? */
export const isOnWeb = (row: BotRow): boolean => held(row).enabled;

export function webRoutes({ botRow }: Tools): Route[] {
  const at = "/api/workspaces/*/bots/*/web";
  return [
    ["GET", at, (call) => ({ body: view(botRow(call, "readonly").row) })],
    ["PUT", at, (call) => {
      const { row } = botRow(call, "admin");
      const { enabled, settings } = call.body as { enabled: boolean; settings?: WebSettings };
      const origins = (settings?.origins ?? []).map((one) => one.trim().replace(/\/$/, "")).filter(Boolean);
      if (!origins.every((one) => URL.canParse(one) && new URL(one).origin === one.toLowerCase())) {
        throw new Refusal("invalid", [{ pointer: "/settings/origins", detail: ["https://shop.example.com처럼 적어 주세요. 50개까지예요.", "Write each as https://shop.example.com; there may be 50."] }]);
      }
      const chat = held(row);
      Object.assign(chat, { enabled, settings: { ...START, ...settings, origins }, secret: chat.secret || newSecret(5) });
      return { body: view(row) };
    }],
    ["GET", `${at}/secret`, (call) => ({ body: { secret: held(botRow(call, "admin").row).secret } })],
    ["POST", `${at}/secret`, (call) => {
      const chat = held(botRow(call, "admin").row);
      chat.secret = newSecret(chat.secret.charCodeAt(0));
      return { body: { secret: chat.secret } };
    }],
  ];
}
