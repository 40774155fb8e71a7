// A conversation as a text file, as the server writes it: the customer, what was said, what happened. Notes are not in it.

import { saveAs } from "../editor/files";
import { useAct } from "../shell/act";
import { readExport } from "./api";
import { useStore } from "./hooks";
import type { Chat } from "./model/types";
import { useCustomerName } from "./words";

export function useExport(): (chat: Chat) => Promise<boolean> {
  const store = useStore();
  const act = useAct();
  const name = useCustomerName();
  return (chat) => act({ run: async () => saveAs(`${name(chat)}.txt`, await readExport(store.ws, chat.id)) });
}
