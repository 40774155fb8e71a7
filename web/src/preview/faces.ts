// What is seen of an answer, by channel. KakaoTalk's skill response is read as Kakao reads it; channels whose answer is the
// bot's messages themselves (the web chat) are read as such.

import type { Channel } from "./api";
import { type Bubble, type Card, readAnswer, type Seen, type Tap } from "./kakao/read";

type Json = Record<string, unknown>;
const object = (value: unknown): Json => (typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {});
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === "string" ? value : "");

export function seenOf(channel: Channel, answer: unknown): Seen {
  const root = object(answer);
  if (channel === "kakao" || root["version"] === "2.0") return readAnswer(answer);
  const messages = root["messages"];
  return {
    bubbles: list(messages).flatMap((message) => readMessage(object(object(message)["message"] ?? message))),
    quickReplies: list(root["quickReplies"]).map(readButton),
    announced: undefined,
    unreadable: !Array.isArray(messages),
  };
}

function readButton(button: unknown): Tap {
  const it = object(button);
  const uri = text(it["uri"]);
  const label = text(it["label"]);
  if (it["type"] === "link") {
    const phone = /^tel:/i.test(uri);
    return { label, action: phone ? "phone" : "webLink", says: undefined, leads: phone ? uri.slice(4) : uri, raw: button };
  }
  return { label, action: "message", says: label, leads: undefined, raw: button };
}

const BLANK: Omit<Card, "kind" | "title" | "description" | "picture" | "buttons"> = {
  horizontal: false,
  price: undefined,
  seller: undefined,
  header: "",
  items: [],
  head: "",
  imageTitle: undefined,
  rows: [],
  rowsRight: false,
  summary: undefined,
};

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
  };
}

function readMessage(message: Json): Bubble[] {
  const buttons = list(message["buttons"]).map(readButton);
  switch (message["type"]) {
    case "text":
      return buttons.length > 0 ? [{ kind: "card", card: cardOf(message, buttons) }] : [{ kind: "text", text: text(message["text"]) }];
    case "media": {
      const media = object(message["media"]);
      if (media["contentType"] === "image" && buttons.length === 0) {
        return [{ kind: "image", picture: { url: text(media["uri"]), alt: text(media["altText"]), square: true, link: undefined } }];
      }
      if (media["contentType"] === "image") return [{ kind: "card", card: cardOf(message, buttons) }];
      return [{ kind: "text", text: text(media["uri"]) }];
    }
    case "cards": {
      const cards = list(message["cards"]).map((card) => cardOf(object(card), list(object(card)["buttons"]).map(readButton)));
      const [only] = cards;
      return cards.length === 1 && only ? [{ kind: "card", card: only }] : [{ kind: "carousel", type: "basicCard", header: undefined, cards }];
    }
    case "location": {
      const place = object(message["location"]);
      return [{ kind: "text", text: [text(place["title"]), `${place["latitude"]}, ${place["longitude"]}`].filter(Boolean).join("\n") }];
    }
    default:
      return [{ kind: "unknown", name: text(message["type"]) }];
  }
}
