// What the dealer gave: which relay, whose profile, with which keys.

import { useQueryClient } from "@tanstack/react-query";

import { useBot } from "../../bots/Bot";
import { Save } from "../../bots/Settings";
import { figure } from "../../i18n/format";
import { useLanguage, useT } from "../../i18n/i18n";
import { useForm } from "../../shell/form";
import { useBar } from "../../shell/roles";
import { useWorkspace } from "../../shell/workspace";
import { Field, say, Select, TextArea, TextInput } from "../../ui";
import styles from "./Consult.module.css";
import { type ConsultChannel, consultQuery, type Relay, relayOf, relaysOf, setConsult } from "./read";

interface Values {
  relay: string;
  senderKey: string;
  baseUrl: string;
  channelId: string;
  addresses: string;
  mediaHosts: string;
  additionalChoice: string;
  unsupportedMedia: string;
  keys: Record<string, string>;
}

const lines = (text: string) => text.split("\n").map((line) => line.trim()).filter(Boolean);
const joined = (list: string[] | undefined) => (list ?? []).join("\n");

const valuesOf = (channel: ConsultChannel): Values => ({
  relay: channel.relay,
  senderKey: channel.senderKey,
  baseUrl: channel.settings.baseUrl ?? "",
  channelId: channel.settings.channelId ?? "",
  addresses: joined(channel.settings.addresses),
  mediaHosts: joined(channel.settings.mediaHosts),
  additionalChoice: channel.settings.additionalChoice ?? "",
  unsupportedMedia: channel.settings.unsupportedMedia ?? "",
  keys: {},
});

export function Connection({ channel }: { channel: ConsultChannel }) {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const client = useQueryClient();
  const barred = useBar()("admin");
  const form = useForm<Values>(
    valuesOf(channel),
    (values) => (values.senderKey.trim() ? {} : { senderKey: t("consult.connection.senderKeyMissing") }),
    async (values, { reset }) => {
      const { relay, senderKey, keys, addresses, mediaHosts, ...settings } = values;
      const saved = await setConsult(ws, bot.id, {
        enabled: channel.enabled,
        relay,
        senderKey,
        settings: { ...channel.settings, ...settings, addresses: lines(addresses), mediaHosts: lines(mediaHosts) },
        keys: Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== "")),
      });
      client.setQueryData(consultQuery(ws, bot.id).queryKey, saved);
      reset(valuesOf(saved));
      say(t("ui.saved"));
    },
  );
  const { values, errors } = form;
  const disabled = barred !== undefined;
  const facts = relayOf(channel, values.relay);
  const text = (name: Exclude<keyof Values, "keys" | "relay">) => ({
    value: values[name],
    error: errors[name],
    disabled,
    onChange: (event: { target: { value: string } }) => form.set(name, event.target.value),
  });
  return (
    <div className={styles["form"]}>
      <Field label={t("consult.connection.relay")} error={errors.relay}>
        {() => (
          <Select
            label={t("consult.connection.relay")}
            value={values.relay}
            disabled={disabled}
            onChange={(relay) => form.set("relay", relay)}
            options={relaysOf(channel).map((one) => ({ value: one.relay, label: t(`consult.relays.${one.relay as "native"}`) }))}
          />
        )}
      </Field>
      {facts && <Can facts={facts} />}
      <TextInput label={t("consult.connection.senderKey")} hint={t("consult.connection.senderKeyHint")} spellCheck={false} {...text("senderKey")} />
      <TextInput
        label={t("consult.connection.baseUrl")}
        hint={facts?.baseUrl ? t("consult.connection.baseUrlOwn", { url: facts.baseUrl }) : t("consult.connection.baseUrlHint")}
        placeholder={facts?.baseUrl || "https://"}
        spellCheck={false}
        {...text("baseUrl")}
      />
      {(facts?.credentials ?? []).map((key) => (
        <TextInput
          key={key.name}
          label={key.headerOrPath.includes("{") ? t("consult.connection.partnerKey") : t("consult.connection.key", { name: key.headerOrPath })}
          hint={channel.keys.includes(key.name) && channel.relay === values.relay ? t("consult.connection.keyKept") : t("consult.connection.keyHint")}
          type={key.secret ? "password" : "text"}
          autoComplete="off"
          spellCheck={false}
          value={values.keys[key.name] ?? ""}
          disabled={disabled}
          onChange={(event) => form.set("keys", { ...values.keys, [key.name]: event.target.value })}
        />
      ))}
      <TextInput label={t("consult.connection.channelId")} hint={t("consult.connection.channelIdHint")} placeholder="@" spellCheck={false} {...text("channelId")} />
      <details className={styles["more"]}>
        <summary>{t("consult.connection.more")}</summary>
        <div className={styles["form"]}>
          <TextArea label={t("consult.connection.addresses")} hint={t("consult.connection.addressesHint")} mono rows={2} placeholder="203.0.113.0/24" {...text("addresses")} />
          <TextArea label={t("consult.connection.mediaHosts")} hint={t("consult.connection.mediaHostsHint")} mono rows={2} {...text("mediaHosts")} />
          <TextInput label={t("consult.connection.additionalChoice")} hint={t("consult.connection.additionalChoiceHint")} {...text("additionalChoice")} />
          <TextInput label={t("consult.connection.unsupportedMedia")} hint={t("consult.connection.unsupportedMediaHint")} {...text("unsupportedMedia")} />
        </div>
      </details>
      <Save form={form} barred={barred} />
    </div>
  );
}

/** What a relay can do, in one line. */
function Can({ facts }: { facts: Relay }) {
  const t = useT();
  const language = useLanguage();
  const parts = [
    t("consult.can.text", { n: figure(facts.text, language) }),
    t("consult.can.buttons", { n: facts.buttons }),
    facts.quickReplies > 0 ? t("consult.can.quick", { n: facts.quickReplies }) : t("consult.can.noQuick"),
    facts.carousel ? t("consult.can.carousel", { n: facts.carousel[1] }) : t("consult.can.noCarousel"),
    facts.dedupesBySerial ? t("consult.can.repeats") : t("consult.can.noRepeats"),
  ];
  return <p className={styles["fine"]}>{parts.join(" · ")}</p>;
}
