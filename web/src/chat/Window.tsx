// One conversation's window: who it is and whose, what was said, and where one writes.

import { ArrowLeft, CheckCheck, ChevronDown, Download, Ellipsis, EyeOff, Info, LogOut, PanelRight, UserRound, Workflow, X } from "lucide-react";
import { type ReactNode, type RefObject, useCallback, useEffect, useRef, useState } from "react";

import { useQuery } from "@tanstack/react-query";

import { useT } from "../i18n/i18n";
import { Avatar, Badge, Button, cx, IconButton, Menu, MenuGroup, MenuItem, MenuSeparator, type Tone } from "../ui";
import { Composer, type ComposerHandle } from "./Composer";
import { useDeeds } from "./deeds";
import { useExport } from "./export";
import { flowsQuery } from "./flows";
import { useAgents, useChat, useNames, useStore } from "./hooks";
import { chatInFullQuery } from "./Info";
import { type Asked, isShut, RoomDialogs, RoomItems, ShutIcon, useShutWords } from "./Room";
import { channelName } from "./Rows";
import type { Chat } from "./model/types";
import { ThreadView } from "./ThreadView";
import styles from "./Window.module.css";
import { useCustomerName, useTick } from "./words";

const TONES: Record<string, Tone> = { requested: "warn", connected: "good", missed: "danger" };

interface Props {
  id: string;
  isFocused: boolean;
  composer: RefObject<ComposerHandle | null>;
  onFocus: () => void;
  onClose: () => void;
  onBack: () => void;
  onInfo: () => void;
  /** The message to be shown, where one was found here. */
  sought: number | undefined;
  onFound: () => void;
}

export function ChatWindow({ id, isFocused, composer, onFocus, onClose, onBack, onInfo, sought, onFound }: Props) {
  const t = useT();
  const store = useStore();
  const chat = useChat(id);
  const name = useCustomerName();
  const agents = useAgents();
  const [hideBot, setHideBot] = useState(false);
  const [over, setOver] = useState(false);
  const full = useQuery(chatInFullQuery(store.ws, id));
  const takeFile = useExport();
  const label = chat ? name(chat) : "";
  const frame = useRef<HTMLElement>(null);
  const writing = useRef<ComposerHandle>(null);
  const onAsk = useCallback((text: string) => writing.current?.suggest(text), []);
  useEffect(() => {
    // Beside others it may be out of sight.
    if (isFocused) frame.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [isFocused]);
  const answerable = full.data?.answerable ?? (chat?.platform ?? "web") !== "kakao";
  const inIt = chat !== undefined && (chat.owner === store.me || chat.present.includes(store.me));
  const hint = !chat || inIt ? undefined : chat.state === "requested" ? t("chat.input.willTake") : chat.state === "connected" ? t("chat.input.willJoin") : undefined;
  const closed = chat !== undefined && chat.state !== "requested" && chat.state !== "connected";
  const now = useTick();
  const shut = chat !== undefined && isShut(chat, now);
  const shutWords = useShutWords();
  const [asked, setAsked] = useState<Asked>();
  const known = {
    ...(full.data?.params as Record<string, unknown> | undefined),
    name: chat?.name ?? "",
    phone: chat?.phone ?? "",
    email: chat?.email ?? "",
    gender: chat?.gender ?? "",
    userKey: chat?.userKey ?? "",
    bot: full.data?.botTitle ?? "",
    agent: agents.find((agent) => agent.id === store.me)?.name ?? "",
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- what is dropped on a window goes to its composer; the button beside does the same
    <section
      ref={frame}
      className={cx(styles["window"], isFocused && styles["focused"])}
      aria-label={t("chat.thread.label", { name: label })}
      data-window={id}
      onFocusCapture={onFocus}
      onPointerDownCapture={onFocus}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => !event.currentTarget.contains(event.relatedTarget as Node) && setOver(false)}
      onDrop={() => setOver(false)}
    >
      <header className={styles["head"]}>
        <IconButton size="small" label={t("chat.window.back")} className={styles["back"]} onClick={onBack}>
          <ArrowLeft size={17} aria-hidden />
        </IconButton>
        <div className={styles["who"]}>
          <h2 className={styles["name"]}>{label}</h2>
          {chat && (
            <span className={styles["state"]}>
              <Badge tone={TONES[chat.state] ?? "neutral"} dot>
                {t(`chat.states.${chat.state as "bot"}`)}
              </Badge>
              <span className={styles["channel"]}>{channelName(t, chat.platform)}</span>
            </span>
          )}
        </div>
        {chat && answerable && <OwnerMenu chat={chat} />}
        {chat && answerable && inIt && chat.state === "connected" && <CompleteButton chat={chat} />}
        <Menu
          align="end"
          trigger={
            <IconButton size="small" label={t("chat.window.menu")} bare>
              <Ellipsis size={16} aria-hidden />
            </IconButton>
          }
        >
          {chat?.platform === "kakaobiz" && <RoomItems chat={chat} onAsk={setAsked} />}
          {chat && answerable && chat.state === "connected" && chat.owner !== store.me && chat.present.includes(store.me) && <LeaveItem chat={chat.id} />}
          {chat && answerable && chat.state === "requested" && inIt && <CompleteItem chat={chat.id} />}
          <MenuItem icon={<EyeOff size={16} aria-hidden />} onClick={() => setHideBot(!hideBot)}>
            {hideBot ? t("chat.window.showBot") : t("chat.window.hideBot")}
          </MenuItem>
          <MenuItem icon={<Download size={16} aria-hidden />} onClick={() => chat && void takeFile(chat)}>
            {t("chat.window.export")}
          </MenuItem>
        </Menu>
        <IconButton size="small" label={t("chat.window.info")} onClick={onInfo}>
          <PanelRight size={16} aria-hidden />
        </IconButton>
        <IconButton size="small" label={t("chat.window.close")} className={styles["close"]} onClick={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      {chat && answerable && !shut && <Bar chat={chat} />}
      {chat && shut && <Notice icon={<ShutIcon />}>{shutWords(chat)}</Notice>}
      {chat && <RoomDialogs chat={chat} asked={asked} onClose={() => setAsked(undefined)} />}
      {!answerable && (
        <Notice icon={<Info size={15} aria-hidden />}>{t("chat.window.notHere")}</Notice>
      )}
      <ThreadView chat={id} isFocused={isFocused} hideBot={hideBot} sought={sought} onFound={onFound} onAsk={answerable && !closed && !shut ? onAsk : undefined} />
      {chat && <Composer key={id} ref={isFocused ? composer : null} own={writing} chat={id} known={known} hint={hint} barred={!answerable || closed || shut ? "closed" : undefined} />}
      {over && answerable && <div className={styles["drop"]}>{t("chat.input.drop")}</div>}
    </section>
  );
}

function Notice({ icon, tone, children, acts }: { icon?: ReactNode; tone?: "warn" | "accent"; children: ReactNode; acts?: ReactNode }) {
  return (
    <div className={cx(styles["bar"], tone && styles[tone])}>
      {icon}
      <span className={styles["barText"]}>{children}</span>
      {acts}
    </div>
  );
}

/** What is to be done here now, above the thread: the one act that one came for. */
function Bar({ chat }: { chat: Chat }) {
  const t = useT();
  const store = useStore();
  const deeds = useDeeds();
  const names = useNames();
  const mine = chat.owner === store.me;
  if (chat.flow && chat.state === "connected") {
    return (
      <Notice
        icon={<Workflow size={15} aria-hidden />}
        tone="accent"
        acts={
          <Button size="small" onClick={() => void deeds.stopFlow(chat.id)}>
            {t("chat.window.stopFlow")}
          </Button>
        }
      >
        {t("chat.window.flow")}
      </Notice>
    );
  }
  if (chat.state === "requested") {
    const words = mine ? t("chat.window.waitingYou") : chat.owner ? t("chat.window.waitingOther", { name: names(chat.owner) }) : t("chat.window.waiting");
    return (
      <Notice
        tone="warn"
        acts={
          chat.owner && !mine ? undefined : (
            <Button size="small" variant="primary" onClick={() => void deeds.take(chat.id)}>
              {t("chat.window.take")}
            </Button>
          )
        }
      >
        {words}
      </Notice>
    );
  }
  if (chat.state === "connected") {
    if (mine || chat.present.includes(store.me)) return null;
    return (
      <Notice
        acts={
          <Button size="small" onClick={() => void deeds.join(chat.id)}>
            {t("chat.window.join")}
          </Button>
        }
      >
        {t("chat.window.other", { name: names(chat.owner) })}
      </Notice>
    );
  }
  const words = chat.state === "completed" ? t("chat.window.completed") : chat.state === "missed" ? t("chat.window.missed") : t("chat.window.withBot");
  return (
    <Notice
      acts={
        <Button size="small" variant="primary" onClick={() => void deeds.take(chat.id)}>
          {t("chat.window.stepIn")}
        </Button>
      }
    >
      {words}
    </Notice>
  );
}

function OwnerMenu({ chat }: { chat: Chat }) {
  const t = useT();
  const store = useStore();
  const deeds = useDeeds();
  const agents = useAgents();
  if (chat.state !== "requested" && chat.state !== "connected") return null;
  const owner = agents.find((agent) => agent.id === chat.owner);
  const state = (agent: { online: boolean; away: boolean }) => (agent.online ? (agent.away ? t("chat.me.away") : t("chat.me.online")) : t("chat.me.offline"));
  const sorted = agents.toSorted((a, b) => Number(b.online && !b.away) - Number(a.online && !a.away) || a.open - b.open);
  return (
    <Menu
      align="end"
      trigger={
        <Button size="small" variant="quiet" className={styles["owner"]} aria-label={`${t("chat.window.assign")}: ${owner?.name ?? t("chat.window.noOwner")}`}>
          <span className={styles["ownerName"]}>
            {owner ? <Avatar name={owner.name} picture={owner.picture} size={20} /> : <UserRound size={15} aria-hidden />}
            <span>{owner?.name ?? t("chat.window.noOwner")}</span>
            <ChevronDown size={13} aria-hidden />
          </span>
        </Button>
      }
    >
      <MenuGroup label={t("chat.window.assign")}>
        {sorted.map((agent) => (
          <MenuItem
            key={agent.id}
            icon={<Avatar name={agent.name} picture={agent.picture} size={24} />}
            note={t("chat.window.agentNote", { state: state(agent), n: agent.open })}
            checked={agent.id === chat.owner}
            disabled={agent.id === chat.owner}
            onClick={() => void deeds.transfer(chat.id, agent)}
          >
            {agent.id === store.me ? t("chat.window.toMe") : agent.name}
          </MenuItem>
        ))}
      </MenuGroup>
      {chat.owner !== null && (
        <>
          <MenuSeparator />
          <MenuItem onClick={() => void deeds.transfer(chat.id, null)}>{t("chat.window.toQueue")}</MenuItem>
        </>
      )}
    </Menu>
  );
}

function CompleteButton({ chat }: { chat: Chat }) {
  const t = useT();
  const store = useStore();
  const deeds = useDeeds();
  const flows = useQuery(flowsQuery(store.ws, chat.bot));
  return (
    <span className={styles["complete"]}>
      <Button size="small" icon={<CheckCheck size={15} aria-hidden />} aria-label={t("chat.window.complete")} onClick={() => void deeds.complete(chat.id)}>
        <span className={styles["completeWord"]}>{t("chat.window.complete")}</span>
      </Button>
      {(flows.data?.length ?? 0) > 0 && (
        <Menu
          align="end"
          trigger={
            <Button size="small" aria-label={t("chat.window.completeMenu")} className={styles["more"]}>
              <ChevronDown size={14} aria-hidden />
            </Button>
          }
        >
          <MenuGroup label={t("chat.window.completeWith")}>
            {(flows.data ?? []).map((flow) => (
              <MenuItem key={flow.id} icon={<Workflow size={16} aria-hidden />} onClick={() => void deeds.complete(chat.id, flow.id)}>
                {flow.title}
              </MenuItem>
            ))}
          </MenuGroup>
        </Menu>
      )}
    </span>
  );
}

function CompleteItem({ chat }: { chat: string }) {
  const t = useT();
  const deeds = useDeeds();
  return (
    <MenuItem icon={<CheckCheck size={16} aria-hidden />} onClick={() => void deeds.complete(chat)}>
      {t("chat.window.complete")}
    </MenuItem>
  );
}

function LeaveItem({ chat }: { chat: string }) {
  const t = useT();
  const deeds = useDeeds();
  return (
    <MenuItem icon={<LogOut size={16} aria-hidden />} onClick={() => void deeds.leave(chat)}>
      {t("chat.window.leave")}
    </MenuItem>
  );
}
