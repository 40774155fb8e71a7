// The sheet of keys (`?`).

import { Fragment } from "react";

import { type Key, useT } from "../i18n/i18n";
import { Dialog, Kbd } from "../ui";
import { keyNames, useActs } from "./acts";
import { isMac } from "./keys";
import styles from "./Shortcuts.module.css";

const MOD = isMac ? "⌘" : "Ctrl";
const ROWS: { keys: string[]; what: Extract<Key, `keys.${string}`> }[] = [
  { keys: [MOD, "K"], what: "keys.palette" },
  { keys: ["/"], what: "keys.search" },
  { keys: ["N"], what: "keys.newBot" },
  { keys: ["G", "B"], what: "keys.bots" },
  { keys: ["G", "C"], what: "keys.chat" },
  { keys: ["G", "S"], what: "keys.settings" },
  { keys: ["G", "M"], what: "keys.members" },
  { keys: ["?"], what: "keys.sheet" },
  { keys: ["Esc"], what: "keys.close" },
];

export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT();
  const acts = useActs().filter((act) => act.keys);
  const groups = [...new Set(acts.map((act) => act.group))];
  return (
    <Dialog open={open} onClose={onClose} title={t("keys.title")} width={groups.length > 0 ? "large" : "small"}>
      {groups.length > 0 && (
        <div className={styles["groups"]}>
          {groups.map((group) => (
            <section key={group}>
              <h3 className={styles["group"]}>{group}</h3>
              <dl className={styles["list"]}>
                {acts
                  .filter((act) => act.group === group)
                  .map((act) => (
                    <Fragment key={act.id}>
                      <dt>{act.name}</dt>
                      <dd>
                        {keyNames(act.keys?.[0] ?? "").map((key) => (
                          <Kbd key={key}>{key}</Kbd>
                        ))}
                      </dd>
                    </Fragment>
                  ))}
              </dl>
            </section>
          ))}
          <h3 className={styles["group"]}>{t("keys.everywhere")}</h3>
        </div>
      )}
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
