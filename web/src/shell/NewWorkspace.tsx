// A further workspace, whose owner is whoever makes it.

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { api, data, marked, type Me } from "../api/client";
import { keys } from "../api/queries";
import { needed } from "../gate/checks";
import { useT } from "../i18n/i18n";
import { Banner, Dialog, DialogButtons, TextInput } from "../ui";
import { useForm } from "./form";

export function NewWorkspace({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm(
    { name: "" },
    (values) => ({ name: needed(t, values.name, t("errors.workspaceMissing")) }),
    async (values, { reset }) => {
      const made = await data(api.POST("/api/workspaces", { body: { name: values.name.trim() }, params: marked }));
      client.setQueryData<Me>(keys.me, (me) => me && { ...me, workspaces: [...me.workspaces, made] });
      onClose();
      reset({ name: "" });
      await navigate({ to: "/w/$ws/bots", params: { ws: made.id } });
    },
  );
  return (
    <Dialog
      open={open}
      onClose={() => {
        onClose();
        form.reset({ name: "" });
      }}
      title={t("workspace.new")}
      description={t("workspace.newLead")}
      width="small"
      onSubmit={() => void form.submit()}
      footer={<DialogButtons act={t("workspace.create")} onCancel={onClose} busy={form.busy} />}
    >
      {form.general && (
        <Banner tone="danger" title={form.general.title}>
          {form.general.detail}
        </Banner>
      )}
      <TextInput
        label={t("fields.workspace")}
        value={form.values.name}
        onChange={(event) => form.set("name", event.target.value)}
        error={form.errors.name}
        autoComplete="off"
      />
    </Dialog>
  );
}
