// The calls that a dealer's relay gets as what a customer sees of them (spec consulttalk.md 3.1, 4). The relays write one
// model in four dialects: Kakao's own letters and link lists, composed bubbles in two spellings, and DKTechin's sections.
// Each call is read as it would be sent, never from the bot's forms; what is not understood is kept as `unknown`.

import { BLANK, type Bubble, type Card, type Picture, type Seen, type Tap } from "../kakao/read";

type Json = Record<string, unknown>;
const object = (value: unknown): Json => (typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {});
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === "string" ? value : "");
/** What stands under the first of these names that has a text. */
const one = (it: Json, ...names: string[]): string => names.map((name) => text(it[name])).find(Boolean) ?? "";

/** Kakao's letters of older calls, as the newer ones say it. */
const LETTERS: { [letters: string]: string } = { tx: "text", li: "text", im: "image", fi: "file", vi: "video", au: "audio" };
/** In the newest models a wide picture is another kind. */
const COMPOSED = ["text", "image", "wide", "wide_image"];

export function readCalls(answer: Json): Seen {
  const parts = list(answer["calls"]).flatMap((call) => sections(object(object(call)["body"])));
  const read = parts.map(readPart);
  return {
    bubbles: read.map(({ bubble }) => bubble),
    // Only those under the last bubble are there to be tapped.
    quickReplies: read.at(-1)?.quickReplies ?? [],
    announced: undefined,
    unreadable: !Array.isArray(answer["calls"]),
  };
}

/** A call is one bubble, but for DKTechin's, which could hold more. */
function sections(body: Json): Json[] {
  if (!Array.isArray(body["chapters"])) return [body];
  return body["chapters"].flatMap((chapter) => list(object(chapter)["sections"]).map(object));
}

function readPart(part: Json): { bubble: Bubble; quickReplies: Tap[] } {
  const name = one(part, "message_type", "chat_bubble_type", "msgType", "type");
  const kind = LETTERS[name.toLowerCase()] ?? name.toLowerCase();
  const attachment = object(part["attachment"]);
  const supplement = object(part["supplement"]);
  return {
    bubble: bubbleOf(kind, name, part, attachment),
    quickReplies: list(attachment["quick_replies"] ?? attachment["quickReplies"] ?? supplement["quick_reply"]).map(readTap),
  };
}

function bubbleOf(kind: string, name: string, part: Json, attachment: Json): Bubble {
  const buttons = list(attachment["buttons"] ?? part["links"]).map(readTap);
  const picture = pictureOf(attachment, part);
  if (kind === "carousel_feed") {
    const cards = list(object(part["carousel"])["list"]).map((item) => {
      const it = object(item);
      const below = object(it["attachment"]);
      return cardOf(text(it["header"]), text(it["message"]), pictureOf(below, {}), list(below["buttons"]).map(readTap));
    });
    return { kind: "carousel", type: "basicCard", header: undefined, cards };
  }
  if (COMPOSED.includes(kind)) {
    const said = one(part, "message", ...(kind === "text" || picture ? ["data"] : []));
    const system = one(part, "auto_answer", "autoAnswer");
    if (picture && said === "" && buttons.length === 0) return { kind: "image", picture };
    // A plain picture of DKTechin's has its address where texts have their words.
    if (kind !== "text" && !picture) return { kind: "image", picture: shown(one(part, "data")) };
    if (!picture && buttons.length === 0) return { kind: "text", text: said, ...(system && { system }) };
    return { kind: "card", card: { ...cardOf("", said, picture, buttons), ...(system && { system }) } };
  }
  if (kind === "video" || kind === "audio" || kind === "file") {
    const file = object(attachment["file"]);
    return {
      kind: "media",
      type: kind,
      url: one(file, "file_url", "fileUrl") || one(part, "file_url", "data"),
      alt: one(file, "file_name", "fileName") || one(part, "file_name", "name"),
      buttons: [],
    };
  }
  return { kind: "unknown", name };
}

const shown = (url: string): Picture => ({ url, alt: "", square: false, link: undefined });

function pictureOf(attachment: Json, part: Json): Picture | undefined {
  const url = one(object(attachment["image"]), "img_url", "imgUrl") || one(part, "image_url");
  return url ? shown(url) : undefined;
}

function cardOf(title: string, description: string, picture: Picture | undefined, buttons: Tap[]): Card {
  return {
    ...BLANK,
    kind: picture ? "basicCard" : "textCard",
    title,
    description,
    picture,
    buttons,
  };
}

/** What a press of each kind does, in the words of the room. */
const DOES: { [kind: string]: string } = { WL: "webLink", AL: "app", BK: "message", MD: "message", BT: "bot", BF: "form", AC: "channel" };

function readTap(button: unknown): Tap {
  const it = object(button);
  const kind = text(it["type"]);
  const label = text(it["name"]);
  const scheme = one(it, "scheme_android", "schemeAndroid", "scheme_ios", "schemeIos");
  const action = DOES[kind] ?? kind;
  if (action === "app" && /^tel:/i.test(scheme)) return { label, action: "phone", says: undefined, leads: scheme.slice(4), raw: button, kind };
  const leads = one(it, "url_mobile", "urlMobile", "url_pc", "urlPc") || scheme;
  return { label, action, says: action === "message" ? label : undefined, leads: leads || undefined, raw: button, kind };
}
