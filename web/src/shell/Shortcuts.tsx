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
  const acts = useActs().flatMap(({ group, name, keys }) => (keys?.[0] === undefined ? [] : [{ group, name, keys: keyNames(keys[0]) }]));
  const groups = [...new Set(acts.map((act) => act.group))];
  // A key that means something here means nothing else.
  const taken = new Set(acts.map(({ keys }) => keys.join(" ")));
  const everywhere = ROWS.filter(({ keys }) => !taken.has(keys.join(" "))).map(({ keys, what }) => ({ name: t(what), keys }));
  return (
    <Dialog open={open} onClose={onClose} title={t("keys.title")} width={groups.length > 0 ? "large" : "small"}>
      {groups.length === 0 ? (
        <Rows rows={everywhere} />
      ) : (
        <div className={styles["groups"]}>
          {groups.map((group) => (
            <section key={group}>
              <h3 className={styles["group"]}>{group}</h3>
              <Rows rows={acts.filter((act) => act.group === group)} />
            </section>
          ))}
          <section>
            <h3 className={styles["group"]}>{t("keys.everywhere")}</h3>
            <Rows rows={everywhere} />
          </section>
        </div>
      )}
    </Dialog>
  );
}

/** What is done alike by several keys, as with the four arrows, has one line. */
function Rows({ rows }: { rows: { name: string; keys: string[] }[] }) {
  const names = [...new Set(rows.map(({ name }) => name))];
  return (
    <dl className={styles["list"]}>
      {names.map((name) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>
            {[...new Set(rows.filter((row) => row.name === name).flatMap(({ keys }) => keys))].map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}
