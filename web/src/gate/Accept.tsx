// An invitation's link: a new colleague makes an account, one who has an account joins with it.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";

import { api, data, type Invitation, to } from "../api/client";
import { isProblem } from "../api/problem";
import { invitationQuery, meQuery, stateQuery } from "../api/queries";
import { useLanguage, useT } from "../i18n/i18n";
import { useExplain, useForm } from "../shell/form";
import { remember } from "../shell/workspace";
import { Avatar, Button, buttonClass, Skeleton, TextInput } from "../ui";
import { needed, passwordError } from "./checks";
import { enter } from "./enter";
import { Gate, GateForm } from "./Gate";
import styles from "./Gate.module.css";

export function Accept() {
  const t = useT();
  const explain = useExplain();
  const { token = "" } = useParams({ strict: false });
  const invitation = useQuery(invitationQuery(token));
  if (invitation.error) {
    const gone = isProblem(invitation.error) && invitation.error.status < 500;
    return (
      <Gate
        title={gone ? t("gate.invite.gone") : explain(invitation.error).title}
        lead={gone ? t("gate.invite.goneLead") : explain(invitation.error).detail}
      >
        <Link to="/" className={styles["bigLink"]}>
          <ArrowLeft size={14} aria-hidden />
          {t("gate.toSignIn")}
        </Link>
      </Gate>
    );
  }
  if (!invitation.data) {
    return (
      <Gate title={<Skeleton width="l" height="title" />}>
        <Skeleton width="full" height="box" />
      </Gate>
    );
  }
  return <Answer token={token} invitation={invitation.data} />;
}

function Answer({ token, invitation }: { token: string; invitation: Invitation }) {
  const t = useT();
  const language = useLanguage();
  const client = useQueryClient();
  const navigate = useNavigate();
  const signedIn = useQuery(stateQuery).data?.signedIn ?? false;
  const me = useQuery({ ...meQuery, enabled: signedIn }).data;
  const { workspace, email, role, invitedBy, accountExists } = invitation;
  const form = useForm(
    { name: "", password: "" },
    (values) =>
      accountExists
        ? {}
        : {
            name: needed(t, values.name, t("errors.nameMissing")),
            password: passwordError(t, values.password),
          },
    async (values) => {
      const body = accountExists ? {} : { ...values, language };
      const joined = await data(api.POST("/api/invites/{token}", { params: to({ token }), body }));
      const known = new Set(me?.workspaces.map((one) => one.id));
      const fresh = joined.workspaces.find((one) => !known.has(one.id) && one.name === workspace.name);
      if (fresh) remember(fresh.id);
      await enter(client, joined);
      await navigate({ to: "/", replace: true });
    },
  );
  const other = accountExists && signedIn && me !== undefined && me.email !== email;
  const leave = async () => {
    await api.DELETE("/api/session", { params: { header: { "x-closer": "1" } } });
    client.clear();
    await navigate({ to: "/signin", search: { next: `/invite/${token}` } });
  };
  return (
    <Gate
      title={t("gate.invite.title", { workspace: workspace.name })}
      lead={t("gate.invite.lead", { by: invitedBy, role: t(`roles.${role}`) })}
      general={form.general}
    >
      <div className={styles["who"]}>
        <Avatar name={workspace.name} picture={workspace.picture} size={36} shape="square" />
        <div>
          <div className={styles["whoName"]}>{workspace.name}</div>
          <div className={styles["whoNote"]}>{email}</div>
        </div>
      </div>
      {accountExists && !signedIn && (
        <>
          <p className={styles["lead"]}>{t("gate.invite.signInFirst")}</p>
          <div className={styles["form"]}>
            <Link to="/signin" search={{ next: `/invite/${token}` }} className={buttonClass("primary", "large")}>
              {t("gate.signIn.go")}
            </Link>
          </div>
        </>
      )}
      {other && (
        <>
          <p className={styles["lead"]}>{t("gate.invite.otherAccount", { me: me.email, email })}</p>
          <div className={styles["form"]}>
            <Button variant="primary" size="large" onClick={() => void leave()}>
              {t("gate.invite.switchAccount")}
            </Button>
          </div>
        </>
      )}
      {accountExists && signedIn && !other && (
        <GateForm onSubmit={() => void form.submit()}>
          <Button type="submit" variant="primary" size="large" wide busy={form.busy}>
            {t("gate.invite.join")}
          </Button>
        </GateForm>
      )}
      {!accountExists && (
        <GateForm onSubmit={() => void form.submit()}>
          <input type="hidden" name="username" autoComplete="username" value={email} />
          <TextInput
            label={t("fields.name")}
            value={form.values.name}
            onChange={(event) => form.set("name", event.target.value)}
            error={form.errors.name}
            autoComplete="name"
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page has nothing else to begin with
            autoFocus
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
            {t("gate.invite.join")}
          </Button>
        </GateForm>
      )}
    </Gate>
  );
}
