// Answers that fit what the customer wrote, above the composer: the workspace's own questions and answers, and those of the
// business's server. A press puts one into the field, the plane sends it.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Lightbulb, SendHorizontal, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";

import { useT } from "../i18n/i18n";
import { Failed } from "../shell/Loading";
import { IconButton, Skeleton } from "../ui";
import { readSuggestions } from "./api";
import { filled, type Known } from "./canned";
import styles from "./Suggestions.module.css";

/** To what answers are looked for: a message, or the customer's last one. */
export type Asked = { q: string } | { chat: string };

interface Props {
  ws: string;
  asked: Asked;
  known: Known;
  canSend: boolean;
  onInsert: (text: string, id: string | null) => void;
  onSend: (text: string, id: string | null) => void;
  onClose: () => void;
}

export function Suggestions({ ws, asked, known, canSend, onInsert, onSend, onClose }: Props) {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const read = useQuery({ queryKey: ["ws", ws, "suggestions", asked], queryFn: () => readSuggestions(ws, asked), staleTime: 0, gcTime: 0 });
  const count = read.data?.items.length;
  useEffect(() => {
    // By keyboard one goes on with the arrows.
    if (count !== undefined) (box.current?.querySelector<HTMLElement>("[data-answer]") ?? box.current)?.focus();
  }, [count]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      onClose();
      return;
    }
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const all = [...(box.current?.querySelectorAll<HTMLElement>("[data-answer]") ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    all[(at + step + all.length) % all.length]?.focus();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows go from one to the next, as in a menu
    <div ref={box} tabIndex={-1} role="group" aria-label={t("chat.suggest.title")} className={styles["box"]} onKeyDown={onKeyDown}>
      <header className={styles["head"]}>
        <Lightbulb size={15} aria-hidden />
        <h3 className={styles["title"]}>{t("chat.suggest.title")}</h3>
        {read.data?.asked && <span className={styles["asked"]}>{t("chat.suggest.asked", { asked: read.data.asked })}</span>}
        <IconButton size="small" label={t("chat.suggest.close")} bare onClick={onClose}>
          <X size={15} aria-hidden />
        </IconButton>
      </header>
      {read.isPending && (
        <div className={styles["waits"]}>
          <Skeleton width="full" height="box" />
        </div>
      )}
      {read.error && <Failed error={read.error} retry={() => void read.refetch()} />}
      {read.data && (
        <ul className={styles["list"]}>
          {read.data.items.map((one, nth) => {
            const text = filled(one.answer, known);
            return (
              <li key={one.id ?? `outside ${nth}`} className={styles["row"]}>
                <button type="button" data-answer className={styles["answer"]} onClick={() => onInsert(text, one.id)}>
                  <span className={styles["question"]}>
                    <span className={styles["questionText"]}>{one.question.split("\n")[0] || t("chat.suggest.outside")}</span>
                    <span className={styles["likeness"]}>{one.likeness === null ? t("chat.suggest.outside") : t("chat.suggest.likeness", { n: Math.round(one.likeness / 10) })}</span>
                  </span>
                  <span className={styles["text"]}>{text}</span>
                </button>
                {canSend && (
                  <IconButton size="small" label={t("chat.suggest.send")} onClick={() => onSend(text, one.id)}>
                    <SendHorizontal size={14} aria-hidden />
                  </IconButton>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {count === 0 && (
        <p className={styles["none"]}>
          {read.data?.asked ? t("chat.suggest.none") : t("chat.suggest.nothingAsked")}{" "}
          <Link to="/w/$ws/settings/answers" params={{ ws }}>
            {t("chat.suggest.keep")}
          </Link>
        </p>
      )}
      {read.data?.outside && <p className={styles["none"]}>{t("chat.suggest.outsideFailed", { why: read.data.outside })}</p>}
    </div>
  );
}
