// What the bot says by itself, with KakaoTalk's limits counted while one writes, and the customer's view beside.

import { useState } from "react";

import type { Bot, SystemMessage } from "../api/client";
import { useT } from "../i18n/i18n";
import { useForm } from "../shell/form";
import { useBar } from "../shell/roles";
import { countOf, Counter, say, Section, TextArea, TextInput } from "../ui";
import { Save, useChangeBot } from "./Settings";
import styles from "./SystemMessages.module.css";

/** Characters of a text bubble and of a button's label on KakaoTalk (spec kakao-skill.md 4.2, 4.11). */
export const TEXT_MOST = 1000;
export const LABEL_MOST = 14;
/** From here on KakaoTalk folds a text behind "전체 보기". */
const FOLD = 500;

type Name = keyof SystemMessage;
const TEXTS = ["empty", "error", "additionalChoice", "unsupportedMedia", "waiting"] as const;
const LABELS = ["waitingButton", "more"] as const;

export function SystemMessages({ bot }: { bot: Bot }) {
  const t = useT();
  const bar = useBar();
  const change = useChangeBot(bot);
  const [shown, setShown] = useState<Name>("empty");
  const barred = bar("editor");
  const over = (n: number, now: number) => t("bots.messages.over", { n, now });
  const form = useForm<SystemMessage>(
    { ...bot.preference.systemMessage },
    (values) =>
      Object.fromEntries(
        Object.entries(values).flatMap(([name, text]) => {
          const most = (LABELS as readonly string[]).includes(name) ? LABEL_MOST : TEXT_MOST;
          if (text.trim() === "") return [[name, t("errors.blank")]];
          return countOf(text) > most ? [[name, over(most, countOf(text))]] : [];
        }),
      ),
    async (values) => {
      const before = bot.preference.systemMessage;
      const changed = Object.fromEntries(Object.entries(values).filter(([name, text]) => before[name as Name] !== text));
      await change({ preference: { systemMessage: changed } });
      say(t("ui.savedDraft"));
    },
  );
  return (
    <Section
      title={t("bots.settings.messages")}
      description={t("bots.settings.messagesLead")}
      aside={<Preview name={shown} values={form.values} />}
    >
      {TEXTS.map((name) => (
        <TextArea
          key={name}
          label={t(`bots.messages.${name}`)}
          hint={t(`bots.messages.${name}Hint`)}
          rows={2}
          value={form.values[name]}
          onFocus={() => setShown(name)}
          onChange={(event) => form.set(name, event.target.value)}
          counter={{ most: TEXT_MOST, over }}
          error={form.errors[name]}
          disabled={barred !== undefined}
        />
      ))}
      <div className={styles["pair"]}>
        {LABELS.map((name) => {
          const now = countOf(form.values[name]);
          return (
            <TextInput
              key={name}
              label={t(`bots.messages.${name}`)}
              hint={t(`bots.messages.${name}Hint`)}
              value={form.values[name]}
              onFocus={() => setShown(name)}
              onChange={(event) => form.set(name, event.target.value)}
              aside={<Counter now={now} most={LABEL_MOST} />}
              error={form.errors[name] ?? (now > LABEL_MOST ? over(LABEL_MOST, now) : undefined)}
              disabled={barred !== undefined}
              autoComplete="off"
            />
          );
        })}
      </div>
      <Save form={form} barred={barred} />
    </Section>
  );
}

/** Cuts as KakaoTalk does. */
export function cut(text: string, most: number): string {
  const letters = [...text];
  return letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : text;
}

/** The message as the customer's phone shows it. */
function Preview({ name, values }: { name: Name; values: SystemMessage }) {
  const t = useT();
  const isWaiting = name === "waiting" || name === "waitingButton";
  const text = name === "more" ? t("bots.messages.sampleLong") : isWaiting ? values.waiting : values[name];
  const letters = [...text];
  return (
    <figure className={styles["preview"]}>
      <figcaption className="sr-only">{t("bots.messages.preview")}</figcaption>
      <div className={styles["bubble"]}>
        {letters.length > FOLD ? letters.slice(0, FOLD).join("") : text || t("bots.messages.blank")}
        {letters.length > FOLD && <span className={styles["fold"]}>{t("bots.messages.fold")}</span>}
        {isWaiting && <span className={styles["button"]}>{cut(values.waitingButton, LABEL_MOST)}</span>}
      </div>
      {name === "more" && <span className={styles["chip"]}>{cut(values.more, LABEL_MOST)}</span>}
      {name === "additionalChoice" && (
        <span className={styles["chips"]}>
          <span className={styles["chip"]}>{t("gate.talk.button1")}</span>
          <span className={styles["chip"]}>{t("gate.talk.button2")}</span>
        </span>
      )}
    </figure>
  );
}
