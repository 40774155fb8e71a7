// A forgotten password: asking for a link, and using it.

import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { useState } from "react";

import { api, marked } from "../api/client";
import { isProblem } from "../api/problem";
import { stateQuery } from "../api/queries";
import { useT } from "../i18n/i18n";
import { useForm } from "../shell/form";
import { Button, TextInput } from "../ui";
import { emailError, passwordError } from "./checks";
import { Gate, GateForm } from "./Gate";
import styles from "./Gate.module.css";

function Back() {
  const t = useT();
  return (
    <Link to="/signin" className={styles["backLink"]}>
      <ArrowLeft size={14} aria-hidden />
      {t("gate.toSignIn")}
    </Link>
  );
}

export function Forgot() {
  const t = useT();
  const { mail } = useSuspenseQuery(stateQuery).data;
  const { email } = useSearch({ strict: false });
  const [sent, setSent] = useState("");
  const form = useForm(
    { email: email ?? "" },
    (values) => ({ email: emailError(t, values.email) }),
    async (values) => {
      await api.POST("/api/password/forgot", { body: { email: values.email.trim() }, params: marked });
      setSent(values.email.trim());
    },
  );
  if (!mail) {
    return (
      <Gate title={t("gate.forgot.title")} lead={t("gate.forgot.noMail")} foot={<Back />}>
        <pre className={styles["command"]}>closer user reset {form.values.email || "me@example.com"}</pre>
        <p className={styles["lead"]}>{t("gate.forgot.noMailThen")}</p>
      </Gate>
    );
  }
  if (sent) {
    return (
      <Gate title={t("gate.forgot.sent")} lead={t("gate.forgot.sentLead", { email: sent })} foot={<Back />}>
        <p className={styles["lead"]}>{t("gate.forgot.notThere")}</p>
      </Gate>
    );
  }
  return (
    <Gate title={t("gate.forgot.title")} lead={t("gate.forgot.lead")} general={form.general} foot={<Back />}>
      <GateForm onSubmit={() => void form.submit()}>
        <TextInput
          label={t("fields.email")}
          type="email"
          value={form.values.email}
          onChange={(event) => form.set("email", event.target.value)}
          error={form.errors.email}
          autoComplete="username"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page has this one field
          autoFocus
        />
        <Button type="submit" variant="primary" size="large" wide busy={form.busy}>
          {t("gate.forgot.go")}
        </Button>
      </GateForm>
    </Gate>
  );
}

export function Reset() {
  const t = useT();
  const navigate = useNavigate();
  const { token = "" } = useParams({ strict: false });
  const [ended, setEnded] = useState(false);
  const form = useForm(
    { password: "" },
    (values) => ({ password: passwordError(t, values.password) }),
    async ({ password }) => {
      try {
        await api.POST("/api/password/reset", { body: { token, password }, params: marked });
      } catch (error) {
        if (isProblem(error, "link-ended")) return setEnded(true);
        throw error;
      }
      await navigate({ to: "/signin", search: { note: "reset" }, replace: true });
    },
  );
  if (ended) {
    return (
      <Gate title={t("gate.reset.ended")} lead={t("gate.reset.endedLead")} foot={<Back />}>
        <Link to="/forgot" className={styles["bigLink"]}>
          {t("gate.reset.again")}
        </Link>
      </Gate>
    );
  }
  return (
    <Gate title={t("gate.reset.title")} lead={t("gate.reset.lead")} general={form.general} foot={<Back />}>
      <GateForm onSubmit={() => void form.submit()}>
        <TextInput
          label={t("fields.newPassword")}
          type="password"
          hint={t("gate.passwordHint")}
          value={form.values.password}
          onChange={(event) => form.set("password", event.target.value)}
          error={form.errors.password}
          autoComplete="new-password"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page has this one field
          autoFocus
        />
        <Button type="submit" variant="primary" size="large" wide busy={form.busy}>
          {t("gate.reset.go")}
        </Button>
      </GateForm>
    </Gate>
  );
}
