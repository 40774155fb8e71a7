import { expect, test } from "vitest";

import { type ConsultChannel, monthAt, standing } from "./read";

const NOW = Date.UTC(2026, 10, 28, 9);
const channel = (part: Partial<ConsultChannel>): ConsultChannel => ({
  configured: true,
  enabled: true,
  relay: "native",
  senderKey: "k",
  settings: { additionalChoice: "", addresses: [], baseUrl: "", channelId: "", mediaHosts: [], paths: {}, unsupportedMedia: "" },
  keys: [],
  receiveUrl: "https://chat.example.com/consulttalk/x",
  heardAt: NOW - 1_000,
  heard: "message",
  calledAt: NOW - 500,
  trouble: null,
  waiting: 0,
  relays: [],
  ...part,
});

test("one sentence says how the connection stands", () => {
  const trouble = { class: "config", code: "-500", said: "Unauthorized", ko: "키", en: "key" };
  expect(standing(channel({ configured: false }), NOW)).toBe("none");
  expect(standing(channel({ enabled: false, trouble }), NOW)).toBe("off");
  expect(standing(channel({ trouble }), NOW)).toBe("trouble");
  expect(standing(channel({ heardAt: null }), NOW)).toBe("silent");
  expect(standing(channel({ heardAt: NOW - 8 * 86_400_000 }), NOW)).toBe("silent");
  expect(standing(channel({ calledAt: null }), NOW)).toBe("half");
  expect(standing(channel({}), NOW)).toBe("good");
});

test("a month of billed days begins at four in Korea", () => {
  const month = monthAt(NOW, 0);
  expect(new Date(month.from).toISOString()).toBe("2026-10-31T19:00:00.000Z");
  expect(new Date(month.to).toISOString()).toBe("2026-11-30T19:00:00.000Z");
  // Half past three in the morning of the first still belongs to the month before.
  expect(monthAt(Date.UTC(2026, 11, 31, 18, 30), 0).first).toBe(Date.UTC(2026, 11, 1));
  expect(monthAt(Date.UTC(2026, 11, 31, 19), 0).first).toBe(Date.UTC(2027, 0, 1));
  expect(monthAt(NOW, 11).first).toBe(Date.UTC(2025, 11, 1));
});
