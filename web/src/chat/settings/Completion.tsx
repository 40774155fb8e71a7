// Where each bot goes on after a consultation, and where it leads a call outside of the hours.

import { useQuery } from "@tanstack/react-query";

import { botsQuery } from "../../api/queries";
import { useT } from "../../i18n/i18n";
import { useAct } from "../../shell/act";
import { useBar } from "../../shell/roles";
import { Avatar, Select, Skeleton } from "../../ui";
import { flowsQuery } from "../flows";
import { type BotChatSettings, botSettingsQuery, saveBotSettings } from "./model";
import styles from "./Settings.module.css";

export function Completion({ ws }: { ws: string }) {
  const t = useT();
  const bots = useQuery(botsQuery(ws));
  if (bots.isPending) return <Skeleton width="full" height="box" />;
  const live = (bots.data ?? []).filter((bot) => bot.liveVersion !== null);
  if (live.length === 0) return <p className={styles["closed"]}>{t("chat.settings.completion.none")}</p>;
  return (
    <div className={styles["agents"]}>
      {live.map((bot) => (
        <One key={bot.id} ws={ws} bot={bot.id} title={bot.title} />
      ))}
    </div>
  );
}

function One({ ws, bot, title }: { ws: string; bot: string; title: string }) {
  const t = useT();
  const act = useAct();
  const barred = useBar()("admin");
  const flows = useQuery(flowsQuery(ws, bot));
  const settings = useQuery(botSettingsQuery(ws, bot));
  const now = settings.data?.completion?.flowId ?? null;
  const known = (flows.data ?? []).map((flow) => ({ value: String(flow.id), label: flow.title }));
  // A flow that is gone since is said, not hidden.
  const gone = now !== null && flows.data && !known.some((one) => one.value === String(now)) ? [{ value: String(now), label: t("chat.settings.completion.gone") }] : [];
  const set = (value: string) => {
    const next: BotChatSettings = { ...settings.data, completion: { flowId: value === "" ? null : Number(value) } };
    void act<BotChatSettings>({ key: botSettingsQuery(ws, bot).queryKey, guess: () => next, run: () => saveBotSettings(ws, bot, next) });
  };
  return (
    <div className={styles["agent"]}>
      <Avatar name={title} size={24} shape="square" />
      <span className={styles["agentName"]}>{title}</span>
      <Select
        label={t("chat.settings.completion.of", { bot: title })}
        value={now === null ? "" : String(now)}
        disabled={barred !== undefined || !settings.data}
        onChange={set}
        options={[{ value: "", label: t("chat.settings.completion.usual") }, ...known, ...gone]}
      />
    </div>
  );
}
