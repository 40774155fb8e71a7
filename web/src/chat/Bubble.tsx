// One message as people of the business see it: text, picture, cards, a place. Buttons are shown, not pressed.

import { FileText, MapPin } from "lucide-react";
import { Fragment } from "react";

import { useT } from "../i18n/i18n";
import { cx } from "../ui";
import own from "./Bubble.module.css";

interface Media {
  contentType?: string;
  uri?: string;
  altText?: string;
}
interface Card {
  title?: string;
  description?: string;
  media?: Media;
  buttons?: { label?: string }[];
}
interface Said extends Card {
  text?: string;
  cards?: Card[];
  location?: { title?: string; latitude: number; longitude: number };
}

/** Classes by what they are for. */
type Look = Record<string, string>;

/** The address of a picture or document that this server keeps. */
const KEPT = /\/media\/[0-9a-f]{64}\.[a-z0-9]{1,5}$/;
const LINK = /(https?:\/\/[^\s<>"']+[^\s<>"'.,!?)\]])/g;

/** `from` is a class of the look, and whose it is. */
export function Bubble({ data, from, waits, styles = own }: { data: object; from: string; waits?: boolean; styles?: Look }) {
  const t = useT();
  const said = data as Said;
  const look = cx(styles["bubble"], styles[from], waits && styles["waits"]);
  const cards = said.cards ?? [];
  return (
    <>
      {said.text !== undefined && (
        <div className={look}>
          <p className={styles["text"]}>
            <Linked text={said.text} />
          </p>
          {cards.length === 0 && <Buttons styles={styles} buttons={said.buttons} />}
        </div>
      )}
      {said.media && (
        <div className={cx(look, styles["media"])}>
          <Picture styles={styles} media={said.media} />
          {said.text === undefined && <Buttons styles={styles} buttons={said.buttons} />}
        </div>
      )}
      {cards.length > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        <div className={styles["cards"]} role="group" aria-label={t("chat.thread.cards", { n: cards.length })} tabIndex={cards.length > 1 ? 0 : undefined}>
          {cards.map((card, nth) => (
            <div key={nth} className={cx(look, styles["card"])}>
              {card.media && <Picture styles={styles} media={card.media} />}
              {card.title && <p className={styles["cardTitle"]}>{card.title}</p>}
              {card.description && <p className={styles["text"]}>{card.description}</p>}
              <Buttons styles={styles} buttons={card.buttons} />
            </div>
          ))}
        </div>
      )}
      {said.location && (
        <div className={look}>
          <p className={styles["file"]}>
            <MapPin size={15} aria-hidden />
            {said.location.title ?? `${said.location.latitude}, ${said.location.longitude}`}
          </p>
        </div>
      )}
    </>
  );
}

/** Addresses lead somewhere; nothing else of what a customer writes is more than text. */
function Linked({ text }: { text: string }) {
  return text.split(LINK).map((part, at) =>
    at % 2 === 1 ? (
      <a key={at} href={part} target="_blank" rel="noreferrer noopener nofollow">
        {part}
      </a>
    ) : (
      <Fragment key={at}>{part}</Fragment>
    ),
  );
}

function Picture({ media, styles }: { media: Media; styles: Look }) {
  const t = useT();
  // What we keep is named by its bytes: from here it is the same, by whatever name of this server it was sent.
  const kept = KEPT.exec(media.uri ?? "")?.[0];
  const uri = kept ?? media.uri ?? "";
  const isOurs = kept !== undefined || uri.startsWith("blob:");
  if ((media.contentType ?? "").startsWith("image") && (isOurs || uri.startsWith("https://"))) {
    return (
      <a href={uri} target="_blank" rel="noreferrer noopener" className={styles["picture"]}>
        <img src={uri} alt={media.altText || t("chat.thread.picture")} loading="lazy" referrerPolicy="no-referrer" />
      </a>
    );
  }
  // A document of ours is kept, not opened; the name that it had is the file's.
  const isDocument = isOurs && !(media.contentType ?? "").startsWith("image");
  const name = media.altText || uri.split("/").at(-1) || t("chat.thread.file");
  return (
    <p className={styles["file"]}>
      <FileText size={15} aria-hidden />
      {isOurs || /^https?:\/\//.test(uri) ? (
        <a href={uri} target="_blank" rel="noreferrer noopener nofollow" {...(isDocument && { download: media.altText || true })}>
          {name}
        </a>
      ) : (
        name
      )}
    </p>
  );
}

function Buttons({ buttons, styles }: { buttons: Card["buttons"]; styles: Look }) {
  if (!buttons || buttons.length === 0) return null;
  return (
    <ul className={styles["buttons"]}>
      {buttons.map((button, nth) => (
        <li key={nth}>{button.label}</li>
      ))}
    </ul>
  );
}
