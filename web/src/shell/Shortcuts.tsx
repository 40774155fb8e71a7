// The sheet of keys (`?`).

import { Fragment } from "react";

import { type Key, useT } from "../i18n/i18n";
import { Dialog, Kbd } from "../ui";
import { isMac } from "./keys";
import styles from "./Shortcuts.module.css";

const MOD = isMac ? "⌘" : "Ctrl";
const ROWS: { keys: string[]; what: Extract<Key, `keys.${string}`> }[] = [
  { keys: [MOD, "K"], what: "keys.palette" },
  { keys: ["/"], what: "keys.search" },
  { keys: ["N"], what: "keys.newBot" },
  { keys: ["G", "B"], what: "keys.bots" },
  { keys: ["G", "S"], what: "keys.settings" },
  { keys: ["G", "M"], what: "keys.members" },
  { keys: ["?"], what: "keys.sheet" },
  { keys: ["Esc"], what: "keys.close" },
];

export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT();
  return (
    <Dialog open={open} onClose={onClose} title={t("keys.title")} width="small">
      <dl className={styles["list"]}>
        {ROWS.map(({ keys, what }) => (
          <Fragment key={what}>
            <dt>{t(what)}</dt>
            <dd>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </Fragment>
        ))}
      </dl>
    </Dialog>
  );
}
