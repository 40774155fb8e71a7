// A customer's room at KakaoTalk: may one write, why not, what became of what was said, and what an agent can do with it.

import { Ban, CircleAlert, DoorClosed, IdCard, Info } from "lucide-react";
import { useState } from "react";

import { useLanguage, useT } from "../i18n/i18n";
import { Dialog, DialogButtons, MenuItem, MenuSeparator, TextInput } from "../ui";
import { useDeeds } from "./deeds";
import type { Chat, ChatMessage, Delivery } from "./model/types";
import styles from "./Thread.module.css";
import { useTick } from "./words";

/** The messenger's letters for why a session ended (the words of `chat.room.why`). */
const WHYS = ["AE", "EC", "BF", "EU", "SB", "WB", "BU", "EP"] as const;

/** May nobody write now? Of channels without rooms: no. */
export function isShut(chat: Chat, now: number): boolean {
  return chat.platform === "kakaobiz" && (!chat.room?.open || chat.room.blocked === true || chat.room.until <= now);
}

/** Why a session ended, in words; nothing where nobody said. */
export function useWhy(): (why: string | null | undefined) => string {
  const t = useT();
  return (why) => {
    const known = WHYS.find((one) => one === why);
    return known ? t(`chat.room.why.${known}`) : "";
  };
}

/** What is said above the thread of a room in which nobody can write. */
export function useShutWords(): (chat: Chat) => string {
  const t = useT();
  const words = useWhy();
  return (chat) => {
    if (chat.room?.blocked) return t("chat.room.blocked");
    const why = words(chat.room?.why);
    return why ? t("chat.room.shutWhy", { why }) : t("chat.room.shut");
  };
}

/** What became of a message on its way: that it failed and why, that it is under way, that it was read. */
export function Fate({ message, seenAt }: { message: ChatMessage; seenAt: number | null | undefined }) {
  const t = useT();
  const language = useLanguage();
  const { deliveries } = message;
  if (deliveries.length === 0) return null;
  const failed = deliveries.find((one) => one.state === "failed");
  if (failed) {
    const some = deliveries.length > 1 && deliveries.some((one) => one.state === "sent");
    const why = failed.why ? (language === "ko" ? failed.why.ko : failed.why.en) : "";
    return (
      <p className={styles["failed"]} role="status" title={said(failed)}>
        <CircleAlert size={13} aria-hidden />
        <span>
          {some ? t("chat.room.partFailed") : t("chat.thread.failed")}
          {why && <span className={styles["why"]}> {why}</span>}
        </span>
      </p>
    );
  }
  const waits = deliveries.some((one) => one.state !== "sent");
  const at = deliveries.at(-1)?.at ?? message.at;
  const words = waits ? (deliveries.some((one) => one.why) ? t("chat.room.again") : t("chat.thread.sending")) : (seenAt ?? 0) >= at ? t("chat.room.seen") : message.from === "agent" ? t("chat.room.sent") : undefined;
  return words === undefined ? null : <p className={styles["fate"]}>{words}</p>;
}

const said = ({ why }: Delivery) => [why?.code, why?.said].filter(Boolean).join(" · ");

/** What an agent can do with the room, in the window's menu. The dialogs stand beside the menu, which closes. */
export function RoomItems({ chat, onAsk }: { chat: Chat; onAsk: (what: Asked) => void }) {
  const t = useT();
  const deeds = useDeeds();
  const now = useTick();
  const shut = isShut(chat, now);
  const blocked = chat.room?.blocked === true;
  return (
    <>
      <MenuItem icon={<IdCard size={16} aria-hidden />} disabled={shut} onClick={() => void deeds.askConsent(chat.id)}>
        {t("chat.room.consent")}
      </MenuItem>
      <MenuItem icon={<DoorClosed size={16} aria-hidden />} disabled={shut} onClick={() => onAsk("end")}>
        {t("chat.room.end")}
      </MenuItem>
      {blocked ? (
        <MenuItem icon={<Ban size={16} aria-hidden />} onClick={() => void deeds.blockRoom(chat.id, false)}>
          {t("chat.room.unblock")}
        </MenuItem>
      ) : (
        <MenuItem icon={<Ban size={16} aria-hidden />} danger onClick={() => onAsk("block")}>
          {t("chat.room.block")}
        </MenuItem>
      )}
      <MenuSeparator />
    </>
  );
}

export type Asked = "end" | "block";

export function RoomDialogs({ chat, asked, onClose }: { chat: Chat; asked: Asked | undefined; onClose: () => void }) {
  const t = useT();
  const deeds = useDeeds();
  const [busy, setBusy] = useState(false);
  const [event, setEvent] = useState("");
  const bad = !/^[A-Za-z0-9_]{0,100}$/.test(event.trim());
  const does = async (deed: Promise<boolean>) => {
    setBusy(true);
    if (await deed) onClose();
    setBusy(false);
  };
  const end = () => {
    if (!bad) void does(deeds.endRoom(chat.id, event.trim() || null));
  };
  return (
    <>
      <Dialog
        open={asked === "end"}
        onClose={onClose}
        width="small"
        title={t("chat.room.endAsk")}
        description={t("chat.room.endWhat")}
        onSubmit={end}
        footer={<DialogButtons act={t("chat.room.endAct")} onCancel={onClose} busy={busy} disabled={bad} />}
      >
        <TextInput
          label={t("chat.room.event")}
          hint={t("chat.room.eventHint")}
          error={bad ? t("chat.room.eventBad") : undefined}
          value={event}
          maxLength={100}
          spellCheck={false}
          onChange={(change) => setEvent(change.target.value)}
        />
      </Dialog>
      <Dialog
        open={asked === "block"}
        onClose={onClose}
        width="small"
        title={t("chat.room.blockAsk")}
        description={t("chat.room.blockWhat")}
        footer={<DialogButtons variant="danger" act={t("chat.room.block")} onCancel={onClose} onAct={() => void does(deeds.blockRoom(chat.id, true))} busy={busy} />}
      />
    </>
  );
}

/** The mark before the words of a room that is shut. */
export const ShutIcon = () => <Info size={15} aria-hidden />;
