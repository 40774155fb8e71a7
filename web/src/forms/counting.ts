// What the channels of this bot will do with a text or a list that is too long, told while it is written. Characters are
// counted as KakaoTalk counts them: by character, an emoji being one; on a channel that measures in UTF-16 it is two. What holds a template cannot be measured beforehand.

import type { Limits } from "../editor/state";
import { countOf } from "../ui";
import { isTemplate } from "./template/read";

/** What is counted. */
export type Counted =
  | "text"
  | "textWithButtons"
  | "cardTitle"
  | "cardText"
  | "cardTextInRow"
  | "cardTextWithPicture"
  | "cardTextWithPictureInRow"
  | "label"
  | "replyLabel"
  | "payload"
  | "altText"
  | "buttons"
  | "buttonsInRow"
  | "cards"
  | "replies"
  | "note";

/** What becomes of the rest. */
export type Effect = "cut" | "split" | "moved" | "pages" | "rows" | "single" | "asButtons" | "left" | "refused";

/** Under which names a channel tells each number (`GET …/channels`); the first that is there counts. */
const NAMES: Record<Counted, readonly string[]> = {
  text: ["text"],
  textWithButtons: ["textWithButtons", "text"],
  cardTitle: ["cardTitle"],
  cardText: ["cardDescriptionWithoutPicture", "cardDescription"],
  cardTextInRow: ["cardDescriptionInRowWithoutPicture", "cardDescriptionInRow", "cardDescription"],
  cardTextWithPicture: ["cardDescription"],
  cardTextWithPictureInRow: ["cardDescriptionInRow", "cardDescription"],
  label: ["buttonLabel"],
  replyLabel: ["quickReplyLabel", "buttonLabel"],
  payload: ["payload"],
  altText: ["altText"],
  buttons: ["buttons"],
  buttonsInRow: ["buttonsInRow", "buttons"],
  cards: ["cards"],
  replies: ["quickReplies"],
  note: [],
};

const EFFECTS: Record<Counted, Effect> = {
  text: "split",
  textWithButtons: "split",
  cardTitle: "cut",
  cardText: "split",
  cardTextInRow: "cut",
  cardTextWithPicture: "split",
  cardTextWithPictureInRow: "cut",
  label: "cut",
  replyLabel: "cut",
  payload: "left",
  altText: "cut",
  buttons: "moved",
  buttonsInRow: "moved",
  cards: "rows",
  replies: "pages",
  note: "refused",
};

/** Where ConsultationTalk does otherwise: what does not fit into a row goes out card by card, whole, and what cannot be quick
 *  replies are buttons. */
function onConsultTalk(what: Counted, limits: Limits["limits"]): Effect {
  const rows = (limits["cards"] ?? 0) > 1;
  switch (what) {
    case "cards":
      return rows ? "rows" : "single";
    case "cardTextInRow":
    case "cardTextWithPictureInRow":
      return rows ? "single" : "split";
    case "buttonsInRow":
      return rows ? "single" : "moved";
    case "replies":
    case "replyLabel":
      return "asButtons";
    default:
      return EFFECTS[what];
  }
}

const effectOf = ({ id, limits }: Limits, what: Counted): Effect => (id === "kakaobiz" ? onConsultTalk(what, limits) : EFFECTS[what]);

/** What the file itself allows (spec bot.md, "Messages"), whatever the channel. */
const FORMAT: Partial<Record<Counted, number>> = {
  text: 1_000,
  textWithButtons: 1_000,
  payload: 1_000,
  buttons: 9,
  buttonsInRow: 9,
  cards: 10,
  replies: 50,
  note: 1_000,
};

export interface Excess {
  /** The channel's id; `file` for the format's own bounds. */
  channel: string;
  most: number;
  now: number;
  effect: Effect;
}

export interface Count {
  now: number;
  /** The smallest bound of all channels; absent where none is known. */
  most: number | undefined;
  /** Where it is too much, one for each channel, the strictest first. */
  excess: Excess[];
  /** From here on KakaoTalk folds the text behind "전체 보기"; set where the text is longer. */
  fold: { channel: string; at: number } | undefined;
}

function limitOf({ limits }: Limits, what: Counted): number | undefined {
  const name = NAMES[what].find((one) => typeof limits[one] === "number");
  // Cards without titles bound none: what stands there goes before their text.
  return name === undefined ? undefined : limits[name] || undefined;
}

/** The channels that this bot uses; what others show is nobody's worry. */
export function usedBy(channels: readonly Limits[]): readonly Limits[] {
  return channels.filter((channel) => channel.used !== false);
}

/** Counts a number of things. `measured` says how many a channel counts, where that is another number. */
export function count(what: Counted, now: number, channels: readonly Limits[], measured: (channel: Limits) => number = () => now): Count {
  const bounds = channels.flatMap((channel): { channel: string; most: number; now: number; effect: Effect }[] => {
    const most = limitOf(channel, what);
    return most === undefined ? [] : [{ channel: channel.id, most, now: measured(channel), effect: effectOf(channel, what) }];
  });
  const own = FORMAT[what];
  const tightest = bounds.reduce<number | undefined>((least, one) => (least === undefined ? one.most : Math.min(least, one.most)), undefined);
  if (own !== undefined && (bounds.length === 0 || now > own)) bounds.push({ channel: "file", most: own, now, effect: "refused" });
  const excess: Excess[] = bounds
    .filter((one) => one.now > one.most)
    .sort((a, b) => a.most - b.most);
  const folding = what === "text" && excess.length === 0 ? channels.find(({ limits }) => (limits["textFold"] ?? Number.POSITIVE_INFINITY) < now) : undefined;
  const at = folding?.limits["textFold"] ?? undefined;
  return { now, most: tightest ?? own, excess, fold: folding && at !== undefined ? { channel: folding.id, at } : undefined };
}

/** Counts a text's characters; nothing where a template decides. */
export function countText(what: Counted, text: unknown, channels: readonly Limits[]): Count | undefined {
  if (typeof text !== "string") return undefined;
  const [letters, units] = [countOf(text), text.length];
  if (isTemplate(text)) return undefined;
  return count(what, letters, channels, (channel) => (channel.measure === "utf16" ? units : letters));
}
