// The workspace itself: what it is called, its picture, leaving it.

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { api, data, type Me, to, type Workspace } from "../api/client";
import { keys } from "../api/queries";
import { Save } from "../bots/Settings";
import { needed } from "../gate/checks";
import { useT } from "../i18n/i18n";
import { useAct } from "../shell/act";
import { useForm } from "../shell/form";
import { useBar } from "../shell/roles";
import { useMe, useWorkspace } from "../shell/workspace";
import { Button, Dialog, DialogButtons, Line, Page, PageHead, say, Section, TextInput } from "../ui";
import { PictureField } from "./PictureField";

export function General() {
  const t = useT();
  const here = useWorkspace();
  const bar = useBar();
  return (
    <Page width="narrow">
      <PageHead title={t("settings.workspace.title")} />
      <About key={here.id} here={here} barred={bar("admin")} />
      <Leave here={here} />
    </Page>
  );
}

function About({ here, barred }: { here: Workspace; barred: string | undefined }) {
  const t = useT();
  const client = useQueryClient();
  const change = (part: Partial<Workspace>) =>
    client.setQueryData<Me>(
      keys.me,
      (me) => me && { ...me, workspaces: me.workspaces.map((one) => (one.id === here.id ? { ...one, ...part } : one)) },
    );
  const form = useForm(
    { name: here.name },
    (values) => ({ name: needed(t, values.name, t("errors.workspaceMissing")) }),
    async (values) => {
      const body = { name: values.name.trim() };
      change(await data(api.PATCH("/api/workspaces/{ws}", { params: to({ ws: here.id }), body })));
      say(t("ui.saved"));
    },
  );
  return (
    <Section title={t("settings.workspace.about")} description={t("settings.workspace.aboutLead")}>
      <PictureField
        name={here.name}
        picture={here.picture}
        shape="square"
        path={`/api/workspaces/${here.id}/picture`}
        onChange={(picture) => change({ picture })}
        reason={barred}
      />
      <TextInput
        label={t("fields.workspace")}
        value={form.values.name}
        onChange={(event) => form.set("name", event.target.value)}
        error={form.errors.name}
        disabled={barred !== undefined}
        autoComplete="off"
      />
      <Save form={form} barred={barred} />
    </Section>
  );
}

function Leave({ here }: { here: Workspace }) {
  const t = useT();
  const me = useMe();
  const act = useAct();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const leave = async () => {
    setBusy(true);
    const went = await act({
      run: () => api.DELETE("/api/workspaces/{ws}/members/{id}", { params: to({ ws: here.id, id: me.id }) }),
    });
    setBusy(false);
    setOpen(false);
    if (!went) return;
    await client.refetchQueries({ queryKey: keys.me });
    await navigate({ to: "/" });
    say(t("settings.workspace.left", { workspace: here.name }));
  };
  return (
    <Section danger title={t("bots.settings.danger")}>
      <Line
        title={t("settings.workspace.leave")}
        action={
          <Button variant="danger-quiet" onClick={() => setOpen(true)}>
            {t("settings.workspace.leaveAct")}
          </Button>
        }
      >
        {here.role === "owner" ? t("settings.workspace.leaveOwner") : t("settings.workspace.leaveHint")}
      </Line>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        width="small"
        title={t("settings.workspace.leaveTitle", { workspace: here.name })}
        description={t("settings.workspace.leaveLead")}
        footer={
          <DialogButtons
            variant="danger"
            act={t("settings.workspace.leaveAct")}
            onCancel={() => setOpen(false)}
            onAct={() => void leave()}
            busy={busy}
          />
        }
      />
    </Section>
  );
}
