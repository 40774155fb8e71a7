// A question and its answer, to be written or changed.

import { Trash2 } from "lucide-react";

import { useT } from "../i18n/i18n";
import { useAct } from "../shell/act";
import { useForm } from "../shell/form";
import { Banner, Button, Dialog, DialogButtons, say, TextArea, TextInput } from "../ui";
import { addAnswer, type Answer, changeAnswer, removeAnswer } from "./api";

export function AnswerDialog({ ws, now, onClose, onDone }: { ws: string; now: Answer | undefined; onClose: () => void; onDone: () => void }) {
  const t = useT();
  const act = useAct();
  const form = useForm(
    { question: now?.question ?? "", answer: now?.answer ?? "", category: now?.category ?? "" },
    () => ({}),
    async (values) => {
      await (now ? changeAnswer(ws, now.id, values) : addAnswer(ws, values));
      onDone();
      say(t("ui.saved"));
      onClose();
    },
  );
  const { values, errors } = form;
  const remove = async ({ id, question, answer, category }: Answer) => {
    onClose();
    if (!(await act({ run: () => removeAnswer(ws, id), done: onDone }))) return;
    say(t("chat.answers.removed"), { label: t("ui.undo"), run: () => void act({ run: () => addAnswer(ws, { question, answer, category }), done: onDone }) });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={now ? t("chat.answers.change") : t("chat.answers.add")}
      onSubmit={() => void form.submit()}
      footer={
        <>
          {now && (
            <Button variant="danger-quiet" icon={<Trash2 size={15} aria-hidden />} onClick={() => void remove(now)}>
              {t("chat.canned.remove")}
            </Button>
          )}
          <DialogButtons act={t("ui.save")} onCancel={onClose} busy={form.busy} />
        </>
      }
    >
      {form.general && (
        <Banner tone="danger" title={form.general.title}>
          {form.general.detail}
        </Banner>
      )}
      <TextArea label={t("chat.answers.question")} hint={t("chat.answers.questionHint")} rows={3} value={values.question} error={errors.question} onChange={(event) => form.set("question", event.target.value)} />
      <TextArea label={t("chat.answers.answer")} hint={t("chat.answers.answerHint", { name: "{{name}}" })} rows={5} value={values.answer} error={errors.answer} onChange={(event) => form.set("answer", event.target.value)} />
      <TextInput label={t("chat.answers.category")} value={values.category} error={errors.category} maxLength={60} onChange={(event) => form.set("category", event.target.value)} />
    </Dialog>
  );
}
