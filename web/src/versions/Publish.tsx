// Publishing: how far the draft is ahead, what stands in the way, what the path tests say, and a note for those who come
// later. Errors stop it; tests that came out differently only warn.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { CircleAlert, CircleCheck, Rocket, TriangleAlert } from "lucide-react";
import { type ReactNode, useDeferredValue, useEffect, useMemo, useState } from "react";

import type { Bot } from "../api/client";
import { isProblem } from "../api/problem";
import { keys } from "../api/queries";
import type { Complaint } from "../editor/state";
import type { BotDoc } from "../flow/types";
import { useT } from "../i18n/i18n";
import { runTests } from "../pathtests/api";
import { useExplain } from "../shell/form";
import { useBar } from "../shell/roles";
import { Banner, Button, Dialog, DialogButtons, DialogFoot, say, Skeleton, TextArea } from "../ui";
import { checkDraft, draftFileQuery, publish, versionFileQuery, versionKeys } from "./api";
import { count, type Difference, difference } from "./compare";
import styles from "./Publish.module.css";
import { Summary } from "./Summary";

export interface PublishProps {
  ws: string;
  bot: Bot;
  /** The draft as one sees it, where one edits it. */
  doc?: BotDoc | undefined;
  /** Brings it to the server; gives its revision. */
  flush?: (() => Promise<number>) | undefined;
  onJump?: ((flow: number, node?: number) => void) | undefined;
  size?: "small" | "medium";
}

const NOTE_MOST = 500;

/** Between the live version and the draft. */
export function useAhead(ws: string, bot: Bot, doc: BotDoc | undefined): Difference | undefined {
  const live = useQuery({ ...versionFileQuery(ws, bot.id, bot.liveVersion ?? 0), enabled: bot.liveVersion !== null });
  const draft = useQuery({ ...draftFileQuery(ws, bot.id), enabled: doc === undefined && bot.liveVersion !== null && bot.draftAhead });
  const now = useDeferredValue(doc ?? draft.data?.doc);
  return useMemo(() => (live.data && now ? difference(live.data, now) : undefined), [live.data, now]);
}

export function Publish({ ws, bot, doc, flush, onJump, size = "medium" }: PublishProps) {
  const t = useT();
  const bar = useBar();
  const [open, setOpen] = useState(false);
  const ahead = useAhead(ws, bot, doc);
  const n = ahead && count(ahead);
  // What one is just typing may not have reached the server, which says whether the draft is ahead.
  const isAhead = bot.liveVersion === null || (n !== undefined && doc ? n > 0 : bot.draftAhead);
  return (
    <>
      <Button
        variant={isAhead ? "primary" : "secondary"}
        size={size}
        icon={<Rocket size={16} aria-hidden />}
        reason={bar("editor") ?? (isAhead ? undefined : t("bots.nothingToPublish"))}
        onClick={() => setOpen(true)}
      >
        {t("bots.publish")}
        {isAhead && n !== undefined && n > 0 && (
          <span className={styles["count"]} title={t("versions.ahead", { n })}>
            <span aria-hidden>{n}</span>
            <span className="sr-only">{t("versions.ahead", { n })}</span>
          </span>
        )}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t("versions.publish.title")} description={t(bot.liveVersion === null ? "versions.publish.leadFirst" : "versions.publish.lead")}>
        {open && <Inside ws={ws} bot={bot} doc={doc} flush={flush} onJump={onJump} ahead={ahead} onClose={() => setOpen(false)} />}
      </Dialog>
    </>
  );
}

type Tests = { all: number; failed: string[] };

function Inside({ ws, bot, flush, onJump, ahead, onClose }: PublishProps & { ahead: Difference | undefined; onClose: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const explain = useExplain();
  const navigate = useNavigate();
  const [note, setNote] = useState("");
  const [revision, setRevision] = useState<number>();
  const [complaints, setComplaints] = useState<readonly Complaint[]>();
  const [tests, setTests] = useState<Tests>();
  const [wrong, setWrong] = useState<{ title: string; detail: string }>();
  const [busy, setBusy] = useState(false);
  const [tries, setTries] = useState(0);

  useEffect(() => {
    let wanted = true;
    const look = async () => {
      const at = await flush?.();
      const found = await checkDraft(ws, bot.id);
      if (!wanted) return;
      setRevision(at);
      setComplaints(found);
      const results = await runTests(ws, bot.id);
      if (wanted) setTests({ all: results.length, failed: results.filter((one) => !one.passed).map((one) => one.name) });
    };
    setWrong(undefined);
    look().catch((error: unknown) => wanted && setWrong(explain(error)));
    return () => {
      wanted = false;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- looked at once when the dialog opens, and when one asks again
  }, [ws, bot.id, tries]);

  const jump = (flow: number, node?: number) => {
    onClose();
    if (onJump) onJump(flow, node);
    else void navigate({ to: "/w/$ws/bots/$bot/edit/$flow", params: { ws, bot: bot.id, flow: String(flow) }, search: node === undefined ? {} : { node } });
  };
  const errors = complaints?.filter((one) => one.severity === "error") ?? [];
  const warnings = complaints?.filter((one) => one.severity === "warning") ?? [];
  const go = async () => {
    setBusy(true);
    setWrong(undefined);
    try {
      const version = await publish(ws, bot.id, { ...(note.trim() && { note: note.trim() }), ...(revision !== undefined && { revision }) });
      client.setQueryData<Bot>(keys.bot(ws, bot.id), (now) => now && { ...now, liveVersion: version, draftAhead: false });
      say(t("bots.published", { n: version }));
      onClose();
    } catch (error) {
      // The draft moved on, or has errors that came in between: what stands here is looked at anew.
      if (isProblem(error, "bot-has-errors") || isProblem(error, "draft-changed")) setTries(tries + 1);
      setWrong(explain(error));
    } finally {
      setBusy(false);
      void client.invalidateQueries({ queryKey: keys.bots(ws) });
      void client.invalidateQueries({ queryKey: keys.bot(ws, bot.id) });
      void client.invalidateQueries({ queryKey: versionKeys.all(ws, bot.id) });
    }
  };
  return (
    <form
      className={styles["form"]}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (complaints && errors.length === 0 && !busy) void go();
      }}
    >
      {ahead && bot.liveVersion !== null && (
        <section>
          <h3 className={styles["head"]}>{t("versions.ahead", { n: count(ahead) })}</h3>
          <Summary found={ahead} />
        </section>
      )}
      {wrong && (
        <Banner tone="danger" title={wrong.title} action={<Button size="small" onClick={() => setTries(tries + 1)}>{t("ui.retry")}</Button>}>
          {wrong.detail}
        </Banner>
      )}
      {!complaints && !wrong && (
        <div role="status" aria-label={t("versions.publish.looking")}>
          <Skeleton width="full" />
          <Skeleton width="m" />
        </div>
      )}
      {errors.length > 0 && (
        <Found icon={<CircleAlert size={16} aria-hidden />} tone="danger" title={t("versions.publish.errors", { n: errors.length })}>
          <Complaints complaints={errors} onJump={jump} />
        </Found>
      )}
      {warnings.length > 0 && errors.length === 0 && (
        <details className={styles["more"]}>
          <summary>{t("versions.publish.warnings", { n: warnings.length })}</summary>
          <Complaints complaints={warnings} onJump={jump} />
        </details>
      )}
      {complaints && errors.length === 0 && (
        <TestsSaid tests={tests} failedToRun={wrong !== undefined} onLook={() => {
          onClose();
          void navigate({ to: "/w/$ws/bots/$bot/tests", params: { ws, bot: bot.id } });
        }} />
      )}
      <TextArea
        label={t("versions.publish.note")}
        hint={t("versions.publish.noteHint")}
        rows={2}
        value={note}
        maxLength={NOTE_MOST}
        onChange={(event) => setNote(event.target.value)}
      />
      <DialogFoot>
        <DialogButtons
          act={tests && tests.failed.length > 0 ? t("versions.publish.anyway") : t("bots.publish")}
          onCancel={onClose}
          busy={busy}
          disabled={!complaints || errors.length > 0}
        />
      </DialogFoot>
    </form>
  );
}

function Found({ icon, tone, title, children }: { icon: ReactNode; tone: "danger" | "warn" | "good"; title: ReactNode; children?: ReactNode }) {
  return (
    <div className={styles["found"]} data-tone={tone}>
      <p className={styles["foundTitle"]}>
        {icon}
        <span>{title}</span>
      </p>
      {children}
    </div>
  );
}

function Complaints({ complaints, onJump }: { complaints: readonly Complaint[]; onJump: (flow: number, node?: number) => void }) {
  const t = useT();
  return (
    <ul className={styles["complaints"]}>
      {complaints.map((one, at) => (
        <li key={at}>
          <span>
            <strong>{one.place}</strong> {one.message}
          </span>
          {one.flow !== null && (
            <Button size="small" onClick={() => onJump(one.flow as number, one.node ?? undefined)}>
              {t("versions.publish.jump")}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

function TestsSaid({ tests, failedToRun, onLook }: { tests: Tests | undefined; failedToRun: boolean; onLook: () => void }) {
  const t = useT();
  if (!tests) return failedToRun ? null : <p className={styles["quiet"]} role="status">{t("versions.publish.testing")}</p>;
  if (tests.all === 0) return null;
  if (tests.failed.length === 0) return <Found tone="good" icon={<CircleCheck size={16} aria-hidden />} title={t("versions.publish.testsGood", { n: tests.all })} />;
  return (
    <Found tone="warn" icon={<TriangleAlert size={16} aria-hidden />} title={t("versions.publish.testsBad", { n: tests.failed.length, all: tests.all })}>
      <ul className={styles["complaints"]}>
        <li>
          <span>{tests.failed.join(", ")}</span>
          <Button size="small" onClick={onLook}>
            {t("versions.publish.look")}
          </Button>
        </li>
      </ul>
    </Found>
  );
}
