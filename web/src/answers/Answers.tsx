// Questions and answers of the workspace (답변 추천): what agents are offered while they answer. Kept here, or brought as a file.

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Download, MessageCircleQuestion, Pencil, Plus, Search, Upload } from "lucide-react";
import { useDeferredValue, useState } from "react";

import { saveAs } from "../editor/files";
import { figure } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { useAct } from "../shell/act";
import { Failed } from "../shell/Loading";
import { useBar } from "../shell/roles";
import { useWorkspace } from "../shell/workspace";
import { Badge, Button, Cell, EmptyState, HeadCell, IconButton, Menu, MenuItem, Page, PageHead, Skeleton, Table, TextInput } from "../ui";
import { AnswerDialog } from "./AnswerDialog";
import styles from "./Answers.module.css";
import { type Answer, answersKey, answersQuery, readAnswersFile } from "./api";
import { ImportDialog } from "./ImportDialog";

const FORMATS = ["csv", "xlsx"] as const;

export function AnswersPage() {
  const t = useT();
  const language = useLanguage();
  const act = useAct();
  const client = useQueryClient();
  const { id: ws } = useWorkspace();
  const barred = useBar()("editor");
  const [typed, setTyped] = useState("");
  const search = useDeferredValue(typed.trim());
  const [dialog, setDialog] = useState<Answer | "new">();
  const [brings, setBrings] = useState(false);
  const read = useInfiniteQuery(answersQuery(ws, search));
  const all = read.data?.pages.flatMap((page) => page.items) ?? [];
  const reload = () => void client.invalidateQueries({ queryKey: answersKey(ws) });
  const add = (
    <Button variant="primary" icon={<Plus size={16} aria-hidden />} reason={barred} onClick={() => setDialog("new")}>
      {t("chat.answers.add")}
    </Button>
  );
  return (
    <Page>
      <PageHead
        title={t("chat.answers.title")}
        actions={
          <>
            <Button icon={<Upload size={16} aria-hidden />} reason={barred} onClick={() => setBrings(true)}>
              {t("chat.answers.import")}
            </Button>
            <Menu
              align="end"
              trigger={
                <Button icon={<Download size={16} aria-hidden />} disabled={all.length === 0}>
                  {t("chat.answers.export")}
                </Button>
              }
            >
              {FORMATS.map((format) => (
                <MenuItem key={format} onClick={() => void act({ run: async () => saveAs(`${t("chat.answers.file")}.${format}`, await readAnswersFile(ws, format)) })}>
                  {format.toUpperCase()}
                </MenuItem>
              ))}
            </Menu>
            {add}
          </>
        }
      >
        {t("chat.answers.lead")}
      </PageHead>
      <div className={styles["search"]}>
        <TextInput label={t("chat.answers.search")} hideLabel type="search" placeholder={t("chat.answers.search")} icon={<Search size={15} aria-hidden />} value={typed} onChange={(event) => setTyped(event.target.value)} data-search />
      </div>
      {read.isPending && <Skeleton width="full" height="box" />}
      {read.error && !read.data && <Failed error={read.error} retry={() => void read.refetch()} />}
      {read.data && all.length === 0 && (
        <EmptyState icon={<MessageCircleQuestion size={22} aria-hidden />} title={search ? t("chat.answers.noneFound", { what: search }) : t("chat.answers.none")} action={search ? undefined : add}>
          {search ? undefined : t("chat.answers.noneLead")}
        </EmptyState>
      )}
      {all.length > 0 && (
        <Table
          label={t("chat.answers.title")}
          head={
            <>
              <HeadCell>{t("chat.answers.questionAndAnswer")}</HeadCell>
              <HeadCell>{t("chat.answers.category")}</HeadCell>
              <HeadCell end>{t("chat.answers.uses")}</HeadCell>
              <HeadCell hide>{t("ui.acts")}</HeadCell>
            </>
          }
        >
          {all.map((one) => {
            const [first, ...others] = one.question.split("\n");
            return (
              <tr key={one.id}>
                <Cell grow>
                  <p className={styles["question"]}>
                    {first} {others.length > 0 && <Badge>{t("chat.answers.others", { n: others.length })}</Badge>}
                  </p>
                  <p className={styles["answer"]}>{one.answer}</p>
                </Cell>
                <Cell quiet>
                  <span className={styles["category"]}>{one.category}</span>
                </Cell>
                <Cell end quiet>
                  {/* On a phone no column says what the figure is. */}
                  <span className={styles["onPhone"]}>{t("chat.answers.uses")} </span>
                  {figure(one.uses, language)}
                </Cell>
                <Cell end>
                  <IconButton size="small" label={t("chat.answers.changeOf", { question: first ?? "" })} reason={barred} onClick={() => setDialog(one)}>
                    <Pencil size={14} aria-hidden />
                  </IconButton>
                </Cell>
              </tr>
            );
          })}
        </Table>
      )}
      {read.hasNextPage && (
        <div className={styles["more"]}>
          <Button busy={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>
            {t("chat.list.more")}
          </Button>
        </div>
      )}
      {dialog !== undefined && <AnswerDialog ws={ws} now={dialog === "new" ? undefined : dialog} onClose={() => setDialog(undefined)} onDone={reload} />}
      {brings && <ImportDialog ws={ws} onClose={() => setBrings(false)} onDone={reload} />}
    </Page>
  );
}
