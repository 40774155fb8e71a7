// A webhook to be written or changed; its secret and what came of its last deliveries.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";

import { Signing } from "../alerts/Signing";
import { moment } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { useAct } from "../shell/act";
import { useForm } from "../shell/form";
import { Banner, Button, Checkbox, Dialog, DialogButtons, say, Switch, TextInput } from "../ui";
import { addWebhook, changeWebhook, EVENTS, nameOf, readSecret, removeWebhook, renewSecret, triesQuery, type Webhook, webhooksQuery } from "./read";
import styles from "./Webhooks.module.css";

const FIRST = EVENTS.slice(0, 4).map(nameOf);

export function WebhookDialog({ ws, bot, now, onClose }: { ws: string; bot: string; now: Webhook | undefined; onClose: () => void }) {
  const t = useT();
  const act = useAct();
  const client = useQueryClient();
  const { queryKey } = webhooksQuery(ws, bot);
  const form = useForm(
    { name: now?.name ?? "", url: now?.url ?? "https://", enabled: now?.enabled ?? true, events: now?.events ?? FIRST },
    () => ({}),
    async (values) => {
      await (now ? changeWebhook(ws, bot, now.id, values) : addWebhook(ws, bot, values));
      void client.invalidateQueries({ queryKey });
      say(t("ui.saved"));
      onClose();
    },
  );
  const { values, errors } = form;
  const remove = (id: string) => {
    onClose();
    void act<Webhook[]>({ key: queryKey, guess: (all) => all.filter((one) => one.id !== id), run: () => removeWebhook(ws, bot, id), done: () => say(t("webhooks.removed")) });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={now ? t("webhooks.change") : t("webhooks.add")}
      onSubmit={() => void form.submit()}
      footer={
        <>
          {now && (
            <Button variant="danger-quiet" icon={<Trash2 size={15} aria-hidden />} onClick={() => remove(now.id)}>
              {t("webhooks.remove")}
            </Button>
          )}
          <DialogButtons act={t("ui.save")} onCancel={onClose} busy={form.busy} />
        </>
      }
    >
      {form.general && (
        <Banner tone="danger" title={form.general.title}>
          {form.general.detail}
        </Banner>
      )}
      <TextInput label={t("webhooks.name")} value={values.name} error={errors.name} onChange={(event) => form.set("name", event.target.value)} />
      <TextInput label={t("webhooks.url")} hint={t("webhooks.urlHint")} value={values.url} error={errors.url} onChange={(event) => form.set("url", event.target.value)} />
      <Switch label={t("webhooks.enabled")} checked={values.enabled} onChange={(enabled) => form.set("enabled", enabled)} />
      <div role="group" aria-label={t("webhooks.events")} className={styles["events"]}>
        <p className={styles["label"]}>{t("webhooks.events")}</p>
        {EVENTS.map((event) => {
          const name = nameOf(event);
          return (
            <Checkbox
              key={event}
              label={t(`webhooks.names.${event}`)}
              hint={name}
              checked={values.events.includes(name)}
              onChange={(on) => form.set("events", on ? [...values.events, name] : values.events.filter((one) => one !== name))}
            />
          );
        })}
        {errors.events && (
          <p className={styles["why"]} role="alert">
            {errors.events}
          </p>
        )}
      </div>
      {now && (
        <>
          <Signing barred={undefined} queryKey={["ws", ws, "webhook-secret", now.id]} read={() => readSecret(ws, bot, now.id)} renew={() => renewSecret(ws, bot, now.id)} />
          <Tries ws={ws} bot={bot} id={now.id} />
        </>
      )}
    </Dialog>
  );
}

function Tries({ ws, bot, id }: { ws: string; bot: string; id: string }) {
  const t = useT();
  const language = useLanguage();
  const read = useQuery(triesQuery(ws, bot, id));
  if (!read.data) return null;
  return (
    <section>
      <h3 className={styles["label"]}>{t("webhooks.tries")}</h3>
      {read.data.length === 0 && <p className={styles["url"]}>{t("webhooks.noTries")}</p>}
      <ul className={styles["tries"]}>
        {read.data.map((one) => (
          <li key={one.id}>
            <time dateTime={new Date(one.at).toISOString()}>{moment(one.at, language)}</time>
            <span>{t("webhooks.eventCount", { n: one.events })}</span>
            <span className={one.error === null ? undefined : styles["why"]}>{one.error ?? t("webhooks.taken", { ms: one.tookMs })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
