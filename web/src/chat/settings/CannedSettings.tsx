// The canned messages of the team and one's own, in their order: dragged, or moved by a key.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, GripVertical, Pencil, Plus } from "lucide-react";
import { useState } from "react";

import { useT } from "../../i18n/i18n";
import { useAct } from "../../shell/act";
import { Failed } from "../../shell/Loading";
import { ranks } from "../../shell/roles";
import { useWorkspace } from "../../shell/workspace";
import { Badge, Button, cx, IconButton, Skeleton } from "../../ui";
import { changeCanned } from "../api";
import { cannedQuery } from "../canned";
import { CannedDialog } from "../CannedDialog";
import type { Canned } from "../model/types";
import styles from "./Settings.module.css";

export function CannedSettings({ ws }: { ws: string }) {
  const t = useT();
  const act = useAct();
  const client = useQueryClient();
  const isAdmin = ranks(useWorkspace().role, "admin");
  const read = useQuery(cannedQuery(ws));
  const [dialog, setDialog] = useState<Canned | "new">();
  const [dragged, setDragged] = useState<number>();
  const all = read.data ?? [];
  /** What may be changed gets new places; others stand where they are. */
  const move = (from: number, to: number) => {
    const one = all[from];
    if (!one || to < 0 || to >= all.length || from === to) return;
    const next = all.toSpliced(from, 1).toSpliced(to, 0, one);
    void act<Canned[]>({
      key: cannedQuery(ws).queryKey,
      guess: () => next,
      run: async () => {
        for (const [position, it] of next.entries()) {
          if (it.position === position || (!it.own && !isAdmin)) continue;
          const { own, title, text, shortcut } = it;
          await changeCanned(ws, it.id, { own, title, text, shortcut, position });
        }
      },
    }).then(() => client.invalidateQueries({ queryKey: cannedQuery(ws).queryKey }));
  };
  return (
    <>
      {read.isPending && <Skeleton width="full" height="box" />}
      {read.error && !read.data && <Failed error={read.error} retry={() => void read.refetch()} />}
      <ul className={styles["canned"]}>
        {all.map((one, at) => {
          const barred = !one.own && !isAdmin;
          return (
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dragging is the pointer's way; the arrows beside do the same
            <li
              key={one.id}
              className={cx(styles["cannedRow"], dragged === at && styles["dragged"])}
              draggable={!barred}
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = "move";
                setDragged(at);
              }}
              onDragEnd={() => setDragged(undefined)}
              onDragOver={(event) => dragged !== undefined && event.preventDefault()}
              onDrop={(event) => {
                event.preventDefault();
                if (dragged !== undefined) move(dragged, at);
              }}
            >
              <GripVertical size={15} aria-hidden className={styles["grip"]} />
              <div className={styles["cannedWords"]}>
                <p>
                  <strong>{one.title}</strong> {one.shortcut && <code>/{one.shortcut}</code>} <Badge>{one.own ? t("chat.info.own") : t("chat.info.team")}</Badge>
                </p>
                <p className={styles["cannedText"]}>{one.text}</p>
              </div>
              <IconButton size="small" label={t("chat.settings.canned.up", { what: one.title })} disabled={at === 0 || barred} onClick={() => move(at, at - 1)}>
                <ArrowUp size={14} aria-hidden />
              </IconButton>
              <IconButton size="small" label={t("chat.settings.canned.down", { what: one.title })} disabled={at === all.length - 1 || barred} onClick={() => move(at, at + 1)}>
                <ArrowDown size={14} aria-hidden />
              </IconButton>
              <IconButton size="small" label={`${t("chat.canned.change")}: ${one.title}`} onClick={() => setDialog(one)}>
                <Pencil size={14} aria-hidden />
              </IconButton>
            </li>
          );
        })}
      </ul>
      {read.data?.length === 0 && <p className={styles["closed"]}>{t("chat.info.cannedNone")}</p>}
      <div>
        <Button icon={<Plus size={15} aria-hidden />} onClick={() => setDialog("new")}>
          {t("chat.info.newCanned")}
        </Button>
      </div>
      {dialog !== undefined && <CannedDialog ws={ws} now={dialog === "new" ? undefined : dialog} onClose={() => setDialog(undefined)} />}
    </>
  );
}
