// What KakaoTalk shows of ConsultationTalk: one bubble for each message, its picture above and its buttons one under the
// other. Drawn from what `read.ts` found in the calls. The room around it is KakaoTalk's own.

import { AppWindow, Bot, Download, ExternalLink, FileText, NotebookPen, Phone, Play, UserPlus, Volume2 } from "lucide-react";

import { useT } from "../../i18n/i18n";
import { cx } from "../../ui";
import { linked } from "../kakao/Bubbles";
import { Picture } from "../kakao/Picture";
import type { Bubble as Shown, Card, Tap } from "../kakao/read";
import kakao from "../kakao/Room.module.css";
import styles from "./Bubbles.module.css";

type Acts = { onTap: (tap: Tap) => void };

export function Bubble({ bubble, onTap }: { bubble: Shown } & Acts) {
  const t = useT();
  switch (bubble.kind) {
    case "text":
      return (
        <div className={kakao["bubble"]}>
          <p className={kakao["text"]}>{linked(bubble.text)}</p>
          <System code={bubble.system} />
        </div>
      );
    case "image":
      return (
        <div className={cx(kakao["bubble"], kakao["image"])}>
          <Picture url={bubble.picture.url} alt={t("preview.consult.picture")} shape="free" />
        </div>
      );
    case "card":
      return <Composed card={bubble.card} onTap={onTap} />;
    case "carousel":
      return (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        <div className={kakao["carousel"]} tabIndex={0} role="group" aria-label={t("preview.carousel", { n: bubble.cards.length })}>
          {bubble.cards.map((card, at) => (
            <Composed key={at} card={card} onTap={onTap} />
          ))}
        </div>
      );
    case "media":
      return <Medium type={bubble.type} name={bubble.alt} url={bubble.url} onTap={onTap} />;
    case "place":
    case "unknown":
      return (
        <div className={kakao["bubble"]}>
          <p className={kakao["text"]}>{t("preview.unknownBubble", { name: bubble.kind === "unknown" ? bubble.name || "?" : bubble.title })}</p>
        </div>
      );
  }
}

/** A text with a picture above it and buttons below, as one bubble. */
function Composed({ card, onTap }: { card: Card } & Acts) {
  const t = useT();
  return (
    <div className={cx(kakao["card"], kakao["textCard"])} data-kind={card.kind}>
      {card.picture && <Picture url={card.picture.url} alt={t("preview.consult.picture")} shape="free" />}
      <div className={kakao["body"]}>
        {card.title && <p className={kakao["title"]}>{card.title}</p>}
        <p className={cx(kakao["description"], styles["words"])}>{linked(card.description)}</p>
      </div>
      {card.buttons.length > 0 && (
        <div className={kakao["buttons"]}>
          {card.buttons.map((button, at) => (
            <Press key={at} tap={button} onTap={onTap} />
          ))}
        </div>
      )}
      <System code={card.system} />
    </div>
  );
}

/** A button says what it is: Kakao's letters, and what a press does. */
function Press({ tap, onTap }: { tap: Tap } & Acts) {
  return (
    <button type="button" className={kakao["button"]} data-action={tap.action} data-letters={tap.kind} title={useKindOf(tap)} onClick={() => onTap(tap)}>
      <span>{tap.label}</span>
      <Sign action={tap.action} />
    </button>
  );
}

const LETTERS = ["WL", "AL", "BK", "MD", "BT", "BF", "AC"] as const;

function useKindOf({ kind }: Tap): string | undefined {
  const t = useT();
  const known = LETTERS.find((letters) => letters === kind);
  return known ? `${known} · ${t(`preview.consult.kinds.${known}`)}` : kind;
}

/** What leads out of the conversation carries a sign. */
function Sign({ action }: { action: string }) {
  if (action === "webLink") return <ExternalLink size={13} aria-hidden />;
  if (action === "phone") return <Phone size={13} aria-hidden />;
  if (action === "app") return <AppWindow size={13} aria-hidden />;
  if (action === "bot") return <Bot size={14} aria-hidden />;
  if (action === "form") return <NotebookPen size={13} aria-hidden />;
  if (action === "channel") return <UserPlus size={13} aria-hidden />;
  return null;
}

function Medium({ type, name, url, onTap }: { type: string; name: string; url: string } & Acts) {
  const t = useT();
  const opens: Tap = { label: name, action: "webLink", says: undefined, leads: url, raw: null };
  if (type === "video") {
    return (
      <button type="button" className={styles["video"]} onClick={() => onTap(opens)}>
        <Play size={28} aria-hidden />
        <span className={styles["name"]}>{name || t("preview.consult.video")}</span>
      </button>
    );
  }
  const Icon = type === "audio" ? Volume2 : FileText;
  return (
    <button type="button" className={cx(kakao["bubble"], styles["file"])} onClick={() => onTap(opens)}>
      <span className={styles["icon"]}>
        <Icon size={18} aria-hidden />
      </span>
      <span className={styles["name"]}>{name || t(type === "audio" ? "preview.consult.audio" : "preview.consult.file")}</span>
      <Download size={15} aria-hidden />
    </button>
  );
}

/** What the dealer does not bill: an answer of the system, by Kakao's name for it. */
function System({ code }: { code: string | undefined }) {
  const t = useT();
  return code ? <p className={styles["system"]}>{t("preview.consult.system", { code })}</p> : null;
}
