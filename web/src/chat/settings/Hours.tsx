// When agents work: the week, public holidays, days of one's own, and what happens to a call outside.

import { Plus, X } from "lucide-react";

import { dayIn } from "../../dashboard/scale";
import { useLanguage, useT } from "../../i18n/i18n";
import { Button, Checkbox, Field, IconButton, Select, Switch, TextArea, TextInput } from "../../ui";
import { type Hours, type Interval, type SpecialDay, unsound } from "./model";
import styles from "./Settings.module.css";

const ZONES = ["Asia/Seoul", "Asia/Tokyo", "Asia/Shanghai", "Asia/Singapore", "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "UTC"];
const WORKDAY: Interval = { from: "09:00", to: "18:00" };
/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

export function HoursFields({ hours, barred, onChange }: { hours: Hours; barred: string | undefined; onChange: (next: Hours) => void }) {
  const t = useT();
  const language = useLanguage();
  const off = barred !== undefined;
  const set = <K extends keyof Hours>(key: K, value: Hours[K]) => onChange({ ...hours, [key]: value });
  const dayName = (nth: number) => new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" }).format(MONDAY + nth * DAY_MS);
  const setDay = (nth: number, day: SpecialDay | undefined) => set("days", day ? hours.days.with(nth, day) : hours.days.toSpliced(nth, 1));
  return (
    <>
      <Switch label={t("chat.settings.hours.enabled")} hint={t("chat.settings.hours.enabledHint")} checked={hours.enabled} onChange={(enabled) => set("enabled", enabled)} reason={barred} />
      {hours.enabled && (
        <>
          <Field label={t("chat.settings.hours.zone")}>
            {({ id }) => <Select id={id} label={t("chat.settings.hours.zone")} value={hours.timeZone} disabled={off} onChange={(zone) => set("timeZone", zone)} options={[...new Set([hours.timeZone, ...ZONES])].map((zone) => ({ value: zone, label: zone }))} />}
          </Field>
          <div role="group" aria-label={t("chat.settings.hours.week")} className={styles["week"]}>
            {hours.week.map((intervals, nth) => (
              <div key={nth} className={styles["day"]}>
                <Checkbox label={dayName(nth)} checked={intervals.length > 0} disabled={off} onChange={(open) => set("week", hours.week.with(nth, open ? [WORKDAY] : []))} />
                <Intervals name={dayName(nth)} intervals={intervals} disabled={off} onChange={(next) => set("week", hours.week.with(nth, next))} />
              </div>
            ))}
          </div>
          <Checkbox label={t("chat.settings.hours.publicHolidays")} hint={t("chat.settings.hours.publicHolidaysHint")} checked={hours.publicHolidays} disabled={off} onChange={(on) => set("publicHolidays", on)} />
          <div role="group" aria-label={t("chat.settings.hours.days")} className={styles["week"]}>
            <p className={styles["label"]}>{t("chat.settings.hours.days")}</p>
            {hours.days.map((day, nth) => (
              <div key={nth} className={styles["special"]}>
                <TextInput label={t("chat.settings.hours.date")} hideLabel type="date" value={day.date} onChange={(event) => setDay(nth, { ...day, date: event.target.value })} />
                <TextInput label={t("chat.settings.hours.dayName")} hideLabel placeholder={t("chat.settings.hours.dayName")} value={day.name} onChange={(event) => setDay(nth, { ...day, name: event.target.value })} />
                <Checkbox label={t("chat.settings.hours.isOpen")} checked={day.open.length > 0} disabled={off} onChange={(open) => setDay(nth, { ...day, open: open ? [WORKDAY] : [] })} />
                <IconButton size="small" label={t("chat.settings.hours.removeDay", { day: day.name || day.date })} disabled={off} onClick={() => setDay(nth, undefined)}>
                  <X size={15} aria-hidden />
                </IconButton>
                {day.open.length > 0 && <Intervals name={day.name || day.date} intervals={day.open} disabled={off} onChange={(open) => setDay(nth, { ...day, open })} />}
              </div>
            ))}
            <Button size="small" icon={<Plus size={14} aria-hidden />} disabled={off} onClick={() => set("days", [...hours.days, { date: dayIn(hours.timeZone, Date.now()), name: "", open: [] }])}>
              {t("chat.settings.hours.addDay")}
            </Button>
          </div>
          <TextArea label={t("chat.settings.hours.notice")} hint={t("chat.settings.hours.noticeHint")} value={hours.notice} maxLength={1_000} onChange={(event) => set("notice", event.target.value)} />
          <Checkbox label={t("chat.settings.hours.accept")} hint={t("chat.settings.hours.acceptHint")} checked={hours.accept} disabled={off} onChange={(on) => set("accept", on)} />
          <Checkbox label={t("chat.settings.hours.botAnswers")} hint={t("chat.settings.hours.botAnswersHint")} checked={hours.botAnswers} disabled={off || !hours.accept} onChange={(on) => set("botAnswers", on)} />
        </>
      )}
    </>
  );
}

function Intervals({ name, intervals, disabled, onChange }: { name: string; intervals: Interval[]; disabled: boolean; onChange: (next: Interval[]) => void }) {
  const t = useT();
  const wrong = unsound(intervals);
  if (intervals.length === 0) return <span className={styles["closed"]}>{t("chat.settings.hours.closed")}</span>;
  return (
    <div className={styles["intervals"]}>
      {intervals.map((one, nth) => (
        <div key={nth} className={styles["interval"]}>
          <TextInput label={t("chat.settings.hours.from", { day: name })} hideLabel type="time" value={one.from} onChange={(event) => onChange(intervals.with(nth, { ...one, from: event.target.value }))} aria-invalid={wrong === nth || undefined} />
          <span aria-hidden>–</span>
          <TextInput label={t("chat.settings.hours.to", { day: name })} hideLabel type="time" value={one.to} onChange={(event) => onChange(intervals.with(nth, { ...one, to: event.target.value }))} aria-invalid={wrong === nth || undefined} />
          {intervals.length > 1 && (
            <IconButton size="small" label={t("chat.settings.hours.removeInterval", { day: name })} disabled={disabled} onClick={() => onChange(intervals.toSpliced(nth, 1))}>
              <X size={14} aria-hidden />
            </IconButton>
          )}
          {nth === intervals.length - 1 && (
            <IconButton size="small" label={t("chat.settings.hours.addInterval", { day: name })} disabled={disabled} onClick={() => onChange([...intervals, { from: one.to, to: one.to < "22:00" ? "22:00" : "23:59" }])}>
              <Plus size={14} aria-hidden />
            </IconButton>
          )}
        </div>
      ))}
      {wrong !== undefined && (
        <p className={styles["problem"]} role="alert">
          {t("chat.settings.hours.wrong")}
        </p>
      )}
    </div>
  );
}
