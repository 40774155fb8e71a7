// A skill response 2.0 as a phone would show it (spec kakao-skill.md 4). Reads the JSON that was really sent and nothing
// else: the room is drawn from the channel's answer, never from the bot's own forms. What a phone would not show is not
// here; what is not understood is kept as `unknown`, so that it can be said.

/** Something to tap: a button, a quick reply, or a list item. */
export interface Tap {
  label: string;
  /** `message`, `block`, `webLink`, `phone`, `share`, `operator`, or whatever it says. */
  action: string;
  /** What stands in the room when it is tapped. */
  says: string | undefined;
  /** An address or a telephone number. */
  leads: string | undefined;
  /** As the answer gave it, to be sent back. */
  raw: unknown;
  /** The channel's own letters for what it is, where it has some. */
  kind?: string | undefined;
}

export interface Picture {
  url: string;
  alt: string;
  /** 1:1 and kept whole; else 2:1 and cut at the middle. */
  square: boolean;
  link: string | undefined;
}

export interface ListItem {
  title: string;
  description: string;
  picture: string | undefined;
  tap: Tap | undefined;
}

export interface Price {
  /** What is paid. */
  now: number;
  /** Struck through beside it. */
  was: number | undefined;
  /** "20%" or "-3,000": what is taken off. */
  rate: number | undefined;
  off: number | undefined;
}

export interface Card {
  kind: string;
  title: string;
  description: string;
  picture: Picture | undefined;
  buttons: Tap[];
  /** Where a press on the card leads, on channels that show that. */
  link?: string | undefined;
  /** Two buttons beside each other. */
  horizontal: boolean;
  /** commerceCard. */
  price: Price | undefined;
  seller: { name: string; picture: string | undefined } | undefined;
  /** listCard. */
  header: string;
  items: ListItem[];
  /** itemCard. */
  head: string;
  imageTitle: { title: string; description: string; picture: string | undefined } | undefined;
  rows: { title: string; description: string }[];
  rowsRight: boolean;
  summary: { title: string; description: string } | undefined;
  /** Which of the messenger's system answers it is, on channels that know them. */
  system?: string;
}

/** What a card of a channel has not that knows fewer parts than KakaoTalk. */
export const BLANK: Omit<Card, "kind" | "title" | "description" | "picture" | "buttons"> = {
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

export interface CarouselHeader {
  title: string;
  description: string;
  picture: string | undefined;
}

export type Bubble =
  | { kind: "text"; text: string; system?: string }
  | { kind: "image"; picture: Picture }
  | { kind: "card"; card: Card }
  | { kind: "carousel"; type: string; header: CarouselHeader | undefined; cards: Card[] }
  // The next two come on other channels than KakaoTalk only.
  | { kind: "media"; type: string; url: string; alt: string; buttons: Tap[] }
  | { kind: "place"; title: string; url: string }
  | { kind: "unknown"; name: string };

export interface Seen {
  bubbles: Bubble[];
  quickReplies: Tap[];
  /** The answer is announced for later; this is what the block says meanwhile. */
  announced: string | undefined;
  /** It is no answer that the channel reads. */
  unreadable: boolean;
  /** Who answers from now on, where it is not the bot. */
  waits?: boolean;
}

/** Characters that stand there before "전체 보기" (4.2). */
export const FOLD = 500;

type Json = Record<string, unknown>;
const object = (value: unknown): Json => (typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {});
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const maybe = (value: unknown): string | undefined => text(value) || undefined;
const number = (value: unknown): number | undefined => (typeof value === "number" && Number.isFinite(value) ? value : undefined);

export function readAnswer(answer: unknown): Seen {
  const root = object(answer);
  const template = object(root["template"]);
  const announced = root["useCallback"] === true ? text(object(root["data"])["text"]) : undefined;
  const outputs = list(template["outputs"]);
  return {
    bubbles: outputs.map(readOutput),
    quickReplies: list(template["quickReplies"]).map(readTap),
    announced,
    unreadable: announced === undefined && (root["version"] !== "2.0" || !Array.isArray(template["outputs"])),
  };
}

const CARDS = ["textCard", "basicCard", "commerceCard", "listCard", "itemCard"];

function readOutput(output: unknown): Bubble {
  const [name = "", value] = Object.entries(object(output))[0] ?? [];
  const body = object(value);
  if (name === "simpleText") return { kind: "text", text: text(body["text"]) };
  if (name === "simpleImage") {
    return { kind: "image", picture: { url: text(body["imageUrl"]), alt: text(body["altText"]), square: true, link: undefined } };
  }
  if (CARDS.includes(name)) return { kind: "card", card: readCard(name, body) };
  if (name === "carousel") {
    const type = text(body["type"]);
    const header = object(body["header"]);
    return {
      kind: "carousel",
      type,
      header: body["header"]
        ? { title: text(header["title"]), description: text(header["description"]), picture: maybe(object(header["thumbnail"])["imageUrl"]) }
        : undefined,
      cards: list(body["items"]).map((item) => readCard(type, object(item))),
    };
  }
  return { kind: "unknown", name };
}

function readCard(kind: string, card: Json): Card {
  const picture = object(card["thumbnail"] ?? list(card["thumbnails"])[0]);
  const buttons = list(card["buttons"]).map(readTap);
  const profile = object(card["profile"]);
  const summary = object(card["itemListSummary"]);
  const imageTitle = object(card["imageTitle"]);
  // 4.8: without measures an itemCard's picture is square; elsewhere it is `fixedRatio` that says so.
  const square =
    kind === "itemCard" ? !(Number(picture["width"]) > 0 && Number(picture["width"]) === 2 * Number(picture["height"])) : picture["fixedRatio"] === true;
  const layout = card["buttonLayout"];
  return {
    kind,
    title: text(card["title"]),
    description: text(card["description"]),
    picture: picture["imageUrl"]
      ? { url: text(picture["imageUrl"]), alt: text(picture["altText"]), square, link: readLink(picture["link"]) }
      : undefined,
    buttons,
    // 4.11: two stand side by side under a square picture, unless the layout says otherwise.
    horizontal: buttons.length <= 2 && (layout === "horizontal" || (layout === undefined && square && kind !== "itemCard" && buttons.length === 2)),
    price: kind === "commerceCard" ? readPrice(card) : undefined,
    seller: profile["nickname"] ?? profile["title"] ? { name: text(profile["nickname"]) || text(profile["title"]), picture: maybe(profile["imageUrl"]) } : undefined,
    header: text(object(card["header"])["title"]),
    items: list(card["items"]).map(readItem),
    head: text(object(card["head"])["title"]),
    imageTitle: card["imageTitle"]
      ? { title: text(imageTitle["title"]), description: text(imageTitle["description"]), picture: maybe(imageTitle["imageUrl"]) }
      : undefined,
    rows: list(card["itemList"]).map((row) => ({ title: text(object(row)["title"]), description: text(object(row)["description"]) })),
    rowsRight: card["itemListAlignment"] === "right",
    summary: card["itemListSummary"] ? { title: text(summary["title"]), description: text(summary["description"]) } : undefined,
  };
}

/** 4.6: `discountedPrice` where there is one; a rate only together with it, and before an amount. */
function readPrice(card: Json): Price {
  const price = number(card["price"]) ?? 0;
  const off = number(card["discount"]);
  const discounted = number(card["discountedPrice"]) ?? number(card["dicountedPrice"]);
  const now = discounted ?? price - (off ?? 0);
  const rate = discounted === undefined ? undefined : number(card["discountRate"]);
  return { now, was: now === price ? undefined : price, rate, off: rate === undefined && now !== price ? price - now : undefined };
}

function readItem(item: unknown): ListItem {
  const it = object(item);
  const link = readLink(it["link"]);
  const action = text(it["action"]);
  return {
    title: text(it["title"]),
    description: text(it["description"]),
    picture: maybe(it["imageUrl"]),
    tap: action ? { ...readTap(it), label: text(it["title"]) } : link ? { label: text(it["title"]), action: "webLink", says: undefined, leads: link, raw: item } : undefined,
  };
}

/** 4.11: `web` before the others. */
function readLink(link: unknown): string | undefined {
  const it = object(link);
  return maybe(it["web"]) ?? maybe(it["mobile"]) ?? maybe(it["pc"]);
}

function readTap(tap: unknown): Tap {
  const it = object(tap);
  const label = text(it["label"]) || text(it["title"]);
  // The documents write "Message" once; a phone takes both.
  const action = /^(message|block)$/i.test(text(it["action"])) ? text(it["action"]).toLowerCase() : text(it["action"]);
  const says = action === "message" ? text(it["messageText"]) || label : action === "block" ? text(it["messageText"]) || label : undefined;
  return { label, action, says, leads: maybe(it["webLinkUrl"]) ?? maybe(it["phoneNumber"]) ?? readLink(it["osLink"]), raw: tap };
}

/** The answer in lines, one for each thing that a person sees or can tap. */
export function linesOf(seen: Seen): string[] {
  const out: string[] = [];
  const taps = (all: Tap[], mark: string) => out.push(...all.map((tap) => `${mark} ${tap.label}${tap.leads ? ` → ${tap.leads}` : ""}`));
  const card = (it: Card, nth: string) => {
    out.push(`▦ ${nth}${it.kind}${it.picture ? ` ${it.picture.url}` : ""}`);
    const rows = it.rows.map((row) => `${row.title}  ${row.description}`);
    const said = [it.header, it.head, it.seller?.name, it.imageTitle?.title, it.title, it.description, ...rows];
    if (it.summary) said.push(`${it.summary.title}  ${it.summary.description}`);
    if (it.price) said.push(String(it.price.now));
    for (const item of it.items) said.push(item.title, item.description);
    out.push(...said.filter((one): one is string => Boolean(one)).flatMap((one) => one.split("\n")));
    taps(it.buttons, "▸");
  };
  for (const bubble of seen.bubbles) {
    if (bubble.kind === "text") out.push(...bubble.text.split("\n"));
    else if (bubble.kind === "image") out.push(`▣ ${bubble.picture.alt} ${bubble.picture.url}`.trim());
    else if (bubble.kind === "card") card(bubble.card, "");
    else if (bubble.kind === "carousel") bubble.cards.forEach((one, at) => card(one, `${at + 1}/${bubble.cards.length} `));
    else if (bubble.kind === "media") {
      out.push(`▣ ${bubble.alt} ${bubble.url}`.trim());
      taps(bubble.buttons, "▸");
    } else if (bubble.kind === "place") out.push(`◉ ${bubble.title} ${bubble.url}`.trim());
    else out.push(`? ${bubble.name}`);
  }
  if (seen.announced !== undefined) out.push(seen.announced);
  taps(seen.quickReplies, "◦");
  return out;
}
