// Inviting several colleagues at once. Their links are shown this once, to hand over where no mail is sent.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, data, type InviteMade, to } from "../api/client";
import type { Role } from "../api/problem";
import { keys, stateQuery } from "../api/queries";
import { useT } from "../i18n/i18n";
import { useForm } from "../shell/form";
import { ranks, ROLES } from "../shell/roles";
import { useWorkspace } from "../shell/workspace";
import { Banner, Button, CopyButton, CopyField, Dialog, DialogButtons, Field, Select, TextArea } from "../ui";
import { MOST_AT_ONCE, readEmails } from "./emails";
import styles from "./Settings.module.css";

export function Invite({ onClose }: { onClose: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const here = useWorkspace();
  const mail = useQuery(stateQuery).data?.mail ?? false;
  const [made, setMade] = useState<InviteMade[]>();
  const form = useForm(
    { emails: "", role: "editor" as Role },
    ({ emails: text }) => {
      const { emails, odd } = readEmails(text);
      if (odd.length > 0) return { emails: t("settings.invite.odd", { what: odd.slice(0, 3).join(", ") }) };
      if (emails.length === 0) return { emails: t("errors.emailMissing") };
      return emails.length > MOST_AT_ONCE ? { emails: t("settings.invite.tooMany", { n: MOST_AT_ONCE }) } : {};
    },
    async ({ emails, role }) => {
      const body = { emails: readEmails(emails).emails, role };
      const { items } = await data(api.POST("/api/workspaces/{ws}/invites", { params: to({ ws: here.id }), body }));
      setMade(items);
      void client.invalidateQueries({ queryKey: keys.invites(here.id) });
    },
  );
  const count = readEmails(form.values.emails).emails.length;

  if (made) {
    const sent = made.every((one) => one.sent);
    return (
      <Dialog
        open
        onClose={onClose}
        title={t("settings.invite.made", { n: made.length })}
        description={sent ? t("settings.invite.sent") : t("settings.invite.notSent")}
        footer={
          <>
            {made.length > 1 && (
              <CopyButton size="medium" text={made.map((one) => `${one.email} ${one.link}`).join("\n")}>{t("settings.invite.copyAll")}</CopyButton>
            )}
            <Button variant="primary" onClick={onClose}>
              {t("ui.done")}
            </Button>
          </>
        }
      >
        <div className={styles["links"]}>
          {made.map((one) => (
            <CopyField key={one.id} label={one.email} value={one.link} />
          ))}
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("settings.members.invite")}
      description={mail ? t("settings.invite.lead") : t("settings.invite.leadNoMail")}
      onSubmit={() => void form.submit()}
      footer={
        <DialogButtons act={count > 1 ? t("settings.invite.goMany", { n: count }) : t("settings.invite.go")} onCancel={onClose} busy={form.busy} />
      }
    >
      {form.general && (
        <Banner tone="danger" title={form.general.title}>
          {form.general.detail}
        </Banner>
      )}
      <TextArea
        label={t("fields.emails")}
        hint={t("settings.invite.emailsHint", { n: MOST_AT_ONCE })}
        placeholder="jieun@example.com, minsu@example.com"
        value={form.values.emails}
        onChange={(event) => form.set("emails", event.target.value)}
        error={form.errors.emails}
        rows={3}
        spellCheck={false}
      />
      <Field label={t("fields.role")} hint={t(`roles.${form.values.role}Does`)}>
        {({ id }) => (
          <Select
            id={id}
            value={form.values.role}
            onChange={(role) => form.set("role", role)}
            options={ROLES.map((role) => ({
              value: role,
              label: t(`roles.${role}`),
              note: t(`roles.${role}Does`),
              disabled: !ranks(here.role, "owner") && ranks(role, "admin"),
            }))}
          />
        )}
      </Field>
    </Dialog>
  );
}
