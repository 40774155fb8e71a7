// What agents do with a conversation: seen at once where that is certain, told with its reason and a retry where it failed.

import { useMemo } from "react";

import { useT } from "../i18n/i18n";
import { useAct } from "../shell/act";
import { say } from "../ui";
import * as calls from "./api";
import { useStore } from "./hooks";
import type { Chat } from "./model/types";

export interface Deeds {
  take: (chat: string) => Promise<boolean>;
  join: (chat: string) => Promise<boolean>;
  leave: (chat: string) => Promise<boolean>;
  transfer: (chat: string, to: { id: string; name: string } | null) => Promise<boolean>;
  complete: (chat: string, flowId?: number) => Promise<boolean>;
  startFlow: (chat: string, flowId: number) => Promise<boolean>;
  stopFlow: (chat: string) => Promise<boolean>;
  endRoom: (chat: string, event: string | null) => Promise<boolean>;
  blockRoom: (chat: string, blocked: boolean) => Promise<boolean>;
  askConsent: (chat: string) => Promise<boolean>;
  change: (chat: string, part: Parameters<typeof calls.changeCustomer>[2]) => Promise<boolean>;
}

export function useDeeds(): Deeds {
  const store = useStore();
  const act = useAct();
  const t = useT();
  return useMemo(() => {
    const { ws } = store;
    const does = (run: () => Promise<Chat>, done?: () => void) =>
      act({
        run: () => store.does(run),
        ...(done && { done }),
      });
    return {
      take: (chat) => does(() => calls.take(ws, chat)),
      join: (chat) => does(() => calls.join(ws, chat)),
      leave: (chat) => does(() => calls.leave(ws, chat), () => say(t("chat.window.left"))),
      transfer: (chat, to) =>
        does(
          () => calls.transfer(ws, chat, to?.id ?? null),
          () => say(to ? t("chat.window.transferred", { name: to.name }) : t("chat.window.queued")),
        ),
      complete: (chat, flowId) => does(() => calls.complete(ws, chat, flowId), () => say(t("chat.window.completedToast"))),
      startFlow: (chat, flowId) => does(() => calls.startFlow(ws, chat, flowId)),
      stopFlow: (chat) => does(() => calls.stopFlow(ws, chat)),
      endRoom: (chat, event) => does(() => calls.endRoom(ws, chat, event)),
      blockRoom: (chat, blocked) => does(() => calls.blockRoom(ws, chat, blocked)),
      askConsent: (chat) => does(() => calls.askConsent(ws, chat)),
      change: (chat, part) => {
        const known = Object.fromEntries(Object.entries(part).filter(([, value]) => value !== null && value !== undefined));
        const was = store.guess(chat, known as Partial<Chat>);
        return does(() => calls.changeCustomer(ws, chat, part)).then((went) => {
          if (!went && was) store.taken(was);
          return went;
        });
      },
    };
    // `act` is made anew with each drawing and does the same.
    // oxlint-disable-next-line react/exhaustive-deps -- as above
  }, [store, t]);
}
