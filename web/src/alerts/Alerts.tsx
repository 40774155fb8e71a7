// Alerts: what was too much lately, and when one wants to be told, and where.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { useBot } from "../bots/Bot";
import { Save } from "../bots/Settings";
import { useT } from "../i18n/i18n";
import { readEmails } from "../settings/emails";
import { useAct } from "../shell/act";
import { type Form, useForm } from "../shell/form";
import { Failed } from "../shell/Loading";
import { useBar } from "../shell/roles";
import { useWorkspace } from "../shell/workspace";
import { Button, Field, say, Section, Select, Skeleton, Switch, TextArea, TextInput } from "../ui";
import styles from "./Alerts.module.css";
import { AlertList } from "./List";
import { readSecret, renewSecret, type Rules, rulesQuery, setRules, type Told, tryOut } from "./read";
import { Signing } from "./Signing";

export function AlertsPage() {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const rules = useQuery(rulesQuery(ws, bot.id));
  return (
    <>
      <section className={styles["history"]} aria-labelledby="alerts-history">
        <h2 id="alerts-history">{t("alerts.history")}</h2>
        <AlertList bot={bot.id} />
      </section>
      {rules.error && !rules.data && <Failed error={rules.error} retry={() => void rules.refetch()} />}
      {rules.isPending && <Skeleton width="full" height="box" />}
      {rules.data && <RulesForm rules={rules.data} />}
    </>
  );
}

interface Values extends Omit<Rules, "emails" | "webhookUrl"> {
  emails: string;
  webhookUrl: string;
}

function RulesForm({ rules }: { rules: Rules }) {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const client = useQueryClient();
  const barred = useBar()("editor");
  const form = useForm<Values>(
    { ...rules, emails: rules.emails.join("\n"), webhookUrl: rules.webhookUrl ?? "" },
    (values) => {
      const odd = readEmails(values.emails).odd;
      return {
        emails: odd.length > 0 ? t("settings.invite.odd", { what: odd.join(", ") }) : undefined,
        webhookUrl: /^(https?:\/\/\S+)?$/.test(values.webhookUrl.trim()) ? undefined : t("alerts.webhookOdd"),
      };
    },
    async (values) => {
      const url = values.webhookUrl.trim();
      const kept = await setRules(ws, bot.id, { ...values, emails: readEmails(values.emails).emails, webhookUrl: url === "" ? null : url });
      client.setQueryData(rulesQuery(ws, bot.id).queryKey, kept);
      say(t("ui.saved"));
    },
  );
  const set = <K extends "errors" | "slow" | "cuts">(kind: K) => (
    <RuleFields key={kind} kind={kind} form={form} barred={barred} />
  );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit();
      }}
    >
      <Section title={t("alerts.when")} description={t("alerts.whenLead")}>
        {(["errors", "slow", "cuts"] as const).map(set)}
        <div className={styles["rule"]}>
          <Switch
            label={t("alerts.rules.silent")}
            hint={t("alerts.rules.silentHint")}
            checked={form.values.silent.on}
            reason={barred}
            onChange={(on) => form.set("silent", { ...form.values.silent, on })}
          />
          {form.values.silent.on && (
            <p className={styles["numbers"]}>
              <Figure
                label={t("alerts.hours")}
                value={form.values.silent.hours}
                most={720}
                disabled={barred !== undefined}
                onChange={(hours) => form.set("silent", { ...form.values.silent, hours })}
              />
              {t("alerts.hoursThen")}
            </p>
          )}
        </div>
      </Section>
      <Section title={t("alerts.where")} description={t("alerts.whereLead")}>
        <TextArea
          label={t("fields.emails")}
          hint={t("alerts.emailsHint")}
          value={form.values.emails}
          onChange={(event) => form.set("emails", event.target.value)}
          error={form.errors.emails}
          disabled={barred !== undefined}
          rows={2}
        />
        <TextInput
          label={t("alerts.webhook")}
          hint={t("alerts.webhookHint")}
          placeholder="https://"
          value={form.values.webhookUrl}
          onChange={(event) => form.set("webhookUrl", event.target.value)}
          error={form.errors.webhookUrl}
          disabled={barred !== undefined}
          autoComplete="off"
        />
        {rules.webhookUrl !== null && <Signing barred={barred} queryKey={["ws", ws, "alert-secret", bot.id]} read={() => readSecret(ws, bot.id)} renew={() => renewSecret(ws, bot.id)} />}
        <div className={styles["language"]}>
          <Field label={t("alerts.language")}>
            {({ id }) => (
              <Select
                id={id}
                label={t("alerts.language")}
                value={form.values.language}
                onChange={(language) => form.set("language", language)}
                disabled={barred !== undefined}
                options={[
                  { value: "ko", label: t("alerts.inKorean") },
                  { value: "en", label: t("alerts.inEnglish") },
                ]}
              />
            )}
          </Field>
        </div>
        <Save form={form} barred={barred} />
        <TryOut dirty={form.dirty} barred={barred} />
      </Section>
    </form>
  );
}

function RuleFields({ kind, form, barred }: { kind: "errors" | "slow" | "cuts"; form: Form<Values>; barred: string | undefined }) {
  const t = useT();
  const rule = form.values[kind];
  return (
    <div className={styles["rule"]}>
      <Switch
        label={t(`alerts.rules.${kind}`)}
        hint={t(`alerts.rules.${kind}Hint`)}
        checked={rule.on}
        reason={barred}
        onChange={(on) => form.set(kind, { ...rule, on })}
      />
      {rule.on && (
        <p className={styles["numbers"]}>
          <Figure label={t("alerts.minutes")} value={rule.minutes} most={1_440} disabled={barred !== undefined} onChange={(minutes) => form.set(kind, { ...rule, minutes })} />
          {t("alerts.minutesThen")}
          <Figure label={t("alerts.count")} value={rule.count} most={100_000} disabled={barred !== undefined} onChange={(count) => form.set(kind, { ...rule, count })} />
          {t("alerts.countThen")}
        </p>
      )}
    </div>
  );
}

function Figure({ label, value, most, disabled, onChange }: { label: string; value: number; most: number; disabled: boolean; onChange: (n: number) => void }) {
  // While a number is typed it may be none, or out of bounds; it is put right when one goes on.
  const [typed, setTyped] = useState<string>();
  return (
    <input
      type="number"
      inputMode="numeric"
      aria-label={label}
      className={styles["figure"]}
      min={1}
      max={most}
      value={typed ?? String(value)}
      disabled={disabled}
      onBlur={() => setTyped(undefined)}
      onChange={(event) => {
        setTyped(event.target.value);
        const n = Math.round(Number(event.target.value));
        if (Number.isFinite(n) && n >= 1 && n <= most) onChange(n);
      }}
    />
  );
}

/** Mail servers and webhooks are best tried before they are needed. */
function TryOut({ dirty, barred }: { dirty: boolean; barred: string | undefined }) {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const act = useAct();
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<Told>();
  const go = async () => {
    setBusy(true);
    await act({ run: async () => setTold(await tryOut(ws, bot.id)) });
    setBusy(false);
  };
  return (
    <div className={styles["try"]}>
      <Button size="small" busy={busy} reason={barred ?? (dirty ? t("alerts.saveFirst") : undefined)} onClick={() => void go()}>
        {t("alerts.try")}
      </Button>
      {told && (
        <ul role="status">
          {told.mailed === 0 && !told.mailError && !told.hooked && !told.hookError && <li>{t("alerts.tried.nowhere")}</li>}
          {told.mailed > 0 && <li>{t("alerts.tried.mailed", { n: told.mailed })}</li>}
          {told.mailError && <li className={styles["failed"]}>{t("alerts.tried.mailError", { why: told.mailError })}</li>}
          {told.hooked && <li>{t("alerts.tried.hooked")}</li>}
          {told.hookError && <li className={styles["failed"]}>{t("alerts.tried.hookError", { why: told.hookError })}</li>}
        </ul>
      )}
    </div>
  );
}
