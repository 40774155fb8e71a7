// What is seen of an answer, by channel: KakaoTalk's skill response is read as Kakao reads it, the frames of the web chat as
// a page does, and the calls of ConsultationTalk as its relay does.

import type { Channel } from "./api";
import { readCalls } from "./consult/read";
import { readAnswer, type Seen } from "./kakao/read";
import { readFrames } from "./web/read";

type Json = Record<string, unknown>;
const object = (value: unknown): Json => (typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {});

export function seenOf(channel: Channel, answer: unknown): Seen {
  const root = object(answer);
  if (channel === "kakao" || root["version"] === "2.0") return readAnswer(answer);
  if (Array.isArray(root["frames"])) return readFrames(root["frames"]);
  return readCalls(root);
}
