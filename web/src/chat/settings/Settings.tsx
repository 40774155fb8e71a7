// How the team works in the chat: who gets requests, when, what ends by itself, and the messages that everybody uses.

import { useQuery, useQueryClient } from "@tanstack/react-query";

import { Save } from "../../bots/Settings";
import { useT } from "../../i18n/i18n";
import { useForm } from "../../shell/form";
import { Failed } from "../../shell/Loading";
import { useBar } from "../../shell/roles";
import { useWorkspace } from "../../shell/workspace";
import { Checkbox, Page, PageHead, say, Section, Skeleton, Switch, TextArea, TextInput } from "../../ui";
import { CannedSettings } from "./CannedSettings";
import { Completion } from "./Completion";
import { HoursFields } from "./Hours";
import { type ChatSettings, saveSettings, settingsQuery } from "./model";
import styles from "./Settings.module.css";
import { Specialists } from "./Specialists";

/** Characters of a notice (the server's bound). */
const MOST_NOTICE = 1_000;

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
      <Section title={t("chat.settings.completion.title")} description={t("chat.settings.completion.lead")}>
        <Completion ws={ws} />
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
  const { assignment, hours, autoClose, cancel } = form.values;
  const assign = <K extends keyof typeof assignment>(key: K, value: (typeof assignment)[K]) => form.set("assignment", { ...assignment, [key]: value });
  const close = <K extends keyof typeof autoClose>(key: K, value: (typeof autoClose)[K]) => form.set("autoClose", { ...autoClose, [key]: value });
  const problem = (key: keyof ChatSettings) =>
    form.errors[key] && (
      <p className={styles["problem"]} role="alert">
        {form.errors[key]}
      </p>
    );
  return (
    <fieldset className={styles["form"]} disabled={barred !== undefined}>
      <Section title={t("chat.settings.assignment.title")} description={t("chat.settings.assignment.lead")}>
        <Switch label={t("chat.settings.assignment.auto")} hint={t("chat.settings.assignment.autoHint")} checked={assignment.auto} onChange={(auto) => assign("auto", auto)} reason={barred} />
        <TextInput
          label={t("chat.settings.assignment.max")}
          hint={t("chat.settings.assignment.maxHint")}
          type="number"
          min={1}
          max={100}
          value={String(assignment.max)}
          error={form.errors.assignment}
          onChange={(event) => assign("max", Math.max(0, Math.trunc(Number(event.target.value))))}
        />
        {(["specialistsOnly", "previousFirst", "othersIfPreviousAbsent", "inHoursFirst", "onlyAssigned"] as const).map((key) => (
          <Checkbox
            key={key}
            label={t(`chat.settings.assignment.${key}`)}
            hint={t(`chat.settings.assignment.${key}Hint`)}
            checked={assignment[key]}
            disabled={barred !== undefined || (key === "othersIfPreviousAbsent" && !assignment.previousFirst)}
            onChange={(on) => assign(key, on)}
          />
        ))}
      </Section>
      <Section title={t("chat.settings.hours.title")} description={t("chat.settings.hours.lead")}>
        <HoursFields hours={hours} barred={barred} onChange={(next) => form.set("hours", next)} />
        {problem("hours")}
      </Section>
      <Section title={t("chat.settings.close.title")} description={t("chat.settings.close.lead")}>
        <Minutes label={t("chat.settings.close.waiting")} value={autoClose.waitingMinutes} disabled={barred !== undefined} onChange={(next) => close("waitingMinutes", next)} />
        <Minutes label={t("chat.settings.close.connected")} value={autoClose.connectedMinutes} disabled={barred !== undefined} onChange={(next) => close("connectedMinutes", next)} />
        <Checkbox label={t("chat.settings.close.unanswered")} hint={t("chat.settings.close.unansweredHint")} checked={autoClose.evenIfUnanswered} disabled={barred !== undefined} onChange={(on) => close("evenIfUnanswered", on)} />
        <TextArea label={t("chat.settings.close.message")} hint={t("chat.settings.close.messageHint")} value={autoClose.message} maxLength={MOST_NOTICE} onChange={(event) => close("message", event.target.value)} />
        {problem("autoClose")}
        <Checkbox label={t("chat.settings.cancel")} hint={t("chat.settings.cancelHint")} checked={cancel.ignoreQuick} disabled={barred !== undefined} onChange={(ignoreQuick) => form.set("cancel", { ignoreQuick })} />
      </Section>
      {/* In sight wherever something was changed. */}
      <div className={styles["save"]}>
        <Save form={form} barred={barred} />
      </div>
    </fieldset>
  );
}

function Minutes({ label, value, disabled, onChange }: { label: string; value: number | null; disabled: boolean; onChange: (next: number | null) => void }) {
  const t = useT();
  return (
    <div className={styles["minutes"]}>
      <Checkbox label={label} checked={value !== null} disabled={disabled} onChange={(on) => onChange(on ? 30 : null)} />
      {value !== null && (
        <TextInput
          label={t("chat.settings.close.minutes", { what: label })}
          hideLabel
          type="number"
          min={1}
          value={String(value)}
          onChange={(event) => onChange(Math.max(0, Math.trunc(Number(event.target.value))))}
        />
      )}
      {value !== null && <span aria-hidden>{t("chat.settings.close.unit")}</span>}
    </div>
  );
}
