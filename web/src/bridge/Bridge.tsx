// The bridge of one bot: where it leads, how it behaves, and the way out to a bot with flows.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { PlugZap, Workflow } from "lucide-react";
import { useState } from "react";

import { api, data, to } from "../api/client";
import { keys } from "../api/queries";
import { useBot } from "../bots/Bot";
import { Save } from "../bots/Settings";
import { figure } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { useExplain, useForm } from "../shell/form";
import { Failed } from "../shell/Loading";
import { useBar } from "../shell/roles";
import { useWorkspace } from "../shell/workspace";
import { Banner, Button, complain, Field, say, Section, Segmented, Skeleton, Switch, TextArea, TextInput } from "../ui";
import styles from "./Bridge.module.css";
import { Checks } from "./Checks";
import { type Bridge, type BridgeOptions, bridgeQuery, check, recordedQuery, type Report } from "./read";

const MANY = ["paging", "list"] as const;
const PICTURES = ["asIs", "https", "proxy"] as const;

export function BridgePage() {
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const bridge = useQuery(bridgeQuery(ws, bot.id));
  if (bridge.error && !bridge.data) return <Failed error={bridge.error} retry={() => void bridge.refetch()} />;
  if (!bridge.data) return <Skeleton width="full" height="box" />;
  return (
    <>
      <Address key={`address-${bot.id}`} bridge={bridge.data} />
      <Options key={`options-${bot.id}`} bridge={bridge.data} />
      <Flows />
    </>
  );
}

/** Keeps a change of the bridge and what is shown of it. */
function useChange(): (change: { url?: string; options?: BridgeOptions }) => Promise<Bridge> {
  const client = useQueryClient();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  return async (body) => {
    const next = await data(api.PATCH("/api/workspaces/{ws}/bots/{bot}/bridge", { params: to({ ws, bot: bot.id }), body }));
    client.setQueryData(bridgeQuery(ws, bot.id).queryKey, next);
    return next;
  };
}

function Address({ bridge }: { bridge: Bridge }) {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const explain = useExplain();
  const change = useChange();
  const bar = useBar();
  const barred = bar("editor");
  const [report, setReport] = useState<Report>();
  const [busy, setBusy] = useState(false);
  const form = useForm(
    { url: bridge.url },
    (values) => ({ url: values.url.trim() ? undefined : t("bridge.urlMissing") }),
    async (values, { reset }) => {
      const next = await change({ url: values.url });
      reset({ url: next.url });
      say(t("ui.saved"));
    },
  );
  const look = async () => {
    setBusy(true);
    setReport(undefined);
    try {
      setReport(await check(ws, { url: form.values.url, bot: bot.id }));
    } catch (error) {
      complain(explain(error).title, explain(error).detail);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Section title={t("bridge.address")} description={t("bridge.addressLead")}>
      <TextInput
        label={t("bridge.url")}
        hint={t("bridge.urlHint")}
        inputMode="url"
        value={form.values.url}
        onChange={(event) => form.set("url", event.target.value)}
        error={form.errors.url}
        disabled={barred !== undefined}
        autoComplete="off"
      />
      {bridge.inside && <p className={styles["note"]}>{t("bridge.inside")}</p>}
      <div>
        <Button icon={<PlugZap size={16} aria-hidden />} busy={busy} reason={barred} onClick={() => void look()}>
          {t("bridge.check.act")}
        </Button>
      </div>
      {report && <Checks report={report} />}
      <Save form={form} barred={barred} />
    </Section>
  );
}

/** Words in one line, as people write them and as they are kept. */
export function wordsOf(text: string): string[] {
  return text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

function Options({ bridge }: { bridge: Bridge }) {
  const t = useT();
  const change = useChange();
  const bar = useBar();
  const barred = bar("editor");
  const { homeWords, budgetMs, ...rest } = bridge.options;
  const form = useForm(
    { ...rest, homeWords: homeWords.join(", "), budgetMs: String(budgetMs / 1000) },
    (values) => ({
      greeting: values.greeting.trim() ? undefined : t("errors.blank"),
      failure: values.failure.trim() ? undefined : t("errors.blank"),
      budgetMs: Number(values.budgetMs) >= 0.5 && Number(values.budgetMs) <= 4.2 ? undefined : t("bridge.options.budgetOdd"),
    }),
    async (values) => {
      const options = { ...values, homeWords: wordsOf(values.homeWords), budgetMs: Math.round(Number(values.budgetMs) * 1000) };
      await change({ options });
      say(t("ui.saved"));
    },
  );
  const off = barred !== undefined;
  return (
    <Section title={t("bridge.options.title")} description={t("bridge.options.lead")}>
      <TextArea
        label={t("bridge.options.greeting")}
        hint={t("bridge.options.greetingHint")}
        rows={2}
        value={form.values.greeting}
        onChange={(event) => form.set("greeting", event.target.value)}
        error={form.errors.greeting}
        disabled={off}
      />
      <TextArea
        label={t("bridge.options.failure")}
        hint={t("bridge.options.failureHint")}
        rows={2}
        value={form.values.failure}
        onChange={(event) => form.set("failure", event.target.value)}
        error={form.errors.failure}
        disabled={off}
      />
      <TextInput
        label={t("bridge.options.homeWords")}
        hint={t("bridge.options.homeWordsHint")}
        placeholder={t("bridge.options.homeWordsExample")}
        value={form.values.homeWords}
        onChange={(event) => form.set("homeWords", event.target.value)}
        error={form.errors.homeWords}
        disabled={off}
        autoComplete="off"
      />
      <Field label={t("bridge.options.many")} hint={t(`bridge.options.${form.values.many}Hint`)}>
        {() => (
          <div className={styles["choice"]}>
            <Segmented
              label={t("bridge.options.many")}
              options={MANY.map((value) => ({ value, label: t(`bridge.options.${value}`) }))}
              value={form.values.many}
              onChange={(value) => !off && form.set("many", value)}
            />
          </div>
        )}
      </Field>
      <Field label={t("bridge.options.pictures")} hint={t(`bridge.options.${form.values.pictures}Hint`)}>
        {() => (
          <div className={styles["choice"]}>
            <Segmented
              label={t("bridge.options.pictures")}
              options={PICTURES.map((value) => ({ value, label: t(`bridge.options.${value}`) }))}
              value={form.values.pictures}
              onChange={(value) => !off && form.set("pictures", value)}
            />
          </div>
        )}
      </Field>
      {(["strictButtons", "homeAfterSilence", "tellOldFriends"] as const).map((key) => (
        <Switch
          key={key}
          label={t(`bridge.options.${key}`)}
          hint={t(`bridge.options.${key}Hint`)}
          checked={form.values[key]}
          onChange={(value) => form.set(key, value)}
          reason={barred}
        />
      ))}
      <TextInput
        label={t("bridge.options.budget")}
        hint={t("bridge.options.budgetHint")}
        inputMode="decimal"
        className={styles["short"]}
        value={form.values.budgetMs}
        onChange={(event) => form.set("budgetMs", event.target.value)}
        error={form.errors.budgetMs}
        disabled={off}
        autoComplete="off"
      />
      <Save form={form} barred={barred} />
    </Section>
  );
}

function Flows() {
  const t = useT();
  const language = useLanguage();
  const client = useQueryClient();
  const navigate = useNavigate();
  const explain = useExplain();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const bar = useBar();
  const [busy, setBusy] = useState(false);
  const recorded = useQuery(recordedQuery(ws, bot.id));
  const found = recorded.data;
  const n = (value: number) => figure(value, language);
  const make = async () => {
    setBusy(true);
    try {
      const made = await data(api.POST("/api/workspaces/{ws}/bots/{bot}/bridge/flows", { params: to({ ws, bot: bot.id }) }));
      client.setQueryData(keys.bot(ws, made.bot.id), made.bot);
      void client.invalidateQueries({ queryKey: keys.bots(ws) });
      say(t("bridge.flows.made", { title: made.bot.title }));
      await navigate({ to: "/w/$ws/bots/$bot/edit", params: { ws, bot: made.bot.id } });
    } catch (error) {
      complain(explain(error).title, explain(error).detail);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Section title={t("bridge.flows.title")} description={t("bridge.flows.lead")}>
      {recorded.error && !found && <Failed error={recorded.error} retry={() => void recorded.refetch()} />}
      {recorded.isPending && <Skeleton width="full" height="box" />}
      {found && found.turns === 0 && <Banner>{t("bridge.flows.none")}</Banner>}
      {found && found.turns > 0 && (
        <>
          <dl className={styles["figures"]}>
            <Count name={t("bridge.flows.turns")} value={n(found.turns)} />
            <Count name={t("bridge.flows.people")} value={n(found.people)} />
            <Count name={t("bridge.flows.flows")} value={n(found.flows)} />
          </dl>
          <Words
            title={t("bridge.flows.unpressed", { n: n(found.unpressed.length) })}
            why={t("bridge.flows.unpressedWhy")}
            words={found.unpressed.map(({ flow, button }) => `${button} · ${flow}`)}
          />
          <Words title={t("bridge.flows.varying", { n: n(found.varying.length) })} why={t("bridge.flows.varyingWhy")} words={found.varying} />
          <Words
            title={t("bridge.flows.typed", { n: n(found.typed.length) })}
            why={t("bridge.flows.typedWhy")}
            words={found.typed.map(({ word, times }) => t("bridge.flows.times", { word, n: n(times) }))}
          />
        </>
      )}
      <div>
        <Button icon={<Workflow size={16} aria-hidden />} busy={busy} disabled={!found || found.turns === 0} reason={bar("admin")} onClick={() => void make()}>
          {t("bridge.flows.act")}
        </Button>
      </div>
    </Section>
  );
}

function Count({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Words({ title, why, words }: { title: string; why: string; words: string[] }) {
  if (words.length === 0) return null;
  return (
    <details className={styles["words"]}>
      <summary>{title}</summary>
      <p className={styles["note"]}>{why}</p>
      <ul>
        {words.map((word, nth) => (
          <li key={`${nth}-${word}`}>{word}</li>
        ))}
      </ul>
    </details>
  );
}
