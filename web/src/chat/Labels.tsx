// What a conversation is about: its category and its tags, chosen from the team's or written by oneself.

import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useId, useState } from "react";

import { useT } from "../i18n/i18n";
import { Select } from "../ui";
import { useDeeds } from "./deeds";
import { useStore } from "./hooks";
import styles from "./Info.module.css";
import type { Chat } from "./model/types";
import { settingsQuery } from "./settings/model";

export function Labels({ chat }: { chat: Chat }) {
  const t = useT();
  const store = useStore();
  const settings = useQuery({ ...settingsQuery(store.ws), staleTime: 60_000 });
  const { categories = [], tags = [] } = settings.data?.labels ?? {};
  return (
    <>
      {(categories.length > 0 || chat.category.length > 0) && (
        <>
          <h3 className={styles["section"]}>{t("chat.info.category")}</h3>
          <Category chat={chat} categories={categories} />
        </>
      )}
      <h3 className={styles["section"]}>{t("chat.info.tags")}</h3>
      <Tags chat={chat} offered={tags} />
    </>
  );
}

const SEPARATOR = " › ";

function Category({ chat, categories }: { chat: Chat; categories: readonly string[][] }) {
  const t = useT();
  const deeds = useDeeds();
  const now = chat.category.join(SEPARATOR);
  const all = [...new Set(["", now, ...categories.map((levels) => levels.join(SEPARATOR))])];
  return (
    <Select
      label={t("chat.info.category")}
      size="small"
      value={now}
      onChange={(next) => void deeds.change(chat.id, { category: next === "" ? [] : next.split(SEPARATOR) })}
      options={all.map((one) => ({ value: one, label: one || t("chat.info.noCategory") }))}
    />
  );
}

function Tags({ chat, offered }: { chat: Chat; offered: readonly string[] }) {
  const t = useT();
  const deeds = useDeeds();
  const id = useId();
  const [typed, setTyped] = useState("");
  const add = (given: string) => {
    const tag = given.trim();
    setTyped("");
    if (tag && !chat.tags.includes(tag)) void deeds.change(chat.id, { tags: [...chat.tags, tag] });
  };
  return (
    <div className={styles["tags"]}>
      {chat.tags.map((tag) => (
        <span key={tag} className={styles["tag"]}>
          {tag}
          <button type="button" aria-label={t("chat.info.removeTag", { tag })} onClick={() => void deeds.change(chat.id, { tags: chat.tags.filter((one) => one !== tag) })}>
            <X size={12} aria-hidden />
          </button>
        </span>
      ))}
      <span className={styles["addTag"]}>
        <Plus size={13} aria-hidden />
        <input
          aria-label={t("chat.info.addTag")}
          placeholder={t("chat.info.addTag")}
          value={typed}
          maxLength={30}
          list={id}
          onChange={(event) => {
            const next = event.target.value;
            // One of the list was chosen: browsers say so by the kind of the event.
            if (offered.includes(next) && !(event.nativeEvent as InputEvent).data) add(next);
            else setTyped(next);
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
            event.preventDefault();
            add(typed);
          }}
          onBlur={() => add(typed)}
        />
        <datalist id={id}>
          {offered
            .filter((tag) => !chat.tags.includes(tag))
            .map((tag) => (
              <option key={tag} value={tag}>
                {tag}
              </option>
            ))}
        </datalist>
      </span>
    </div>
  );
}
