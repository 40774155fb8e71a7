// A list at the pointer, or at the node: one types a part of a name, or takes it with the arrows.

import { type ReactNode, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "react";

import type { Point } from "../flow/document";
import { match } from "../shell/search";
import { cx } from "../ui";
import styles from "./Chooser.module.css";

export interface Choice {
  id: string;
  name: string;
  /** Other words that find it. */
  also?: string;
  note?: string;
  icon?: ReactNode;
}

export function Chooser({
  at,
  label,
  none,
  choices,
  onChoose,
  onClose,
}: {
  at: Point;
  label: string;
  /** What is said when nothing fits. */
  none: string;
  choices: readonly Choice[];
  onChoose: (id: string) => void;
  /** Nothing was chosen. */
  onClose: () => void;
}) {
  const id = useId();
  const [wanted, setWanted] = useState("");
  const [index, setIndex] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const found = useMemo(
    () => choices.filter(({ name, also }) => match(name, wanted) !== undefined || (also !== undefined && match(also, wanted) !== undefined)),
    [choices, wanted],
  );
  const current = Math.min(index, Math.max(0, found.length - 1));

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    // Inside the window, whatever the pointer's place.
    const { width, height } = element.getBoundingClientRect();
    element.style.left = `${Math.max(8, Math.min(at.x, window.innerWidth - width - 8))}px`;
    element.style.top = `${Math.max(8, Math.min(at.y, window.innerHeight - height - 8))}px`;
  }, [at]);
  useEffect(() => {
    const before = document.activeElement;
    field.current?.focus();
    return () => {
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
    };
  }, []);
  useEffect(() => {
    const onDown = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) onClose();
    };
    window.addEventListener("pointerdown", onDown, true);
    return () => window.removeEventListener("pointerdown", onDown, true);
  }, [onClose]);
  useEffect(() => {
    box.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [current]);

  const choose = (choice: Choice | undefined) => {
    if (choice) onChoose(choice.id);
  };
  return (
    <div ref={box} className={styles["box"]} data-dialog role="dialog" aria-label={label}>
      <input
        ref={field}
        className={styles["field"]}
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={found[current] && `${id}-${found[current].id}`}
        aria-label={label}
        placeholder={label}
        value={wanted}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setWanted(event.target.value);
          setIndex(0);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
          if (step !== 0 && found.length > 0) {
            event.preventDefault();
            setIndex((current + step + found.length) % found.length);
          } else if (event.key === "Enter") {
            event.preventDefault();
            choose(found[current]);
          } else if (event.key === "Escape" || event.key === "Tab") {
            event.preventDefault();
            event.stopPropagation();
            onClose();
          }
        }}
      />
      <div id={`${id}-list`} role="listbox" aria-label={label} className={styles["list"]}>
        {found.map((choice, one) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the keys are the field's, as in every combobox
          <div
            key={choice.id}
            id={`${id}-${choice.id}`}
            role="option"
            aria-selected={one === current}
            className={cx(styles["item"], one === current && styles["current"])}
            onPointerMove={() => one !== current && setIndex(one)}
            onClick={() => choose(choice)}
          >
            {choice.icon}
            <span className={styles["name"]}>{choice.name}</span>
            {choice.note && <span className={styles["note"]}>{choice.note}</span>}
          </div>
        ))}
        {found.length === 0 && <p className={styles["none"]}>{none}</p>}
      </div>
    </div>
  );
}
