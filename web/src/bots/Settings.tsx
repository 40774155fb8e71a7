// The settings of one bot, section by section on one page.

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { useState } from "react";

import { api, type Bot, type BotChange, data, type SessionBehavior, to } from "../api/client";
import { keys } from "../api/queries";
import { useT } from "../i18n/i18n";
import { useAct } from "../shell/act";
import { useForm } from "../shell/form";
import { useBar } from "../shell/roles";
import { useWorkspace } from "../shell/workspace";
import { Banner, Button, buttonClass, Dialog, DialogButtons, Dropzone, FormFoot, Line, say, Section, Switch, TextArea, TextInput } from "../ui";
import { Webhooks } from "../webhooks/Webhooks";
import { useBot } from "./Bot";
import { descriptionError, titleError } from "./checks";
import { useRestore } from "./Deleted";
import { useImport } from "./importing";
import { SystemMessages } from "./SystemMessages";

export function Settings() {
  const bot = useBot();
  return (
    <>
      <General key={`general-${bot.id}`} bot={bot} />
      <Welcome bot={bot} />
      <SystemMessages key={`messages-${bot.id}`} bot={bot} />
      <Webhooks />
      <File bot={bot} />
      <Danger bot={bot} />
    </>
  );
}

/** Keeps a change of the bot and what is shown of it. */
export function useChangeBot(bot: Bot): (change: BotChange) => Promise<void> {
  const client = useQueryClient();
  const { id: ws } = useWorkspace();
  return async (body) => {
    const next = await data(api.PATCH("/api/workspaces/{ws}/bots/{bot}", { params: to({ ws, bot: bot.id }), body }));
    client.setQueryData(keys.bot(ws, bot.id), next);
    void client.invalidateQueries({ queryKey: keys.bots(ws) });
  };
}

function General({ bot }: { bot: Bot }) {
  const t = useT();
  const bar = useBar();
  const change = useChangeBot(bot);
  const form = useForm(
    { title: bot.title, description: bot.description },
    (values) => ({ title: titleError(t, values.title), description: descriptionError(t, values.description) }),
    async (values) => {
      await change({ title: values.title.trim(), description: values.description });
      say(t("ui.saved"));
    },
  );
  const barred = bar("editor");
  return (
    <Section title={t("bots.settings.general")} description={t("bots.settings.generalLead")}>
      <TextInput
        label={t("fields.botTitle")}
        value={form.values.title}
        onChange={(event) => form.set("title", event.target.value)}
        error={form.errors.title}
        disabled={barred !== undefined}
        autoComplete="off"
      />
      <TextArea
        label={t("fields.description")}
        hint={t("bots.settings.descriptionHint")}
        value={form.values.description}
        onChange={(event) => form.set("description", event.target.value)}
        error={form.errors.description}
        disabled={barred !== undefined}
      />
      <Save form={form} barred={barred} />
    </Section>
  );
}

/** Save and take back; they wait until there is something to save. */
export function Save({
  form,
  barred,
}: {
  form: { dirty: boolean; busy: boolean; general: { title: string; detail: string } | undefined; submit: () => Promise<void>; reset: () => void };
  barred: string | undefined;
}) {
  const t = useT();
  return (
    <>
      {form.general && (
        <Banner tone="danger" title={form.general.title}>
          {form.general.detail}
        </Banner>
      )}
      <FormFoot>
        <Button variant={form.dirty ? "primary" : "secondary"} busy={form.busy} disabled={!form.dirty} reason={barred} onClick={() => void form.submit()}>
          {t("ui.save")}
        </Button>
        {form.dirty && !form.busy && (
          <Button variant="quiet" onClick={() => form.reset()}>
            {t("ui.discard")}
          </Button>
        )}
      </FormFoot>
    </>
  );
}

const BEHAVIOURS = ["welcomeOnSessionStart", "welcomeOnMessageWithoutSession", "restoreNavigation"] as const;

function Welcome({ bot }: { bot: Bot }) {
  const t = useT();
  const act = useAct();
  const bar = useBar();
  const { id: ws } = useWorkspace();
  const set = (key: keyof SessionBehavior, value: boolean) => {
    const change = { preference: { sessionBehavior: { [key]: value } } };
    void act<Bot>({
      key: keys.bot(ws, bot.id),
      guess: (now) => ({
        ...now,
        draftAhead: true,
        preference: { ...now.preference, sessionBehavior: { ...now.preference.sessionBehavior, [key]: value } },
      }),
      run: () => api.PATCH("/api/workspaces/{ws}/bots/{bot}", { params: to({ ws, bot: bot.id }), body: change }),
      touches: [keys.bots(ws)],
    });
  };
  return (
    <Section title={t("bots.settings.welcome")} description={t("bots.settings.welcomeLead")}>
      {BEHAVIOURS.map((key) => (
        <Switch
          key={key}
          label={t(`bots.settings.${key}`)}
          hint={t(`bots.settings.${key}Hint`)}
          checked={bot.preference.sessionBehavior[key]}
          onChange={(value) => set(key, value)}
          reason={bar("editor")}
        />
      ))}
    </Section>
  );
}

function File({ bot }: { bot: Bot }) {
  const t = useT();
  const bar = useBar();
  const { id: ws } = useWorkspace();
  const barred = bar("editor");
  return (
    <Section title={t("bots.settings.file")} description={t("bots.settings.fileLead")}>
      <Line
        title={t("bots.settings.export")}
        action={
          barred ? (
            <Button icon={<Download size={16} aria-hidden />} reason={barred}>
              {t("bots.settings.exportAct")}
            </Button>
          ) : (
            <a href={`/api/workspaces/${ws}/bots/${bot.id}/export`} download className={buttonClass("secondary")}>
              <Download size={16} aria-hidden />
              {t("bots.settings.exportAct")}
            </a>
          )
        }
      >
        {t("bots.settings.exportHint")}
      </Line>
    </Section>
  );
}

function Danger({ bot }: { bot: Bot }) {
  const t = useT();
  const bar = useBar();
  const [overwriting, setOverwriting] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const { overwrite, busy, dialog } = useImport();
  const barred = bar("admin");
  return (
    <Section danger title={t("bots.settings.danger")} description={t("bots.settings.dangerLead")}>
      <Line
        title={t("bots.settings.overwrite")}
        action={
          <Button variant="danger-quiet" reason={barred} onClick={() => setOverwriting(true)}>
            {t("bots.settings.overwriteAct")}
          </Button>
        }
      >
        {t("bots.settings.overwriteHint")}
      </Line>
      <Line
        title={t("bots.settings.delete")}
        action={
          <Button variant="danger-quiet" reason={barred} onClick={() => setDeleting(true)}>
            {t("bots.settings.deleteAct")}
          </Button>
        }
      >
        {t("bots.settings.deleteHint")}
      </Line>
      <Dialog
        open={overwriting}
        onClose={() => setOverwriting(false)}
        title={t("bots.settings.overwriteTitle", { title: bot.title })}
        description={t("bots.settings.overwriteLead")}
      >
        <Dropzone
          accept=".json,application/json"
          disabled={busy}
          hint={t("bots.settings.overwriteWarning")}
          onFile={(file) => void overwrite(file, bot).then((went) => went && setOverwriting(false))}
        >
          {t("bots.settings.overwriteFile")}
        </Dropzone>
      </Dialog>
      <Delete open={deleting} onClose={() => setDeleting(false)} bot={bot} />
      {dialog}
    </Section>
  );
}

function Delete({ open, onClose, bot }: { open: boolean; onClose: () => void; bot: Bot }) {
  const t = useT();
  const client = useQueryClient();
  const navigate = useNavigate();
  const restore = useRestore();
  const { id: ws } = useWorkspace();
  const form = useForm(
    { title: "" },
    (values) => ({ title: values.title === bot.title ? undefined : t("errors.titleDiffers") }),
    async (values) => {
      await api.DELETE("/api/workspaces/{ws}/bots/{bot}", { params: to({ ws, bot: bot.id }), body: values });
      await navigate({ to: "/w/$ws/bots", params: { ws } });
      client.removeQueries({ queryKey: keys.bot(ws, bot.id) });
      void client.invalidateQueries({ queryKey: keys.bots(ws) });
      void client.invalidateQueries({ queryKey: keys.deletedBots(ws) });
      say(t("bots.settings.deleted", { title: bot.title }), { label: t("ui.undo"), run: () => void restore(bot) });
    },
  );
  return (
    <Dialog
      open={open}
      onClose={() => {
        form.reset();
        onClose();
      }}
      title={t("bots.settings.deleteTitle", { title: bot.title })}
      description={bot.liveVersion === null ? t("bots.settings.deleteLead") : t("bots.settings.deleteLeadLive")}
      onSubmit={() => void form.submit()}
      footer={
        <DialogButtons
          variant="danger"
          act={t("bots.settings.deleteGo")}
          onCancel={onClose}
          busy={form.busy}
          disabled={form.values.title !== bot.title}
        />
      }
    >
      {form.general && (
        <Banner tone="danger" title={form.general.title}>
          {form.general.detail}
        </Banner>
      )}
      <TextInput
        label={t("bots.settings.deleteType", { title: bot.title })}
        value={form.values.title}
        onChange={(event) => form.set("title", event.target.value)}
        error={form.errors.title}
        autoComplete="off"
      />
    </Dialog>
  );
}
