// A bridge is made: the old server's address, a look at what it answers, a name.

import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { ArrowLeft, PlugZap } from "lucide-react";
import { useState } from "react";

import { api, data, to } from "../api/client";
import { keys } from "../api/queries";
import { titleError } from "../bots/checks";
import backStyles from "../bots/New.module.css";
import { useT } from "../i18n/i18n";
import { useForm } from "../shell/form";
import { useBar } from "../shell/roles";
import { useWorkspace } from "../shell/workspace";
import { Banner, Button, Page, PageHead, say, Section, TextInput } from "../ui";
import styles from "./Bridge.module.css";
import { Checks } from "./Checks";
import { check, type Report } from "./read";

/** Without slashes at the end, as the server keeps it. */
export function cleaned(url: string): string {
  return url.trim().replace(/\/+$/, "");
}

export function NewBridge() {
  const t = useT();
  const bar = useBar();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { id: ws } = useWorkspace();
  const [report, setReport] = useState<Report>();
  const barred = bar("admin");
  const look = useForm(
    { url: "", say: "" },
    (values) => ({ url: values.url.trim() ? undefined : t("bridge.urlMissing") }),
    async (values) => {
      setReport(undefined);
      setReport(await check(ws, { url: values.url, ...(values.say.trim() && { say: values.say.trim() }) }));
    },
  );
  const { url } = look.values;
  // Another address than the one that was looked at is not known to work.
  const looked = report !== undefined && report.url === cleaned(url);
  const make = useForm(
    { title: "" },
    (values) => ({ title: titleError(t, values.title) }),
    async (values) => {
      const body = { title: values.title.trim(), url };
      const bot = await data(api.POST("/api/workspaces/{ws}/bridges", { params: to({ ws }), body }));
      client.setQueryData(keys.bot(ws, bot.id), bot);
      void client.invalidateQueries({ queryKey: keys.bots(ws) });
      say(t("bridge.made", { title: bot.title }));
      await navigate({ to: "/w/$ws/bots/$bot/channels", params: { ws, bot: bot.id } });
    },
  );
  return (
    <Page width="narrow">
      <PageHead
        title={t("bridge.new.title")}
        back={
          <Link to="/w/$ws/bots/new" params={{ ws }} className={backStyles["back"]}>
            <ArrowLeft size={14} aria-hidden />
            {t("bots.new.title")}
          </Link>
        }
      >
        {t("bridge.new.lead")}
      </PageHead>
      {barred && <Banner tone="warn">{barred}</Banner>}
      <Section title={t("bridge.new.address")} description={t("bridge.new.addressLead")}>
        <form
          className={styles["form"]}
          onSubmit={(event) => {
            event.preventDefault();
            void look.submit();
          }}
        >
          {look.general && (
            <Banner tone="danger" title={look.general.title}>
              {look.general.detail}
            </Banner>
          )}
          <TextInput
            label={t("bridge.url")}
            hint={t("bridge.urlHint")}
            placeholder="https://bot.example.com/kakao"
            inputMode="url"
            value={url}
            onChange={(event) => look.set("url", event.target.value)}
            error={look.errors.url}
            disabled={barred !== undefined}
            autoComplete="off"
          />
          <TextInput
            label={t("bridge.say")}
            hint={t("bridge.sayHint")}
            placeholder={t("bridge.sayExample")}
            value={look.values.say}
            onChange={(event) => look.set("say", event.target.value)}
            error={look.errors.say}
            disabled={barred !== undefined}
            autoComplete="off"
          />
          <div>
            <Button type="submit" variant={looked ? "secondary" : "primary"} busy={look.busy} reason={barred} icon={<PlugZap size={16} aria-hidden />}>
              {t("bridge.check.act")}
            </Button>
          </div>
        </form>
        {report && <Checks report={report} />}
      </Section>
      {looked && (
        <Section title={t("bridge.new.name")} description={t("bridge.new.nameLead")}>
          <form
            className={styles["form"]}
            onSubmit={(event) => {
              event.preventDefault();
              void make.submit();
            }}
          >
            {make.general && (
              <Banner tone="danger" title={make.general.title}>
                {make.general.detail}
              </Banner>
            )}
            <TextInput
              label={t("fields.botTitle")}
              hint={t("bots.new.nameHint")}
              value={make.values.title}
              onChange={(event) => make.set("title", event.target.value)}
              error={make.errors.title}
              autoComplete="off"
            />
            {!report.ok && <p className={styles["note"]}>{t("bridge.new.anyway")}</p>}
            <div>
              <Button type="submit" variant="primary" busy={make.busy} reason={barred}>
                {t("bridge.new.go")}
              </Button>
            </div>
          </form>
        </Section>
      )}
      <Section title={t("bridge.lost.title")} description={t("bridge.lost.lead")}>
        <ul className={styles["lost"]}>
          <li>{t("bridge.lost.leave")}</li>
          <li>{t("bridge.lost.silence")}</li>
          <li>{t("bridge.lost.typing")}</li>
          <li>{t("bridge.lost.welcome")}</li>
        </ul>
      </Section>
    </Page>
  );
}
