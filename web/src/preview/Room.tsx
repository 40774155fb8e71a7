// The chat room: what the customer said and what the channel answered, and between them, in another hand, what our user
// should know: what was cut and why, what a tap would do, what cannot be tried here.

import { ArrowLeft, CircleAlert, Info, MapPin, RotateCcw, Scissors, Search, TriangleAlert } from "lucide-react";
import { type CSSProperties, Fragment, type ReactNode, useEffect, useRef, useState } from "react";

import { clock } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { Button, cx } from "../ui";
import type { Channel, Mark } from "./api";
import { Bubble as ConsultBubble } from "./consult/Bubbles";
import { seenOf } from "./faces";
import { Bubble } from "./kakao/Bubbles";
import { Picture } from "./kakao/Picture";
import type { Seen, Tap } from "./kakao/read";
import kakao from "./kakao/Room.module.css";
import styles from "./Preview.module.css";
import type { TalkControl } from "./store";
import type { Aside, Turn } from "./talk";
import { Typing } from "./Typing";
import { Dots, isWide, Bubble as WebBubble } from "./web/Bubbles";
import { WebFace, WebHead, type WebLook } from "./web/Head";
import web from "./web/Room.module.css";

export interface Look {
  width: "phone" | "pc";
  theme: "light" | "dark";
}

/** The stylesheet of a channel's room; the same parts have the same names in all of them. */
const faceOf = (channel: Channel) => (channel === "web" ? web : kakao);

/** From here on Kakao has stopped waiting, and the customer is told to wait (spec kakao-skill.md 1.1). */
const LATE_MS = 4_200;
const DOTS_MS = 150;
/** This close to the end one reads the newest. */
const NEAR_PX = 48;

export function Room({
  talk,
  look,
  name,
  webLook,
  top,
  onBack,
  onTrace,
  onPhoto,
  onPhotoAddress,
}: {
  talk: TalkControl;
  look: Look;
  /** What the channel is called. */
  name: string;
  /** How the web chat looks. */
  webLook: WebLook;
  /** What our user should know of the whole room. */
  top?: ReactNode;
  onBack: (turn: Turn) => void;
  onTrace: (turn: Turn) => void;
  onPhoto: (file: File) => void;
  onPhotoAddress: () => void;
}) {
  const t = useT();
  const [whole, setWhole] = useState<string>();
  const face = faceOf(talk.channel);
  const { turns } = talk.talk;
  const last = turns.at(-1);
  const seen = last?.answer ? seenOf(talk.channel, last.answer.answer) : undefined;
  const settled = last ? `${last.id} ${last.answer !== undefined} ${last.asides.length} ${last.failed !== undefined} ${look.width}` : "";
  const thread = useFollowed<HTMLDivElement>(settled);

  const tap = (tapped: Tap) => {
    const { action } = tapped;
    if (action === "message" || action === "block") {
      void talk.send({ type: "message", text: tapped.says ?? tapped.label, button: tapped.raw });
    } else if (action === "webLink" || action === "osLink") {
      talk.note({ what: "link", detail: tapped.leads ?? "" });
    } else if (action === "phone") talk.note({ what: "phone", detail: tapped.leads ?? "" });
    else if (action === "share") talk.note({ what: "share", detail: "" });
    else if (action === "operator") talk.note({ what: "operator", detail: "" });
    else if (action === "app") talk.note({ what: "app", detail: tapped.leads ?? "" });
    else if (action === "bot" || action === "form" || action === "channel") talk.note({ what: action, detail: "" });
    else talk.note({ what: "unknown", detail: action });
  };
  return (
    <div
      className={cx(face["room"], styles["room"])}
      style={talk.channel === "web" ? ({ "--primary": webLook.primary, "--on": webLook.on, "--accent": webLook.accent[look.theme] } as CSSProperties) : undefined}
      data-theme={look.theme}
      data-width={look.width}
      data-face={talk.channel}
    >
      {talk.channel === "web" ? (
        <WebHead name={name} look={webLook} waits={seen?.waits === true} onRestart={() => void talk.restart()} />
      ) : (
        <div className={styles["roomHead"]}>
          <ArrowLeft size={20} aria-hidden />
          <span className={styles["roomName"]}>{name}</span>
          <Search size={18} aria-hidden />
        </div>
      )}
      {top}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div ref={thread} className={styles["thread"]} role="log" aria-label={t("preview.thread")} tabIndex={0}>
        <div>
          {turns.map((turn) => (
            <TurnView key={turn.id} turn={turn} talk={talk} name={name} look={look} webLook={webLook} onTap={tap} onWhole={setWhole} onBack={onBack} onTrace={onTrace} />
          ))}
        </div>
      </div>
      {seen && seen.quickReplies.length > 0 && !talk.busy && (
        <div className={face["chips"]} role="group" aria-label={t("preview.quickReplies")}>
          {seen.quickReplies.map((reply, at) => (
            <button key={at} type="button" className={face["chip"]} onClick={() => tap(reply)}>
              {reply.label}
            </button>
          ))}
        </div>
      )}
      <Typing channel={talk.channel} busy={talk.busy} onSay={(text) => void talk.send({ type: "message", text })} onPhoto={onPhoto} onPhotoAddress={onPhotoAddress} />
      {whole !== undefined && <Whole text={whole} onClose={() => setWhole(undefined)} />}
    </div>
  );
}

/**
 * A box that goes to its end when what has come is another, and stays there while its one child grows (pictures come) or it
 * gets lower (the keyboard of a phone comes).
 */
function useFollowed<Element extends HTMLElement>(come: string) {
  const box = useRef<Element>(null);
  useEffect(() => {
    const element = box.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, [come]);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    let follows = true;
    let top = element.scrollTop;
    // That one is far from the end says nothing: what has just come may be higher than the window. Who goes up leaves it.
    const look = () => {
      if (element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX) follows = true;
      else if (element.scrollTop < top) follows = false;
      top = element.scrollTop;
    };
    const observer = new ResizeObserver(() => {
      if (follows) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, []);
  return box;
}

function Whole({ text, onClose }: { text: string; onClose: () => void }) {
  const t = useT();
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => close.current?.focus(), []);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes what lies over the room
    <div
      className={kakao["whole"]}
      role="dialog"
      aria-label={t("preview.fold")}
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          event.stopPropagation();
          onClose();
        }
      }}
    >
      <div className={kakao["wholeHead"]}>
        <button ref={close} type="button" aria-label={t("ui.close")} onClick={onClose}>
          <ArrowLeft size={20} aria-hidden />
        </button>
        {t("preview.fold")}
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div className={kakao["wholeText"]} tabIndex={0}>
        {text}
      </div>
    </div>
  );
}

interface TurnProps {
  turn: Turn;
  talk: TalkControl;
  name: string;
  look: Look;
  webLook: WebLook;
  onTap: (tap: Tap) => void;
  onWhole: (text: string) => void;
  onBack: (turn: Turn) => void;
  onTrace: (turn: Turn) => void;
}

function TurnView(props: TurnProps) {
  const { turn, talk } = props;
  const t = useT();
  const chosen = talk.chosen === turn.id;
  return (
    <div className={cx(styles["turn"], chosen && styles["chosenTurn"])} data-turn={turn.id}>
      <Mine {...props} />
      {turn.answer ? <Answer {...props} /> : !turn.failed && <Waiting {...props} />}
      {turn.failed && (
        <Note tone="danger" title={turn.failed.title} action={<Button size="small" onClick={() => void talk.send(turn.event)}>{t("ui.retry")}</Button>}>
          {turn.failed.detail}
        </Note>
      )}
      {turn.asides.map((aside, at) => (
        <AsideNote key={at} aside={aside} channel={talk.channel} />
      ))}
    </div>
  );
}

/** The customer's side of a turn. */
function Mine({ turn, talk }: TurnProps) {
  const t = useT();
  const language = useLanguage();
  const { event } = turn;
  const face = faceOf(talk.channel);
  if (event.type === "start") return <p className={face["center"]}>{t(talk.person.returning ? "preview.cameBack" : "preview.cameIn")}</p>;
  if (event.type === "goto") return <p className={face["center"]}>{t("preview.moved", { flow: String(event.flow) })}</p>;
  const { media, location } = event;
  return (
    <div className={cx(face["line"], face["mine"])}>
      <span className={face["time"]}>{clock(turn.at, language)}</span>
      {media ? (
        <div className={cx(face["bubble"], face["photo"])}>
          <Picture url={media.uri} alt={t("preview.photo")} shape="free" styles={face} />
        </div>
      ) : (
        <div className={face["bubble"]}>
          <p className={face["text"]}>
            {location ? (
              <span className={styles["place"]}>
                <MapPin size={15} aria-hidden />
                {location.latitude}, {location.longitude}
              </span>
            ) : (
              event.text
            )}
          </p>
        </div>
      )}
    </div>
  );
}

interface Piece {
  bubble: ReactNode;
  marks?: ReactNode;
  /** Reaches to the edge of the room, so that the time stands below. */
  wide?: boolean;
}

function Said({ name, pieces, times }: { name: string; pieces: Piece[]; times: string }) {
  return (
    <div className={kakao["group"]}>
      <span className={kakao["face"]} aria-hidden>
        {[...name.trim()][0] ?? "?"}
      </span>
      <div className={kakao["said"]}>
        <span className={kakao["name"]}>{name}</span>
        {pieces.map(({ bubble, marks, wide }, at) => (
          <Fragment key={at}>
            <div className={cx(styles["saidOne"], wide && styles["wideOne"])}>
              {bubble}
              {at === pieces.length - 1 && times && <span className={kakao["time"]}>{times}</span>}
            </div>
            {marks}
          </Fragment>
        ))}
      </div>
    </div>
  );
}

/** What follows on another is told by the same: one face and name for an answer. */
function WebSaid({ name, look, pieces, times }: { name: string; look: WebLook; pieces: Piece[]; times: string }) {
  return (
    <div className={web["said"]}>
      <WebFace look={look} size={17} />
      <span className={web["name"]}>{look.title || name}</span>
      {pieces.map(({ bubble, marks, wide }, at) => (
        <Fragment key={at}>
          <div className={cx(web["one"], wide && web["wide"])}>
            {bubble}
            {at === pieces.length - 1 && <span className={web["time"]}>{times}</span>}
          </div>
          {marks}
        </Fragment>
      ))}
    </div>
  );
}

function Waiting({ name, talk }: TurnProps) {
  const t = useT();
  const [stage, setStage] = useState<"quick" | "dots" | "late">("quick");
  useEffect(() => {
    const dots = setTimeout(() => setStage("dots"), DOTS_MS);
    const late = setTimeout(() => setStage("late"), LATE_MS);
    return () => {
      clearTimeout(dots);
      clearTimeout(late);
    };
  }, []);
  if (stage === "quick") return null;
  if (talk.channel === "web") return <Dots label={t("preview.typing")} />;
  // Nobody is seen typing there; the word is ours.
  if (talk.channel === "kakaobiz") return <Note tone="quiet">{t("preview.typing")}</Note>;
  return (
    <>
      <Said
        name={name}
        times=""
        pieces={[
          {
            bubble: (
              <div className={kakao["bubble"]} role="status" aria-label={t("preview.typing")}>
                <span className={kakao["dots"]} aria-hidden>
                  <i />
                  <i />
                  <i />
                </span>
              </div>
            ),
          },
        ]}
      />
      {stage === "late" && <Note tone="quiet">{t("preview.late.now")}</Note>}
    </>
  );
}

function Answer({ turn, talk, name, look, webLook, onTap, onWhole, onBack, onTrace }: TurnProps) {
  const t = useT();
  const language = useLanguage();
  const { answer } = turn;
  if (!answer) return null;
  const seen: Seen = seenOf(talk.channel, answer.answer);
  const marksOf = (bubble: number | undefined) => answer.marks.filter((mark) => (mark.bubble ?? undefined) === bubble);
  const acts = { onTap, onWhole, pc: look.width === "pc" };
  const time = clock(turn.at + answer.tookMs, language);
  const nodes = answer.trace.visits.length;
  const isLast = talk.talk.turns.at(-1)?.id === turn.id;
  const isWeb = talk.channel === "web";
  const draw = (bubble: Seen["bubbles"][number]) => {
    if (isWeb) return <WebBubble bubble={bubble} onTap={onTap} />;
    return talk.channel === "kakaobiz" ? <ConsultBubble bubble={bubble} onTap={onTap} /> : <Bubble bubble={bubble} {...acts} />;
  };
  const pieces = seen.bubbles.map((bubble, at): Piece => ({
    bubble: draw(bubble),
    marks: <Marks marks={marksOf(at)} />,
    wide: isWeb ? isWide(bubble) : bubble.kind === "carousel",
  }));
  if (seen.announced) pieces.push({ bubble: <Bubble bubble={{ kind: "text", text: seen.announced }} {...acts} /> });
  const rest = answer.marks.filter((mark) => mark.bubble === undefined || mark.bubble === null || mark.bubble >= seen.bubbles.length);
  return (
    <>
      {pieces.length > 0 && (isWeb ? <WebSaid name={name} look={webLook} times={time} pieces={pieces} /> : <Said name={name} times={time} pieces={pieces} />)}
      {seen.unreadable && <Note tone="danger" title={t("preview.unreadable")}>{t("preview.unreadableWhy")}</Note>}
      {seen.announced !== undefined && <Note tone="quiet">{t("preview.late.announced")}</Note>}
      {answer.fault && <Note tone="warn" title={t("preview.fault")}>{answer.fault}</Note>}
      {answer.agentCall && <Note tone="quiet" title={t("preview.agent.title")}>{answer.agentCall.reason}</Note>}
      <Marks marks={rest} />
      <div className={styles["tools"]} data-last={isLast}>
        <button type="button" className={styles["tool"]} onClick={() => onTrace(turn)}>
          {t("preview.nodes", { n: nodes, ms: Math.round(answer.tookMs) })}
        </button>
        {!isLast && (
          <button type="button" className={styles["tool"]} onClick={() => onBack(turn)}>
            <RotateCcw size={12} aria-hidden />
            {t("preview.backHere")}
          </button>
        )}
      </div>
    </>
  );
}

function Marks({ marks }: { marks: Mark[] }) {
  if (marks.length === 0) return null;
  return (
    <ul className={styles["marks"]}>
      {marks.map((mark, at) => (
        <li key={at} className={styles["mark"]} data-code={mark.code}>
          <Scissors size={12} aria-hidden />
          <span>{mark.message}</span>
        </li>
      ))}
    </ul>
  );
}

/** A word from us, not from the bot. */
export function Note({ tone, title, children, action }: { tone: "quiet" | "warn" | "danger"; title?: string; children?: ReactNode; action?: ReactNode }) {
  const Icon = tone === "danger" ? CircleAlert : tone === "warn" ? TriangleAlert : Info;
  return (
    <div className={cx(styles["note"], styles[tone])} role={tone === "danger" ? "alert" : undefined}>
      <Icon size={14} aria-hidden />
      <div className={styles["noteWords"]}>
        {title && <strong>{title}</strong>}
        {children && <span>{children}</span>}
        {action}
      </div>
    </div>
  );
}

function AsideNote({ aside, channel }: { aside: Aside; channel: Channel }) {
  const t = useT();
  switch (aside.what) {
    case "link":
      return (
        <Note tone="quiet" title={t("preview.tap.link")}>
          {/^https?:/i.test(aside.detail) ? (
            <a href={aside.detail} target="_blank" rel="noreferrer">
              {aside.detail}
            </a>
          ) : (
            aside.detail
          )}
        </Note>
      );
    case "phone":
      return <Note tone="quiet" title={t("preview.tap.phone")}>{aside.detail}</Note>;
    case "app":
      return <Note tone="quiet" title={t("preview.consult.tap.app")}>{aside.detail}</Note>;
    case "bot":
    case "form":
    case "channel":
      return <Note tone="quiet">{t(`preview.consult.tap.${aside.what}`)}</Note>;
    case "share":
      return <Note tone="quiet">{t("preview.tap.share")}</Note>;
    case "operator":
      return <Note tone="quiet" title={t("preview.agent.title")}>{t(channel === "kakao" ? "preview.agent.kakao" : "preview.agent.other")}</Note>;
    case "unknown":
      return <Note tone="warn">{t("preview.tap.unknown", { action: aside.detail || "?" })}</Note>;
  }
}
