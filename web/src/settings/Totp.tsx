// One-time codes: switching them on in three steps (who are you, read the picture, keep the recovery codes), and off.

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, data, marked, type Me } from "../api/client";
import { keys } from "../api/queries";
import { useT } from "../i18n/i18n";
import { useForm } from "../shell/form";
import { Banner, Button, CopyButton, CopyField, Dialog, DialogButtons, say, TextInput } from "../ui";
import styles from "./Settings.module.css";

interface Proposal {
  secret: string;
  qr: string;
}

export function TotpOn({ onClose }: { onClose: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const [proposal, setProposal] = useState<Proposal>();
  const [codes, setCodes] = useState<string[]>();
  const password = useForm(
    { password: "" },
    (values) => ({ password: values.password === "" ? t("errors.passwordMissing") : undefined }),
    async (values) => setProposal(await data(api.POST("/api/me/totp", { params: marked, body: values }))),
  );
  const code = useForm(
    { code: "" },
    (values) => ({ code: /^\d{6}$/.test(values.code.replaceAll(" ", "")) ? undefined : t("errors.codeOdd") }),
    async (values) => {
      const body = { code: values.code.replaceAll(" ", "") };
      const { recoveryCodes } = await data(api.PUT("/api/me/totp", { params: marked, body }));
      setCodes(recoveryCodes);
      client.setQueryData<Me>(keys.me, (me) => me && { ...me, totp: true });
    },
  );
  const done = () => {
    onClose();
    if (codes) say(t("settings.totp.onNow"));
  };

  if (codes) {
    return (
      <Dialog
        open
        onClose={done}
        title={t("settings.totp.keep")}
        description={t("settings.totp.keepLead")}
        footer={
          <>
            <CopyButton size="medium" text={codes.join("\n")}>{t("settings.totp.copyAll")}</CopyButton>
            <Button variant="primary" onClick={done}>
              {t("settings.totp.kept")}
            </Button>
          </>
        }
      >
        <ul className={styles["codes"]}>
          {codes.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      </Dialog>
    );
  }
  if (proposal) {
    return (
      <Dialog
        open
        onClose={onClose}
        width="large"
        title={t("settings.totp.read")}
        description={t("settings.totp.readLead")}
        onSubmit={() => void code.submit()}
        footer={<DialogButtons act={t("settings.totp.confirm")} onCancel={onClose} busy={code.busy} />}
      >
        {code.general && (
          <Banner tone="danger" title={code.general.title}>
            {code.general.detail}
          </Banner>
        )}
        <div className={styles["qr"]}>
          <img
            className={styles["qrPicture"]}
            alt={t("settings.totp.qrAlt")}
            src={`data:image/svg+xml,${encodeURIComponent(proposal.qr)}`}
          />
          <div className={styles["qrWords"]}>
            <CopyField label={t("settings.totp.byHand")} value={proposal.secret} />
            <TextInput
              label={t("fields.sixDigits")}
              inputMode="numeric"
              autoComplete="one-time-code"
              value={code.values.code}
              onChange={(event) => code.set("code", event.target.value)}
              error={code.errors.code}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the field of the step before is gone, and the focus with it
              autoFocus
            />
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onClose={onClose}
      width="small"
      title={t("settings.totp.begin")}
      description={t("settings.totp.beginLead")}
      onSubmit={() => void password.submit()}
      footer={<DialogButtons act={t("settings.totp.next")} onCancel={onClose} busy={password.busy} />}
    >
      <PasswordField form={password} />
    </Dialog>
  );
}

export function TotpOff({ onClose }: { onClose: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const form = useForm(
    { password: "" },
    (values) => ({ password: values.password === "" ? t("errors.passwordMissing") : undefined }),
    async (values) => {
      await api.DELETE("/api/me/totp", { params: marked, body: values });
      client.setQueryData<Me>(keys.me, (me) => me && { ...me, totp: false });
      onClose();
      say(t("settings.totp.offNow"));
    },
  );
  return (
    <Dialog
      open
      onClose={onClose}
      width="small"
      title={t("settings.totp.stop")}
      description={t("settings.totp.stopLead")}
      onSubmit={() => void form.submit()}
      footer={<DialogButtons variant="danger" act={t("settings.totp.stopGo")} onCancel={onClose} busy={form.busy} />}
    >
      <PasswordField form={form} />
    </Dialog>
  );
}

function PasswordField({
  form,
}: {
  form: {
    values: { password: string };
    errors: { password?: string };
    general: { title: string; detail: string } | undefined;
    set: (key: "password", value: string) => void;
  };
}) {
  const t = useT();
  return (
    <>
      {form.general && (
        <Banner tone="danger" title={form.general.title}>
          {form.general.detail}
        </Banner>
      )}
      <TextInput
        label={t("fields.currentPassword")}
        type="password"
        value={form.values.password}
        onChange={(event) => form.set("password", event.target.value)}
        error={form.errors.password}
        autoComplete="current-password"
      />
    </>
  );
}
