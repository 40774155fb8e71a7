// A canned message to be written or changed.

import { useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";

import { useT } from "../i18n/i18n";
import { useAct } from "../shell/act";
import { useForm } from "../shell/form";
import { ranks } from "../shell/roles";
import { useWorkspace } from "../shell/workspace";
import { Banner, Button, Dialog, DialogButtons, say, Switch, TextArea, TextInput } from "../ui";
import { addCanned, changeCanned, removeCanned } from "./api";
import { cannedQuery } from "./canned";
import type { Canned } from "./model/types";

export function CannedDialog({ ws, now, onClose }: { ws: string; now: Canned | undefined; onClose: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const act = useAct();
  const isAdmin = ranks(useWorkspace().role, "admin");
  const { queryKey } = cannedQuery(ws);
  const form = useForm(
    { own: now?.own ?? !isAdmin, title: now?.title ?? "", text: now?.text ?? "", shortcut: now?.shortcut ?? "" },
    () => ({}),
    async (values) => {
      if (now) await changeCanned(ws, now.id, values);
      else await addCanned(ws, values);
      void client.invalidateQueries({ queryKey });
      say(t("ui.saved"));
      onClose();
    },
  );
  const { values, errors } = form;
  const barred = now !== undefined && !now.own && !isAdmin;
  const remove = async (one: Canned) => {
    onClose();
    const gone = await act<Canned[]>({ key: queryKey, guess: (all) => all.filter((other) => other.id !== one.id), run: () => removeCanned(ws, one.id) });
    const { own, title, text, shortcut, position } = one;
    if (gone) {
      say(t("chat.canned.removed"), {
        label: t("ui.undo"),
        run: () => void act({ run: () => addCanned(ws, { own, title, text, shortcut, position }), touches: [queryKey] }),
      });
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={now ? t("chat.canned.changeTitle") : t("chat.canned.newTitle")}
      onSubmit={() => !barred && void form.submit()}
      footer={
        <>
          {now && !barred && (
            <Button variant="danger-quiet" icon={<Trash2 size={15} aria-hidden />} onClick={() => void remove(now)}>
              {t("chat.canned.remove")}
            </Button>
          )}
          <DialogButtons act={t("ui.save")} onCancel={onClose} busy={form.busy} disabled={barred} />
        </>
      }
    >
      {form.general && (
        <Banner tone="danger" title={form.general.title}>
          {form.general.detail}
        </Banner>
      )}
      <TextInput label={t("chat.canned.name")} value={values.title} error={errors.title} onChange={(event) => form.set("title", event.target.value)} />
      <TextArea label={t("chat.canned.text")} hint={t("chat.canned.textHint", { name: "{{name}}" })} rows={5} value={values.text} error={errors.text} onChange={(event) => form.set("text", event.target.value)} />
      <TextInput label={t("chat.canned.shortcut")} hint={t("chat.canned.shortcutHint")} value={values.shortcut} error={errors.shortcut} onChange={(event) => form.set("shortcut", event.target.value)} />
      {!now && <Switch label={t("chat.canned.own")} hint={t("chat.canned.ownHint")} checked={values.own} onChange={(own) => form.set("own", own)} reason={isAdmin ? undefined : t("roles.needed", { role: t("roles.admin") })} />}
    </Dialog>
  );
}
