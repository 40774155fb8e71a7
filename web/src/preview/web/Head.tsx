// The top of the web chat's window, with the owner's title and colours.

import { queryOptions } from "@tanstack/react-query";
import { X } from "lucide-react";

import { api, data } from "../../api/client";
import type { components } from "../../api/schema.gen";
import { useT } from "../../i18n/i18n";
import styles from "./Room.module.css";

export interface WebLook {
  title: string;
  description: string;
  primary: string;
  on: string;
}

/** As it is before its owner has said anything. */
export const PLAIN: WebLook = { title: "", description: "", primary: "#4F5BD5", on: "#FFFFFF" };

/** What comes from outside is never more than a colour. */
const colour = (given: string, otherwise: string) => (/^#[0-9a-f]{3,8}$/i.test(given) ? given : otherwise);

export function lookOf({ title, description, primaryColor, textColor }: components["schemas"]["WebSettings"]): WebLook {
  return { title, description, primary: colour(primaryColor, PLAIN.primary), on: colour(textColor, PLAIN.on) };
}

export const webQuery = (ws: string, bot: string) =>
  queryOptions({
    queryKey: ["ws", ws, "bot", bot, "web"],
    queryFn: ({ signal }) => data(api.GET("/api/workspaces/{ws}/bots/{bot}/web", { params: { path: { ws, bot } }, signal })),
  });

export function WebHead({ name, look, waits, onRestart }: { name: string; look: WebLook; waits: boolean; onRestart: () => void }) {
  const t = useT();
  const below = waits ? t("preview.web.waits") : look.description;
  return (
    <div className={styles["head"]}>
      <div className={styles["headWords"]}>
        <p className={styles["headTitle"]}>{look.title || name}</p>
        {below && <p className={styles["headText"]}>{below}</p>}
      </div>
      <button type="button" className={styles["headAct"]} onClick={onRestart}>
        {t("preview.web.restart")}
      </button>
      <span className={styles["headAct"]} aria-hidden>
        <X size={18} />
      </span>
    </div>
  );
}
