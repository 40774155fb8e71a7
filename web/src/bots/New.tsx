// A new bot: from one of the examples, or from a file.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useLocation, useNavigate } from "@tanstack/react-router";
import { ArrowLeft, CalendarCheck, ContactRound, GraduationCap, Headset, type LucideIcon, PlugZap, ShoppingBag, Square } from "lucide-react";
import { useEffect, useRef, useState } from "react";

import { api, data, type Template, to } from "../api/client";
import { keys, templatesQuery } from "../api/queries";
import { useLanguage, useT } from "../i18n/i18n";
import { useForm } from "../shell/form";
import { Failed } from "../shell/Loading";
import { useBar } from "../shell/roles";
import { useWorkspace } from "../shell/workspace";
import { Banner, cx, Dialog, DialogButtons, Dropzone, Page, PageHead, say, Skeleton, TextInput } from "../ui";
import { titleError } from "./checks";
import { useImport } from "./importing";
import styles from "./New.module.css";

const ICONS: Record<string, LucideIcon> = {
  empty: Square,
  tutorial: GraduationCap,
  "customer-service": Headset,
  leads: ContactRound,
  shop: ShoppingBag,
  reservation: CalendarCheck,
};

export function New() {
  const t = useT();
  const bar = useBar();
  const language = useLanguage();
  const { id: ws } = useWorkspace();
  const templates = useQuery(templatesQuery(ws, language));
  const [chosen, setChosen] = useState<Template>();
  const { take, busy, dialog } = useImport();
  const { hash } = useLocation();
  const file = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (hash === "file") file.current?.querySelector("button")?.focus();
  }, [hash]);
  const barred = bar("admin");
  return (
    <Page width="narrow">
      <PageHead
        title={t("bots.new.title")}
        back={
          <Link to="/w/$ws/bots" params={{ ws }} className={styles["back"]}>
            <ArrowLeft size={14} aria-hidden />
            {t("places.bots")}
          </Link>
        }
      >
        {t("bots.new.lead")}
      </PageHead>
      {barred && <Banner tone="warn">{barred}</Banner>}
      {templates.error && <Failed error={templates.error} retry={() => void templates.refetch()} />}
      <ul className={styles["grid"]}>
        {templates.isPending && [0, 1, 2, 3, 4, 5].map((one) => <Skeleton key={one} width="full" height="box" />)}
        {templates.data?.map((template) => {
          const Icon = ICONS[template.id] ?? Square;
          return (
            <li key={template.id}>
              <button
                type="button"
                className={cx(styles["card"], template.id === "empty" && styles["plain"])}
                disabled={barred !== undefined}
                onClick={() => setChosen(template)}
              >
                <Icon size={20} strokeWidth={1.75} aria-hidden />
                <span className={styles["cardTitle"]}>{template.title}</span>
                <span className={styles["cardText"]}>{template.description}</span>
                <span className={styles["cardNote"]}>{t("bots.new.flows", { n: template.flows })}</span>
              </button>
            </li>
          );
        })}
      </ul>
      <div ref={file} className={styles["file"]}>
        <Dropzone accept=".json,application/json" onFile={take} disabled={busy || barred !== undefined} hint={t("bots.new.fileHint")}>
          {t("bots.new.file")}
        </Dropzone>
      </div>
      <Link to="/w/$ws/bots/new/bridge" params={{ ws }} className={styles["bridge"]}>
        <PlugZap size={20} strokeWidth={1.75} aria-hidden />
        <span>
          <span className={styles["bridgeTitle"]}>{t("bots.new.bridge")}</span>
          <span className={styles["bridgeText"]}>{t("bots.new.bridgeHint")}</span>
        </span>
      </Link>
      {chosen && <Name template={chosen} onClose={() => setChosen(undefined)} />}
      {dialog}
    </Page>
  );
}

/** What the new bot is called. */
function Name({ template, onClose }: { template: Template; onClose: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { id: ws } = useWorkspace();
  const form = useForm(
    { title: template.id === "empty" ? "" : template.title },
    (values) => ({ title: titleError(t, values.title) }),
    async (values) => {
      const body = { template: template.id, title: values.title.trim() };
      const { bot } = await data(api.POST("/api/workspaces/{ws}/bots", { params: to({ ws }), body }));
      client.setQueryData(keys.bot(ws, bot.id), bot);
      void client.invalidateQueries({ queryKey: keys.bots(ws) });
      onClose();
      say(t("bots.new.made", { title: bot.title }));
      await navigate({ to: "/w/$ws/bots/$bot", params: { ws, bot: bot.id } });
    },
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={template.id === "empty" ? t("bots.new.nameEmpty") : t("bots.new.name", { template: template.title })}
      width="small"
      onSubmit={() => void form.submit()}
      footer={<DialogButtons act={t("bots.new.go")} onCancel={onClose} busy={form.busy} />}
    >
      {form.general && (
        <Banner tone="danger" title={form.general.title}>
          {form.general.detail}
        </Banner>
      )}
      <TextInput
        label={t("fields.botTitle")}
        hint={t("bots.new.nameHint")}
        value={form.values.title}
        onChange={(event) => form.set("title", event.target.value)}
        onFocus={(event) => event.target.select()}
        error={form.errors.title}
        autoComplete="off"
      />
    </Dialog>
  );
}
