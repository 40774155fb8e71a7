// What is wrong with a request, in words: the server names each kind with a stable name.

import { type Key, useT } from "../i18n/i18n";

type Named = Extract<Key, `channels.problems.${string}`>;

const WORDS: Record<string, Named> = {
  header: "channels.problems.header",
  off: "channels.problems.off",
  unpublished: "channels.problems.unpublished",
  fault: "channels.problems.fault",
  slow: "channels.problems.slow",
  late: "channels.problems.late",
  cut: "channels.problems.cut",
  callback: "channels.problems.callback",
  busy: "channels.problems.busy",
  store: "channels.problems.store",
  lost: "channels.problems.store",
  conflict: "channels.problems.store",
  panic: "channels.problems.store",
  state: "channels.problems.store",
  "bot-broken": "channels.problems.store",
  "too-large": "channels.problems.large",
  "body-broken": "channels.problems.large",
  "not-json": "channels.problems.transformed",
  "not-an-object": "channels.problems.transformed",
  "empty-body": "channels.problems.transformed",
  wrapped: "channels.problems.transformed",
  mended: "channels.problems.transformed",
  "no-user-request": "channels.problems.transformed",
  "user-request-type": "channels.problems.transformed",
  "no-utterance": "channels.problems.missing",
  "no-user": "channels.problems.missing",
  "no-bot": "channels.problems.missing",
  validation: "channels.problems.validation",
};

/** How a problem is called. One that this page does not know keeps the server's name. */
export function useProblemName(): (code: string) => string {
  const t = useT();
  return (code) => {
    const words = WORDS[code];
    return words ? t(words as "channels.problems.header") : code;
  };
}
