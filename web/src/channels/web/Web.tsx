// Channels › Web chat: on and off, how it gets onto a site, how it looks, whom it lets in.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleCheck, CirclePause, Download, ExternalLink } from "lucide-react";

import { useBot } from "../../bots/Bot";
import { useT } from "../../i18n/i18n";
import { useAct } from "../../shell/act";
import { Failed } from "../../shell/Loading";
import { useBar } from "../../shell/roles";
import { useWorkspace } from "../../shell/workspace";
import { Banner, Button, buttonClass, CopyButton, CopyField, Section, Skeleton } from "../../ui";
import { Standing as StandingLine } from "../Standing";
import { ChannelSwitch } from "../Switch";
import { Members } from "./Members";
import { setWeb, type WebChannel, webQuery } from "./read";
import { SettingsForm } from "./SettingsForm";
import styles from "./Web.module.css";

export function WebPage() {
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const read = useQuery(webQuery(ws, bot.id));
  return (
    <>
      <ChannelSwitch now="web" />
      {read.error && !read.data && <Failed error={read.error} retry={() => void read.refetch()} />}
      {read.isPending && <Skeleton width="full" height="box" />}
      {read.data && (
        <>
          <Standing channel={read.data} />
          {read.data.enabled && <Install channel={read.data} />}
          <SettingsForm key={bot.id} channel={read.data} />
          <Members channel={read.data} />
        </>
      )}
    </>
  );
}

function Standing({ channel }: { channel: WebChannel }) {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const client = useQueryClient();
  const act = useAct();
  const barred = useBar()("admin");
  const { queryKey } = webQuery(ws, bot.id);
  const how = channel.enabled ? "on" : "off";
  const turn = (enabled: boolean) =>
    void act<WebChannel>({
      key: queryKey,
      guess: (now) => ({ ...now, enabled }),
      run: async () => client.setQueryData(queryKey, await setWeb(ws, bot.id, { enabled, settings: channel.settings })),
    });
  return (
    <>
      <StandingLine
        label={t("webchat.web")}
        name={how}
        tone={channel.enabled ? "good" : "quiet"}
        icon={channel.enabled ? CircleCheck : CirclePause}
        title={t(`webchat.state.${how}`)}
        beside={
          <Button variant={channel.enabled ? "secondary" : "primary"} reason={barred} onClick={() => turn(!channel.enabled)}>
            {t(channel.enabled ? "webchat.state.turnOff" : "webchat.state.turnOn")}
          </Button>
        }
      >
        <p>{t(`webchat.state.${how}Lead`)}</p>
      </StandingLine>
      {channel.enabled && bot.liveVersion === null && <Banner tone="warn">{t("webchat.state.unpublished")}</Banner>}
    </>
  );
}

function Install({ channel }: { channel: WebChannel }) {
  const t = useT();
  const snippet = `<script src="${channel.scriptUrl}" async></script>`;
  const { origin } = new URL(channel.pageUrl);
  const drawing = `data:image/svg+xml,${encodeURIComponent(channel.qr)}`;
  return (
    <Section title={t("webchat.install.title")} description={t("webchat.install.lead")}>
      <div className={styles["snippet"]}>
        <code aria-label={t("webchat.install.snippet")}>{snippet}</code>
        <CopyButton text={snippet}>{t("webchat.install.copy")}</CopyButton>
      </div>
      <p className={styles["fine"]}>{t("webchat.install.csp", { origin })}</p>
      <div className={styles["link"]}>
        <div>
          <CopyField label={t("webchat.install.link")} value={channel.pageUrl} />
          <p className={styles["fine"]}>{t("webchat.install.linkLead")}</p>
          <div className={styles["acts"]}>
            <a className={buttonClass("secondary")} href={channel.pageUrl} target="_blank" rel="noreferrer">
              <ExternalLink size={16} aria-hidden />
              {t("webchat.install.open")}
            </a>
            <a className={buttonClass("secondary")} href={drawing} download="webchat-qr.svg">
              <Download size={16} aria-hidden />
              {t("webchat.install.download")}
            </a>
          </div>
        </div>
        <img className={styles["qr"]} src={drawing} alt={t("webchat.install.qr")} />
      </div>
    </Section>
  );
}

