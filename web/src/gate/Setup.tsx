// First start: the person who opens the page makes the owner's account. There is no default password.

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { api, data, marked } from "../api/client";
import { useLanguage, useT } from "../i18n/i18n";
import { useForm } from "../shell/form";
import { Button, TextInput } from "../ui";
import { emailError, needed, passwordError } from "./checks";
import { enter } from "./enter";
import { Gate, GateForm } from "./Gate";

export function Setup() {
  const t = useT();
  const language = useLanguage();
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm(
    { workspace: "", name: "", email: "", password: "" },
    (values) => ({
      workspace: needed(t, values.workspace, t("errors.workspaceMissing")),
      name: needed(t, values.name, t("errors.nameMissing")),
      email: emailError(t, values.email),
      password: passwordError(t, values.password),
    }),
    async (values) => {
      const me = await data(api.POST("/api/setup", { body: { ...values, email: values.email.trim(), language }, params: marked }));
      await enter(client, me);
      // Not to the demo, where one may have looked around before.
      const own = me.workspaces.find((one) => !one.demo);
      await (own ? navigate({ to: "/w/$ws", params: { ws: own.id }, replace: true }) : navigate({ to: "/", replace: true }));
    },
  );
  return (
    <Gate title={t("gate.setup.title")} lead={t("gate.setup.lead")} general={form.general}>
      <GateForm onSubmit={() => void form.submit()}>
        <TextInput
          label={t("fields.workspace")}
          placeholder={t("gate.setup.workspaceExample")}
          hint={t("gate.setup.workspaceHint")}
          value={form.values.workspace}
          onChange={(event) => form.set("workspace", event.target.value)}
          error={form.errors.workspace}
          autoComplete="organization"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page has nothing else to begin with
          autoFocus
        />
        <TextInput
          label={t("fields.name")}
          value={form.values.name}
          onChange={(event) => form.set("name", event.target.value)}
          error={form.errors.name}
          autoComplete="name"
        />
        <TextInput
          label={t("fields.email")}
          type="email"
          value={form.values.email}
          onChange={(event) => form.set("email", event.target.value)}
          error={form.errors.email}
          autoComplete="username"
        />
        <TextInput
          label={t("fields.password")}
          type="password"
          hint={t("gate.passwordHint")}
          value={form.values.password}
          onChange={(event) => form.set("password", event.target.value)}
          error={form.errors.password}
          autoComplete="new-password"
        />
        <Button type="submit" variant="primary" size="large" wide busy={form.busy}>
          {t("gate.setup.go")}
        </Button>
      </GateForm>
    </Gate>
  );
}
