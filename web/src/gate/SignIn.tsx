// Signing in: address and password, and a code where the account wants one. A page of its own, so that password managers
// find their fields.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { useEffect, useState } from "react";

import { api, data, marked } from "../api/client";
import { isProblem } from "../api/problem";
import { stateQuery } from "../api/queries";
import { useT } from "../i18n/i18n";
import { useForm } from "../shell/form";
import { Banner, Button, TextInput } from "../ui";
import { emailError } from "./checks";
import { enter, safeNext } from "./enter";
import { Gate, GateForm } from "./Gate";
import styles from "./Gate.module.css";

export function SignIn() {
  const t = useT();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { next, note } = useSearch({ strict: false });
  const [step, setStep] = useState<"password" | "code">("password");
  const [wait, setWait] = useState(0);
  const demo = useQuery(stateQuery).data?.demo ?? false;

  useEffect(() => {
    if (wait <= 0) return;
    const timer = setTimeout(() => setWait(wait - 1), 1000);
    return () => clearTimeout(timer);
  }, [wait]);

  const form = useForm(
    { email: "", password: "", code: "" },
    (values) => ({
      email: emailError(t, values.email),
      password: values.password === "" ? t("errors.passwordMissing") : undefined,
      code: step === "code" && values.code.trim() === "" ? t("errors.codeMissing") : undefined,
    }),
    async ({ email, password, code }, { set }) => {
      try {
        const body = { email: email.trim(), password, ...(step === "code" && { code: code.replaceAll(" ", "") }) };
        const me = await data(api.POST("/api/session", { body, params: marked }));
        await enter(client, me);
        await navigate({ to: safeNext(next) ?? "/", replace: true });
      } catch (error) {
        if (isProblem(error, "code-needed")) return setStep("code");
        if (isProblem(error, "too-many-attempts")) setWait(error.retryAfter ?? 0);
        if (isProblem(error, "wrong-code")) set("code", "");
        throw error;
      }
    },
  );
  const general = wait > 0 && form.general ? { title: form.general.title, detail: t("gate.signIn.wait", { n: wait }) } : form.general;
  const button = (
    <Button type="submit" variant="primary" size="large" wide busy={form.busy} disabled={wait > 0}>
      {t("gate.signIn.go")}
    </Button>
  );

  if (step === "code") {
    return (
      <Gate title={t("gate.code.title")} lead={t("gate.code.lead")} general={general}>
        <GateForm onSubmit={() => void form.submit()}>
          <TextInput
            key="code"
            label={t("fields.code")}
            hint={t("gate.code.hint")}
            value={form.values.code}
            onChange={(event) => form.set("code", event.target.value)}
            error={form.errors.code}
            autoComplete="one-time-code"
            // Recovery codes have letters, so that no number pad is asked for.
            autoCapitalize="none"
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the step has this one field
            autoFocus
          />
          {button}
        </GateForm>
        <div className={styles["foot"]}>
          <Button
            variant="quiet"
            size="small"
            icon={<ArrowLeft size={14} aria-hidden />}
            onClick={() => {
              setStep("password");
              form.reset({ ...form.values, password: "", code: "" });
            }}
          >
            {t("gate.code.back")}
          </Button>
        </div>
      </Gate>
    );
  }
  return (
    <Gate
      title={t("gate.signIn.title")}
      general={general}
      foot={
        <>
          <Link to="/forgot" search={form.values.email ? { email: form.values.email } : {}}>
            {t("gate.signIn.forgot")}
          </Link>
          {demo && <Link to="/demo">{t("demo.enter")}</Link>}
        </>
      }
    >
      {note && !general && (
        <div className={styles["general"]}>
          <Banner tone="accent">{note === "reset" ? t("gate.signIn.afterReset") : t("gate.signIn.afterEnd")}</Banner>
        </div>
      )}
      <GateForm onSubmit={() => void form.submit()}>
        <TextInput
          label={t("fields.email")}
          type="email"
          value={form.values.email}
          onChange={(event) => form.set("email", event.target.value)}
          error={form.errors.email}
          autoComplete="username"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page has nothing else to begin with
          autoFocus
        />
        <TextInput
          label={t("fields.password")}
          type="password"
          value={form.values.password}
          onChange={(event) => form.set("password", event.target.value)}
          error={form.errors.password}
          autoComplete="current-password"
        />
        {button}
      </GateForm>
    </Gate>
  );
}
