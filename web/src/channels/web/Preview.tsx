// How the chat looks to a customer, drawn from what stands in the form. The room itself (web/widget) cannot stand here: the
// console's pages show no frames.

import { Bot, Ellipsis, Image, MessageCircle, Smile, ArrowUp, X } from "lucide-react";
import { type CSSProperties, useState } from "react";

import { useT } from "../../i18n/i18n";
import { Segmented } from "../../ui";
import styles from "./Preview.module.css";
import { asText, isColor, type WebSettings } from "./read";

/** Of a page of so many pixels the preview shows a third. */
const SCALE = 0.6;

const colour = (value: string, otherwise: string) => (isColor(value) ? value : otherwise);

export function Preview({ settings, botTitle }: { settings: WebSettings; botTitle: string }) {
  const t = useT();
  const [shown, setShown] = useState<"open" | "closed">("open");
  const style = {
    "--w-primary": colour(settings.primaryColor, "#4F5BD5"),
    "--w-accent": asText(colour(settings.primaryColor, "#4F5BD5"), settings.appearance === "dark" ? "#272B33" : "#F1F2F5"),
    "--w-on": colour(settings.textColor, "#FFFFFF"),
    "--w-size": `${Math.min(96, Math.max(24, settings.buttonSize)) * SCALE}px`,
    "--w-x": `${Math.min(200, settings.marginX) * SCALE}px`,
    "--w-y": `${Math.min(200, settings.marginY) * SCALE}px`,
  } as CSSProperties;
  const title = settings.title.trim() || botTitle;
  const face = settings.icon ? <img src={settings.icon} alt="" /> : <Bot size={18} aria-hidden />;
  return (
    <aside className={styles["preview"]} aria-label={t("webchat.preview.title")}>
      <div className={styles["head"]}>
        <h2>{t("webchat.preview.title")}</h2>
        <Segmented
          label={t("webchat.preview.title")}
          value={shown}
          onChange={setShown}
          options={[
            { value: "open", label: t("webchat.preview.open") },
            { value: "closed", label: t("webchat.preview.closed") },
          ]}
        />
      </div>
      <div className={styles["site"]} style={style} data-position={settings.position} data-look={settings.appearance} data-shown={shown}>
        <div className={styles["address"]} aria-hidden>
          <i />
          <i />
          <i />
          <span>{t("webchat.preview.site")}</span>
        </div>
        <div className={styles["wares"]} aria-hidden>
          {[0, 1, 2, 3, 4, 5].map((nth) => (
            <i key={nth} />
          ))}
        </div>
        {shown === "open" ? (
          <div className={styles["room"]}>
            <div className={styles["top"]}>
              <span className={styles["face"]}>{face}</span>
              <span className={styles["names"]}>
                <b>{title}</b>
                {settings.description && <small>{settings.description}</small>}
              </span>
              <Ellipsis size={16} aria-hidden />
              <X size={16} aria-hidden />
            </div>
            <div className={styles["thread"]}>
              <p className={styles["theirs"]}>{t("webchat.preview.bot")}</p>
              <p className={styles["own"]}>{t("webchat.preview.user")}</p>
              <p className={styles["theirs"]}>{t("webchat.preview.answer")}</p>
              <div className={styles["replies"]}>
                <span>{t("webchat.preview.reply1")}</span>
                <span>{t("webchat.preview.reply2")}</span>
              </div>
            </div>
            <div className={styles["write"]}>
              <Image size={15} aria-hidden />
              <span>
                {t("webchat.preview.write")}
                <Smile size={14} aria-hidden />
              </span>
              <i>
                <ArrowUp size={14} aria-hidden />
              </i>
            </div>
          </div>
        ) : (
          settings.greeting.trim() && <p className={styles["note"]}>{settings.greeting}</p>
        )}
        <span className={styles["button"]}>
          {settings.buttonIcon ? <img src={settings.buttonIcon} alt="" /> : <MessageCircle size={Math.round(settings.buttonSize * SCALE * 0.5)} fill="currentColor" aria-hidden />}
        </span>
      </div>
    </aside>
  );
}
