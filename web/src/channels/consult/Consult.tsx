// Channels › ConsultationTalk: from the dealer's contract to a channel that answers, in the order that loses no message, and
// what it costs afterwards.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleAlert, CircleCheck, CirclePause, Radio } from "lucide-react";
import { useState } from "react";

import { useBot } from "../../bots/Bot";
import { useLanguage, useT } from "../../i18n/i18n";
import { useAct } from "../../shell/act";
import { Failed } from "../../shell/Loading";
import { useBar } from "../../shell/roles";
import { useNow } from "../../shell/useNow";
import { useWorkspace } from "../../shell/workspace";
import { Banner, Button, Dialog, DialogButtons, say, Section, Skeleton } from "../../ui";
import { Standing as StandingLine } from "../Standing";
import { ChannelSwitch } from "../Switch";
import styles from "./Consult.module.css";
import { type ConsultChannel, consultQuery, removeConsult, standing } from "./read";
import { StartLinks } from "./StartLinks";
import { Steps } from "./Steps";
import { Use } from "./Use";

export function ConsultPage() {
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const read = useQuery(consultQuery(ws, bot.id));
  return (
    <>
      <ChannelSwitch now="consult" />
      {read.error && !read.data && <Failed error={read.error} retry={() => void read.refetch()} />}
      {read.isPending && <Skeleton width="full" height="box" />}
      {read.data && (
        <>
          <Standing channel={read.data} />
          <Steps key={bot.id} channel={read.data} />
          {read.data.configured && (
            <>
              <StartLinks channel={read.data} />
              <Use />
              <Removing channel={read.data} />
            </>
          )}
        </>
      )}
    </>
  );
}

const TONES = { none: "quiet", off: "quiet", trouble: "bad", silent: "quiet", half: "quiet", good: "good" } as const;
const ICONS = { none: Radio, off: CirclePause, trouble: CircleAlert, silent: Radio, half: Radio, good: CircleCheck };

function Standing({ channel }: { channel: ConsultChannel }) {
  const t = useT();
  const language = useLanguage();
  const bot = useBot();
  const now = useNow();
  const how = standing(channel, now);
  const trouble = channel.trouble && (language === "ko" ? channel.trouble.ko : channel.trouble.en);
  return (
    <>
      <StandingLine label={t("consult.title")} name={how} tone={TONES[how]} icon={ICONS[how]} title={t(`consult.state.${how}`)}>
        <p>{how === "trouble" && trouble ? trouble : t(`consult.state.${how}Lead`)}</p>
        {how === "trouble" && channel.trouble && <p className={styles["fine"]}>{[channel.trouble.code, channel.trouble.said].filter(Boolean).join(" · ")}</p>}
      </StandingLine>
      {channel.waiting > 5 && <Banner tone="warn">{t("consult.state.waiting", { n: channel.waiting })}</Banner>}
      {channel.enabled && bot.liveVersion === null && <Banner tone="warn">{t("consult.state.unpublished")}</Banner>}
    </>
  );
}

function Removing({ channel }: { channel: ConsultChannel }) {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const client = useQueryClient();
  const act = useAct();
  const barred = useBar()("admin");
  const [asks, setAsks] = useState(false);
  const [busy, setBusy] = useState(false);
  const remove = async () => {
    setBusy(true);
    const done = await act({
      run: async () => {
        await removeConsult(ws, bot.id);
        await client.invalidateQueries({ queryKey: consultQuery(ws, bot.id).queryKey });
      },
      done: () => say(t("consult.remove.done")),
    });
    setBusy(false);
    if (done) setAsks(false);
  };
  return (
    <Section title={t("consult.remove.title")} description={t("consult.remove.lead")} danger>
      <div className={styles["acts"]}>
        <Button variant="danger-quiet" reason={barred} onClick={() => setAsks(true)}>
          {t("consult.remove.act")}
        </Button>
      </div>
      <Dialog
        open={asks}
        onClose={() => setAsks(false)}
        width="small"
        title={t("consult.remove.ask")}
        description={channel.enabled ? t("consult.remove.whatOn") : t("consult.remove.what")}
        footer={<DialogButtons variant="danger" act={t("consult.remove.act")} onCancel={() => setAsks(false)} onAct={() => void remove()} busy={busy} />}
      />
    </Section>
  );
}
