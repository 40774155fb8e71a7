// What a page of the web chat shows of a message, drawn as the widget draws it (web/widget/bubble.js).

import { Play } from "lucide-react";
import { Fragment } from "react";

import { useT } from "../../i18n/i18n";
import { cx } from "../../ui";
import { linked } from "../kakao/Bubbles";
import { Picture } from "../kakao/Picture";
import type { Bubble as Shown, Card, Tap } from "../kakao/read";
import styles from "./Room.module.css";

type Acts = { onTap: (tap: Tap) => void };

/** Does it reach over the whole width? */
export const isWide = (bubble: Shown): boolean => bubble.kind === "carousel" || (bubble.kind === "card" && !isPlain(bubble.card));

/** A text or a picture with buttons: no card stands around it. */
const isPlain = (card: Card) => card.title === "" && (card.kind === "textCard" || card.description === "");

export function Bubble({ bubble, onTap }: { bubble: Shown } & Acts) {
  const t = useT();
  switch (bubble.kind) {
    case "text":
      return <Text text={bubble.text} />;
    case "image":
      return <Picture url={bubble.picture.url} alt={bubble.picture.alt || t("preview.web.picture")} shape="free" styles={styles} />;
    case "media":
      return (
        <>
          {bubble.type === "video" || /(^|\.)(youtube\.com|youtu\.be|vimeo\.com)$/.test(hostOf(bubble.url)) ? (
            <button type="button" className={styles["player"]} onClick={() => onTap(opens(bubble.alt, bubble.url))}>
              <Play size={26} aria-hidden />
              {bubble.alt || t("preview.web.video")}
            </button>
          ) : (
            <div className={styles["bubble"]}>
              <p className={styles["text"]}>
                <button type="button" className={styles["cardLink"]} onClick={() => onTap(opens(bubble.alt, bubble.url))}>
                  {bubble.alt || bubble.url}
                </button>
              </p>
            </div>
          )}
          <Buttons buttons={bubble.buttons} onTap={onTap} />
        </>
      );
    case "place":
      return (
        <div className={styles["bubble"]}>
          <p className={styles["text"]}>
            <button type="button" className={styles["cardLink"]} onClick={() => onTap(opens(bubble.title, bubble.url))}>
              {bubble.title || t("preview.web.map")}
            </button>
          </p>
        </div>
      );
    case "card":
      return isPlain(bubble.card) ? (
        <>
          {bubble.card.picture && <Picture url={bubble.card.picture.url} alt={bubble.card.picture.alt || t("preview.web.picture")} shape="free" styles={styles} />}
          {bubble.card.description && <Text text={bubble.card.description} />}
          <Buttons buttons={bubble.card.buttons} onTap={onTap} />
        </>
      ) : (
        <Row cards={[bubble.card]} onTap={onTap} />
      );
    case "carousel":
      return <Row cards={bubble.cards} onTap={onTap} />;
    case "unknown":
      return <Text text={t("preview.unknownBubble", { name: bubble.name || "?" })} />;
  }
}

const opens = (label: string, url: string): Tap => ({ label, action: "webLink", says: undefined, leads: url, raw: null });

function hostOf(address: string): string {
  try {
    return new URL(address).hostname;
  } catch {
    return "";
  }
}

function Text({ text }: { text: string }) {
  if (text === "") return null;
  return (
    <div className={styles["bubble"]}>
      <p className={styles["text"]}>{linked(text)}</p>
    </div>
  );
}

function Buttons({ buttons, onTap }: { buttons: Tap[] } & Acts) {
  if (buttons.length === 0) return null;
  return (
    <div className={styles["buttons"]}>
      {buttons.map((button, at) => (
        <button key={at} type="button" className={styles["button"]} data-action={button.action} onClick={() => onTap(button)}>
          {button.label}
        </button>
      ))}
    </div>
  );
}

function Row({ cards, onTap }: { cards: Card[] } & Acts) {
  const t = useT();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div className={styles["cards"]} tabIndex={0} role="group" aria-label={t("preview.carousel", { n: cards.length })}>
      {cards.map((card, at) => (
        <div key={at} className={styles["card"]}>
          {card.picture && <Picture url={card.picture.url} alt={card.picture.alt || t("preview.web.picture")} shape="wide" styles={styles} />}
          <div className={styles["cardWords"]}>
            {card.title && <p className={styles["title"]}>{card.title}</p>}
            {card.description && <p className={styles["description"]}>{card.description}</p>}
            {card.link && (
              <button type="button" className={styles["cardLink"]} onClick={() => onTap(opens(card.title, card.link ?? ""))}>
                {card.link}
              </button>
            )}
            <Buttons buttons={card.buttons} onTap={onTap} />
          </div>
        </div>
      ))}
    </div>
  );
}

/** The bot is busy, as the widget says it. */
export function Dots({ label }: { label: string }) {
  return (
    <span className={cx(styles["dots"])} role="status" aria-label={label}>
      {[0, 1, 2].map((one) => (
        <Fragment key={one}>
          <i aria-hidden />
        </Fragment>
      ))}
    </span>
  );
}
