// The preview: the room with its switches, and the inspector behind three more tabs. Knows the bot and how to make the
// draft ready; what stands around it (the editor, the page of path tests) comes by props.

import { Tabs } from "@base-ui/react/tabs";
import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight, CircleDot, MessageSquare, Monitor, Moon, Play, RotateCcw, Smartphone, Sun, UserRound } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";

import { useT } from "../i18n/i18n";
import { useExplain } from "../shell/form";
import { complain, EmptyState, IconButton, say, Select } from "../ui";
import { type Channel, CHANNELS, type Person, type Previewed, upload } from "./api";
import { Context } from "./Context";
import { Through } from "./consult/Through";
import { PersonDialog, PhotoDialog } from "./dialogs";
import type { Doc } from "./doc";
import inspector from "./Inspector.module.css";
import styles from "./Preview.module.css";
import { Raw } from "./Raw";
import { type Look, Room } from "./Room";
import { useTalk } from "./store";
import { said, stepsOf, type Turn } from "./talk";
import { Trace } from "./Trace";
import { lookOf, PLAIN, webQuery } from "./web/Head";

export interface Recorded {
  steps: ReturnType<typeof stepsOf>;
  channel: Channel;
  person: Person;
}

export interface PaneProps {
  ws: string;
  bot: string;
  /** What the channel is called in the room. */
  title: string;
  doc: Doc | undefined;
  /** The channel that the bot uses, where that is not KakaoTalk: it is tried there first. */
  uses?: Channel | undefined;
  /** Awaited before each turn: the draft as one sees it has to be at the server. */
  ready?: (() => Promise<unknown>) | undefined;
  /** Goes to a node on the canvas. */
  onJump?: ((flow: number, node: number) => void) | undefined;
  /** The nodes that the chosen turn passed. */
  onPassed?: ((answer: Previewed | undefined) => void) | undefined;
  /** Keeps the conversation as a path test. */
  onRecord?: ((recorded: Recorded) => void) | undefined;
  /** Why it cannot be tried by whoever looks: a preview runs the bot's own requests. */
  readonly?: string | undefined;
}

type Tab = "talk" | "trace" | "context" | "raw";
const LOOK = "preview.look";

function keptLook(): Look {
  try {
    const kept = JSON.parse(localStorage.getItem(LOOK) ?? "{}") as Partial<Look>;
    return { width: kept.width === "pc" ? "pc" : "phone", theme: kept.theme === "dark" ? "dark" : "light" };
  } catch {
    return { width: "phone", theme: "light" };
  }
}

const NOTHING = () => Promise.resolve();

export function Pane(props: PaneProps) {
  const t = useT();
  return props.readonly === undefined ? (
    <Trying {...props} />
  ) : (
    <EmptyState icon={<MessageSquare size={22} aria-hidden />} title={t("preview.barred")}>
      {props.readonly}
    </EmptyState>
  );
}

function Trying({ ws, bot, title, doc, uses, ready = NOTHING, onJump, onPassed, onRecord }: PaneProps) {
  const t = useT();
  const explain = useExplain();
  const talk = useTalk(ws, bot, ready);
  const [tab, setTab] = useState<Tab>("talk");
  const [look, setLook] = useState(keptLook);
  const [dialog, setDialog] = useState<"person" | "photo">();
  const { turns } = talk.talk;
  const web = useQuery({ ...webQuery(ws, bot), enabled: talk.channel === "web" }).data;
  const chosen = turns.find((turn) => turn.id === talk.chosen && turn.answer) ?? turns.findLast((turn) => turn.answer);

  const passed = chosen?.answer;
  useEffect(() => {
    onPassed?.(passed);
  }, [passed, onPassed]);
  useEffect(() => () => onPassed?.(undefined), [onPassed]);

  const { restart } = talk;
  const fresh = turns.length === 0;
  // Who opens the preview comes into the room.
  const begun = useRef(false);
  useEffect(() => {
    if (!begun.current && fresh) void restart();
    begun.current = true;
  }, [fresh, restart]);
  const untouched = !talk.picked && turns.length <= 1;
  useEffect(() => {
    if (uses && untouched) void restart({ channel: uses });
  }, [uses, untouched, restart]);

  const change = (part: Partial<Look>) => {
    const next = { ...look, ...part };
    setLook(next);
    try {
      localStorage.setItem(LOOK, JSON.stringify(next));
    } catch {
      // Kept for now only.
    }
  };
  const photo = async (file: File) => {
    try {
      const uri = await upload(ws, bot, file);
      await talk.send({ type: "message", text: uri, media: { contentType: "image", uri } });
    } catch (error) {
      const { title: what, detail } = explain(error);
      complain(what, detail);
    }
  };
  const back = (turn: Turn) => {
    const undo = talk.back(turn.id);
    say(t("preview.wentBack"), { label: t("ui.undo"), run: undo });
  };
  const recordable = stepsOf(talk.talk).length > 0 && !talk.busy;
  return (
    <Tabs.Root className={styles["preview"]} value={tab} onValueChange={(next: Tab) => setTab(next)} data-preview>
      <div className={styles["bar"]}>
        <ChannelSwitch channel={talk.channel} onChange={(channel) => void restart({ channel })} />
        <IconButton label={t(look.width === "phone" ? "preview.toPc" : "preview.toPhone")} size="small" onClick={() => change({ width: look.width === "phone" ? "pc" : "phone" })}>
          {look.width === "phone" ? <Smartphone size={16} aria-hidden /> : <Monitor size={16} aria-hidden />}
        </IconButton>
        <IconButton label={t(look.theme === "light" ? "preview.toDark" : "preview.toLight")} size="small" onClick={() => change({ theme: look.theme === "light" ? "dark" : "light" })}>
          {look.theme === "light" ? <Sun size={16} aria-hidden /> : <Moon size={16} aria-hidden />}
        </IconButton>
        <IconButton label={t("preview.person.title")} size="small" onClick={() => setDialog("person")}>
          <UserRound size={16} aria-hidden />
        </IconButton>
        {onRecord && (
          <IconButton
            label={t("preview.record")}
            size="small"
            reason={recordable ? undefined : t("preview.recordNothing")}
            onClick={() => onRecord({ steps: stepsOf(talk.talk), channel: talk.channel, person: talk.person })}
          >
            <CircleDot size={16} aria-hidden />
          </IconButton>
        )}
        <IconButton label={t("preview.replay")} size="small" reason={turns.length > 1 ? undefined : t("preview.replayNothing")} onClick={() => void talk.replay()}>
          <Play size={16} aria-hidden />
        </IconButton>
        <IconButton label={t("preview.restart")} size="small" onClick={() => void restart()}>
          <RotateCcw size={16} aria-hidden />
        </IconButton>
      </div>
      <Tabs.List className={styles["tabs"]} aria-label={t("preview.tabs.label")} activateOnFocus>
        {(["talk", "trace", "context", "raw"] as const).map((one) => (
          <Tabs.Tab key={one} value={one} className={styles["tab"]}>
            {t(`preview.tabs.${one}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="talk" className={styles["panel"]}>
        <div className={styles["stage"]}>
          <Room
            talk={talk}
            look={look}
            name={title}
            webLook={web ? lookOf(web.settings) : PLAIN}
            top={talk.channel === "kakaobiz" && <Through ws={ws} bot={bot} />}
            onBack={back}
            onTrace={(turn) => {
              talk.choose(turn.id);
              setTab("trace");
            }}
            onPhoto={(file) => void photo(file)}
            onPhotoAddress={() => setDialog("photo")}
          />
        </div>
      </Tabs.Panel>
      <Inspected value="trace" turns={turns} chosen={chosen} choose={talk.choose}>
        {(answer) => <Trace answer={answer} channel={talk.channel} doc={doc} onJump={onJump} />}
      </Inspected>
      <Inspected value="context" turns={turns} chosen={chosen} choose={talk.choose}>
        {(answer) => <Context answer={answer} bot={bot} />}
      </Inspected>
      <Inspected value="raw" turns={turns} chosen={chosen} choose={talk.choose}>
        {(answer) => <Raw answer={answer} />}
      </Inspected>
      <PersonDialog
        open={dialog === "person"}
        person={talk.person}
        onClose={() => setDialog(undefined)}
        onChange={(person) => {
          setDialog(undefined);
          void restart({ person });
        }}
      />
      <PhotoDialog
        open={dialog === "photo"}
        onClose={() => setDialog(undefined)}
        onSend={(uri) => {
          setDialog(undefined);
          void talk.send({ type: "message", text: uri, media: { contentType: "image", uri } });
        }}
      />
    </Tabs.Root>
  );
}

function ChannelSwitch({ channel, onChange }: { channel: Channel; onChange: (channel: Channel) => void }) {
  const t = useT();
  return (
    <Select<Channel>
      label={t("preview.channel")}
      size="small"
      plain
      value={channel}
      onChange={onChange}
      options={CHANNELS.map((one) => ({ value: one, label: t(`preview.channels.${one}`) }))}
    />
  );
}

/** A tab of the inspector: which answer it is about, and the way to its neighbours. */
function Inspected({
  value,
  turns,
  chosen,
  choose,
  children,
}: {
  value: Tab;
  turns: Turn[];
  chosen: Turn | undefined;
  choose: (turn: number) => void;
  children: (answer: Previewed) => ReactNode;
}) {
  const t = useT();
  const all = turns.filter((turn) => turn.answer);
  const at = chosen ? all.indexOf(chosen) : -1;
  const go = (to: number) => {
    const turn = all[to];
    if (turn) choose(turn.id);
  };
  const event = chosen?.event;
  const name = event && (event.type === "message" ? said(event) : t(event.type === "start" ? "preview.events.start" : "preview.events.goto"));
  return (
    <Tabs.Panel value={value} className={styles["panel"]}>
      {chosen?.answer ? (
        <div className={inspector["inspector"]}>
          <div className={inspector["which"]}>
            <span>{t("preview.answerOf", { n: at + 1, all: all.length, said: name ?? "" })}</span>
            <IconButton label={t("preview.before")} size="small" disabled={at <= 0} onClick={() => go(at - 1)}>
              <ChevronLeft size={16} aria-hidden />
            </IconButton>
            <IconButton label={t("preview.after")} size="small" disabled={at >= all.length - 1} onClick={() => go(at + 1)}>
              <ChevronRight size={16} aria-hidden />
            </IconButton>
          </div>
          {children(chosen.answer)}
        </div>
      ) : (
        <EmptyState title={t("preview.nothingYet")}>{t("preview.nothingYetLead")}</EmptyState>
      )}
    </Tabs.Panel>
  );
}

