// What is read and changed of the web chat, and what can be said of colours.

import { queryOptions } from "@tanstack/react-query";

import { api, data, to } from "../../api/client";
import type { components } from "../../api/schema.gen";

export type WebChannel = components["schemas"]["WebChannel"];
export type WebSettings = components["schemas"]["WebSettings"];

export const webQuery = (ws: string, bot: string) =>
  queryOptions({
    queryKey: ["ws", ws, "bot", bot, "web"],
    queryFn: ({ signal }) => data(api.GET("/api/workspaces/{ws}/bots/{bot}/web", { params: { path: { ws, bot } }, signal })),
  });

export async function setWeb(ws: string, bot: string, body: { enabled: boolean; settings: WebSettings }): Promise<WebChannel> {
  return data(api.PUT("/api/workspaces/{ws}/bots/{bot}/web", { params: to({ ws, bot }), body }));
}

export const secretQuery = (ws: string, bot: string) =>
  queryOptions({
    queryKey: ["ws", ws, "bot", bot, "web-secret"],
    queryFn: async ({ signal }) => (await data(api.GET("/api/workspaces/{ws}/bots/{bot}/web/secret", { params: { path: { ws, bot } }, signal }))).secret,
    // Asked for by a press, and not kept longer than it is looked at.
    enabled: false,
    gcTime: 0,
  });

export async function renewSecret(ws: string, bot: string): Promise<string> {
  return (await data(api.POST("/api/workspaces/{ws}/bots/{bot}/web/secret", { params: to({ ws, bot }) }))).secret;
}

export const isColor = (text: string) => /^#[0-9a-f]{6}$/i.test(text);

/** How bright a colour is to the eye (WCAG 2.2, relative luminance). */
function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5].map((from) => {
    const part = Number.parseInt(color.slice(from, from + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The contrast of two colours, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (bright + 0.05) / (dark + 0.05);
}

/** A site's colour as letters can have it on this ground, as the room does it (web/widget/dom.js). */
export function asText(color: string, ground: string): string {
  const end = luminance(ground) > 0.5 ? 0 : 255;
  for (let part = 0; part <= 1; part += 0.05) {
    const mixed = [1, 3, 5].map((from) => {
      const one = Number.parseInt(color.slice(from, from + 2), 16);
      return Math.round(one + (end - one) * part).toString(16).padStart(2, "0");
    });
    if (contrast(`#${mixed.join("")}`, ground) >= 4.5) return `#${mixed.join("")}`;
  }
  return end === 0 ? "#000000" : "#ffffff";
}

/** White or near-black, whichever is easier to read on it. */
export const readableOn = (color: string) => (contrast(color, "#FFFFFF") >= contrast(color, "#1B1D22") ? "#FFFFFF" : "#1B1D22");
