// The canned messages beside a conversation: click inserts, double click sends.

import { useQuery } from "@tanstack/react-query";
import { Pencil, Plus } from "lucide-react";
import { type RefObject, useState } from "react";

import { useT } from "../i18n/i18n";
import { Failed } from "../shell/Loading";
import { Badge, Button, IconButton, Skeleton } from "../ui";
import { cannedQuery, filled } from "./canned";
import { CannedDialog } from "./CannedDialog";
import type { ComposerHandle } from "./Composer";
import { useAgents, useStore } from "./hooks";
import { chatInFullQuery } from "./Info";
import styles from "./Info.module.css";
import type { Canned, Chat } from "./model/types";

/** A second click within this time sends instead. */
const DOUBLE_MS = 250;

export function CannedList({ chat, composer }: { chat: Chat; composer: RefObject<ComposerHandle | null> }) {
  const t = useT();
  const store = useStore();
  const all = useQuery(cannedQuery(store.ws));
  const full = useQuery(chatInFullQuery(store.ws, chat.id));
  const agents = useAgents();
  const [dialog, setDialog] = useState<Canned | "new">();
  const [timer, setTimer] = useState<ReturnType<typeof setTimeout>>();
  const known = {
    ...(full.data?.params as Record<string, unknown> | undefined),
    name: chat.name,
    phone: chat.phone,
    email: chat.email,
    gender: chat.gender,
    userKey: chat.userKey,
    bot: full.data?.botTitle ?? "",
    agent: agents.find((agent) => agent.id === store.me)?.name ?? "",
  };
  const press = (one: Canned) => {
    if (timer !== undefined) return;
    setTimer(
      setTimeout(() => {
        setTimer(undefined);
        composer.current?.insert(filled(one.text, known));
      }, DOUBLE_MS),
    );
  };
  const send = (one: Canned) => {
    clearTimeout(timer);
    setTimer(undefined);
    const text = filled(one.text, known);
    // A hole that nothing fills is for the agent to see first.
    if (/\{\{.*\}\}/.test(text) || (chat.state !== "requested" && chat.state !== "connected")) composer.current?.insert(text);
    else store.say(chat.id, { type: "text", text });
  };
  return (
    <>
      <p className={styles["quiet"]}>{t("chat.info.cannedHint")}</p>
      {all.isPending && <Skeleton width="full" height="box" />}
      {all.error && !all.data && <Failed error={all.error} retry={() => void all.refetch()} />}
      {all.data?.length === 0 && <p className={styles["quiet"]}>{t("chat.info.cannedNone")}</p>}
      <ul className={styles["cannedList"]}>
        {(all.data ?? []).map((one) => (
          <li key={one.id} className={styles["canned"]}>
            <button type="button" className={styles["cannedText"]} onClick={() => press(one)} onDoubleClick={() => send(one)}>
              <span className={styles["cannedHead"]}>
                <strong>{one.title}</strong>
                {one.own && <Badge>{t("chat.info.own")}</Badge>}
                {one.shortcut && <code>/{one.shortcut}</code>}
              </span>
              <span className={styles["cannedWords"]}>{filled(one.text, known)}</span>
            </button>
            <IconButton size="small" label={`${t("chat.canned.change")}: ${one.title}`} className={styles["pencil"]} onClick={() => setDialog(one)}>
              <Pencil size={13} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      <Button size="small" icon={<Plus size={14} aria-hidden />} onClick={() => setDialog("new")}>
        {t("chat.info.newCanned")}
      </Button>
      {dialog !== undefined && <CannedDialog ws={store.ws} now={dialog === "new" ? undefined : dialog} onClose={() => setDialog(undefined)} />}
    </>
  );
}
