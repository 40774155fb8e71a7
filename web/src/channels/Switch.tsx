// Which channel of the bot one looks at.

import { Link } from "@tanstack/react-router";
import { Globe, Headset, MessageCircle } from "lucide-react";

import { useBot } from "../bots/Bot";
import { useT } from "../i18n/i18n";
import { useWorkspace } from "../shell/workspace";
import styles from "./Switch.module.css";

export function ChannelSwitch({ now }: { now: "kakao" | "consult" | "web" }) {
  const t = useT();
  const { id: ws } = useWorkspace();
  const { id: bot } = useBot();
  const params = { ws, bot };
  return (
    <nav className={styles["switch"]} aria-label={t("webchat.channels")}>
      <Link to="/w/$ws/bots/$bot/channels" params={params} className={styles["one"]} aria-current={now === "kakao" ? "page" : undefined} data-now={now === "kakao"}>
        <MessageCircle size={16} aria-hidden />
        {t("webchat.kakao")}
      </Link>
      <Link to="/w/$ws/bots/$bot/channels/consulttalk" params={params} className={styles["one"]} aria-current={now === "consult" ? "page" : undefined} data-now={now === "consult"}>
        <Headset size={16} aria-hidden />
        {t("webchat.consult")}
      </Link>
      <Link to="/w/$ws/bots/$bot/channels/web" params={params} className={styles["one"]} aria-current={now === "web" ? "page" : undefined} data-now={now === "web"}>
        <Globe size={16} aria-hidden />
        {t("webchat.web")}
      </Link>
    </nav>
  );
}
