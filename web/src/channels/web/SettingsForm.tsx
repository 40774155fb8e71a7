// How the chat looks and which sites may show it: one form, and beside it what becomes of it.

import { useQueryClient } from "@tanstack/react-query";
import { Bot, MessageCircle } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";

import { useBot } from "../../bots/Bot";
import { Save } from "../../bots/Settings";
import { MOST_BYTES, PICTURES, upload } from "../../forms/api";
import { useT } from "../../i18n/i18n";
import { type Form, useExplain, useForm } from "../../shell/form";
import { useBar } from "../../shell/roles";
import { useWorkspace } from "../../shell/workspace";
import { Banner, Button, complain, Field, say, Segmented, Switch, TextArea, TextInput } from "../../ui";
import { Preview } from "./Preview";
import { contrast, isColor, readableOn, setWeb, type WebChannel, type WebSettings, webQuery } from "./read";
import styles from "./Web.module.css";

/** As the server bounds them. */
const BUTTON = { least: 40, most: 96 };
const MARGIN = { least: 0, most: 200 };

export function SettingsForm({ channel }: { channel: WebChannel }) {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const client = useQueryClient();
  const barred = useBar()("admin");
  const number = (value: number, { least, most }: { least: number; most: number }) =>
    Number.isInteger(value) && value >= least && value <= most ? undefined : t("webchat.look.badNumber", { least, most });
  const colour = (value: string) => (isColor(value) ? undefined : t("webchat.look.badColor"));
  const form = useForm<WebSettings>(
    channel.settings,
    (values) => {
      const wrong = {
        primaryColor: colour(values.primaryColor),
        textColor: colour(values.textColor),
        buttonSize: number(values.buttonSize, BUTTON),
        marginX: number(values.marginX, MARGIN),
        marginY: number(values.marginY, MARGIN),
      };
      return Object.fromEntries(Object.entries(wrong).filter(([, what]) => what !== undefined));
    },
    async (values, { reset }) => {
      const saved = await setWeb(ws, bot.id, { enabled: channel.enabled, settings: values });
      client.setQueryData(webQuery(ws, bot.id).queryKey, saved);
      reset(saved.settings);
      say(t("ui.saved"));
    },
  );
  const { values, errors } = form;
  const text = (name: "title" | "description" | "greeting") => ({
    value: values[name],
    error: errors[name],
    disabled: barred !== undefined,
    onChange: (event: { target: { value: string } }) => form.set(name, event.target.value),
  });
  const size = (name: "buttonSize" | "marginX" | "marginY", label: string, { least, most }: { least: number; most: number }) => (
    <TextInput
      label={label}
      type="number"
      min={least}
      max={most}
      inputMode="numeric"
      value={Number.isNaN(values[name]) ? "" : values[name]}
      error={errors[name]}
      disabled={barred !== undefined}
      onChange={(event) => form.set(name, event.target.valueAsNumber)}
    />
  );
  return (
    <div className={styles["columns"]}>
      <div className={styles["fields"]}>
        <div>
          <h2>{t("webchat.look.title")}</h2>
          <p className={styles["fine"]}>{t("webchat.look.lead")}</p>
        </div>
        <TextInput label={t("webchat.look.name")} hint={t("webchat.look.nameHint")} placeholder={bot.title} maxLength={60} {...text("title")} />
        <TextInput label={t("webchat.look.description")} hint={t("webchat.look.descriptionHint")} {...text("description")} />
        <TextArea label={t("webchat.look.greeting")} hint={t("webchat.look.greetingHint")} rows={2} {...text("greeting")} />
        <div className={styles["pair"]}>
          <Picture form={form} name="icon" label={t("webchat.look.icon")} nothing={<Bot size={22} aria-hidden />} barred={barred} />
          <Picture form={form} name="buttonIcon" label={t("webchat.look.buttonIcon")} hint={t("webchat.look.buttonIconHint")} nothing={<MessageCircle size={22} aria-hidden />} barred={barred} />
        </div>
        <div className={styles["pair"]}>
          <Colour form={form} name="primaryColor" label={t("webchat.look.primary")} barred={barred} />
          <Colour form={form} name="textColor" label={t("webchat.look.on")} barred={barred} />
        </div>
        <Readable form={form} />
        <Choice form={form} name="position" label={t("webchat.look.position")} options={[["right", "right"], ["left", "left"], ["top-right", "topRight"], ["top-left", "topLeft"]]} />
        <div className={styles["pair"]}>
          {size("buttonSize", t("webchat.look.size"), BUTTON)}
          {size("marginX", t("webchat.look.marginX"), MARGIN)}
          {size("marginY", t("webchat.look.marginY"), MARGIN)}
        </div>
        <Choice form={form} name="appearance" label={t("webchat.look.appearance")} options={[["auto", "auto"], ["light", "light"], ["dark", "dark"]]} />
        <Field label={t("webchat.look.language")}>
          {() => (
            <Segmented
              label={t("webchat.look.language")}
              value={values.language}
              onChange={(language) => form.set("language", language)}
              options={[
                { value: "auto", label: t("webchat.look.languageAuto") },
                { value: "ko", label: "한국어" },
                { value: "en", label: "English" },
              ]}
            />
          )}
        </Field>
        <div>
          <h2>{t("webchat.sites.title")}</h2>
          <p className={styles["fine"]}>{t("webchat.sites.lead")}</p>
        </div>
        <TextArea
          label={t("webchat.sites.label")}
          hint={t("webchat.sites.hint")}
          mono
          rows={3}
          placeholder="https://shop.example.com"
          value={values.origins.join("\n")}
          error={errors.origins}
          disabled={barred !== undefined}
          onChange={(event) => form.set("origins", event.target.value === "" ? [] : event.target.value.split("\n"))}
        />
        <Switch
          label={t("webchat.members.unsigned")}
          hint={t("webchat.members.unsignedHint")}
          checked={values.unsignedKeys}
          reason={barred}
          onChange={(unsignedKeys) => form.set("unsignedKeys", unsignedKeys)}
        />
        <Save form={form} barred={barred} />
      </div>
      <div className={styles["beside"]}>
        <Preview settings={values} botTitle={bot.title} />
      </div>
    </div>
  );
}

interface Part {
  form: Form<WebSettings>;
  label: string;
  barred: string | undefined;
}

function Choice({ form, name, label, options }: Omit<Part, "barred"> & { name: "position" | "appearance"; options: [string, "right" | "left" | "topRight" | "topLeft" | "auto" | "light" | "dark"][] }) {
  const t = useT();
  return (
    <Field label={label} error={form.errors[name]}>
      {() => (
        <Segmented
          label={label}
          value={form.values[name]}
          onChange={(value) => form.set(name, value)}
          options={options.map(([value, word]) => ({ value, label: t(`webchat.look.${word}`) }))}
        />
      )}
    </Field>
  );
}

function Colour({ form, name, label, barred }: Part & { name: "primaryColor" | "textColor" }) {
  const t = useT();
  const value = form.values[name];
  const set = (next: string) => form.set(name, next.toUpperCase());
  const disabled = barred !== undefined;
  return (
    <div className={styles["colour"]}>
      <input type="color" aria-label={t("webchat.look.pick", { what: label })} value={isColor(value) ? value : "#000000"} disabled={disabled} onChange={(event) => set(event.target.value)} />
      <TextInput label={label} value={value} error={form.errors[name]} maxLength={7} spellCheck={false} disabled={disabled} onChange={(event) => set(event.target.value)} />
    </div>
  );
}

/** Says it where the colours cannot be read, and puts it right by one press. */
function Readable({ form }: { form: Form<WebSettings> }) {
  const t = useT();
  const { primaryColor, textColor } = form.values;
  if (!isColor(primaryColor) || !isColor(textColor)) return null;
  const ratio = contrast(primaryColor, textColor);
  if (ratio >= 4.5) return null;
  const better = readableOn(primaryColor);
  return (
    <Banner tone="warn">
      {t("webchat.look.contrast", { ratio: ratio.toFixed(1) })}{" "}
      {contrast(primaryColor, better) > ratio && (
        <Button size="small" onClick={() => form.set("textColor", better)}>
          {t("webchat.look.fix", { color: better })}
        </Button>
      )}
    </Banner>
  );
}

function Picture({ form, name, label, hint, nothing, barred }: Part & { name: "icon" | "buttonIcon"; hint?: string; nothing: ReactNode }) {
  const t = useT();
  const explain = useExplain();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const value = form.values[name];
  const take = async (file: File | undefined) => {
    if (!file) return;
    setBusy(true);
    try {
      if (file.size > MOST_BYTES) throw new Error("too large");
      // Kept without the server's name: it may get another.
      form.set(name, new URL((await upload({ ws, bot: bot.id }, file)).url, location.href).pathname);
    } catch (error) {
      complain(t("webchat.look.failed"), explain(error).title);
    }
    setBusy(false);
  };
  return (
    <Field label={label} hint={hint} error={form.errors[name]}>
      {({ id }) => (
        <span className={styles["picture"]}>
          <span>{value ? <img src={value} alt="" /> : nothing}</span>
          <span className={styles["pictureActs"]}>
            <Button id={id} size="small" busy={busy} reason={barred} onClick={() => input.current?.click()}>
              {t(value ? "webchat.look.change" : "webchat.look.upload")}
            </Button>
            {value && (
              <Button size="small" variant="quiet" reason={barred} onClick={() => form.set(name, "")}>
                {t("webchat.look.remove")}
              </Button>
            )}
          </span>
          <input ref={input} type="file" hidden accept={PICTURES.join(",")} onChange={(event) => void take(event.target.files?.[0])} />
        </span>
      )}
    </Field>
  );
}
