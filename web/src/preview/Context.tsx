// What conditions, templates and scripts read after this turn, found by path or value. What one watches is pinned and stays
// on top, in this bot, in this browser.

import { Pin, Search } from "lucide-react";
import { useState } from "react";

import { useT } from "../i18n/i18n";
import { cx, EmptyState, TextInput, useCopy } from "../ui";
import type { Previewed } from "./api";
import styles from "./Inspector.module.css";
import { answers, type ContextLine, contextLines, MOST_LINES } from "./paths";

const keyOf = (bot: string) => `preview.pins.${bot}`;

function readPins(bot: string): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(bot)) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}

export function Context({ answer, bot }: { answer: Previewed; bot: string }) {
  const t = useT();
  const [wanted, setWanted] = useState("");
  const [onlyChanged, setOnlyChanged] = useState(false);
  const [pins, setPins] = useState(() => readPins(bot));
  const lines = contextLines(answer.contextBefore, answer.context);
  const pinned = (path: string) => pins.some((pin) => path === pin || path.startsWith(`${pin}.`) || path.startsWith(`${pin}[`));
  const found = lines.filter((line) => answers(line, wanted) && (!onlyChanged || line.state !== "same"));
  const pin = (path: string) => {
    const next = pins.includes(path) ? pins.filter((one) => one !== path) : [...pins, path];
    setPins(next);
    try {
      localStorage.setItem(keyOf(bot), JSON.stringify(next));
    } catch {
      // A browser that keeps nothing keeps the pins for now only.
    }
  };
  const top = found.filter((line) => pinned(line.path));
  const absent = pins.filter((one) => !lines.some((line) => line.path === one || line.path.startsWith(`${one}.`) || line.path.startsWith(`${one}[`)));
  const rest = found.filter((line) => !pinned(line.path));
  return (
    <div className={styles["context"]}>
      <div className={styles["find"]}>
        <TextInput
          label={t("preview.context.search")}
          hideLabel
          type="search"
          icon={<Search size={16} aria-hidden />}
          placeholder={t("preview.context.search")}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
        <button type="button" className={styles["filter"]} aria-pressed={onlyChanged} onClick={() => setOnlyChanged(!onlyChanged)}>
          {t("preview.context.changed", { n: lines.filter((line) => line.state !== "same").length })}
        </button>
      </div>
      <div className={styles["lines"]}>
        {(top.length > 0 || (absent.length > 0 && !wanted)) && (
          <>
            <h4 className={styles["part"]}>{t("preview.context.pinned")}</h4>
            <ul>
              {top.map((line) => (
                <Line key={line.path} line={line} pinned onPin={pin} />
              ))}
              {!wanted && absent.map((path) => <Line key={path} line={{ path, value: t("preview.context.absent"), kind: "empty", state: "same" }} pinned onPin={pin} />)}
            </ul>
            <h4 className={styles["part"]}>{t("preview.context.all")}</h4>
          </>
        )}
        <ul>
          {rest.map((line) => (
            <Line key={line.path} line={line} pinned={false} onPin={pin} />
          ))}
        </ul>
        {found.length === 0 && <EmptyState title={onlyChanged && !wanted ? t("preview.context.nothingChanged") : t("preview.context.notFound")} />}
        {lines.length >= MOST_LINES && <p className={styles["sum"]}>{t("preview.context.most", { n: MOST_LINES })}</p>}
      </div>
    </div>
  );
}

function Line({ line, pinned, onPin }: { line: ContextLine; pinned: boolean; onPin: (path: string) => void }) {
  const t = useT();
  const [copy, copied] = useCopy();
  return (
    <li className={cx(styles["contextLine"], styles[`is-${line.state}`])}>
      <button type="button" className={styles["pathName"]} title={t("preview.context.copy")} onClick={() => copy(`{{${line.path}}}`)}>
        {copied ? t("ui.copied") : line.path}
      </button>
      <span className={cx(styles["contextValue"], styles[line.kind])}>
        {line.before !== undefined && <del>{line.before}</del>}
        {line.state === "removed" ? <em>{t("preview.trace.removed")}</em> : <span>{line.value === "" ? '""' : line.value}</span>}
      </span>
      <button type="button" className={styles["pin"]} aria-pressed={pinned} aria-label={t("preview.context.pin", { path: line.path })} onClick={() => onPin(line.path)}>
        <Pin size={13} aria-hidden />
      </button>
    </li>
  );
}
