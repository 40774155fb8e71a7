// A conversation as a text file: what was said and what happened, from the beginning.

import { moment } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { useAct } from "../shell/act";
import { readMessages } from "./api";
import { useNames, useStore } from "./hooks";
import type { Chat, ChatLine, ChatMessage } from "./model/types";
import { useLineWords } from "./ThreadView";
import { useCustomerName } from "./words";

/** Pieces at most: 50 messages each. */
const MOST_PIECES = 400;

interface Said {
  text?: string;
  media?: { uri?: string };
  cards?: { title?: string; description?: string }[];
  buttons?: { label?: string }[];
}

/** What a message says, without its looks. */
export function plain(data: ChatMessage["data"]): string {
  const said = data as Said;
  const buttons = (said.buttons ?? []).map((button) => `[${button.label ?? ""}]`).join(" ");
  const cards = (said.cards ?? []).map((card) => [card.title, card.description].filter(Boolean).join("\n"));
  return [said.text, said.media?.uri, ...cards, buttons].filter(Boolean).join("\n");
}

export function useExport(): (chat: Chat) => Promise<boolean> {
  const t = useT();
  const language = useLanguage();
  const store = useStore();
  const act = useAct();
  const names = useNames();
  const words = useLineWords();
  const name = useCustomerName();
  const who = (message: ChatMessage) => (message.from === "user" ? t("chat.thread.user") : message.from === "bot" ? t("chat.thread.bot") : names(message.author) || t("chat.thread.agent"));
  return (chat) =>
    act({
      run: async () => {
        const messages: ChatMessage[] = [];
        const lines = new Map<string, ChatLine>();
        let before: number | undefined;
        for (let piece = 0; piece < MOST_PIECES; piece++) {
          const read = await readMessages(store.ws, chat.id, before === undefined ? {} : { before });
          messages.unshift(...read.messages);
          for (const line of read.lines) lines.set(line.id, line);
          before = read.messages[0]?.seq;
          if (!read.more || before === undefined) break;
        }
        const rows = [
          ...messages.map((message) => ({ seq: message.seq, after: 0, id: message.id, text: `[${moment(message.at, language)}] ${who(message)}: ${plain(message.data)}` })),
          ...[...lines.values()].map((line) => ({
            seq: line.afterSeq,
            after: 1,
            id: line.id,
            text: `[${moment(line.at, language)}] * ${line.kind === "note" ? `${t("chat.thread.note")} · ${names(line.by)}: ` : ""}${words(line)}`,
          })),
        ].sort((a, b) => a.seq - b.seq || a.after - b.after || (a.id < b.id ? -1 : 1));
        download(`${name(chat)}.txt`, rows.map((row) => row.text).join("\r\n"));
      },
    });
}

function download(name: string, text: string): void {
  // Spreadsheets and editors of Korea read UTF-8 by its mark.
  const url = URL.createObjectURL(new Blob(["\uFEFF", text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name.replaceAll(/[\\/:*?"<>|]/g, "_");
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
