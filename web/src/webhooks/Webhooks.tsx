// Where a bot's business is told what becomes of consultations: a section of the bot's settings.

import { useQuery } from "@tanstack/react-query";
import { Pencil, Plus } from "lucide-react";
import { useState } from "react";

import { useBot } from "../bots/Bot";
import { moment } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { useAct } from "../shell/act";
import { Failed } from "../shell/Loading";
import { ranks, useBar } from "../shell/roles";
import { useWorkspace } from "../shell/workspace";
import { Badge, Button, IconButton, Section, Skeleton } from "../ui";
import { changeWebhook, type Webhook, webhooksQuery } from "./read";
import { WebhookDialog } from "./WebhookDialog";
import styles from "./Webhooks.module.css";

export function Webhooks() {
  const t = useT();
  const { id: ws, role } = useWorkspace();
  const bot = useBot();
  const barred = useBar()("admin");
  const mayRead = ranks(role, "admin");
  const read = useQuery({ ...webhooksQuery(ws, bot.id), enabled: mayRead });
  const [dialog, setDialog] = useState<Webhook | "new">();
  return (
    <Section title={t("webhooks.title")} description={t("webhooks.lead")}>
      {mayRead && read.isPending && <Skeleton width="full" height="control" />}
      {read.error && !read.data && <Failed error={read.error} retry={() => void read.refetch()} />}
      <ul className={styles["list"]}>
        {(read.data ?? []).map((one) => (
          <Row key={one.id} ws={ws} bot={bot.id} one={one} onOpen={() => setDialog(one)} />
        ))}
      </ul>
      <div>
        <Button icon={<Plus size={15} aria-hidden />} reason={barred} onClick={() => setDialog("new")}>
          {t("webhooks.add")}
        </Button>
      </div>
      {dialog !== undefined && <WebhookDialog ws={ws} bot={bot.id} now={dialog === "new" ? undefined : dialog} onClose={() => setDialog(undefined)} />}
    </Section>
  );
}

function Row({ ws, bot, one, onOpen }: { ws: string; bot: string; one: Webhook; onOpen: () => void }) {
  const t = useT();
  const act = useAct();
  const language = useLanguage();
  const { name, url, events } = one;
  const resume = () => void act({ run: () => changeWebhook(ws, bot, one.id, { name, url, events, enabled: true }), touches: [webhooksQuery(ws, bot).queryKey] });
  const stand = one.why !== null ? t("webhooks.stopped", { why: one.why }) : one.againAt !== null ? t("webhooks.again", { at: moment(one.againAt, language) }) : undefined;
  return (
    <li className={styles["row"]}>
      <div className={styles["words"]}>
        <p className={styles["name"]}>
          {name} <Badge tone={one.why !== null ? "danger" : one.enabled ? "good" : "neutral"}>{one.why !== null ? t("webhooks.off") : one.enabled ? t("webhooks.on") : t("webhooks.paused")}</Badge>
        </p>
        <p className={styles["url"]}>{url}</p>
        {stand && <p className={styles["why"]}>{stand}</p>}
      </div>
      {one.why !== null && (
        <Button size="small" onClick={resume}>
          {t("webhooks.resume")}
        </Button>
      )}
      <IconButton size="small" label={t("webhooks.changeOf", { name })} onClick={onOpen}>
        <Pencil size={14} aria-hidden />
      </IconButton>
    </li>
  );
}
