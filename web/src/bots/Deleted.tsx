// Deleted bots, which can be brought back for 30 days.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowLeft, RotateCcw, Trash2 } from "lucide-react";

import { api, type BotSummary, to } from "../api/client";
import { deletedBotsQuery, keys } from "../api/queries";
import { ago, daysLeft, moment } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { useAct } from "../shell/act";
import { Failed } from "../shell/Loading";
import { useBar } from "../shell/roles";
import { useNow } from "../shell/useNow";
import { useWorkspace } from "../shell/workspace";
import { Avatar, Button, Cell, EmptyState, HeadCell, Page, PageHead, say, Skeleton, Table } from "../ui";
import backStyles from "./New.module.css";
import styles from "./Overview.module.css";

const KEPT_MS = 30 * 86_400_000;

export function Deleted() {
  const t = useT();
  const language = useLanguage();
  const now = useNow();
  const bar = useBar();
  const { id: ws } = useWorkspace();
  const bots = useQuery(deletedBotsQuery(ws));
  const restore = useRestore();
  return (
    <Page width="narrow">
      <PageHead
        title={t("bots.deleted.title")}
        back={
          <Link to="/w/$ws/bots" params={{ ws }} className={backStyles["back"]}>
            <ArrowLeft size={14} aria-hidden />
            {t("places.bots")}
          </Link>
        }
      >
        {t("bots.deleted.lead")}
      </PageHead>
      {bots.error && !bots.data && <Failed error={bots.error} retry={() => void bots.refetch()} />}
      {bots.isPending && <Skeleton width="full" height="box" />}
      {bots.data?.length === 0 && <EmptyState icon={<Trash2 size={22} aria-hidden />} title={t("bots.deleted.none")} />}
      {bots.data && bots.data.length > 0 && (
        <Table
          label={t("bots.deleted.title")}
          head={
            <>
              <HeadCell>{t("bots.columns.name")}</HeadCell>
              <HeadCell>{t("bots.deleted.when")}</HeadCell>
              <HeadCell>{t("bots.deleted.left")}</HeadCell>
              <HeadCell hide>{t("ui.acts")}</HeadCell>
            </>
          }
        >
          {bots.data.map((bot) => (
            <tr key={bot.id}>
              <Cell grow>
                <span className={styles["named"]}>
                  <Avatar name={bot.title} size={32} shape="square" />
                  <strong>{bot.title}</strong>
                </span>
              </Cell>
              <Cell quiet title={moment(bot.deletedAt ?? 0, language)}>
                <span className={styles["nowrap"]}>{ago(bot.deletedAt ?? 0, now, language)}</span>
              </Cell>
              <Cell quiet>
                <span className={styles["nowrap"]}>{t("bots.deleted.days", { n: daysLeft((bot.deletedAt ?? 0) + KEPT_MS, now) })}</span>
              </Cell>
              <Cell end>
                <Button size="small" icon={<RotateCcw size={14} aria-hidden />} reason={bar("admin")} onClick={() => void restore(bot)}>
                  {t("bots.deleted.restore")}
                </Button>
              </Cell>
            </tr>
          ))}
        </Table>
      )}
    </Page>
  );
}

/** Brings a deleted bot back. */
export function useRestore(): (bot: { id: string; title: string }) => Promise<boolean> {
  const t = useT();
  const act = useAct();
  const { id: ws } = useWorkspace();
  return (bot) =>
    act<BotSummary[]>({
      key: keys.deletedBots(ws),
      guess: (bots) => bots.filter((one) => one.id !== bot.id),
      run: () => api.POST("/api/workspaces/{ws}/bots/{bot}/restore", { params: to({ ws, bot: bot.id }) }),
      touches: [keys.bots(ws)],
      done: () => say(t("bots.deleted.restored", { title: bot.title })),
    });
}
