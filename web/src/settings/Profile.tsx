// What one is called and how the page looks.

import { useQueryClient } from "@tanstack/react-query";
import { Monitor, Moon, Sun } from "lucide-react";

import type { Me } from "../api/client";
import { keys } from "../api/queries";
import { needed } from "../gate/checks";
import { useT } from "../i18n/i18n";
import { useForm } from "../shell/form";
import { useLook } from "../shell/look";
import { useChangeMe } from "../shell/me";
import { useMe } from "../shell/workspace";
import { Page, PageHead, say, Section, Segmented, TextInput } from "../ui";
import { Save } from "../bots/Settings";
import { PictureField } from "./PictureField";
import styles from "./Settings.module.css";

export function Profile() {
  const t = useT();
  const me = useMe();
  const look = useLook();
  const client = useQueryClient();
  const change = useChangeMe();
  const form = useForm(
    { name: me.name },
    (values) => ({ name: needed(t, values.name, t("errors.nameMissing")) }),
    async (values) => {
      if (await change({ name: values.name.trim() })) say(t("ui.saved"));
    },
  );
  return (
    <Page width="narrow">
      <PageHead title={t("settings.profile.title")} />
      <Section title={t("settings.profile.about")} description={t("settings.profile.aboutLead")}>
        <PictureField
          name={me.name}
          picture={me.picture}
          shape="round"
          path="/api/me/picture"
          onChange={(picture) => client.setQueryData<Me>(keys.me, (now) => now && { ...now, picture })}
        />
        <TextInput
          label={t("fields.name")}
          value={form.values.name}
          onChange={(event) => form.set("name", event.target.value)}
          error={form.errors.name}
          autoComplete="name"
        />
        <TextInput label={t("fields.email")} value={me.email} readOnly hint={t("settings.profile.emailHint")} />
        <Save form={form} barred={undefined} />
      </Section>
      <Section title={t("settings.profile.look")} description={t("settings.profile.lookLead")}>
        <div>
          <FieldLabel>{t("settings.profile.language")}</FieldLabel>
          <Segmented
            label={t("settings.profile.language")}
            value={look.language}
            onChange={(language) => void change({ language })}
            options={[
              { value: "ko", label: <span lang="ko">한국어</span> },
              { value: "en", label: <span lang="en">English</span> },
            ]}
          />
        </div>
        <div>
          <FieldLabel>{t("settings.profile.theme")}</FieldLabel>
          <Segmented
            label={t("settings.profile.theme")}
            value={look.theme}
            onChange={(theme) => void change({ theme })}
            options={[
              { value: "light", label: <><Sun size={14} aria-hidden />{t("themes.light")}</> },
              { value: "dark", label: <><Moon size={14} aria-hidden />{t("themes.dark")}</> },
              { value: "system", label: <><Monitor size={14} aria-hidden />{t("themes.system")}</> },
            ]}
          />
        </div>
      </Section>
    </Page>
  );
}

function FieldLabel({ children }: { children: string }) {
  return (
    <div className={styles["label"]} aria-hidden>
      {children}
    </div>
  );
}
