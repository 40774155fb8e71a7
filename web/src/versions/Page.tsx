// The versions of a bot: what was published when, by whom and why; any two of them, or one and the draft, side by side.

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Download, Ellipsis, GitCompare, PencilLine, Rocket, Trash2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";

import type { Bot } from "../api/client";
import { keys } from "../api/queries";
import { useBot } from "../bots/Bot";
import { ago, figure, moment } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { useAct } from "../shell/act";
import { Failed } from "../shell/Loading";
import { useBar } from "../shell/roles";
import { useNow } from "../shell/useNow";
import { useWorkspace } from "../shell/workspace";
import { Badge, Button, buttonClass, Cell, Dialog, DialogButtons, EmptyState, HeadCell, IconButton, Menu, MenuItem, MenuSeparator, say, Skeleton, Table } from "../ui";
import { pathOf, remove, restore, serveAgain, type Version, versionKeys, versionsQuery } from "./api";
import { count } from "./compare";
import { useAhead } from "./Publish";
import styles from "./Versions.module.css";

/** With a canvas, which the list does not need. */
const Comparison = lazy(async () => ({ default: (await import("./Comparison")).Comparison }));

export function VersionsPage() {
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const { from, to } = useSearch({ strict: false }) as { from?: number; to?: number | "draft" };
  if (from !== undefined) {
    return (
      <Suspense fallback={<Skeleton width="full" height="box" />}>
        <Comparison ws={ws} bot={bot} from={from} to={to ?? "draft"} />
      </Suspense>
    );
  }
  return <VersionList ws={ws} bot={bot} />;
}

function VersionList({ ws, bot }: { ws: string; bot: Bot }) {
  const t = useT();
  const versions = useInfiniteQuery(versionsQuery(ws, bot.id));
  const all = versions.data?.pages.flatMap((page) => page.items) ?? [];
  if (versions.error && !versions.data) return <Failed error={versions.error} retry={() => void versions.refetch()} />;
  if (versions.isPending) return <Skeleton width="full" height="box" />;
  if (all.length === 0) {
    return (
      <EmptyState icon={<Rocket size={22} aria-hidden />} title={t("versions.empty.title")}>
        {t("versions.empty.lead")}
      </EmptyState>
    );
  }
  return (
    <div className={styles["list"]}>
      <Table
        label={t("bots.tabs.versions")}
        head={
          <>
            <HeadCell>{t("versions.columns.version")}</HeadCell>
            <HeadCell>{t("versions.columns.note")}</HeadCell>
            <HeadCell>{t("versions.columns.by")}</HeadCell>
            <HeadCell>{t("versions.columns.when")}</HeadCell>
            <HeadCell end>{t("versions.columns.size")}</HeadCell>
            <HeadCell hide>{t("ui.acts")}</HeadCell>
          </>
        }
      >
        <DraftRow ws={ws} bot={bot} />
        {all.map((version, at) => (
          <Row key={version.number} ws={ws} bot={bot} version={version} before={all[at + 1]?.number} />
        ))}
      </Table>
      {versions.hasNextPage && (
        <div className={styles["older"]}>
          <Button busy={versions.isFetchingNextPage} onClick={() => void versions.fetchNextPage()}>
            {t("versions.older")}
          </Button>
        </div>
      )}
    </div>
  );
}

function DraftRow({ ws, bot }: { ws: string; bot: Bot }) {
  const t = useT();
  const language = useLanguage();
  const now = useNow();
  const ahead = useAhead(ws, bot, undefined);
  const n = bot.draftAhead && ahead ? count(ahead) : 0;
  return (
    <tr className={styles["draft"]}>
      <Cell>
        <span className={styles["number"]}>
          <PencilLine size={14} aria-hidden />
          {t("versions.draft")}
        </span>
      </Cell>
      <Cell grow>{bot.draftAhead ? (ahead ? t("versions.ahead", { n }) : t("bots.state.ahead")) : t("versions.sameAsLive")}</Cell>
      <Cell quiet />
      <Cell quiet title={moment(bot.updatedAt, language)}>
        <span className={styles["nowrap"]}>{ago(bot.updatedAt, now, language)}</span>
      </Cell>
      <Cell quiet />
      <Cell end>
        {bot.liveVersion !== null && bot.draftAhead && <CompareLink ws={ws} bot={bot.id} from={bot.liveVersion} to="draft" label={t("versions.compareDraft")} />}
      </Cell>
    </tr>
  );
}

function CompareLink({ ws, bot, from, to, label }: { ws: string; bot: string; from: number; to: number | "draft"; label: string }) {
  const t = useT();
  return (
    <Link to="/w/$ws/bots/$bot/versions" params={{ ws, bot }} search={{ from, to }} className={buttonClass("secondary", "small")} aria-label={label}>
      <GitCompare size={14} aria-hidden />
      {t("versions.compare")}
    </Link>
  );
}

function Row({ ws, bot, version, before }: { ws: string; bot: Bot; version: Version; before: number | undefined }) {
  const t = useT();
  const language = useLanguage();
  const now = useNow();
  const bar = useBar();
  const barred = bar("editor");
  const act = useAct();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<"serve" | "delete">();
  const { number } = version;
  const live = number === bot.liveVersion;
  const touches = [versionKeys.all(ws, bot.id), keys.bot(ws, bot.id), keys.bots(ws), versionKeys.draft(ws, bot.id)];
  const serve = () => act({ run: () => serveAgain(ws, bot.id, number), done: () => say(t("bots.published", { n: number })), touches });
  const bring = () =>
    act({
      run: async () => {
        const undo = await restore(ws, bot.id, number);
        say(t("versions.restored", { n: number }), { label: t("ui.undo"), run: () => void act({ run: undo, touches }) });
      },
      touches,
    });
  const throwAway = () =>
    act({
      run: () => remove(ws, bot.id, number),
      done: () => {
        client.removeQueries({ queryKey: versionKeys.file(ws, bot.id, number) });
        say(t("versions.deleted", { n: number }));
      },
      touches,
    });
  return (
    <tr className={styles["row"]}>
      <Cell>
        <span className={styles["number"]}>
          v{number}
          {live && (
            <Badge tone="good" dot>
              {t("versions.live")}
            </Badge>
          )}
        </span>
      </Cell>
      <Cell grow>{version.note ? <span className={styles["note"]}>{version.note}</span> : <span className={styles["noNote"]}>{t("versions.noNote")}</span>}</Cell>
      <Cell>
        <span className={styles["nowrap"]}>{version.publishedBy ?? t("versions.byCommand")}</span>
      </Cell>
      <Cell quiet title={moment(version.createdAt, language)}>
        <span className={styles["nowrap"]}>{ago(version.createdAt, now, language)}</span>
      </Cell>
      <Cell end quiet>
        <span className={styles["nowrap"]}>{t("versions.kb", { n: figure(Math.max(1, Math.round(version.size / 1024)), language) })}</span>
      </Cell>
      <Cell end>
        <span className={styles["acts"]}>
          {before !== undefined && <CompareLink ws={ws} bot={bot.id} from={before} to={number} label={t("versions.compareTwo", { from: before, to: number })} />}
          <Menu
            align="end"
            trigger={
              <IconButton label={t("versions.more", { n: number })} size="small" bare>
                <Ellipsis size={16} aria-hidden />
              </IconButton>
            }
          >
            <MenuItem icon={<GitCompare size={16} aria-hidden />} onClick={() => void navigate({ to: "/w/$ws/bots/$bot/versions", params: { ws, bot: bot.id }, search: { from: number, to: "draft" } })}>
              {t("versions.withDraft")}
            </MenuItem>
            <MenuItem icon={<PencilLine size={16} aria-hidden />} disabled={barred !== undefined} {...(barred && { note: barred })} onClick={() => void bring()}>
              {t("versions.restore")}
            </MenuItem>
            <MenuItem icon={<Rocket size={16} aria-hidden />} disabled={live || barred !== undefined} {...(live && { note: t("versions.isLive") })} onClick={() => setDialog("serve")}>
              {t("versions.serve")}
            </MenuItem>
            <MenuItem
              icon={<Download size={16} aria-hidden />}
              onClick={() => {
                const link = document.createElement("a");
                link.href = `${pathOf(ws, bot.id)}/versions/${number}/file`;
                link.download = `${bot.title}-v${number}.json`;
                link.click();
              }}
            >
              {t("versions.export")}
            </MenuItem>
            <MenuSeparator />
            <MenuItem danger icon={<Trash2 size={16} aria-hidden />} disabled={live || barred !== undefined} {...(live && { note: t("versions.liveStays") })} onClick={() => setDialog("delete")}>
              {t("versions.delete")}
            </MenuItem>
          </Menu>
        </span>
        <Dialog
          open={dialog === "serve"}
          onClose={() => setDialog(undefined)}
          width="small"
          title={t("versions.serveTitle", { n: number })}
          description={t("versions.serveLead", { n: number, live: bot.liveVersion ?? 0 })}
          footer={
            <DialogButtons
              act={t("versions.serve")}
              onCancel={() => setDialog(undefined)}
              onAct={() => {
                setDialog(undefined);
                void serve();
              }}
            />
          }
        />
        <Dialog
          open={dialog === "delete"}
          onClose={() => setDialog(undefined)}
          width="small"
          title={t("versions.deleteTitle", { n: number })}
          description={t("versions.deleteLead")}
          footer={
            <DialogButtons
              act={t("versions.delete")}
              variant="danger"
              onCancel={() => setDialog(undefined)}
              onAct={() => {
                setDialog(undefined);
                void throwAway();
              }}
            />
          }
        />
      </Cell>
    </tr>
  );
}
