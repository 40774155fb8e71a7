// The bots of a workspace: found by name, seen at a glance.

import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Bot as BotIcon, FileUp, Plus, Search, Trash2 } from "lucide-react";
import { type DragEvent, useState } from "react";

import type { BotSummary } from "../api/client";
import { botsQuery } from "../api/queries";
import { ago, figure, moment } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { Failed } from "../shell/Loading";
import { useBar } from "../shell/roles";
import { match } from "../shell/search";
import { useNow } from "../shell/useNow";
import { useWorkspace } from "../shell/workspace";
import { Avatar, Button, buttonClass, cx, EmptyState, Page, PageHead, Skeleton, TextInput } from "../ui";
import { useImport } from "./importing";
import styles from "./List.module.css";
import { Ahead, Kakao, Live } from "./state";

export function List() {
  const t = useT();
  const bar = useBar();
  const { id: ws } = useWorkspace();
  const { q: asked = "" } = useSearch({ strict: false });
  const navigate = useNavigate();
  // Kept here and written to the address behind: a field whose value comes back late breaks the composing of Hangul.
  const [q, setQ] = useState(asked);
  const search = (next: string) => {
    setQ(next);
    void navigate({ to: ".", search: next ? { q: next } : {}, replace: true });
  };
  const bots = useQuery(botsQuery(ws));
  const { take, dialog } = useImport();
  const barred = bar("admin");
  // By first consonants only in names: in sentences two of them stand side by side everywhere.
  const found = (bots.data ?? []).filter((bot) => match(bot.title, q) !== undefined || (match(bot.description, q) ?? 2) < 2);

  return (
    <DropTarget disabled={barred !== undefined} onFile={take}>
      <Page>
        <PageHead
          title={t("places.bots")}
          note={bots.data && bots.data.length > 0 ? bots.data.length : undefined}
          actions={
            <>
              {barred === undefined && (
                <Link to="/w/$ws/bots/new" params={{ ws }} hash="file" className={cx(buttonClass("secondary"), styles["importLink"])}>
                  <FileUp size={16} aria-hidden />
                  {t("bots.new.import")}
                </Link>
              )}
              {barred === undefined ? (
                <Link to="/w/$ws/bots/new" params={{ ws }} className={buttonClass("primary")}>
                  <Plus size={16} aria-hidden />
                  {t("bots.new.act")}
                </Link>
              ) : (
                <Button icon={<Plus size={16} aria-hidden />} reason={barred}>
                  {t("bots.new.act")}
                </Button>
              )}
            </>
          }
        />
        {bots.error && !bots.data && <Failed error={bots.error} retry={() => void bots.refetch()} />}
        {bots.isPending && <Rows />}
        {bots.data && bots.data.length === 0 && (
          <EmptyState
            icon={<BotIcon size={22} aria-hidden />}
            title={t("bots.empty.title")}
            action={
              <>
                {barred === undefined && (
                  <Link to="/w/$ws/bots/new" params={{ ws }} className={buttonClass("primary", "large")}>
                    {t("bots.empty.act")}
                  </Link>
                )}
                <Link to="/w/$ws/bots/deleted" params={{ ws }} className={buttonClass("quiet", "large")}>
                  {t("bots.deleted.title")}
                </Link>
              </>
            }
          >
            {barred === undefined ? t("bots.empty.lead") : t("bots.empty.leadReader")}
          </EmptyState>
        )}
        {bots.data && bots.data.length > 0 && (
          <>
            <div className={styles["tools"]} data-search>
              <TextInput
                label={t("bots.search")}
                hideLabel
                type="search"
                icon={<Search size={16} aria-hidden />}
                placeholder={t("bots.search")}
                value={q}
                onChange={(event) => search(event.target.value)}
              />
            </div>
            {found.length > 0 ? (
              <Bots bots={found} />
            ) : (
              <EmptyState
                icon={<Search size={22} aria-hidden />}
                title={t("bots.notFound", { q })}
                action={<Button onClick={() => search("")}>{t("bots.clearSearch")}</Button>}
              />
            )}
          </>
        )}
        {bots.data && bots.data.length > 0 && (
          <Link to="/w/$ws/bots/deleted" params={{ ws }} className={styles["deleted"]}>
            <Trash2 size={14} aria-hidden />
            {t("bots.deleted.title")}
          </Link>
        )}
      </Page>
      {dialog}
    </DropTarget>
  );
}

function Bots({ bots }: { bots: BotSummary[] }) {
  const t = useT();
  const language = useLanguage();
  const now = useNow();
  const { id: ws } = useWorkspace();
  return (
    <div className={styles["list"]} role="table" aria-label={t("places.bots")}>
      <div className={cx(styles["row"], styles["head"])} role="row">
        <span role="columnheader">{t("bots.columns.name")}</span>
        <span role="columnheader">{t("bots.columns.state")}</span>
        <span role="columnheader" className={styles["figure"]}>{t("bots.columns.users")}</span>
        <span role="columnheader" className={styles["figure"]}>{t("bots.columns.turns")}</span>
        <span role="columnheader" className={styles["figure"]}>{t("bots.columns.errors")}</span>
        <span role="columnheader" className={styles["time"]}>{t("bots.columns.updated")}</span>
      </div>
      {bots.map((bot) => (
        <div key={bot.id} role="row" className={cx(styles["row"], styles["bot"])}>
          <span role="cell" className={styles["name"]}>
            <Avatar name={bot.title} size={36} shape="square" />
            <span className={styles["words"]}>
              <Link to="/w/$ws/bots/$bot" params={{ ws, bot: bot.id }} className={styles["title"]}>
                {bot.title}
              </Link>
              {bot.description && <span className={styles["description"]}>{bot.description}</span>}
            </span>
          </span>
          <span role="cell" className={styles["states"]}>
            <Live bot={bot} />
            <Ahead bot={bot} />
            <Kakao bot={bot} />
          </span>
          <Figure label={t("bots.columns.users")}>{figure(bot.usersToday, language)}</Figure>
          <Figure label={t("bots.columns.turns")}>{figure(bot.turnsToday, language)}</Figure>
          <Figure label={t("bots.columns.errors")} bad={bot.errorsToday > 0}>
            {figure(bot.errorsToday, language)}
          </Figure>
          <span role="cell" className={styles["time"]} title={moment(bot.updatedAt, language)}>
            {ago(bot.updatedAt, now, language)}
          </span>
        </div>
      ))}
    </div>
  );
}

function Figure({ label, bad, children }: { label: string; bad?: boolean; children: string }) {
  return (
    <span role="cell" className={cx(styles["figure"], children === "0" && styles["zero"], bad && styles["bad"])}>
      <span className={styles["figureLabel"]} aria-hidden>
        {label}
      </span>
      {children}
    </span>
  );
}

/** The shape of the list while it is read. */
function Rows() {
  return (
    <div className={styles["list"]} aria-hidden>
      {[0, 1, 2, 3].map((row) => (
        <div key={row} className={styles["row"]}>
          <span className={styles["name"]}>
            <Skeleton width="square" height="control" />
            <span className={styles["words"]}>
              <Skeleton width="m" />
              <Skeleton width="l" />
            </span>
          </span>
          <Skeleton width="s" />
        </div>
      ))}
    </div>
  );
}

/** A bot file may be dropped anywhere on the list. */
function DropTarget({ disabled, onFile, children }: { disabled: boolean; onFile: (file: File) => void; children: React.ReactNode }) {
  const t = useT();
  const [over, setOver] = useState(false);
  const isFile = (event: DragEvent) => !disabled && event.dataTransfer.types.includes("Files");
  return (
    <div
      className={styles["target"]}
      onDragOver={(event) => {
        if (!isFile(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        if (!isFile(event)) return;
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (file) onFile(file);
      }}
    >
      {children}
      {over && <div className={styles["veil"]}>{t("bots.drop")}</div>}
    </div>
  );
}
