// The channel's settings: on and off, the secret header that keeps others out, and removing it.

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { useBot } from "../bots/Bot";
import { needed } from "../gate/checks";
import { useT } from "../i18n/i18n";
import { useAct } from "../shell/act";
import { useForm } from "../shell/form";
import { useBar } from "../shell/roles";
import { useWorkspace } from "../shell/workspace";
import { Banner, Button, Dialog, DialogButtons, Line, say, Section, Switch, TextInput } from "../ui";
import { useChannel } from "./Kakao";
import { type Channel, changeChannel, channelQuery, removeChannel } from "./read";

/** Letters and digits enough that nobody guesses it. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const HEADER = "x-closer-key";
const NAME = /^[A-Za-z0-9-]{1,64}$/;

export function ChannelSettings() {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const channel = useChannel();
  const bar = useBar();
  const act = useAct();
  const { queryKey } = channelQuery(ws, bot.id);
  const barred = bar("admin");
  return (
    <>
      <Section title={t("channels.settings.on")} description={t("channels.settings.onLead")}>
        <Switch
          label={t("channels.settings.answer")}
          hint={t("channels.settings.answerHint")}
          checked={channel.enabled}
          reason={barred}
          onChange={(enabled) =>
            void act<Channel>({ key: queryKey, guess: (now) => ({ ...now, enabled }), run: () => changeChannel(ws, bot.id, { enabled }), touches: [["ws", ws]] })
          }
        />
      </Section>
      <Section title={t("channels.settings.header")} description={t("channels.settings.headerLead")}>
        <Header channel={channel} barred={barred} />
      </Section>
      <Section danger title={t("channels.settings.remove")} description={t("channels.settings.removeLead")}>
        <Remove barred={barred} />
      </Section>
    </>
  );
}

function Header({ channel, barred }: { channel: Channel; barred: string | undefined }) {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const act = useAct();
  const [open, setOpen] = useState(false);
  const { queryKey } = channelQuery(ws, bot.id);
  const remove = () =>
    void act<Channel>({
      key: queryKey,
      guess: (now) => ({ ...now, headerName: null }),
      run: () => changeChannel(ws, bot.id, { removeHeader: true }),
      done: () => say(t("channels.settings.headerRemoved")),
    });
  return (
    <>
      <Line
        title={channel.headerName === null ? t("channels.settings.headerOff") : t("channels.settings.headerOn", { name: channel.headerName })}
        action={
          <>
            <Button reason={barred} onClick={() => setOpen(true)}>
              {channel.headerName === null ? t("channels.settings.headerSet") : t("channels.settings.headerChange")}
            </Button>
            {channel.headerName !== null && (
              <Button variant="danger-quiet" reason={barred} onClick={remove}>
                {t("channels.settings.headerRemove")}
              </Button>
            )}
          </>
        }
      >
        {t("channels.settings.headerHint")}
      </Line>
      {open && <HeaderDialog channel={channel} onClose={() => setOpen(false)} />}
    </>
  );
}

function HeaderDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const client = useQueryClient();
  const { queryKey } = channelQuery(ws, bot.id);
  const form = useForm(
    { name: channel.headerName ?? HEADER, value: newSecret() },
    (values) => ({
      name: NAME.test(values.name.trim()) ? undefined : t("channels.settings.headerNameOdd"),
      value: needed(t, values.value, t("channels.settings.headerValueMissing")),
    }),
    async ({ name, value }) => {
      client.setQueryData(queryKey, await changeChannel(ws, bot.id, { header: { name: name.trim(), value: value.trim() } }));
      say(t("channels.settings.headerKept"));
      onClose();
    },
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("channels.settings.headerTitle")}
      description={t("channels.settings.headerDo")}
      onSubmit={() => void form.submit()}
      footer={<DialogButtons act={t("ui.save")} onCancel={onClose} busy={form.busy} />}
    >
      {form.general && (
        <Banner tone="danger" title={form.general.title}>
          {form.general.detail}
        </Banner>
      )}
      <TextInput label={t("channels.settings.headerName")} value={form.values.name} onChange={(event) => form.set("name", event.target.value)} error={form.errors.name} autoComplete="off" />
      <TextInput
        label={t("channels.settings.headerValue")}
        hint={t("channels.settings.headerValueHint")}
        value={form.values.value}
        onChange={(event) => form.set("value", event.target.value)}
        error={form.errors.value}
        autoComplete="off"
      />
      <Banner tone="warn">{t("channels.settings.headerOrder")}</Banner>
    </Dialog>
  );
}

function Remove({ barred }: { barred: string | undefined }) {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const act = useAct();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const remove = async () => {
    setBusy(true);
    const done = await act({
      run: () => removeChannel(ws, bot.id),
      touches: [channelQuery(ws, bot.id).queryKey, ["ws", ws]],
      done: () => say(t("channels.settings.removed")),
    });
    setBusy(false);
    if (done) setOpen(false);
  };
  return (
    <Line
      title={t("channels.settings.removeTitle")}
      action={
        <Button variant="danger-quiet" reason={barred} onClick={() => setOpen(true)}>
          {t("channels.settings.removeAct")}
        </Button>
      }
    >
      {t("channels.settings.removeHint")}
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        width="small"
        title={t("channels.settings.removeAsk")}
        description={t("channels.settings.removeHint")}
        footer={<DialogButtons variant="danger" act={t("channels.settings.removeAct")} onCancel={() => setOpen(false)} onAct={() => void remove()} busy={busy} />}
      />
    </Line>
  );
}
