// The top of the web chat's window, with the owner's title and colours.

import { queryOptions } from "@tanstack/react-query";
import { Bot, X } from "lucide-react";

import { api, data } from "../../api/client";
import type { components } from "../../api/schema.gen";
import { asText, isColor } from "../../channels/web/read";
import { useT } from "../../i18n/i18n";
import styles from "./Room.module.css";

export interface WebLook {
  title: string;
  description: string;
  icon: string;
  primary: string;
  on: string;
  /** The primary colour as letters have it, on light and on dark. */
  accent: { light: string; dark: string };
}

const accentOf = (primary: string) => ({ light: asText(primary, "#F1F2F5"), dark: asText(primary, "#272B33") });

/** As it is before its owner has said anything. */
export const PLAIN: WebLook = { title: "", description: "", icon: "", primary: "#4F5BD5", on: "#FFFFFF", accent: accentOf("#4F5BD5") };

/** What comes from outside is never more than a colour. */
const colour = (given: string, otherwise: string) => (isColor(given) ? given : otherwise);

export function lookOf({ title, description, icon, primaryColor, textColor }: components["schemas"]["WebSettings"]): WebLook {
  const primary = colour(primaryColor, PLAIN.primary);
  return { title, description, icon, primary, on: colour(textColor, PLAIN.on), accent: accentOf(primary) };
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
      <WebFace look={look} size={22} />
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

/** The picture of the site's bot, in the head and beside what it says. */
export function WebFace({ look, size }: { look: WebLook; size: number }) {
  return (
    <span className={styles["face"]} aria-hidden>
      {look.icon ? <img src={look.icon} alt="" /> : <Bot size={size} />}
    </span>
  );
}
