// Parts that one bot does otherwise than its team. A part that is switched on begins as the team has it.

import { useQuery, useQueryClient } from "@tanstack/react-query";

import type { ReactNode } from "react";

import { useT } from "../../i18n/i18n";
import { useForm } from "../../shell/form";
import { useBar } from "../../shell/roles";
import { Banner, Dialog, DialogButtons, Field, say, Select, Skeleton, Switch } from "../../ui";
import { useFlowOptions } from "./Bots";
import { AssignmentFields, CloseFields } from "./Fields";
import { HoursFields } from "./Hours";
import { type BotChatSettings, botSettingsQuery, type ChatSettings, type Hours, OWN_PARTS, type OwnPart, saveBotSettings, settingsQuery } from "./model";
import { PanelFields } from "./PanelFields";
import styles from "./Settings.module.css";

interface Props {
  ws: string;
  bot: string;
  title: string;
  now: BotChatSettings;
  onClose: () => void;
}

export function BotDialog(props: Props) {
  const team = useQuery(settingsQuery(props.ws));
  return team.data ? <Form {...props} team={team.data} /> : <Skeleton width="full" height="box" />;
}

/** The values of a form: absent parts are the team's. */
type Values = { [P in OwnPart]: ChatSettings[P] | undefined };

function Form({ ws, bot, title, now, team, onClose }: Props & { team: ChatSettings }) {
  const t = useT();
  const client = useQueryClient();
  const barred = useBar()("admin");
  const form = useForm<Values>(
    { hours: now.hours, assignment: now.assignment, autoClose: now.autoClose, panels: now.panels },
    () => ({}),
    async (values) => {
      const own = Object.fromEntries(OWN_PARTS.flatMap((part) => (values[part] === undefined ? [] : [[part, values[part]]])));
      const rest = Object.fromEntries(Object.entries(now).filter(([part]) => !OWN_PARTS.includes(part as OwnPart)));
      client.setQueryData(botSettingsQuery(ws, bot).queryKey, await saveBotSettings(ws, bot, { ...rest, ...own }));
      say(t("ui.saved"));
      onClose();
    },
  );
  const { values, errors } = form;
  const fields: Record<OwnPart, ReactNode> = {
    hours: values.hours && (
        <>
          <HoursFields hours={values.hours} barred={barred} onChange={(next) => form.set("hours", next)} />
          {values.hours.enabled && <OutsideFlow ws={ws} bot={bot} hours={values.hours} onChange={(next) => form.set("hours", next)} />}
        </>
      ),
    assignment: values.assignment && <AssignmentFields now={values.assignment} barred={barred} error={errors.assignment} onChange={(next) => form.set("assignment", next)} />,
    autoClose: values.autoClose && <CloseFields now={values.autoClose} disabled={barred !== undefined} onChange={(next) => form.set("autoClose", next)} />,
    panels: values.panels && <PanelFields panels={values.panels} barred={barred} error={errors.panels} onChange={(next) => form.set("panels", next)} />,
  };
  return (
    <Dialog
      open
      width="large"
      onClose={onClose}
      title={t("chat.settings.bots.dialog", { bot: title })}
      description={t("chat.settings.bots.dialogLead")}
      onSubmit={() => barred === undefined && void form.submit()}
      footer={<DialogButtons act={t("ui.save")} onCancel={onClose} busy={form.busy} disabled={barred !== undefined} />}
    >
      {form.general && (
        <Banner tone="danger" title={form.general.title}>
          {form.general.detail}
        </Banner>
      )}
      <div className={styles["parts"]}>
        {OWN_PARTS.map((part) => (
          <section key={part} className={styles["part"]}>
            <Switch
              label={t(`chat.settings.bots.parts.${part}`)}
              hint={values[part] === undefined ? t("chat.settings.bots.asTeam") : t("chat.settings.bots.ownPart")}
              checked={values[part] !== undefined}
              onChange={(on) => form.set(part, (on ? team[part] : undefined) as never)}
              reason={barred}
            />
            {fields[part]}
            {(part === "hours" || part === "autoClose") && errors[part] && (
              <p className={styles["problem"]} role="alert">
                {errors[part]}
              </p>
            )}
          </section>
        ))}
      </div>
    </Dialog>
  );
}

/** A bot may lead a call outside of the hours to a flow of its own. */
function OutsideFlow({ ws, bot, hours, onChange }: { ws: string; bot: string; hours: Hours; onChange: (next: Hours) => void }) {
  const t = useT();
  const options = useFlowOptions(ws, bot, hours.flowId, t("chat.settings.bots.noOutsideFlow"));
  return (
    <Field label={t("chat.settings.bots.outsideFlow")}>
      {({ id }) => (
        <Select id={id} label={t("chat.settings.bots.outsideFlow")} value={hours.flowId === null ? "" : String(hours.flowId)} options={options} onChange={(value) => onChange({ ...hours, flowId: value === "" ? null : Number(value) })} />
      )}
    </Field>
  );
}
