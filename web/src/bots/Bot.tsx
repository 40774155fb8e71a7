// The frame of one bot: what it is called, how it stands, publishing, and its places.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useParams } from "@tanstack/react-router";
import { ArrowLeft, Rocket } from "lucide-react";
import { useState } from "react";

import { api, type Bot, data, to } from "../api/client";
import { isProblem } from "../api/problem";
import { botQuery, keys } from "../api/queries";
import { useT } from "../i18n/i18n";
import { useExplain } from "../shell/form";
import { Failed } from "../shell/Loading";
import { useBar } from "../shell/roles";
import { useWorkspace } from "../shell/workspace";
import { Button, buttonClass, complain, EmptyState, Page, PageHead, say, Skeleton, Tab, Tabs } from "../ui";
import styles from "./Overview.module.css";
import backStyles from "./New.module.css";
import { Ahead, Kakao, Live } from "./state";

/** The bot of the address; within the frame it has been read. */
export function useBot(): Bot {
  const { id: ws } = useWorkspace();
  const { bot = "" } = useParams({ strict: false });
  const read = useQuery(botQuery(ws, bot));
  if (!read.data) throw new Error("the frame shows its places when the bot has been read");
  return read.data;
}

export function BotFrame() {
  const t = useT();
  const { id: ws } = useWorkspace();
  const { bot: id = "" } = useParams({ strict: false });
  const bot = useQuery(botQuery(ws, id));
  const back = (
    <Link to="/w/$ws/bots" params={{ ws }} className={backStyles["back"]}>
      <ArrowLeft size={14} aria-hidden />
      {t("places.bots")}
    </Link>
  );
  if (isProblem(bot.error) && bot.error.status === 404) {
    return (
      <EmptyState
        level="h1"
        title={t("bots.gone")}
        action={
          <Link to="/w/$ws/bots" params={{ ws }} className={buttonClass("secondary")}>
            {t("bots.toList")}
          </Link>
        }
      >
        {t("bots.goneLead")}
      </EmptyState>
    );
  }
  return (
    <Page width="narrow">
      <PageHead
        back={back}
        title={bot.data ? bot.data.title : <Skeleton width="l" height="title" />}
        note={
          bot.data && (
            <>
              <Live bot={bot.data} />
              <Ahead bot={bot.data} />
              <Kakao bot={bot.data} />
            </>
          )
        }
        actions={bot.data && <Publish bot={bot.data} />}
      >
        {bot.data?.description}
      </PageHead>
      <Tabs label={t("bots.tabs.label")}>
        <Tab to="/w/$ws/bots/$bot" params={{ ws, bot: id }} exact>
          {t("bots.tabs.overview")}
        </Tab>
        <Tab to="/w/$ws/bots/$bot/dashboard" params={{ ws, bot: id }}>
          {t("bots.tabs.dashboard")}
        </Tab>
        <Tab to="/w/$ws/bots/$bot/conversations" params={{ ws, bot: id }}>
          {t("bots.tabs.conversations")}
        </Tab>
        <Tab to="/w/$ws/bots/$bot/channels" params={{ ws, bot: id }}>
          {t("bots.tabs.channels")}
        </Tab>
        <Tab to="/w/$ws/bots/$bot/alerts" params={{ ws, bot: id }}>
          {t("bots.tabs.alerts")}
        </Tab>
        <Tab to="/w/$ws/bots/$bot/settings" params={{ ws, bot: id }}>
          {t("bots.tabs.settings")}
        </Tab>
      </Tabs>
      <div className={styles["below"]}>
        {bot.error && !bot.data && <Failed error={bot.error} retry={() => void bot.refetch()} />}
        {bot.isPending && <Skeleton width="full" height="box" />}
        {bot.data && <Outlet />}
      </div>
    </Page>
  );
}

function Publish({ bot }: { bot: Bot }) {
  const t = useT();
  const bar = useBar();
  const explain = useExplain();
  const client = useQueryClient();
  const { id: ws } = useWorkspace();
  const [busy, setBusy] = useState(false);
  const publish = async () => {
    setBusy(true);
    try {
      const { version } = await data(
        api.POST("/api/workspaces/{ws}/bots/{bot}/publish", { params: to({ ws, bot: bot.id }) }),
      );
      client.setQueryData<Bot>(keys.bot(ws, bot.id), (now) => now && { ...now, liveVersion: version, draftAhead: false });
      say(t("bots.published", { n: version }));
    } catch (error) {
      const { title, detail } = explain(error);
      const errors = isProblem(error) ? error.errors.map((one) => one.detail).join(" ") : "";
      complain(title, errors || detail, { label: t("ui.retry"), run: () => void publish() });
    } finally {
      setBusy(false);
      void client.invalidateQueries({ queryKey: keys.bots(ws) });
      void client.invalidateQueries({ queryKey: keys.bot(ws, bot.id) });
    }
  };
  return (
    <Button
      variant={bot.draftAhead ? "primary" : "secondary"}
      icon={<Rocket size={16} aria-hidden />}
      busy={busy}
      reason={bar("editor") ?? (bot.draftAhead ? undefined : t("bots.nothingToPublish"))}
      onClick={() => void publish()}
    >
      {t("bots.publish")}
    </Button>
  );
}
