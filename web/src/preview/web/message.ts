// A message of the bot file's format (spec bot.md, "Messages") as what is seen and tapped of it.

import { BLANK, type Bubble, type Card, type Tap } from "../kakao/read";

type Json = Record<string, unknown>;
const object = (value: unknown): Json => (typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {});
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === "string" ? value : "");

export function readButton(button: unknown): Tap {
  const it = object(button);
  const uri = text(it["uri"]);
  const label = text(it["label"]);
  if (it["type"] === "link") {
    const phone = /^tel:/i.test(uri);
    return { label, action: phone ? "phone" : "webLink", says: undefined, leads: phone ? uri.slice(4) : uri, raw: button };
  }
  return { label, action: "message", says: label, leads: undefined, raw: button };
}

function cardOf(it: Json, buttons: Tap[]): Card {
  const media = object(it["media"]);
  const url = text(media["uri"]);
  return {
    ...BLANK,
    kind: url ? "basicCard" : "textCard",
    title: text(it["title"]),
    description: text(it["description"]) || text(it["text"]),
    picture: url ? { url, alt: text(media["altText"]), square: false, link: text(it["uri"]) || undefined } : undefined,
    buttons,
    link: text(it["uri"]) || undefined,
  };
}

export function readMessage(message: Json): Bubble[] {
  const buttons = list(message["buttons"]).map(readButton);
  switch (message["type"]) {
    case "text":
      return buttons.length > 0 ? [{ kind: "card", card: cardOf(message, buttons) }] : [{ kind: "text", text: text(message["text"]) }];
    case "media": {
      const media = object(message["media"]);
      const type = text(media["contentType"]);
      const [url, alt] = [text(media["uri"]), text(media["altText"])];
      if (type !== "image") return [{ kind: "media", type, url, alt, buttons }];
      return buttons.length > 0 ? [{ kind: "card", card: cardOf(message, buttons) }] : [{ kind: "image", picture: { url, alt, square: true, link: undefined } }];
    }
    case "cards": {
      const cards = list(message["cards"]).map((card) => cardOf(object(card), list(object(card)["buttons"]).map(readButton)));
      const [only] = cards;
      return cards.length === 1 && only ? [{ kind: "card", card: only }] : [{ kind: "carousel", type: "basicCard", header: undefined, cards }];
    }
    case "location": {
      const place = object(message["location"]);
      const title = text(place["title"]);
      const at = `${Number(place["latitude"])},${Number(place["longitude"])}`;
      return [{ kind: "place", title, url: `https://map.kakao.com/link/map/${encodeURIComponent(title || "위치")},${at}` }];
    }
    default:
      return [{ kind: "unknown", name: text(message["type"]) }];
  }
}
