// What members changed, newest first, by day.

import { useInfiniteQuery } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import { Fragment, type ReactNode } from "react";

import type { AuditLine, SessionBehavior, SystemMessage } from "../api/client";
import { auditQuery } from "../api/queries";
import { clock, day } from "../i18n/format";
import { type Key, useLanguage, useT } from "../i18n/i18n";
import { Failed } from "../shell/Loading";
import { useBar } from "../shell/roles";
import { useNow } from "../shell/useNow";
import { useWorkspace } from "../shell/workspace";
import { Banner, Button, EmptyState, Page, PageHead, Skeleton } from "../ui";
import styles from "./Settings.module.css";

export function Audit() {
  const t = useT();
  const bar = useBar();
  const { id: ws } = useWorkspace();
  const barred = bar("admin");
  return (
    <Page width="narrow">
      <PageHead title={t("settings.audit.title")}>{t("settings.audit.lead")}</PageHead>
      {barred ? <Banner tone="warn">{barred}</Banner> : <Lines ws={ws} />}
    </Page>
  );
}

function Lines({ ws }: { ws: string }) {
  const t = useT();
  const language = useLanguage();
  const now = useNow();
  const log = useInfiniteQuery(auditQuery(ws));
  if (log.error && !log.data) return <Failed error={log.error} retry={() => void log.refetch()} />;
  if (!log.data) return <Skeleton width="full" height="box" />;
  const lines = log.data.pages.flatMap((page) => page.items);
  if (lines.length === 0) return <EmptyState icon={<ScrollText size={22} aria-hidden />} title={t("settings.audit.none")} />;
  const days = new Map<string, AuditLine[]>();
  for (const line of lines) {
    const name = day(line.at, now, language);
    days.set(name, [...(days.get(name) ?? []), line]);
  }
  return (
    <div>
      {[...days].map(([name, ofDay]) => (
        <Fragment key={name}>
          <h2 className={styles["day"]}>{name}</h2>
          {ofDay.map((line) => (
            <div key={line.id} className={styles["event"]}>
              <time className={styles["eventTime"]} dateTime={new Date(line.at).toISOString()}>
                {clock(line.at, language)}
              </time>
              <Sentence line={line} />
            </div>
          ))}
        </Fragment>
      ))}
      {log.hasNextPage && (
        <div className={styles["more"]}>
          <Button busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {t("settings.audit.more")}
          </Button>
        </div>
      )}
    </div>
  );
}

const SENTENCES: Record<string, Extract<Key, `audit.${string}`>> = {
  "workspace.add": "audit.workspaceAdd",
  "workspace.rename": "audit.workspaceRename",
  "workspace.picture": "audit.workspacePicture",
  "member.join": "audit.memberJoin",
  "member.role": "audit.memberRole",
  "member.remove": "audit.memberRemove",
  "member.leave": "audit.memberLeave",
  "invite.add": "audit.inviteAdd",
  "invite.revoke": "audit.inviteRevoke",
  "bot.add": "audit.botAdd",
  "bot.change": "audit.botChange",
  "bot.publish": "audit.botPublish",
  "bot.overwrite": "audit.botOverwrite",
  "bot.delete": "audit.botDelete",
  "bot.restore": "audit.botRestore",
  "bot.edit": "audit.botEdit",
  "bot.serve": "audit.botServe",
  "bot.revert": "audit.botRevert",
  "bot.deleteVersion": "audit.botDeleteVersion",
  "bot.addTest": "audit.botAddTest",
  "kakao.change": "audit.kakaoChange",
  "kakao.remove": "audit.kakaoRemove",
  "alerts.rules": "audit.alertsRules",
  "alerts.secret": "audit.alertsSecret",
  "records.change": "audit.recordsChange",
  "customer.export": "audit.customerExport",
  "customer.erase": "audit.customerErase",
  "channel.web": "audit.channelWeb",
  "channel.web-secret": "audit.channelWebSecret",
  "chat.settings": "audit.chatSettings",
  "agent.categories": "audit.agentCategories",
  "webhook.add": "audit.webhookAdd",
  "webhook.change": "audit.webhookChange",
  "webhook.remove": "audit.webhookRemove",
  "webhook.secret": "audit.webhookSecret",
};

function Sentence({ line }: { line: AuditLine }): ReactNode {
  const t = useT();
  const key = SENTENCES[line.action];
  // An action that this page does not know yet is shown as the server names it, never left out.
  const text = key
    ? t(key as "audit.botAdd", { actor: line.actor.name, target: line.target })
    : `${line.actor.name} · ${line.action} · ${line.target}`;
  const note = useDetail(line);
  return (
    <div>
      {text}
      {note && <span className={styles["eventNote"]}>{note}</span>}
    </div>
  );
}

/** What else there is to say, in the words of the page: roles, and names of settings. */
function useDetail({ action, detail }: AuditLine): string {
  const t = useT();
  // Ids and lists that are for machines are left out.
  if (detail === "" || UNSAID.has(action)) return "";
  const word = DETAILS[`${action} ${detail}`];
  if (word) return t(word);
  if (action === "records.change") {
    const [zone = "", messages = "", traces = "", requests = ""] = detail.split(" ");
    const days = (n: string) => (n === "∞" ? t("records.forever") : t("records.days", { n: Number(n) }));
    return t("audit.details.records", { messages: days(messages), traces: days(traces), requests: days(requests), zone });
  }
  if (action === "workspace.rename") return t("audit.before", { name: detail });
  // The number of a version.
  if (["bot.serve", "bot.revert", "bot.deleteVersion"].includes(action)) return `v${detail}`;
  if (action === "bot.change") {
    return detail
      .split(", ")
      .map((field) => {
        const name = FIELDS[field.split(".").pop() ?? ""];
        return name ? t(name) : field;
      })
      .join(", ");
  }
  return detail.replaceAll(/\b(owner|admin|editor|readonly)\b/g, (role) => t(`roles.${role as "owner"}`));
}

const UNSAID = new Set(["bot.add", "customer.export", "customer.erase", "agent.categories", "chat.settings"]);
const DETAILS: Record<string, Exclude<Extract<Key, `audit.details.${string}`>, "audit.details.records">> = {
  "kakao.change on": "audit.details.on",
  "kakao.change off": "audit.details.off",
  "kakao.change header set": "audit.details.headerSet",
  "kakao.change header removed": "audit.details.headerRemoved",
  "channel.web on": "audit.details.on",
  "channel.web off": "audit.details.off",
};

type Messages = `bots.messages.${keyof SystemMessage}`;
type Behaviours = `bots.settings.${keyof SessionBehavior}`;

const FIELDS: Record<string, "fields.botTitle" | "fields.description" | Messages | Behaviours> = {
  title: "fields.botTitle",
  description: "fields.description",
  empty: "bots.messages.empty",
  error: "bots.messages.error",
  additionalChoice: "bots.messages.additionalChoice",
  unsupportedMedia: "bots.messages.unsupportedMedia",
  more: "bots.messages.more",
  waiting: "bots.messages.waiting",
  waitingButton: "bots.messages.waitingButton",
  welcomeOnSessionStart: "bots.settings.welcomeOnSessionStart",
  welcomeOnMessageWithoutSession: "bots.settings.welcomeOnMessageWithoutSession",
  restoreNavigation: "bots.settings.restoreNavigation",
};
