// ConsultationTalk of bots, in memory: connected for those that KakaoTalk is on for.

import type { ConsultBody, ConsultChannel, Relay } from "../src/channels/consult/read.ts";
import type { Call, Route } from "./server.ts";
import type { BotRow, Role } from "./world.ts";
import { drawing } from "./webchat.ts";

interface Tools {
  botRow: (call: Call, needed: Role) => { ws: string; row: BotRow };
}

const key = (name: string, headerOrPath: string, secret: boolean) => ({ name, headerOrPath, secret });
const relay = (name: string, baseUrl: string, credentials: Relay["credentials"], more: Partial<Relay> = {}): Relay => ({
  relay: name, baseUrl, credentials, text: 1_000, buttons: 5, quickReplies: 10, carousel: [2, 6], dedupesBySerial: true,
  resultComesLater: false, asksConsent: false, endsWithBot: true, setsReceiveAddress: true, ...more,
});
const HAPPYTALK = [key("client_id", "HT-Client-Id", false), key("client_secret", "HT-Client-Secret", true)];
const RELAYS: Relay[] = [
  relay("native", "", [key("partner_key", "{partner}", true)], { carousel: null, setsReceiveAddress: false }),
  relay("happytalk-v1", "https://kakao-api.happytalk.io", HAPPYTALK, { carousel: null }),
  relay("happytalk-v3", "https://kakao-api.happytalk.io", HAPPYTALK),
  relay("dktechin", "", [], { dedupesBySerial: false, asksConsent: true }),
  relay("bizgo", "https://mars.ibapi.kr", [key("api_key", "Authorization", true)], { dedupesBySerial: false, resultComesLater: true, asksConsent: true, setsReceiveAddress: false }),
];
const SETTINGS: ConsultChannel["settings"] = { additionalChoice: "", addresses: [], baseUrl: "", channelId: "", mediaHosts: [], paths: {}, unsupportedMedia: "" };
const channels = new WeakMap<BotRow, ConsultChannel>();

function held(row: BotRow, now: number): ConsultChannel {
  let channel = channels.get(row);
  if (!channel) {
    const on = row.bot.kakaoEnabled;
    channels.set(
      row,
      (channel = {
        configured: on,
        enabled: on,
        relay: "happytalk-v3",
        senderKey: on ? "a1b2c3d4e5f60718293a4b5c6d7e8f9012345678" : "",
        settings: on ? { ...SETTINGS, channelId: "@saebyeok", addresses: ["203.0.113.0/24"] } : SETTINGS,
        keys: on ? ["client_id", "client_secret"] : [],
        receiveUrl: on ? "https://chat.example.com/consulttalk/4f1c9d2e7a6b5c8d" : null,
        heardAt: on ? now - 40_000 : null,
        heard: on ? "message" : "",
        calledAt: on ? now - 38_000 : null,
        trouble: null,
        waiting: 0,
        relays: RELAYS as unknown as ConsultChannel["relays"],
      }),
    );
  }
  return channel;
}

/** The relay that was chosen for a bot. */
export const relayOf = (row: BotRow, now: number): string | undefined => (held(row, now).configured ? held(row, now).relay : undefined);
/** Is the bot on ConsultationTalk? */
export const isConsulted = (row: BotRow, now: number): boolean => held(row, now).enabled;

export function consultRoutes({ botRow }: Tools): Route[] {
  const at = "/api/workspaces/*/bots/*/consulttalk";
  return [
    ["GET", at, (call) => ({ body: held(botRow(call, "readonly").row, call.now) })],
    ["PUT", at, (call) => {
      const { row } = botRow(call, "admin");
      const { keys, ...body } = call.body as unknown as ConsultBody & { keys: Record<string, string> };
      const known = held(row, call.now);
      const next = { ...known, ...body, configured: true, settings: { ...SETTINGS, ...body.settings }, keys: [...new Set([...known.keys, ...Object.keys(keys)])], receiveUrl: known.receiveUrl ?? "https://chat.example.com/consulttalk/0d1e2f3a4b5c6d7e" };
      channels.set(row, next);
      return { body: next };
    }],
    ["POST", `${at}/ask`, (call) => {
      botRow(call, "admin");
      return { body: { done: true, trouble: null } };
    }],
    ["GET", `${at}/use`, (call) => {
      const on = held(botRow(call, "readonly").row, call.now).configured;
      const day = 86_400_000;
      const today = Math.floor((call.now + 5 * 3_600_000) / day) * day - 5 * 3_600_000;
      const days = on ? [4, 3, 2, 1, 0].map((before) => ({ at: today - before * day, rooms: 31 - before * 4 })) : [];
      return { body: { days, roomDays: days.reduce((sum, one) => sum + one.rooms, 0) } };
    }],
    ["GET", `${at}/link`, (call) => {
      const { channelId } = held(botRow(call, "readonly").row, call.now).settings;
      const url = `https://bizmessage.kakao.com/chat/open/${channelId}`;
      return { body: { url, qr: drawing, html: `<a href="${url}">카카오톡 상담하기</a>` } };
    }],
  ];
}
