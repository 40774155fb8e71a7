// What is seen of an answer, by channel: KakaoTalk's skill response is read as Kakao reads it, the frames of the web chat as
// a page does, and of a channel that is not spoken yet the bot's own messages.

import type { Channel } from "./api";
import { readAnswer, type Seen } from "./kakao/read";
import { readButton, readMessage } from "./web/message";
import { readFrames } from "./web/read";

type Json = Record<string, unknown>;
const object = (value: unknown): Json => (typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {});
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export function seenOf(channel: Channel, answer: unknown): Seen {
  const root = object(answer);
  if (channel === "kakao" || root["version"] === "2.0") return readAnswer(answer);
  if (Array.isArray(root["frames"])) return readFrames(root["frames"]);
  const messages = root["messages"];
  return {
    bubbles: list(messages).flatMap((message) => readMessage(object(object(message)["message"] ?? message))),
    quickReplies: list(root["quickReplies"]).map(readButton),
    announced: undefined,
    unreadable: !Array.isArray(messages),
  };
}
