// The list that hangs at the cursor of a template field. It stands over everything, also over a dialog.

import { Braces, CornerDownRight, KeyRound, Quote, SquareFunction } from "lucide-react";
import { useLayoutEffect, useRef } from "react";
import { createPortal } from "react-dom";

import { useT } from "../../i18n/i18n";
import { cx } from "../../ui";
import type { Choice } from "../template/complete";
import styles from "./Choices.module.css";

const ICONS = { path: Braces, helper: SquareFunction, block: CornerDownRight, secret: KeyRound, word: Quote };
/** Between the cursor and the list, and to the window's edges. */
const GAP = 4;

export function Choices({
  id,
  choices,
  at,
  anchor,
  onChoose,
  onPoint,
}: {
  id: string;
  choices: readonly Choice[];
  at: number;
  /** Where the list hangs; asked when it is drawn. */
  anchor: () => { left: number; top: number; bottom: number } | undefined;
  onChoose: (choice: Choice) => void;
  onPoint: (at: number) => void;
}) {
  const t = useT();
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = list.current;
    const rect = anchor();
    if (!box || !rect) return;
    const { width, height } = box.getBoundingClientRect();
    const below = rect.bottom + GAP + height <= window.innerHeight - GAP;
    box.style.left = `${Math.max(GAP, Math.min(rect.left, window.innerWidth - width - GAP))}px`;
    box.style.top = `${below || rect.top < height + GAP ? rect.bottom + GAP : rect.top - GAP - height}px`;
  });
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [at]);
  return createPortal(
    // The keys are the field's; that it can be scrolled without a mouse must show all the same.
    <div ref={list} id={id} role="listbox" tabIndex={0} aria-label={t("forms.template.choices")} className={styles["list"]}>
      {choices.map((choice, index) => {
        const Icon = ICONS[choice.sort];
        const says = choice.sort === "helper" || choice.sort === "block" ? helperKey(choice.label) : undefined;
        return (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field has the keys
          <div
            key={`${choice.sort} ${choice.label}`}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            className={cx(styles["item"], index === at && styles["chosen"])}
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => index !== at && onPoint(index)}
            onClick={() => onChoose(choice)}
          >
            <Icon size={14} aria-hidden className={styles["icon"]} />
            <span className={styles["label"]}>{choice.label}</span>
            <span className={styles["note"]}>
              {choice.example !== undefined && choice.example !== "" ? choice.example : choice.note ? t(`forms.paths.${choice.note}`) : says ? t(`forms.helpers.${says}`) : ""}
            </span>
          </div>
        );
      })}
    </div>,
    document.body,
  );
}

const TOLD = ["JOSA", "FORMAT", "DATE", "TRUNCATE", "RAND", "QUOTE", "ESCAPE", "MASK", "SECRET", "if", "unless", "each", "with"] as const;

function helperKey(label: string): (typeof TOLD)[number] | undefined {
  const name = label.replace(/^#/, "");
  return TOLD.find((one) => one === name);
}
