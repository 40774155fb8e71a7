// Says that what is seen here is a demo, and leads out of it.

import { useQuery } from "@tanstack/react-query";

import { stateQuery } from "../api/queries";
import { useT } from "../i18n/i18n";
import { cx } from "../ui";
import styles from "./Shell.module.css";

export function DemoBar({ onBegin }: { onBegin: () => void }) {
  const t = useT();
  const demo = useQuery(stateQuery).data?.demo ?? false;
  if (!demo) return null;
  return (
    <div className={cx(styles["bar"], styles["demo"])}>
      <span>{t("shell.demo")}</span>
      <button type="button" onClick={onBegin}>
        {t("shell.demoBegin")}
      </button>
    </div>
  );
}
