// What the business shows beside a conversation: its own pages and texts, each in a frame that can reach nothing of ours.

import { useQuery } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";

import { useT } from "../i18n/i18n";
import { cx } from "../ui";
import { readPanels } from "./api";
import { useStore } from "./hooks";
import styles from "./Panels.module.css";
import type { Chat } from "./model/types";
import sheet from "./panel.css?url&no-inline";

/** At its end: before a doctype it would be a page of another time. */
const dressed = (html: string) => `${html}<link rel="stylesheet" href="${sheet}">`;

export function Panels({ chat }: { chat: Chat }) {
  const t = useT();
  const store = useStore();
  // What is known of the customer stands in the address: it is asked for anew when that changes. `context` has the moment in it,
  // so it is not asked for otherwise.
  const { id, name, phone, email, gender } = chat;
  const read = useQuery({ queryKey: ["ws", store.ws, "chat", id, "panels", name, phone, email, gender], queryFn: () => readPanels(store.ws, id), staleTime: Number.POSITIVE_INFINITY, gcTime: 60_000 });
  return (read.data ?? []).map((panel, nth) => (
    <section key={nth} className={styles["panel"]} aria-label={panel.title}>
      <header className={styles["head"]}>
        <h3 className={styles["title"]}>{panel.title}</h3>
        {panel.url && (
          <a href={panel.url} target="_blank" rel="noreferrer noopener" aria-label={t("chat.info.openPanel", { panel: panel.title })} title={t("chat.info.openPanel", { panel: panel.title })}>
            <ExternalLink size={13} aria-hidden />
          </a>
        )}
      </header>
      {panel.error === null ? (
        <iframe
          title={panel.title}
          className={cx(styles["frame"], panel.url === null && styles["text"])}
          sandbox={panel.sandbox}
          referrerPolicy="no-referrer"
          loading="lazy"
          {...(panel.url === null ? { srcDoc: dressed(panel.html ?? "") } : { src: panel.url })}
        />
      ) : (
        <p className={styles["error"]}>{t("chat.info.panelFailed", { why: panel.error })}</p>
      )}
    </section>
  ));
}
