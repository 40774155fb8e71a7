// A slim bar while the server is away. Work goes on: what was read stays, and what is sent says that it failed.

import { useT } from "../i18n/i18n";
import { ask, useOnline } from "./connection";
import styles from "./Shell.module.css";

export function Offline() {
  const t = useT();
  const online = useOnline();
  return (
    <div role="status">
      {!online && (
        <div className={styles["bar"]}>
          <span>{t("shell.offline")}</span>
          <button type="button" onClick={() => void ask()}>
            {t("shell.offlineRetry")}
          </button>
        </div>
      )}
    </div>
  );
}
