// One message of a thread, as the engine keeps it: text, picture, cards, a place. Buttons are shown, not pressed.

import { FileText, MapPin } from "lucide-react";

import { useT } from "../i18n/i18n";
import { cx } from "../ui";
import styles from "./Thread.module.css";

interface Button {
  label: string;
}
interface Media {
  contentType?: string;
  uri?: string;
  altText?: string;
}
interface Card {
  title?: string;
  description?: string;
  media?: Media;
  buttons?: Button[];
}
interface Shape {
  text?: string;
  media?: Media;
  cards?: Card[];
  location?: { title?: string; latitude: number; longitude: number };
  buttons?: Button[];
}

export function Message({ message, mine }: { message: Record<string, unknown>; mine: boolean }) {
  const shape = message as Shape;
  return (
    <>
      {shape.text !== undefined && (
        <div className={cx(styles["bubble"], mine && styles["mine"])}>
          <p className={styles["text"]}>{shape.text}</p>
          <Buttons buttons={shape.buttons} />
        </div>
      )}
      {shape.media && (
        <div className={cx(styles["bubble"], mine && styles["mine"])}>
          <Picture media={shape.media} />
          {shape.text === undefined && <Buttons buttons={shape.buttons} />}
        </div>
      )}
      {shape.cards && (
        <div className={styles["cards"]}>
          {shape.cards.map((card, nth) => (
            <div key={nth} className={styles["bubble"]}>
              {card.media && <Picture media={card.media} />}
              {card.title && <p className={styles["cardTitle"]}>{card.title}</p>}
              {card.description && <p className={styles["text"]}>{card.description}</p>}
              <Buttons buttons={card.buttons} />
            </div>
          ))}
        </div>
      )}
      {shape.location && (
        <div className={cx(styles["bubble"], mine && styles["mine"])}>
          <p className={styles["file"]}>
            <MapPin size={16} aria-hidden />
            {shape.location.title ?? `${shape.location.latitude}, ${shape.location.longitude}`}
          </p>
        </div>
      )}
    </>
  );
}

function Picture({ media }: { media: Media }) {
  const t = useT();
  const isPicture = (media.contentType ?? "").startsWith("image") && media.uri?.startsWith("https://");
  return isPicture ? (
    <img src={media.uri} alt={media.altText ?? t("conversations.picture")} className={styles["picture"]} loading="lazy" referrerPolicy="no-referrer" />
  ) : (
    <p className={styles["file"]}>
      <FileText size={16} aria-hidden />
      {media.altText || media.uri || media.contentType}
    </p>
  );
}

function Buttons({ buttons }: { buttons: Button[] | undefined }) {
  if (!buttons || buttons.length === 0) return null;
  return (
    <ul className={styles["buttons"]}>
      {buttons.map((button, nth) => (
        <li key={nth}>{button.label}</li>
      ))}
    </ul>
  );
}
