// The bubbles of an answer: texts, pictures, cards of every kind, carousels. Drawn from what `read.ts` found in the answer.

import { ChevronRight, ExternalLink, Headset, Phone, Share2 } from "lucide-react";
import { Fragment } from "react";

import { figure } from "../../i18n/format";
import { useLanguage, useT } from "../../i18n/i18n";
import { cx } from "../../ui";
import { Picture } from "./Picture";
import { type Bubble as Shown, type Card, FOLD, type ListItem, type Tap } from "./read";
import styles from "./Room.module.css";

export interface Acts {
  onTap: (tap: Tap) => void;
  /** Shows a long text whole. */
  onWhole: (text: string) => void;
  /** A telephone button is not there on a PC. */
  pc: boolean;
}

export function Bubble({ bubble, ...acts }: { bubble: Shown } & Acts) {
  const t = useT();
  switch (bubble.kind) {
    case "text":
      return <Text text={bubble.text} onWhole={acts.onWhole} />;
    case "image":
      return (
        <div className={cx(styles["bubble"], styles["image"])}>
          <Picture url={bubble.picture.url} alt={bubble.picture.alt} shape="free" />
        </div>
      );
    case "card":
      return <CardBubble card={bubble.card} {...acts} />;
    case "carousel":
      return (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        <div className={styles["carousel"]} tabIndex={0} role="group" aria-label={t("preview.carousel", { n: bubble.cards.length })}>
          {bubble.header && (
            <div className={cx(styles["card"], styles["carouselHead"])}>
              {bubble.header.picture && <img src={bubble.header.picture} alt="" referrerPolicy="no-referrer" />}
              <div>
                <p className={cx(styles["title"], styles["clamp2"])}>{bubble.header.title}</p>
                <p className={cx(styles["description"], styles["clamp3"])}>{bubble.header.description}</p>
              </div>
            </div>
          )}
          {bubble.cards.map((card, at) => (
            <CardBubble key={at} card={card} side {...acts} />
          ))}
        </div>
      );
    case "media":
    case "place":
      return <Text text={[bubble.kind === "media" ? bubble.alt : bubble.title, bubble.url].filter(Boolean).join("\n")} onWhole={acts.onWhole} />;
    case "unknown":
      return (
        <div className={styles["bubble"]}>
          <p className={styles["text"]}>{t("preview.unknownBubble", { name: bubble.name || "?" })}</p>
        </div>
      );
  }
}

/** Addresses in a text are links, as in KakaoTalk. */
const ADDRESS = /(https?:\/\/[^\s<>"']+)/g;

export function linked(text: string) {
  return text.split(ADDRESS).map((part, at) =>
    at % 2 === 1 ? (
      <a key={at} href={part} target="_blank" rel="noreferrer">
        {part}
      </a>
    ) : (
      <Fragment key={at}>{part}</Fragment>
    ),
  );
}

function Text({ text, onWhole }: { text: string; onWhole: (text: string) => void }) {
  const t = useT();
  const letters = [...text];
  const folded = letters.length > FOLD;
  return (
    <div className={styles["bubble"]}>
      <p className={styles["text"]}>
        {linked(folded ? letters.slice(0, FOLD).join("") : text)}
        {folded && "…"}
      </p>
      {folded && (
        <button type="button" className={styles["fold"]} onClick={() => onWhole(text)}>
          {t("preview.fold")}
          <ChevronRight size={16} aria-hidden />
        </button>
      )}
    </div>
  );
}

function CardBubble({ card, side, ...acts }: { card: Card; side?: boolean } & Acts) {
  const buttons = card.buttons.filter((button) => !(acts.pc && button.action === "phone"));
  // In a row a title and a text have two lines each; alone they stand there whole (4.4, 4.5).
  const clamp = side ? styles["clamp2"] : undefined;
  const picture = card.picture && <Picture url={card.picture.url} alt={card.picture.alt} shape={card.picture.square && !(side && card.kind === "itemCard") ? "square" : "wide"} />;
  const link = card.picture?.link;
  return (
    <div className={cx(styles["card"], card.kind === "textCard" && styles["textCard"])} data-kind={card.kind}>
      {card.header && <p className={styles["listHead"]}>{card.header}</p>}
      {picture &&
        (link ? (
          <button type="button" aria-label={card.picture?.alt || card.title || link} onClick={() => acts.onTap({ label: card.title, action: "webLink", says: undefined, leads: link, raw: null })}>
            {picture}
          </button>
        ) : (
          picture
        ))}
      {card.seller && (
        <p className={styles["seller"]}>
          {card.seller.picture ? <img src={card.seller.picture} alt="" referrerPolicy="no-referrer" /> : <span className={styles["sellerBlank"]} />}
          {card.seller.name}
        </p>
      )}
      {card.head && <p className={styles["head"]}>{card.head}</p>}
      {card.imageTitle && (
        <div className={styles["imageTitle"]}>
          <div className={styles["itemWords"]}>
            <p className={cx(styles["title"], styles["clamp2"])}>{card.imageTitle.title}</p>
            <p className={cx(styles["description"], styles["clamp1"])}>{card.imageTitle.description}</p>
          </div>
          {card.imageTitle.picture && <img src={card.imageTitle.picture} alt="" referrerPolicy="no-referrer" />}
        </div>
      )}
      {card.rows.length > 0 && (
        <dl className={cx(styles["rows"], card.rowsRight && styles["right"])}>
          {card.rows.map((row, at) => (
            <Fragment key={at}>
              <dt>{row.title}</dt>
              <dd className={styles["clamp2"]}>{row.description}</dd>
            </Fragment>
          ))}
        </dl>
      )}
      {card.summary && (
        <p className={styles["summary"]}>
          <span>{card.summary.title}</span>
          <span>{card.summary.description}</span>
        </p>
      )}
      {card.items.map((item, at) => (
        <Item key={at} item={item} onTap={acts.onTap} />
      ))}
      {(card.title || card.description || card.price) && (
        <div className={styles["body"]}>
          {card.price && <Price price={card.price} />}
          {card.title && <p className={cx(styles["title"], clamp)}>{card.title}</p>}
          {card.description && <p className={cx(styles["description"], clamp)}>{card.description}</p>}
        </div>
      )}
      {buttons.length > 0 && (
        <div className={cx(styles["buttons"], card.horizontal && styles["horizontal"])}>
          {buttons.map((button, at) => (
            <button key={at} type="button" className={styles["button"]} onClick={() => acts.onTap(button)} data-action={button.action}>
              <span>{button.label}</span>
              <Sign action={button.action} />
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

/** What leads out of the room carries a sign. */
function Sign({ action }: { action: string }) {
  if (action === "webLink" || action === "osLink") return <ExternalLink size={13} aria-hidden />;
  if (action === "phone") return <Phone size={13} aria-hidden />;
  if (action === "share") return <Share2 size={13} aria-hidden />;
  if (action === "operator") return <Headset size={14} aria-hidden />;
  return null;
}

function Price({ price }: { price: NonNullable<Card["price"]> }) {
  const t = useT();
  const language = useLanguage();
  return (
    <p className={styles["price"]}>
      {price.rate !== undefined && <span className={styles["off"]}>{price.rate}%</span>}
      <span className={styles["now"]}>{t("preview.won", { n: figure(price.now, language) })}</span>
      {price.off !== undefined && <span className={styles["off"]}>-{figure(price.off, language)}</span>}
      {price.was !== undefined && <del className={styles["was"]}>{t("preview.won", { n: figure(price.was, language) })}</del>}
    </p>
  );
}

function Item({ item, onTap }: { item: ListItem; onTap: (tap: Tap) => void }) {
  const inner = (
    <>
      <span className={styles["itemWords"]}>
        <span className={styles["itemTitle"]}>{item.title}</span>
        {item.description && <span className={styles["itemText"]}>{item.description}</span>}
      </span>
      {item.picture && <img className={styles["itemPicture"]} src={item.picture} alt="" referrerPolicy="no-referrer" />}
    </>
  );
  const { tap } = item;
  if (!tap) return <div className={styles["item"]}>{inner}</div>;
  return (
    <button type="button" className={cx(styles["item"], styles["tappable"])} onClick={() => onTap(tap)}>
      {inner}
    </button>
  );
}
