// Whose conversation it is: what is known and can be written down, canned messages, flows.

import { queryOptions, useQuery } from "@tanstack/react-query";
import { Star, X } from "lucide-react";
import { type KeyboardEvent, type RefObject, useState } from "react";

import { moment } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { useAct } from "../shell/act";
import { Avatar, Badge, Button, cx, IconButton, Segmented, Skeleton } from "../ui";
import { changeMine, readChat } from "./api";
import { CannedList } from "./CannedList";
import type { ComposerHandle } from "./Composer";
import { useDeeds } from "./deeds";
import { flowsQuery } from "./flows";
import { useAgents, useChat, useNames, useStore, useTopic } from "./hooks";
import styles from "./Info.module.css";
import { channelName } from "./Rows";
import { Labels } from "./Labels";
import { ownSettings } from "./own";
import { Panels } from "./Panels";
import type { Chat } from "./model/types";
import { useCustomerName } from "./words";

export const chatInFullQuery = (ws: string, chat: string) =>
  queryOptions({ queryKey: ["ws", ws, "chat", chat], queryFn: () => readChat(ws, chat), staleTime: 10_000 });

const TABS = ["customer", "canned", "flows"] as const;
type Tab = (typeof TABS)[number];

export function InfoPane({ id, composer, onClose }: { id: string | undefined; composer: RefObject<ComposerHandle | null>; onClose: () => void }) {
  const t = useT();
  const chat = useChat(id);
  const [tab, setTab] = useState<Tab>("customer");
  return (
    <>
      <header className={styles["head"]}>
        <Segmented label={t("chat.areas.info")} value={tab} onChange={setTab} options={TABS.map((one) => ({ value: one, label: t(`chat.info.${one}`) }))} />
        <IconButton size="small" label={t("chat.info.close")} onClick={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      <div className={styles["room"]}>
        {!chat ? (
          <p className={styles["none"]}>{id === undefined ? t("chat.info.none") : <Skeleton width="full" height="box" />}</p>
        ) : tab === "customer" ? (
          <Customer key={chat.id} chat={chat} />
        ) : tab === "canned" ? (
          <CannedList chat={chat} composer={composer} />
        ) : (
          <Flows chat={chat} />
        )}
      </div>
    </>
  );
}

const FIELDS = ["name", "phone", "email", "gender"] as const;

function Customer({ chat }: { chat: Chat }) {
  const t = useT();
  const language = useLanguage();
  const store = useStore();
  const name = useCustomerName();
  const names = useNames();
  const full = useQuery(chatInFullQuery(store.ws, chat.id));
  const { consult, ...others } = (full.data?.params ?? {}) as Record<string, unknown>;
  const params = Object.entries(chat.platform === "kakaobiz" ? others : (full.data?.params ?? {}));
  const about: [string, string | undefined][] = [
    [t("chat.info.state"), t(`chat.states.${chat.state as "bot"}`)],
    [t("chat.info.channel"), channelName(t, chat.platform)],
    [t("chat.info.bot"), full.data?.botTitle],
    [t("chat.info.key"), chat.userKey],
    [t("chat.info.requested"), chat.requestedAt ? `${moment(chat.requestedAt, language)}${chat.inHours ? "" : ` (${t("chat.info.outside")})`}` : undefined],
    [t("chat.info.previous"), names(chat.previous) || undefined],
    [t("chat.info.since"), moment(chat.createdAt, language)],
  ];
  return (
    <>
      <div className={styles["person"]}>
        <Avatar name={chat.name || chat.userKey.slice(-4)} size={36} />
        <h2 className={styles["personName"]}>{name(chat)}</h2>
      </div>
      <dl className={styles["fields"]}>
        {FIELDS.map((field) => (
          <Editable key={field} chat={chat} field={field} />
        ))}
      </dl>
      <Labels chat={chat} />
      <h3 className={styles["section"]}>{t("chat.info.about")}</h3>
      <dl className={styles["fields"]}>
        {about.map(
          ([label, value]) =>
            value && (
              <div key={label} className={styles["fact"]}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {chat.platform === "kakaobiz" && <Beginning known={consult} />}
      <h3 className={styles["section"]}>{t("chat.info.params")}</h3>
      {params.length === 0 ? (
        <p className={styles["quiet"]}>{t("chat.info.noParams")}</p>
      ) : (
        <dl className={styles["fields"]}>
          {params.map(([key, value]) => (
            <div key={key} className={styles["fact"]}>
              <dt>
                <code>{key}</code>
              </dt>
              <dd>{typeof value === "string" ? value : JSON.stringify(value)}</dd>
            </div>
          ))}
        </dl>
      )}
      <Panels chat={chat} />
    </>
  );
}

interface Before {
  utterance?: string;
  speech?: string;
  messages?: { text?: string }[];
}

/** What the messenger told of the session's beginning: where the customer came from, and what they said to the other bot. */
function Beginning({ known }: { known: unknown }) {
  const t = useT();
  const { extra, lastExtra, botEvent, history } = (known ?? {}) as { extra?: string; lastExtra?: string; botEvent?: string; history?: Before[] };
  const facts = [
    [t("chat.info.consultExtra"), extra ?? lastExtra],
    [t("chat.info.consultEvent"), botEvent],
  ].filter(([, value]) => value);
  const said = Array.isArray(history) ? history : [];
  if (facts.length === 0 && said.length === 0) return null;
  return (
    <>
      <h3 className={styles["section"]}>{t("chat.info.consult")}</h3>
      <dl className={styles["fields"]}>
        {facts.map(([name, value]) => (
          <div key={name} className={styles["fact"]}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {said.length > 0 && (
        <details className={styles["before"]}>
          <summary>{t("chat.info.consultBefore", { n: said.length })}</summary>
          <ul>
            {said.map((turn, nth) => (
              <li key={nth}>
                <b>{turn.utterance ?? turn.speech ?? ""}</b>
                {(turn.messages ?? []).map((message, at) => message.text && <p key={at}>{message.text}</p>)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** A field that becomes an input when it is pressed; Enter and leaving keep, Escape takes back. */
function Editable({ chat, field }: { chat: Chat; field: (typeof FIELDS)[number] }) {
  const t = useT();
  const deeds = useDeeds();
  const [typed, setTyped] = useState<string>();
  const label = t(`chat.info.${field}`);
  const keep = () => {
    if (typed !== undefined && typed.trim() !== chat[field]) void deeds.change(chat.id, { [field]: typed.trim() });
    setTyped(undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") keep();
    else if (event.key === "Escape") {
      event.stopPropagation();
      setTyped(undefined);
    }
  };
  return (
    <div className={styles["fact"]}>
      <dt>{label}</dt>
      <dd>
        {typed === undefined ? (
          <button type="button" className={cx(styles["value"], !chat[field] && styles["empty"])} aria-label={`${chat[field] || t("chat.info.empty")} · ${t("chat.info.edit", { what: label })}`} title={t("chat.info.edit", { what: label })} onClick={() => setTyped(chat[field])}>
            {chat[field] || t("chat.info.empty")}
          </button>
        ) : (
          <input
            className={styles["input"]}
            aria-label={label}
            value={typed}
            maxLength={100}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- it was just asked for
            autoFocus
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={onKeyDown}
            onBlur={keep}
          />
        )}
      </dd>
    </div>
  );
}

function Flows({ chat }: { chat: Chat }) {
  const t = useT();
  const store = useStore();
  const deeds = useDeeds();
  const act = useAct();
  useTopic("agents");
  const mine = useAgents().find((agent) => agent.id === store.me);
  const flows = useQuery(flowsQuery(store.ws, chat.bot));
  const own = ownSettings(mine);
  const favourites = own.favourites[chat.bot] ?? [];
  const all = (flows.data ?? []).toSorted((a, b) => Number(favourites.includes(b.id)) - Number(favourites.includes(a.id)));
  const favour = (flow: number) => {
    const next = favourites.includes(flow) ? favourites.filter((one) => one !== flow) : [...favourites, flow];
    const settings = { ...own, favourites: { ...own.favourites, [chat.bot]: next } };
    store.setOwnSettings(settings);
    void act({ run: () => changeMine(store.ws, { settings: settings as never }) });
  };
  const open = chat.state === "requested" || chat.state === "connected";
  return (
    <>
      <p className={styles["quiet"]}>{t("chat.info.flowsHint")}</p>
      {flows.isPending && <Skeleton width="full" height="box" />}
      {flows.data?.length === 0 && <p className={styles["quiet"]}>{t("chat.info.noFlows")}</p>}
      <ul className={styles["flows"]}>
        {all.map((flow) => (
          <li key={flow.id} className={styles["flow"]}>
            <IconButton size="small" label={t("chat.info.favourite", { flow: flow.title })} aria-pressed={favourites.includes(flow.id)} bare onClick={() => favour(flow.id)}>
              <Star size={15} aria-hidden fill={favourites.includes(flow.id) ? "currentcolor" : "none"} />
            </IconButton>
            <span className={styles["flowName"]}>{flow.title}</span>
            {favourites.includes(flow.id) && <Badge>{t("chat.info.favourites")}</Badge>}
            <Button size="small" disabled={!open} onClick={() => void deeds.startFlow(chat.id, flow.id)} aria-label={`${flow.title} ${t("chat.info.startFlow")}`}>
              {t("chat.info.startFlow")}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
