// The frame of one bot: what it is called, how it stands, publishing, and its places.

import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useLocation, useParams } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";

import type { Bot } from "../api/client";
import { isProblem } from "../api/problem";
import { botQuery } from "../api/queries";
import { useT } from "../i18n/i18n";
import { Failed } from "../shell/Loading";
import { useWorkspace } from "../shell/workspace";
import { buttonClass, EmptyState, Page, PageHead, Skeleton, Tab, Tabs } from "../ui";
import { Publish } from "../versions/Publish";
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
  // Two things stand beside each other there.
  const wide = useLocation({ select: ({ pathname }) => /\/(tests|versions)$/.test(pathname) });
  // An old server answers: there are no flows to draw, to test or to publish.
  const isBridge = bot.data?.kind === "bridge";
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
          <>
            <Link to="/w/$ws/bots" params={{ ws }} className={buttonClass("secondary")}>
              {t("bots.toList")}
            </Link>
            <Link to="/w/$ws/bots/deleted" params={{ ws }} className={buttonClass("quiet")}>
              {t("bots.deleted.title")}
            </Link>
          </>
        }
      >
        {t("bots.goneLead")}
      </EmptyState>
    );
  }
  return (
    <Page width={wide ? "wide" : "narrow"}>
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
        actions={bot.data && !isBridge && <Publish ws={ws} bot={bot.data} />}
      >
        {bot.data?.description}
      </PageHead>
      <Tabs label={t("bots.tabs.label")}>
        <Tab to="/w/$ws/bots/$bot" params={{ ws, bot: id }} exact>
          {t("bots.tabs.overview")}
        </Tab>
        {isBridge ? (
          <Tab to="/w/$ws/bots/$bot/bridge" params={{ ws, bot: id }}>
            {t("bots.bridgeTab")}
          </Tab>
        ) : (
          <Tab to="/w/$ws/bots/$bot/edit" params={{ ws, bot: id }}>
            {t("bots.tabs.scenario")}
          </Tab>
        )}
        <Tab to="/w/$ws/bots/$bot/dashboard" params={{ ws, bot: id }}>
          {t("bots.tabs.dashboard")}
        </Tab>
        <Tab to="/w/$ws/bots/$bot/conversations" params={{ ws, bot: id }}>
          {t("bots.tabs.conversations")}
        </Tab>
        <Tab to="/w/$ws/bots/$bot/channels" params={{ ws, bot: id }}>
          {t("bots.tabs.channels")}
        </Tab>
        {!isBridge && (
          <>
            <Tab to="/w/$ws/bots/$bot/tests" params={{ ws, bot: id }}>
              {t("bots.tabs.tests")}
            </Tab>
            <Tab to="/w/$ws/bots/$bot/versions" params={{ ws, bot: id }}>
              {t("bots.tabs.versions")}
            </Tab>
          </>
        )}
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
