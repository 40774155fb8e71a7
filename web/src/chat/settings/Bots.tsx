// What each bot does otherwise than the team: where it goes on after a consultation, and hours, assignment and the like of its own.

import { useQuery } from "@tanstack/react-query";
import { SlidersHorizontal } from "lucide-react";
import { useState } from "react";

import { botsQuery } from "../../api/queries";
import { useT } from "../../i18n/i18n";
import { useAct } from "../../shell/act";
import { useBar } from "../../shell/roles";
import { Avatar, Badge, Button, Select, Skeleton } from "../../ui";
import { flowsQuery } from "../flows";
import { BotDialog } from "./BotDialog";
import { type BotChatSettings, botSettingsQuery, OWN_PARTS, saveBotSettings } from "./model";
import styles from "./Settings.module.css";

export function Bots({ ws }: { ws: string }) {
  const t = useT();
  const bots = useQuery(botsQuery(ws));
  if (bots.isPending) return <Skeleton width="full" height="box" />;
  const live = (bots.data ?? []).filter((bot) => bot.liveVersion !== null);
  if (live.length === 0) return <p className={styles["closed"]}>{t("chat.settings.bots.none")}</p>;
  return (
    <div className={styles["agents"]}>
      {live.map((bot) => (
        <One key={bot.id} ws={ws} bot={bot.id} title={bot.title} />
      ))}
    </div>
  );
}

/** The flows of a bot to choose from, and the one that is set even where it is gone since: that is said, not hidden. */
export function useFlowOptions(ws: string, bot: string, now: number | null, none: string) {
  const t = useT();
  const flows = useQuery(flowsQuery(ws, bot));
  const known = (flows.data ?? []).map((flow) => ({ value: String(flow.id), label: flow.title }));
  const gone = now !== null && flows.data && !known.some((one) => one.value === String(now)) ? [{ value: String(now), label: t("chat.settings.bots.gone") }] : [];
  return [{ value: "", label: none }, ...known, ...gone];
}

function One({ ws, bot, title }: { ws: string; bot: string; title: string }) {
  const t = useT();
  const act = useAct();
  const barred = useBar()("admin");
  const settings = useQuery(botSettingsQuery(ws, bot));
  const [open, setOpen] = useState(false);
  const now = settings.data?.completion?.flowId ?? null;
  const options = useFlowOptions(ws, bot, now, t("chat.settings.bots.usual"));
  const own = OWN_PARTS.filter((part) => settings.data?.[part] !== undefined);
  const set = (value: string) => {
    const next: BotChatSettings = { ...settings.data, completion: { flowId: value === "" ? null : Number(value) } };
    void act<BotChatSettings>({ key: botSettingsQuery(ws, bot).queryKey, guess: () => next, run: () => saveBotSettings(ws, bot, next) });
  };
  return (
    <div className={styles["bot"]}>
      <Avatar name={title} size={24} shape="square" />
      <span className={styles["agentName"]}>{title}</span>
      <Select label={t("chat.settings.bots.of", { bot: title })} value={now === null ? "" : String(now)} disabled={barred !== undefined || !settings.data} onChange={set} options={options} />
      <Button size="small" icon={<SlidersHorizontal size={14} aria-hidden />} disabled={!settings.data} aria-label={t("chat.settings.bots.openOf", { bot: title })} onClick={() => setOpen(true)}>
        {t("chat.settings.bots.open")}
      </Button>
      {own.length > 0 && (
        <span className={styles["own"]}>
          {own.map((part) => (
            <Badge key={part} tone="accent">
              {t(`chat.settings.bots.parts.${part}`)}
            </Badge>
          ))}
        </span>
      )}
      {open && settings.data && <BotDialog ws={ws} bot={bot} title={title} now={settings.data} onClose={() => setOpen(false)} />}
    </div>
  );
}
