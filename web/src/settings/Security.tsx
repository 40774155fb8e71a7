// Password, one-time codes, and where one is signed in.

import { useQuery } from "@tanstack/react-query";
import { Monitor, Smartphone } from "lucide-react";
import { useState } from "react";

import { api, marked, type SignIn, to } from "../api/client";
import { keys, sessionsQuery } from "../api/queries";
import { passwordError } from "../gate/checks";
import { ago, moment } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { useAct } from "../shell/act";
import { useForm } from "../shell/form";
import { Failed } from "../shell/Loading";
import { useNow } from "../shell/useNow";
import { useMe } from "../shell/workspace";
import { Badge, Banner, Button, FormFoot, Line, Page, PageHead, say, Section, Skeleton, TextInput } from "../ui";
import { readAgent } from "./agent";
import styles from "./Settings.module.css";
import { TotpOff, TotpOn } from "./Totp";

export function Security() {
  const t = useT();
  return (
    <Page width="narrow">
      <PageHead title={t("settings.security.title")} />
      <Password />
      <Codes />
      <Sessions />
    </Page>
  );
}

function Password() {
  const t = useT();
  const me = useMe();
  const act = useAct();
  const form = useForm(
    { current: "", next: "" },
    (values) => ({
      current: values.current === "" ? t("errors.passwordMissing") : undefined,
      next: passwordError(t, values.next),
    }),
    async (values, { reset }) => {
      await api.POST("/api/me/password", { params: marked, body: values });
      reset({ current: "", next: "" });
      say(t("settings.security.passwordChanged"));
      void act({ run: () => Promise.resolve(), touches: [keys.sessions] });
    },
  );
  return (
    <Section title={t("fields.password")} description={t("settings.security.passwordLead")}>
      <form
        noValidate
        className={styles["links"]}
        onSubmit={(event) => {
          event.preventDefault();
          void form.submit();
        }}
      >
        {form.general && (
          <Banner tone="danger" title={form.general.title}>
            {form.general.detail}
          </Banner>
        )}
        <input type="hidden" name="username" autoComplete="username" value={me.email} />
        <TextInput
          label={t("fields.currentPassword")}
          type="password"
          value={form.values.current}
          onChange={(event) => form.set("current", event.target.value)}
          error={form.errors.current}
          autoComplete="current-password"
        />
        <TextInput
          label={t("fields.newPassword")}
          type="password"
          hint={t("gate.passwordHint")}
          value={form.values.next}
          onChange={(event) => form.set("next", event.target.value)}
          error={form.errors.next}
          autoComplete="new-password"
        />
        <FormFoot>
          <Button type="submit" busy={form.busy} disabled={!form.values.current && !form.values.next}>
            {t("settings.security.changePassword")}
          </Button>
        </FormFoot>
      </form>
    </Section>
  );
}

function Codes() {
  const t = useT();
  const { totp } = useMe();
  // What was begun stays open to its end: the account changes on the way.
  const [open, setOpen] = useState<"on" | "off">();
  const close = () => setOpen(undefined);
  return (
    <Section title={t("settings.security.codes")} description={t("settings.security.codesLead")}>
      <Line
        title={
          totp ? (
            <Badge tone="good" dot>
              {t("settings.security.codesOn")}
            </Badge>
          ) : (
            <Badge>{t("settings.security.codesOff")}</Badge>
          )
        }
        action={<Button onClick={() => setOpen(totp ? "off" : "on")}>{totp ? t("settings.security.codesStop") : t("settings.security.codesStart")}</Button>}
      >
        {totp ? t("settings.security.codesOnHint") : t("settings.security.codesOffHint")}
      </Line>
      {open === "on" && <TotpOn onClose={close} />}
      {open === "off" && <TotpOff onClose={close} />}
    </Section>
  );
}

function Sessions() {
  const t = useT();
  const act = useAct();
  const sessions = useQuery(sessionsQuery);
  const others = sessions.data?.filter((one) => !one.current) ?? [];
  const end = (one: SignIn) =>
    act<SignIn[]>({
      key: keys.sessions,
      guess: (all) => all.filter((other) => other.id !== one.id),
      run: () => api.DELETE("/api/sessions/{id}", { params: to({ id: one.id }) }),
      done: () => say(t("settings.security.ended")),
    });
  const endOthers = () =>
    act<SignIn[]>({
      key: keys.sessions,
      guess: (all) => all.filter((one) => one.current),
      run: () => api.DELETE("/api/sessions", { params: marked }),
      done: () => say(t("settings.security.endedOthers")),
    });
  return (
    <Section title={t("settings.security.sessions")} description={t("settings.security.sessionsLead")}>
      {sessions.error && !sessions.data && <Failed error={sessions.error} retry={() => void sessions.refetch()} />}
      {sessions.isPending && <Skeleton width="full" height="box" />}
      {sessions.data && (
        <ul>
          {sessions.data.map((one) => (
            <Session key={one.id} session={one} onEnd={() => void end(one)} />
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <FormFoot>
          <Button variant="danger-quiet" onClick={() => void endOthers()}>
            {t("settings.security.endOthers")}
          </Button>
        </FormFoot>
      )}
    </Section>
  );
}

function Session({ session, onEnd }: { session: SignIn; onEnd: () => void }) {
  const t = useT();
  const language = useLanguage();
  const now = useNow();
  const { browser, system, phone } = readAgent(session.userAgent);
  const Icon = phone ? Smartphone : Monitor;
  const name = [browser, system].filter(Boolean).join(" · ") || t("settings.security.unknownDevice");
  return (
    <li className={styles["session"]}>
      <Icon size={20} strokeWidth={1.75} aria-hidden />
      <div className={styles["sessionWords"]}>
        <div className={styles["sessionName"]}>
          {name}
          {session.current && <Badge tone="accent">{t("settings.security.thisOne")}</Badge>}
        </div>
        <div className={styles["sessionNote"]} title={moment(session.createdAt, language)}>
          {t("settings.security.seen", { when: ago(session.lastSeenAt, now, language), address: session.address })}
        </div>
      </div>
      {!session.current && (
        <Button size="small" onClick={onEnd} aria-label={t("settings.security.endThis", { device: name })}>
          {t("settings.security.end")}
        </Button>
      )}
    </li>
  );
}
