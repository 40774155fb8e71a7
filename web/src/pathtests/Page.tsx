// The path tests of a bot: all run against the draft, what came out differently is shown step by step, and a new answer can
// be taken as the right one. New ones are recorded here too, in a preview beside the list.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { CircleCheck, CircleDot, CircleX, Download, Ellipsis, FileUp, Play, Plus } from "lucide-react";
import { useRef, useState } from "react";

import { useBot } from "../bots/Bot";
import { ago } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { Pane } from "../preview/Pane";
import { useAct } from "../shell/act";
import { useExplain } from "../shell/form";
import { Failed } from "../shell/Loading";
import { useBar } from "../shell/roles";
import { useNow } from "../shell/useNow";
import { useWorkspace } from "../shell/workspace";
import { Badge, Button, complain, Dialog, DialogButtons, EmptyState, IconButton, Menu, MenuItem, MenuSeparator, say, Skeleton, TextInput } from "../ui";
import { draftFileQuery } from "../versions/api";
import { changeTest, deleteTest, importTests, type PathTest, recordAnew, type Result, runTests, testsFile, testsKey, testsQuery } from "./api";
import { RecordDialog, type Recorded } from "./Record";
import { StepsView } from "./Steps";
import styles from "./Tests.module.css";

export function TestsPage() {
  const t = useT();
  const bar = useBar();
  const barred = bar("editor");
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const explain = useExplain();
  const client = useQueryClient();
  const { record } = useSearch({ strict: false }) as { record?: true };
  const navigate = useNavigate();
  const tests = useQuery(testsQuery(ws, bot.id));
  const [results, setResults] = useState<ReadonlyMap<string, Result>>(new Map());
  const [running, setRunning] = useState<ReadonlySet<string>>(new Set());
  const [recorded, setRecorded] = useState<Recorded>();
  const file = useRef<HTMLInputElement>(null);
  const all = tests.data ?? [];

  const run = async (ids: string[]) => {
    setRunning(new Set([...running, ...ids]));
    try {
      const came = await runTests(ws, bot.id, ids);
      setResults((now) => new Map([...now, ...came.map((one) => [one.id, one] as const)]));
    } catch (error) {
      const { title, detail } = explain(error);
      complain(title, detail, { label: t("ui.retry"), run: () => void run(ids) });
    } finally {
      setRunning((now) => new Set([...now].filter((one) => !ids.includes(one))));
    }
  };
  const take = async (chosen: File) => {
    try {
      say(t("pathtests.imported", { n: await importTests(ws, bot.id, chosen) }));
      void client.invalidateQueries({ queryKey: testsKey(ws, bot.id) });
    } catch (error) {
      const { title, detail } = explain(error);
      complain(title, detail);
    }
  };
  const forget = (id: string) => setResults((now) => new Map([...now].filter(([one]) => one !== id)));
  const failed = all.filter((one) => results.get(one.id)?.passed === false).length;
  const ran = all.filter((one) => results.has(one.id)).length;
  const openRecord = (open: boolean) => void navigate({ to: "/w/$ws/bots/$bot/tests", params: { ws, bot: bot.id }, search: open ? { record: true } : {}, replace: true });
  return (
    <div className={styles["page"]} data-recording={record === true}>
      <div className={styles["main"]}>
        <div className={styles["head"]}>
          <p className={styles["lead"]} role="status">
            {ran > 0 && failed > 0 && <strong className={styles["bad"]}>{t("pathtests.failed", { n: failed, all: ran })}</strong>}
            {ran > 0 && failed === 0 && <strong className={styles["good"]}>{t("pathtests.passed", { n: ran })}</strong>}
            {ran === 0 && t("pathtests.lead")}
          </p>
          <div className={styles["acts"]}>
            <Menu
              align="end"
              trigger={
                <IconButton label={t("pathtests.fileActs")} bare>
                  <Ellipsis size={16} aria-hidden />
                </IconButton>
              }
            >
              <MenuItem
                icon={<Download size={16} aria-hidden />}
                disabled={all.length === 0}
                note={t("pathtests.exportNote")}
                onClick={() => {
                  const link = document.createElement("a");
                  link.href = testsFile(ws, bot.id);
                  link.download = `${bot.title}-tests.json`;
                  link.click();
                }}
              >
                {t("pathtests.export")}
              </MenuItem>
              <MenuItem icon={<FileUp size={16} aria-hidden />} disabled={barred !== undefined} {...(barred && { note: barred })} onClick={() => file.current?.click()}>
                {t("pathtests.import")}
              </MenuItem>
            </Menu>
            <input
              ref={file}
              type="file"
              hidden
              accept="application/json,.json"
              onChange={(event) => {
                const chosen = event.target.files?.[0];
                event.target.value = "";
                if (chosen) void take(chosen);
              }}
            />
            {!record && all.length > 0 && (
              <Button icon={<Plus size={16} aria-hidden />} reason={barred} onClick={() => openRecord(true)}>
                {t("pathtests.new")}
              </Button>
            )}
            {all.length > 0 && (
              <Button variant="primary" icon={<Play size={16} aria-hidden />} reason={barred} busy={running.size > 0} onClick={() => void run(all.map((one) => one.id))}>
                {t("pathtests.runAll")}
              </Button>
            )}
          </div>
        </div>
        {tests.error && !tests.data && <Failed error={tests.error} retry={() => void tests.refetch()} />}
        {tests.isPending && <Skeleton width="full" height="box" />}
        {tests.data && all.length === 0 && (
          <EmptyState
            icon={<CircleDot size={22} aria-hidden />}
            title={t("pathtests.empty.title")}
            action={
              !record && (
                <Button variant="primary" size="large" icon={<Plus size={16} aria-hidden />} reason={barred} onClick={() => openRecord(true)}>
                  {t("pathtests.new")}
                </Button>
              )
            }
          >
            {t("pathtests.empty.lead")}
          </EmptyState>
        )}
        {all.length > 0 && (
          <ul className={styles["list"]} aria-label={t("bots.tabs.tests")}>
            {all.map((test) => (
              <TestRow
                key={test.id}
                ws={ws}
                bot={bot.id}
                test={test}
                result={results.get(test.id)}
                busy={running.has(test.id)}
                barred={barred}
                onRun={() => void run([test.id])}
                onForget={() => forget(test.id)}
                onChanged={() => void client.invalidateQueries({ queryKey: testsKey(ws, bot.id) })}
              />
            ))}
          </ul>
        )}
      </div>
      {record && <Recorder ws={ws} bot={bot.id} title={bot.title} barred={barred} onRecord={setRecorded} onClose={() => openRecord(false)} />}
      <RecordDialog ws={ws} bot={bot.id} recorded={recorded} onClose={() => setRecorded(undefined)} />
    </div>
  );
}

function Recorder({ ws, bot, title, barred, onRecord, onClose }: { ws: string; bot: string; title: string; barred: string | undefined; onRecord: (recorded: Recorded) => void; onClose: () => void }) {
  const t = useT();
  const navigate = useNavigate();
  const draft = useQuery(draftFileQuery(ws, bot));
  return (
    <aside className={styles["recorder"]} aria-label={t("pathtests.recorder")}>
      <div className={styles["recorderHead"]}>
        <p>{t("pathtests.recorderLead")}</p>
        <Button size="small" onClick={onClose}>
          {t("ui.close")}
        </Button>
      </div>
      <div className={styles["recorderPane"]}>
        <Pane
          ws={ws}
          bot={bot}
          title={title}
          doc={draft.data?.doc}
          readonly={barred}
          onJump={(flow, node) => void navigate({ to: "/w/$ws/bots/$bot/edit/$flow", params: { ws, bot, flow: String(flow) }, search: { node } })}
          onRecord={onRecord}
        />
      </div>
    </aside>
  );
}

interface RowProps {
  ws: string;
  bot: string;
  test: PathTest;
  result: Result | undefined;
  busy: boolean;
  barred: string | undefined;
  onRun: () => void;
  onForget: () => void;
  onChanged: () => void;
}

function TestRow({ ws, bot, test, result, busy, barred, onRun, onForget, onChanged }: RowProps) {
  const t = useT();
  const language = useLanguage();
  const now = useNow();
  const act = useAct();
  const [open, setOpen] = useState<boolean>();
  const [dialog, setDialog] = useState<"rename" | "delete">();
  const [recording, setRecording] = useState(false);
  const shown = open ?? result?.passed === false;
  const accept = () => {
    if (!result) return;
    const steps = test.steps.map((step, at) => ({ ...step, answer: result.steps[at]?.got ?? step.answer }));
    const before = test.steps;
    void act({
      run: () => changeTest(ws, bot, test.id, { steps }),
      done: () => {
        onForget();
        onChanged();
        say(t("pathtests.accepted", { name: test.name }), {
          label: t("ui.undo"),
          run: () => void act({ run: () => changeTest(ws, bot, test.id, { steps: before }), done: onChanged }),
        });
      },
    });
  };
  const anew = async () => {
    setRecording(true);
    await act({
      run: async () => changeTest(ws, bot, test.id, { steps: await recordAnew(ws, bot, test) }),
      done: () => {
        onForget();
        onChanged();
        say(t("pathtests.recordedAnew", { name: test.name }));
      },
    });
    setRecording(false);
  };
  return (
    <li className={styles["test"]} data-result={result ? (result.passed ? "passed" : "failed") : undefined}>
      <div className={styles["testHead"]}>
        <State result={result} />
        <button type="button" className={styles["testName"]} aria-expanded={shown} onClick={() => setOpen(!shown)}>
          {test.name}
        </button>
        <span className={styles["facts"]}>
          {test.channel !== "kakao" && <Badge>{t(`preview.channels.${test.channel}`)}</Badge>}
          <span>{t("pathtests.steps", { n: test.steps.length })}</span>
          <span>{ago(test.updatedAt, now, language)}</span>
        </span>
        <Button size="small" reason={barred} busy={busy} onClick={onRun}>
          {t("pathtests.run")}
        </Button>
        <Menu
          align="end"
          trigger={
            <IconButton label={t("pathtests.more", { name: test.name })} size="small" bare reason={barred}>
              <Ellipsis size={16} aria-hidden />
            </IconButton>
          }
        >
          <MenuItem onClick={() => setDialog("rename")}>{t("pathtests.rename")}</MenuItem>
          <MenuItem onClick={() => void anew()} note={t("pathtests.anewNote")} disabled={recording}>
            {t("pathtests.anew")}
          </MenuItem>
          <MenuSeparator />
          <MenuItem danger onClick={() => setDialog("delete")}>
            {t("pathtests.delete")}
          </MenuItem>
        </Menu>
      </div>
      {shown && (
        <div className={styles["testBody"]}>
          {result && !result.passed && result.steps.length === 0 && <p className={styles["quiet"]}>{t("pathtests.noTime")}</p>}
          {result && !result.passed && result.steps.length > 0 && (
            <div className={styles["accept"]}>
              <p>{t("pathtests.acceptLead")}</p>
              <Button size="small" reason={barred} onClick={accept}>
                {t("pathtests.accept")}
              </Button>
            </div>
          )}
          <StepsView test={test} result={result} />
        </div>
      )}
      {dialog === "rename" && <Rename ws={ws} bot={bot} test={test} onClose={() => setDialog(undefined)} onChanged={onChanged} />}
      <Dialog
        open={dialog === "delete"}
        onClose={() => setDialog(undefined)}
        width="small"
        title={t("pathtests.deleteTitle", { name: test.name })}
        description={t("pathtests.deleteLead")}
        footer={
          <DialogButtons
            act={t("pathtests.delete")}
            variant="danger"
            onCancel={() => setDialog(undefined)}
            onAct={() => {
              setDialog(undefined);
              void act({ run: () => deleteTest(ws, bot, test.id), done: onChanged });
            }}
          />
        }
      />
    </li>
  );
}

function State({ result }: { result: Result | undefined }) {
  const t = useT();
  if (!result) return <span className={styles["state"]} role="img" aria-label={t("pathtests.notRun")} data-state="none" />;
  return result.passed ? (
    <CircleCheck size={18} role="img" aria-label={t("pathtests.same")} className={styles["good"]} />
  ) : (
    <CircleX size={18} role="img" aria-label={t("pathtests.differs")} className={styles["bad"]} />
  );
}

function Rename({ ws, bot, test, onClose, onChanged }: { ws: string; bot: string; test: PathTest; onClose: () => void; onChanged: () => void }) {
  const t = useT();
  const act = useAct();
  const [name, setName] = useState(test.name);
  const blank = name.trim() === "";
  return (
    <Dialog
      open
      onClose={onClose}
      width="small"
      title={t("pathtests.rename")}
      onSubmit={() => {
        if (blank) return;
        onClose();
        void act({ run: () => changeTest(ws, bot, test.id, { name: name.trim() }), done: onChanged });
      }}
      footer={<DialogButtons act={t("ui.save")} onCancel={onClose} disabled={blank} />}
    >
      <TextInput label={t("pathtests.name")} value={name} maxLength={100} error={blank ? t("pathtests.record.nameMissing") : undefined} onChange={(event) => setName(event.target.value)} />
    </Dialog>
  );
}
