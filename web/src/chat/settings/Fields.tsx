// Who gets requests and what closes by itself, of a team or of one bot.

import { useT } from "../../i18n/i18n";
import { Checkbox, Switch, TextArea, TextInput } from "../../ui";
import type { Assignment, AutoClose } from "./model";
import styles from "./Settings.module.css";

/** Characters of a notice (the server's bound). */
const MOST_NOTICE = 1_000;

export function AssignmentFields({ now, barred, error, onChange }: { now: Assignment; barred: string | undefined; error: string | undefined; onChange: (next: Assignment) => void }) {
  const t = useT();
  const set = <K extends keyof Assignment>(key: K, value: Assignment[K]) => onChange({ ...now, [key]: value });
  return (
    <>
      <Switch label={t("chat.settings.assignment.auto")} hint={t("chat.settings.assignment.autoHint")} checked={now.auto} onChange={(auto) => set("auto", auto)} reason={barred} />
      <TextInput
        label={t("chat.settings.assignment.max")}
        hint={t("chat.settings.assignment.maxHint")}
        type="number"
        min={1}
        max={100}
        value={String(now.max)}
        error={error}
        onChange={(event) => set("max", Math.max(0, Math.trunc(Number(event.target.value))))}
      />
      {(["specialistsOnly", "previousFirst", "othersIfPreviousAbsent", "inHoursFirst", "onlyAssigned"] as const).map((key) => (
        <Checkbox
          key={key}
          label={t(`chat.settings.assignment.${key}`)}
          hint={t(`chat.settings.assignment.${key}Hint`)}
          checked={now[key]}
          disabled={barred !== undefined || (key === "othersIfPreviousAbsent" && !now.previousFirst)}
          onChange={(on) => set(key, on)}
        />
      ))}
    </>
  );
}

export function CloseFields({ now, disabled, onChange }: { now: AutoClose; disabled: boolean; onChange: (next: AutoClose) => void }) {
  const t = useT();
  const set = <K extends keyof AutoClose>(key: K, value: AutoClose[K]) => onChange({ ...now, [key]: value });
  return (
    <>
      <Minutes label={t("chat.settings.close.waiting")} value={now.waitingMinutes} disabled={disabled} onChange={(next) => set("waitingMinutes", next)} />
      <Minutes label={t("chat.settings.close.connected")} value={now.connectedMinutes} disabled={disabled} onChange={(next) => set("connectedMinutes", next)} />
      <Checkbox label={t("chat.settings.close.unanswered")} hint={t("chat.settings.close.unansweredHint")} checked={now.evenIfUnanswered} disabled={disabled} onChange={(on) => set("evenIfUnanswered", on)} />
      <TextArea label={t("chat.settings.close.message")} hint={t("chat.settings.close.messageHint")} value={now.message} maxLength={MOST_NOTICE} onChange={(event) => set("message", event.target.value)} />
    </>
  );
}

function Minutes({ label, value, disabled, onChange }: { label: string; value: number | null; disabled: boolean; onChange: (next: number | null) => void }) {
  const t = useT();
  return (
    <div className={styles["minutes"]}>
      <Checkbox label={label} checked={value !== null} disabled={disabled} onChange={(on) => onChange(on ? 30 : null)} />
      {value !== null && (
        <TextInput
          label={t("chat.settings.close.minutes", { what: label })}
          hideLabel
          type="number"
          min={1}
          value={String(value)}
          onChange={(event) => onChange(Math.max(0, Math.trunc(Number(event.target.value))))}
        />
      )}
      {value !== null && <span aria-hidden>{t("chat.settings.close.unit")}</span>}
    </div>
  );
}
