// The connection guide (K8): Kakao's screens in order, what is done there, and whether it was seen to work. Each step turns
// green by itself as requests arrive; what is wrong is said at the step where it is put right.

import { Link } from "@tanstack/react-router";
import { Check, ChevronDown, CircleAlert, ExternalLink, Hourglass } from "lucide-react";
import { Children, type ReactNode, useState } from "react";

import { useBot } from "../bots/Bot";
import type { MarkKind } from "../conversations/read";
import { ago } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { useNow } from "../shell/useNow";
import { useWorkspace } from "../shell/workspace";
import { buttonClass, CopyField, cx } from "../ui";
import { BlockDrawing, ChannelDrawing, DeployDrawing, SkillDrawing, TestDrawing } from "./drawings";
import styles from "./Guide.module.css";
import { afterwards, type ChannelView, type Check as ServerCheck, current, type Note, type Stand, type Step, steps, type StepView } from "./model";

export function Guide({ view }: { view: ChannelView }) {
  const t = useT();
  const all = steps(view);
  const first = current(all);
  const [open, setOpen] = useState<Step | "none">();
  // The step that comes next opens by itself until the person opens one.
  const shown = open ?? first;
  return (
    <>
      <ol className={styles["steps"]}>
        {all.map((one, nth) => (
          <StepLine
            key={one.step}
            nth={nth + 1}
            view={one}
            channel={view}
            open={shown === one.step}
            onToggle={() => setOpen(shown === one.step ? "none" : one.step)}
          />
        ))}
      </ol>
      <section className={styles["after"]} aria-labelledby="guide-after">
        <h3 id="guide-after">{t("channels.after")}</h3>
        <ul>
          {afterwards(view).map((check) => (
            <AfterLine key={check.id} check={check} />
          ))}
        </ul>
      </section>
    </>
  );
}

const AFTER_ICONS = { ok: Check, problem: CircleAlert, waiting: Hourglass };

/** The turns behind each. */
const TURNS: Record<string, MarkKind> = { "answer-time": "slow", violations: "cut", errors: "fault" };

function AfterLine({ check }: { check: ServerCheck }) {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const Icon = AFTER_ICONS[check.state];
  const kind = TURNS[check.id];
  return (
    <li className={cx(styles["afterLine"], styles[`after-${check.state}`])} data-check={check.id} data-state={check.state}>
      <Icon size={15} aria-hidden className={styles["afterIcon"]} />
      <span className={styles["afterTitle"]}>{check.title}</span>
      <span className={styles["afterWords"]}>
        {check.detail}
        {kind && check.state === "problem" && (
          <>
            {" "}
            <Link to="/w/$ws/bots/$bot/conversations" params={{ ws, bot: bot.id }} search={{ kind }}>
              {t("channels.toTurns")}
            </Link>
          </>
        )}
      </span>
    </li>
  );
}

function StepLine({ nth, view, channel, open, onToggle }: { nth: number; view: StepView; channel: ChannelView; open: boolean; onToggle: () => void }) {
  const t = useT();
  const { step, stand, notes } = view;
  return (
    <li className={cx(styles["step"], styles[stand])} data-step={step} data-stand={stand}>
      <StandMark stand={stand} nth={nth} />
      <div className={styles["body"]}>
        <h3 className={styles["heading"]}>
          <button type="button" className={styles["toggle"]} aria-expanded={open} onClick={onToggle}>
            <span className="sr-only">{t("channels.steps.nth", { n: nth })} </span>
            <span className={styles["name"]}>{t(`channels.steps.${step}.title`)}</span>
            <Standing view={view} />
            <ChevronDown size={16} aria-hidden className={cx(styles["chevron"], open && styles["up"])} />
          </button>
        </h3>
        {notes.map((note) => (
          <NoteLine key={note.check.id} note={note} />
        ))}
        {open && (
          <div className={styles["inside"]}>
            <Words step={step} channel={channel} />
          </div>
        )}
      </div>
    </li>
  );
}

function StandMark({ stand, nth }: { stand: Stand; nth: number }) {
  return (
    <span className={styles["mark"]} aria-hidden>
      {stand === "done" ? <Check size={14} strokeWidth={2.5} /> : stand === "wrong" ? <CircleAlert size={16} /> : nth}
    </span>
  );
}

/** How a step stands, in words, so that it is never only a colour. */
function Standing({ view }: { view: StepView }) {
  const t = useT();
  const now = useNow();
  const language = useLanguage();
  const words: Record<Stand, string> = {
    done: view.at === undefined ? t("channels.steps.done") : t("channels.steps.seenAt", { when: ago(view.at, now, language) }),
    waiting: t("channels.steps.waiting"),
    wrong: t("channels.steps.wrong"),
    byHand: t("channels.steps.byHand"),
  };
  return (
    <span className={styles["standing"]} role="status">
      {view.stand === "waiting" && <Hourglass size={13} aria-hidden />}
      {words[view.stand]}
    </span>
  );
}

/** What was seen, and what to do. */
function NoteLine({ note: { check, mild } }: { note: Note }) {
  return (
    <div className={cx(styles["sign"], mild && styles["mildSign"])} role="status" data-check={check.id} data-state={check.state}>
      <p className={styles["signWords"]}>{check.title}</p>
      <p>{check.detail}</p>
    </div>
  );
}

/** What is to be done, numbered as on the drawing. */
function Acts({ children }: { children: ReactNode }) {
  return <ol className={styles["acts"]}>{Children.toArray(children).map((one, nth) => <li key={nth}>{one}</li>)}</ol>;
}

const CENTRE = "https://chatbot.kakao.com";

function Words({ step, channel }: { step: Step; channel: ChannelView }): ReactNode {
  const t = useT();
  const bot = useBot();
  const botId = channel.checks.find((check) => check.id === "bot-id");
  switch (step) {
    case "publish":
      return <p>{channel.liveVersion === null ? t("channels.steps.publish.text") : t("channels.steps.publish.done", { n: channel.liveVersion })}</p>;
    case "channel":
      return (
        <>
          <p>{t("channels.steps.channel.text")}</p>
          <p>
            <a href={CENTRE} target="_blank" rel="noreferrer" className={buttonClass("secondary", "small")}>
              <ExternalLink size={14} aria-hidden />
              {t("channels.steps.channel.open")}
            </a>
          </p>
          <Acts>
            <p>{t("channels.steps.channel.do1")}</p>
            <p>{t("channels.steps.channel.do2")}</p>
          </Acts>
          <p className={styles["note"]}>{t("channels.steps.channel.note")}</p>
          {botId?.state === "ok" && <p className={styles["note"]}>{botId.detail}</p>}
          <ChannelDrawing />
        </>
      );
    case "skill":
      return (
        <>
          <p>{t("channels.steps.skill.text")}</p>
          <Acts>
            <>
              <p>{t("channels.steps.skill.do1")}</p>
              <CopyField label={t("channels.steps.skill.url")} hideLabel value={bot.skillUrl} />
            </>
            <>
              <p>{t("channels.steps.skill.do2")}</p>
              <CopyField label={t("channels.steps.skill.testUrl")} hideLabel value={bot.draftSkillUrl} />
            </>
            <p>{channel.headerName === null ? t("channels.steps.skill.do3") : t("channels.steps.skill.do3Header", { name: channel.headerName })}</p>
          </Acts>
          {!bot.skillUrl.startsWith("https://") && <p className={styles["warning"]}>{t("channels.steps.skill.notPublic")}</p>}
          <p className={styles["note"]}>{t("channels.steps.skill.send")}</p>
          <SkillDrawing url={bot.skillUrl} draftUrl={bot.draftSkillUrl} header={channel.headerName} />
        </>
      );
    case "welcome":
      return (
        <>
          <p>{t("channels.steps.welcome.text")}</p>
          <Acts>
            <p>{t("channels.steps.welcome.on")}</p>
            <p>{t("channels.steps.block.params")}</p>
            <p>{t("channels.steps.block.answer")}</p>
            <p>{t("channels.steps.block.save")}</p>
          </Acts>
          <p className={styles["note"]}>{t("channels.steps.welcome.note")}</p>
          <BlockDrawing which="welcome" />
        </>
      );
    case "fallback":
      return (
        <>
          <p>{t("channels.steps.fallback.text")}</p>
          <Acts>
            <p>{t("channels.steps.block.params")}</p>
            <p>{t("channels.steps.block.answer")}</p>
            <p>{t("channels.steps.block.save")}</p>
          </Acts>
          <p className={styles["note"]}>{t("channels.steps.fallback.note")}</p>
          <BlockDrawing which="fallback" />
        </>
      );
    case "test":
      return (
        <>
          <Acts>
            <p>{t("channels.steps.test.do1")}</p>
            <p>{t("channels.steps.test.do2")}</p>
          </Acts>
          <p className={styles["note"]}>{t("channels.steps.test.note")}</p>
          <p className={styles["note"]}>{t("channels.steps.test.nothingShown")}</p>
          <TestDrawing />
        </>
      );
    case "deploy":
      return (
        <>
          <p>{t("channels.steps.deploy.text")}</p>
          <Acts>
            <p>{t("channels.steps.deploy.do1")}</p>
          </Acts>
          <p className={styles["note"]}>{t("channels.steps.deploy.note")}</p>
          <DeployDrawing />
        </>
      );
  }
}
