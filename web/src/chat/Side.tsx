// Where conversations are, by what is to be done with them; the bots; the agents and how much they hold.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { AtSign, BarChart3, Bot, CheckCheck, ChevronDown, Clock3, Inbox, Layers, MessagesSquare, PhoneMissed, Settings2, UserRound } from "lucide-react";

import { botsQuery } from "../api/queries";
import { useT } from "../i18n/i18n";
import { useAct } from "../shell/act";
import { Avatar, cx, Menu, MenuItem, Tooltip } from "../ui";
import { changeMine } from "./api";
import { useAgents, useCounts, useLink, useList, useStore, useUnseenMentions } from "./hooks";
import { waitsSince } from "./model/lists";
import { NotifyButton } from "./Notify";
import { type Place, PLACES } from "./search";
import styles from "./Side.module.css";
import { patience, useSpan, useTick } from "./words";

const ICONS: Record<Place, typeof Inbox> = { mentions: AtSign, mine: UserRound, waiting: Clock3, connected: MessagesSquare, all: Layers, bot: Bot, completed: CheckCheck, missed: PhoneMissed };

export function Side({ view, bot, onChoose }: { view: Place; bot: string | undefined; onChoose: (next: { view?: Place; bot?: string | undefined }) => void }) {
  const t = useT();
  const store = useStore();
  const counts = useCounts();
  const mine = useList({ view: "mine", order: "recent" })?.rows.length ?? 0;
  const bots = useQuery(botsQuery(store.ws));
  const agents = useAgents();
  const of = (which: "requested" | "connected" | "queued") => counts.filter((one) => bot === undefined || one.bot === bot).reduce((sum, one) => sum + one[which], 0);
  const mentions = useUnseenMentions();
  const numbers: Partial<Record<Place, number>> = { mine, waiting: of("requested"), connected: of("connected"), mentions };
  const hot = of("queued") > 0;
  return (
    <>
      <OwnState />
      <nav aria-label={t("chat.areas.side")} className={styles["views"]}>
        <ul>
          {PLACES.map((one) => {
            const Icon = ICONS[one];
            const n = numbers[one];
            return (
              <li key={one}>
                <button
                  type="button"
                  className={cx(styles["view"], one === view && styles["here"])}
                  aria-current={one === view ? "true" : undefined}
                  data-view={one}
                  title={t(`chat.views.${one}`)}
                  onClick={() => onChoose({ view: one })}
                >
                  <Icon size={16} strokeWidth={1.75} aria-hidden />
                  <span className={styles["viewName"]}>{t(`chat.views.${one}`)}</span>
                  {one === "waiting" && <LongestWait bot={bot} />}
                  {n !== undefined && n > 0 && <span className={cx(styles["count"], ((one === "waiting" && hot) || one === "mentions") && styles["hot"])}>{n > 999 ? "999+" : n}</span>}
                </button>
              </li>
            );
          })}
        </ul>
      </nav>
      <div className={styles["groups"]}>
        {(bots.data?.length ?? 0) > 1 && (
          <section>
            <h2 className={styles["group"]}>{t("chat.side.bots")}</h2>
            <ul>
              <li>
                <button type="button" className={cx(styles["item"], bot === undefined && styles["chosen"])} aria-pressed={bot === undefined} onClick={() => onChoose({ bot: undefined })}>
                  <span className={styles["itemName"]}>{t("chat.side.everyBot")}</span>
                </button>
              </li>
              {(bots.data ?? []).map((one) => {
                const waits = counts.find((count) => count.bot === one.id)?.queued ?? 0;
                return (
                  <li key={one.id}>
                    <button type="button" className={cx(styles["item"], bot === one.id && styles["chosen"])} aria-pressed={bot === one.id} onClick={() => onChoose({ bot: bot === one.id ? undefined : one.id })}>
                      <Avatar name={one.title} size={20} shape="square" />
                      <span className={styles["itemName"]}>{one.title}</span>
                      {waits > 0 && (
                        <span className={styles["dot"]} title={t("shell.waiting", { n: waits })}>
                          <span className="sr-only">{t("shell.waiting", { n: waits })}</span>
                        </span>
                      )}
                    </button>
                  </li>
                );
              })}
            </ul>
          </section>
        )}
        <section>
          <h2 className={styles["group"]}>{t("chat.side.agents")}</h2>
          <ul>
            {agents
              .toSorted((a, b) => Number(b.online) - Number(a.online) || Number(a.away) - Number(b.away))
              .map((agent) => (
                <li key={agent.id} className={styles["agent"]}>
                  <span className={styles["agentFace"]}>
                    <Avatar name={agent.name} picture={agent.picture} size={20} />
                    <span className={cx(styles["presence"], agent.online && (agent.away ? styles["away"] : styles["online"]))} />
                  </span>
                  <span className={styles["itemName"]}>{agent.name}</span>
                  <span className="sr-only">{agent.online ? (agent.away ? t("chat.me.away") : t("chat.me.online")) : t("chat.me.offline")}</span>
                  <span className={styles["load"]} title={t("chat.side.load", { n: agent.open })}>
                    {agent.open}
                  </span>
                </li>
              ))}
          </ul>
        </section>
      </div>
      <Foot />
    </>
  );
}

/** How long whoever waits longest has waited, wherever one looks. */
function LongestWait({ bot }: { bot: string | undefined }) {
  const t = useT();
  const store = useStore();
  const span = useSpan();
  const now = useTick();
  const list = useList({ view: "waiting", bot, order: "waiting" });
  const first = list?.rows[0];
  const chat = first && store.state.chats.get(first.id);
  const since = chat && waitsSince(chat);
  if (since === undefined) return null;
  return (
    <span className={cx(styles["wait"], styles[patience(now - since)])} title={t("chat.side.longest", { time: span(now - since) })}>
      <span aria-hidden>{span(now - since)}</span>
      <span className="sr-only">{t("chat.side.longest", { time: span(now - since) })}</span>
    </span>
  );
}

/** Whether the person here takes requests. */
function OwnState() {
  const t = useT();
  const store = useStore();
  const act = useAct();
  const agents = useAgents();
  const link = useLink();
  const me = agents.find((agent) => agent.id === store.me);
  const away = me?.away ?? false;
  const state = link !== "open" ? t("chat.me.offline") : away ? t("chat.me.away") : t("chat.me.online");
  const set = (next: boolean) => {
    store.setAway(next);
    void act({ run: () => changeMine(store.ws, { away: next }) }).then((went) => !went && store.setAway(away));
  };
  return (
    <div className={styles["own"]}>
      <Menu
        trigger={
          <button type="button" className={styles["state"]} aria-label={t("chat.me.state", { state })} title={t("chat.me.state", { state })}>
            <span className={cx(styles["presence"], link === "open" && (away ? styles["away"] : styles["online"]))} />
            <span className={styles["stateName"]}>{state}</span>
            <ChevronDown size={14} aria-hidden className={styles["chevron"]} />
          </button>
        }
      >
        <MenuItem icon={<span className={cx(styles["presence"], styles["online"])} />} note={t("chat.me.onlineLead")} checked={!away} onClick={() => set(false)}>
          {t("chat.me.online")}
        </MenuItem>
        <MenuItem icon={<span className={cx(styles["presence"], styles["away"])} />} note={t("chat.me.awayLead")} checked={away} onClick={() => set(true)}>
          {t("chat.me.away")}
        </MenuItem>
      </Menu>
    </div>
  );
}

function Foot() {
  const t = useT();
  const { ws } = useStore();
  const link = useLink();
  const label = t(`chat.link.${link}`);
  return (
    <footer className={styles["foot"]}>
      <Tooltip text={label} side="right">
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- its words are in the tooltip */}
        <span className={styles["link"]} tabIndex={0} role="img" aria-label={label} data-link={link}>
          <span className={cx(styles["presence"], link === "open" ? styles["online"] : styles["away"])} />
        </span>
      </Tooltip>
      <NotifyButton />
      <StatsLink />
      <Tooltip text={t("chat.settings.title")}>
        <Link to="/w/$ws/settings/chat" params={{ ws }} aria-label={t("chat.settings.title")} className={styles["link"]}>
          <Settings2 size={16} aria-hidden />
        </Link>
      </Tooltip>
    </footer>
  );
}

export function StatsLink() {
  const t = useT();
  const { ws } = useStore();
  return (
    <Tooltip text={t("chat.stats.title")}>
      <Link to="/w/$ws/chat/stats" params={{ ws }} aria-label={t("chat.stats.title")} className={styles["link"]}>
        <BarChart3 size={16} aria-hidden />
      </Link>
    </Tooltip>
  );
}
