// Keeps a conversation of the preview as a path test.

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { useT } from "../i18n/i18n";
import type { Channel, Person } from "../preview/api";
import { useForm } from "../shell/form";
import { Banner, Dialog, DialogButtons, DialogFoot, say, TextInput } from "../ui";
import { addTest, type Step, testsKey } from "./api";
import styles from "./Tests.module.css";
import { eventWords } from "./words";

export interface Recorded {
  steps: Step[];
  channel: Channel;
  person: Person;
}

const NAME_MOST = 100;

export function RecordDialog({ ws, bot, recorded, onClose }: { ws: string; bot: string; recorded: Recorded | undefined; onClose: () => void }) {
  const t = useT();
  return (
    <Dialog open={recorded !== undefined} onClose={onClose} title={t("pathtests.record.title")} description={t("pathtests.record.lead")}>
      {recorded && <RecordForm ws={ws} bot={bot} recorded={recorded} onClose={onClose} />}
    </Dialog>
  );
}

function RecordForm({ ws, bot, recorded, onClose }: { ws: string; bot: string; recorded: Recorded; onClose: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const navigate = useNavigate();
  const events = recorded.steps.map((step) => eventWords(step.event, t));
  const [first] = useState(() => [...events.slice(1, 4).join(" › ")].slice(0, NAME_MOST).join(""));
  const form = useForm(
    { name: first },
    ({ name }) => (name.trim() === "" ? { name: t("pathtests.record.nameMissing") } : {}),
    async ({ name }) => {
      await addTest(ws, bot, { name: name.trim(), channel: recorded.channel, person: recorded.person, steps: recorded.steps });
      void client.invalidateQueries({ queryKey: testsKey(ws, bot) });
      say(t("pathtests.record.done", { name: name.trim() }), {
        label: t("pathtests.record.open"),
        run: () => void navigate({ to: "/w/$ws/bots/$bot/tests", params: { ws, bot } }),
      });
      onClose();
    },
  );
  return (
    <form
      className={styles["form"]}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        void form.submit();
      }}
    >
      {form.general && <Banner tone="danger" title={form.general.title}>{form.general.detail}</Banner>}
      <TextInput
        label={t("pathtests.name")}
        value={form.values.name}
        error={form.errors.name}
        maxLength={NAME_MOST}
        onChange={(event) => form.set("name", event.target.value)}
      />
      <ol className={styles["events"]}>
        {events.map((event, at) => (
          <li key={at}>{event}</li>
        ))}
      </ol>
      <DialogFoot>
        <DialogButtons act={t("ui.save")} onCancel={onClose} busy={form.busy} />
      </DialogFoot>
    </form>
  );
}
