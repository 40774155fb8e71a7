// Taking in a bot file: a new bot from it, or its content over an existing one. What the file's reader has to say is shown,
// whether it was taken or refused.
//
// A file's text goes to the server as it is. Parsing and writing it here would change how numbers are spelled (24.0).

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";

import { type Bot, call, type Warning } from "../api/client";
import { isProblem } from "../api/problem";
import { keys } from "../api/queries";
import { useT } from "../i18n/i18n";
import { useExplain } from "../shell/form";
import { useWorkspace } from "../shell/workspace";
import { Badge, Button, Dialog, say } from "../ui";
import styles from "./importing.module.css";

/** What the server takes at most. */
export const FILE_BYTES = 8 * 1024 * 1024;

type Told =
  | { kind: "warnings"; title: string; warnings: Warning[]; open?: () => void }
  | { kind: "refused"; file: string; title: string; detail: string; errors: { pointer: string; detail: string }[] };

/** The text of a bot file, or why it cannot be one. */
export async function readFile(file: File): Promise<{ text: string } | { wrong: "large" | "not-json" }> {
  if (file.size > FILE_BYTES) return { wrong: "large" };
  const text = (await file.text()).replace(/^\uFEFF/, "");
  try {
    JSON.parse(text);
    return { text };
  } catch {
    return { wrong: "not-json" };
  }
}

/** Gives `take`, which makes a bot of a file, `overwrite`, which puts one over a bot, and the dialog that both may need. */
export function useImport(): {
  take: (file: File) => void;
  overwrite: (file: File, bot: Bot) => Promise<boolean>;
  busy: boolean;
  dialog: ReactNode;
} {
  const t = useT();
  const explain = useExplain();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { id: ws } = useWorkspace();
  const [told, setTold] = useState<Told>();
  const [busy, setBusy] = useState(false);

  const refuse = (file: File, error: unknown) => {
    const { title, detail } = explain(error);
    setTold({ kind: "refused", file: file.name, title, detail: isProblem(error, "bot-file-refused") ? "" : detail, errors: isProblem(error) ? error.errors : [] });
  };

  const send = async (file: File, path: string, method: string, wrap: (text: string) => string) => {
    const read = await readFile(file);
    if ("wrong" in read) {
      const [title, detail] =
        read.wrong === "large"
          ? [t("bots.file.large"), t("bots.file.largeWhy")]
          : [t("bots.file.notJson"), t("bots.file.notJsonWhy")];
      setTold({ kind: "refused", file: file.name, title, detail, errors: [] });
      return undefined;
    }
    setBusy(true);
    try {
      return await call(path, { method, headers: { "content-type": "application/json" }, body: wrap(read.text) });
    } catch (error) {
      refuse(file, error);
      return undefined;
    } finally {
      setBusy(false);
    }
  };

  const take = async (file: File) => {
    const answer = await send(file, `/api/workspaces/${ws}/bots`, "POST", (text) => `{"file":${text}}`);
    if (!answer) return;
    const { bot, warnings } = (await answer.json()) as { bot: Bot; warnings: Warning[] };
    void client.invalidateQueries({ queryKey: keys.bots(ws) });
    const open = () => void navigate({ to: "/w/$ws/bots/$bot", params: { ws, bot: bot.id } });
    if (warnings.length > 0) {
      setTold({ kind: "warnings", title: bot.title, warnings, open });
    } else {
      say(t("bots.file.taken", { title: bot.title }));
      open();
    }
  };

  const overwrite = async (file: File, bot: Bot) => {
    const answer = await send(file, `/api/workspaces/${ws}/bots/${bot.id}/file`, "PUT", (text) => text);
    if (!answer) return false;
    const { warnings } = (await answer.json()) as { warnings: Warning[] };
    await client.invalidateQueries({ queryKey: keys.bot(ws, bot.id) });
    void client.invalidateQueries({ queryKey: keys.bots(ws) });
    if (warnings.length > 0) setTold({ kind: "warnings", title: bot.title, warnings });
    else say(t("bots.file.overwritten", { title: bot.title }));
    return true;
  };

  const close = () => {
    const open = told?.kind === "warnings" ? told.open : undefined;
    setTold(undefined);
    open?.();
  };

  const dialog = (
    <Dialog
      open={told !== undefined}
      onClose={close}
      width="large"
      title={told?.kind === "warnings" ? t("bots.file.warned", { n: told.warnings.length }) : told?.title}
      description={told?.kind === "warnings" ? t("bots.file.warnedLead", { title: told.title }) : told && `${told.file}${told.detail ? ` · ${told.detail}` : ""}`}
      footer={
        <Button variant={told?.kind === "warnings" ? "primary" : "secondary"} onClick={close}>
          {told?.kind === "warnings" && told.open ? t("bots.file.open") : t("ui.close")}
        </Button>
      }
    >
      {told?.kind === "warnings" && (
        <ul className={styles["list"]}>
          {told.warnings.map((warning, index) => (
            <li key={index} className={styles["item"]}>
              <Badge tone={warning.severity === "warning" ? "warn" : "neutral"}>
                {warning.severity === "warning" ? t("bots.file.warning") : t("bots.file.note")}
              </Badge>
              <span>{warning.message}</span>
            </li>
          ))}
        </ul>
      )}
      {told?.kind === "refused" && told.errors.length > 0 && (
        <ul className={styles["list"]}>
          {told.errors.map((error, index) => (
            <li key={index} className={styles["item"]}>
              <span>{error.detail}</span>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
  return { take: (file) => void take(file), overwrite, busy, dialog };
}
