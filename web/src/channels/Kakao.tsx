// Channels › KakaoTalk: how the connection stands, in one sentence that keeps itself true, and its three places.

import { useQuery } from "@tanstack/react-query";
import { Link, Outlet } from "@tanstack/react-router";
import { CircleAlert, CircleCheck, CirclePause, Radio } from "lucide-react";

import { useBot } from "../bots/Bot";
import { ago, figure } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { useAct } from "../shell/act";
import { useOnline } from "../shell/connection";
import { Failed } from "../shell/Loading";
import { useBar } from "../shell/roles";
import { useNow } from "../shell/useNow";
import { useWorkspace } from "../shell/workspace";
import { Badge, Button, cx, Skeleton, Tab, Tabs } from "../ui";
import { Guide } from "./Guide";
import styles from "./Kakao.module.css";
import { alarms, modeOf, type Overall, overall } from "./model";
import { useProblemName } from "./problems";
import { Standing as StandingLine } from "./Standing";
import { ChannelSwitch } from "./Switch";
import { type Channel, changeChannel, channelQuery, type RequestLine } from "./read";

/** The channel of the bot; within the frame it has been read. */
export function useChannel(): Channel {
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const read = useQuery(channelQuery(ws, bot.id));
  if (!read.data) throw new Error("the frame shows its places when the channel has been read");
  return read.data;
}

export function KakaoFrame() {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const read = useQuery(channelQuery(ws, bot.id));
  const params = { ws, bot: bot.id };
  if (read.error && !read.data) return <Failed error={read.error} retry={() => void read.refetch()} />;
  if (!read.data) return <Skeleton width="full" height="box" />;
  return (
    <>
      <ChannelSwitch now="kakao" />
      <Standing channel={read.data} stale={read.isError} />
      <Tabs label={t("channels.tabs.label")}>
        <Tab to="/w/$ws/bots/$bot/channels" params={params} exact>
          {t("channels.tabs.guide")}
        </Tab>
        <Tab to="/w/$ws/bots/$bot/channels/log" params={params}>
          {t("channels.tabs.log")}
        </Tab>
        <Tab to="/w/$ws/bots/$bot/channels/settings" params={params}>
          {t("channels.tabs.settings")}
        </Tab>
      </Tabs>
      <div className={styles["below"]}>
        <Outlet />
      </div>
    </>
  );
}

const ICONS = { off: CirclePause, bad: CircleAlert, good: CircleCheck, testing: CircleCheck, waiting: Radio };

function Standing({ channel, stale }: { channel: Channel; stale: boolean }) {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const bar = useBar();
  const act = useAct();
  const online = useOnline();
  const how: Overall = overall(channel);
  const wrong = alarms(channel).length;
  const { queryKey } = channelQuery(ws, bot.id);
  return (
    <StandingLine
      label={t("channels.title")}
      name={how}
      tone={how === "bad" ? "bad" : how === "good" || how === "testing" ? "good" : "quiet"}
      icon={ICONS[how]}
      title={t(`channels.state.${how}`)}
      beside={
        how === "off" ? (
          <Button
            variant="primary"
            reason={bar("admin")}
            onClick={() =>
              void act<Channel>({ key: queryKey, guess: (now) => ({ ...now, enabled: true }), run: () => changeChannel(ws, bot.id, { enabled: true }) })
            }
          >
            {t("channels.state.turnOn")}
          </Button>
        ) : (
          <p className={styles["live"]}>
            <span className={cx(styles["pulse"], (stale || !online) && styles["still"])} aria-hidden />
            {stale || !online ? t("channels.state.stale") : t("channels.state.live")}
          </p>
        )
      }
    >
      <p>{how === "bad" ? t("channels.state.badLead", { n: wrong }) : t(`channels.state.${how}Lead`)}</p>
    </StandingLine>
  );
}

/** The guide, and beside it the last request. */
export function GuidePage() {
  const t = useT();
  const channel = useChannel();
  return (
    <div className={styles["columns"]}>
      <div className={styles["main"]}>
        <p className={styles["lead"]}>{t("channels.lead")}</p>
        <Guide view={channel} />
      </div>
      <Last line={channel.last} />
    </div>
  );
}

function Last({ line }: { line: RequestLine | null }) {
  const t = useT();
  const language = useLanguage();
  const now = useNow();
  const name = useProblemName();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  return (
    <aside className={styles["last"]} aria-labelledby="last-request">
      <h3 id="last-request">{t("channels.seen.title")}</h3>
      {line === null ? (
        <p className={styles["none"]}>{t("channels.seen.none")}</p>
      ) : (
        <>
          <dl className={styles["facts"]}>
            <dt>{t("channels.seen.at")}</dt>
            <dd>{ago(line.at, now, language)}</dd>
            <dt>{t("channels.seen.block")}</dt>
            <dd>{line.block || t("channels.seen.noBlock")}</dd>
            <dt>{t("channels.seen.from")}</dt>
            <dd>
              <ModeBadge mode={line.mode} />
            </dd>
            <dt>{t("channels.seen.who")}</dt>
            <dd>{line.mode === "operating" ? t("channels.seen.real") : t("channels.seen.tester")}</dd>
            <dt>{t("channels.seen.version")}</dt>
            <dd>{line.draft ? t("channels.seen.draft") : t("channels.seen.live")}</dd>
            <dt>{t("channels.seen.took")}</dt>
            <dd>{t("channels.seen.ms", { n: figure(Math.round(line.tookMs), language) })}</dd>
          </dl>
          {line.problems.map((problem) => (
            <p key={problem.code} className={styles["problem"]}>
              {name(problem.code)}
            </p>
          ))}
          <Link to="/w/$ws/bots/$bot/channels/log" params={{ ws, bot: bot.id }} search={{ request: line.id }}>
            {t("channels.seen.open")}
          </Link>
        </>
      )}
    </aside>
  );
}

export function ModeBadge({ mode }: { mode: RequestLine["mode"] }) {
  const t = useT();
  return <Badge tone={mode === "operating" ? "kakao" : "neutral"}>{t(`channels.mode.${modeOf(mode)}`)}</Badge>;
}
