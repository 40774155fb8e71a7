// How the team works in the chat: who gets requests, when, what ends by itself, and the messages that everybody uses.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { Save } from "../../bots/Settings";
import { useT } from "../../i18n/i18n";
import { useForm } from "../../shell/form";
import { Failed } from "../../shell/Loading";
import { useBar } from "../../shell/roles";
import { useWorkspace } from "../../shell/workspace";
import { buttonClass, Checkbox, Page, PageHead, say, Section, Skeleton, TextInput } from "../../ui";
import { Bots } from "./Bots";
import { CannedSettings } from "./CannedSettings";
import { AssignmentFields, CloseFields } from "./Fields";
import { HoursFields } from "./Hours";
import { LabelFields } from "./LabelFields";
import { type ChatSettings, saveSettings, settingsQuery } from "./model";
import { PanelFields } from "./PanelFields";
import styles from "./Settings.module.css";
import { Specialists } from "./Specialists";

export function ChatSettingsPage() {
  const t = useT();
  const { id: ws } = useWorkspace();
  const read = useQuery(settingsQuery(ws));
  return (
    <Page width="narrow">
      <PageHead title={t("chat.settings.title")}>{t("chat.settings.lead")}</PageHead>
      {read.error && !read.data && <Failed error={read.error} retry={() => void read.refetch()} />}
      {read.isPending && <Skeleton width="full" height="box" />}
      {read.data && <TeamForm key={ws} now={read.data} />}
      <Section title={t("chat.settings.specialists.title")} description={t("chat.settings.specialists.lead")}>
        <Specialists ws={ws} />
      </Section>
      <Section title={t("chat.settings.bots.title")} description={t("chat.settings.bots.lead")}>
        <Bots ws={ws} />
      </Section>
      <Section title={t("chat.settings.canned.title")} description={t("chat.settings.canned.lead")}>
        <CannedSettings ws={ws} />
      </Section>
    </Page>
  );
}

function TeamForm({ now }: { now: ChatSettings }) {
  const t = useT();
  const { id: ws } = useWorkspace();
  const client = useQueryClient();
  const barred = useBar()("admin");
  const form = useForm<ChatSettings>(
    now,
    () => ({}),
    async (values) => {
      client.setQueryData(settingsQuery(ws).queryKey, await saveSettings(ws, values));
      say(t("ui.saved"));
    },
  );
  const { assignment, hours, autoClose, cancel, labels, suggest, panels } = form.values;
  const problem = (key: keyof ChatSettings) =>
    form.errors[key] && (
      <p className={styles["problem"]} role="alert">
        {form.errors[key]}
      </p>
    );
  return (
    <fieldset className={styles["form"]} disabled={barred !== undefined}>
      <Section title={t("chat.settings.assignment.title")} description={t("chat.settings.assignment.lead")}>
        <AssignmentFields now={assignment} barred={barred} error={form.errors.assignment} onChange={(next) => form.set("assignment", next)} />
      </Section>
      <Section title={t("chat.settings.hours.title")} description={t("chat.settings.hours.lead")}>
        <HoursFields hours={hours} barred={barred} onChange={(next) => form.set("hours", next)} />
        {problem("hours")}
      </Section>
      <Section title={t("chat.settings.close.title")} description={t("chat.settings.close.lead")}>
        <CloseFields now={autoClose} disabled={barred !== undefined} onChange={(next) => form.set("autoClose", next)} />
        {problem("autoClose")}
        <Checkbox label={t("chat.settings.cancel")} hint={t("chat.settings.cancelHint")} checked={cancel.ignoreQuick} disabled={barred !== undefined} onChange={(ignoreQuick) => form.set("cancel", { ignoreQuick })} />
      </Section>
      <Section title={t("chat.settings.labels.title")} description={t("chat.settings.labels.lead")}>
        <LabelFields labels={labels} error={form.errors.labels} onChange={(next) => form.set("labels", next)} />
      </Section>
      <Section title={t("chat.settings.suggest.title")} description={t("chat.settings.suggest.lead")}>
        <div>
          <Link to="/w/$ws/settings/answers" params={{ ws }} className={buttonClass()}>
            {t("chat.answers.title")}
          </Link>
        </div>
        <TextInput label={t("chat.settings.suggest.url")} hint={t("chat.settings.suggest.urlHint")} placeholder="https://" value={suggest.url} error={form.errors.suggest} onChange={(event) => form.set("suggest", { url: event.target.value.trim() })} />
      </Section>
      <Section title={t("chat.settings.panels.title")} description={t("chat.settings.panels.lead")}>
        <PanelFields panels={panels} barred={barred} error={form.errors.panels} onChange={(next) => form.set("panels", next)} />
      </Section>
      {/* In sight wherever something was changed. */}
      <div className={styles["save"]}>
        <Save form={form} barred={barred} />
      </div>
    </fieldset>
  );
}
