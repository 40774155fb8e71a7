// The command palette (Ctrl/⌘ K): every place and act by name, or by first consonants.

import { Dialog as Base } from "@base-ui/react/dialog";
import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";

import { botsQuery } from "../api/queries";
import { useT } from "../i18n/i18n";
import { cx, Kbd } from "../ui";
import { type Command, useCommands } from "./commands";
import styles from "./Palette.module.css";
import { match } from "./search";
import type { Overlay } from "./Shell";
import { useWorkspace } from "./workspace";

const GROUPS = ["screen", "bots", "places", "acts", "workspaces"] as const;
/** Bots, and acts of the screen, shown while nothing is typed. */
const FIRST = { bots: 5, screen: 6 };

/** What fits, the best first, groups in their order. */
export function choose(commands: Command[], wanted: string): Command[] {
  const found: { command: Command; score: number }[] = [];
  for (const command of commands) {
    const byName = match(command.name, wanted);
    const score = byName ?? (command.also !== undefined && (match(command.also, wanted) ?? 2) < 2 ? 3 : undefined);
    if (score !== undefined) found.push({ command, score });
  }
  found.sort(
    (a, b) => GROUPS.indexOf(a.command.group) - GROUPS.indexOf(b.command.group) || (wanted.trim() ? a.score - b.score : 0),
  );
  const chosen = found.map(({ command }) => command);
  if (wanted.trim()) return chosen;
  const shown = { bots: 0, screen: 0 };
  return chosen.filter(({ group }) => (group !== "bots" && group !== "screen") || shown[group]++ < FIRST[group]);
}

export function Palette({ open, onClose, show }: { open: boolean; onClose: () => void; show: (overlay: Overlay) => void }) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles["backdrop"]} />
        <Base.Popup data-dialog className={styles["popup"]}>
          <Inside onClose={onClose} show={show} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

function Inside({ onClose, show }: { onClose: () => void; show: (overlay: Overlay) => void }) {
  const t = useT();
  const id = useId();
  const { id: ws } = useWorkspace();
  // The list of bots may not have been read on the page where one is.
  useQuery(botsQuery(ws));
  const commands = useCommands(show);
  const [wanted, setWanted] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const chosen = useMemo(() => choose(commands, wanted), [commands, wanted]);
  const current = Math.min(at, chosen.length - 1);

  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [current, chosen]);

  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends a Hangul composition chooses nothing.
    if (event.nativeEvent.isComposing) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && chosen.length > 0) {
      event.preventDefault();
      setAt((current + step + chosen.length) % chosen.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(chosen[current]);
    }
  };

  return (
    <>
      <Base.Title className="sr-only">{t("palette.title")}</Base.Title>
      <div className={styles["head"]}>
        <Search size={18} aria-hidden />
        <input
          className={styles["input"]}
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen[current] ? `${id}-${chosen[current].id}` : undefined}
          aria-label={t("palette.title")}
          placeholder={t("palette.placeholder")}
          value={wanted}
          onChange={(event) => {
            setWanted(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          autoComplete="off"
          spellCheck={false}
        />
      </div>
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={t("palette.title")} className={styles["list"]}>
        {GROUPS.map((group) => {
          const inGroup = chosen.filter((command) => command.group === group);
          if (inGroup.length === 0) return null;
          return (
            <div key={group} role="group" aria-label={t(`palette.${group}`)}>
              <div className={styles["group"]} aria-hidden>
                {t(`palette.${group}`)}
              </div>
              {inGroup.map((command) => {
                const index = chosen.indexOf(command);
                return (
                  // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the keys are the field's, as in every combobox
                  <div
                    key={command.id}
                    id={`${id}-${command.id}`}
                    role="option"
                    aria-selected={index === current}
                    className={cx(styles["item"], index === current && styles["current"])}
                    onPointerMove={() => index !== current && setAt(index)}
                    onClick={() => run(command)}
                  >
                    {command.icon}
                    <span className={styles["name"]}>{command.name}</span>
                    {command.keys && (
                      <span className={styles["keys"]} aria-hidden>
                        {command.keys.map((key) => (
                          <Kbd key={key}>{key}</Kbd>
                        ))}
                      </span>
                    )}
                  </div>
                );
              })}
            </div>
          );
        })}
        {chosen.length === 0 && <p className={styles["none"]}>{t("palette.none", { wanted })}</p>}
      </div>
    </>
  );
}
