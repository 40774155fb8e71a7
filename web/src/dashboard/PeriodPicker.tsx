// Which days: one of the usual periods, or any from a first to a last day.

import { useRef, useState } from "react";

import { useT } from "../i18n/i18n";
import { Select } from "../ui";
import styles from "./Dashboard.module.css";
import { isDay, type Period, period, type Preset, PRESETS, presetOf } from "./scale";

/** Nothing was counted before it; a year that is half typed (0202) is no day. */
const FIRST = "2000-01-01";

export function PeriodPicker({ value, today, onChange }: { value: Period; today: string; onChange: (next: Period) => void }) {
  const t = useT();
  const preset = presetOf(value, today) ?? "own";
  return (
    <div className={styles["period"]} role="group" aria-label={t("dashboard.period.label")}>
      <div className={styles["preset"]}>
        <Select
          label={t("dashboard.period.label")}
          value={preset}
          onChange={(next) => next !== "own" && onChange(period(next as Preset, today))}
          options={[
            ...PRESETS.map((one) => ({ value: one as string, label: t(`dashboard.period.${one}`) })),
            { value: "own", label: t("dashboard.period.own"), disabled: preset !== "own" },
          ]}
        />
      </div>
      <div className={styles["days"]}>
        <Day label={t("dashboard.period.from")} value={value.from} max={today} onChange={(from) => onChange({ from, to: from > value.to ? from : value.to })} />
        <span aria-hidden>–</span>
        <Day label={t("dashboard.period.to")} value={value.to} max={today} onChange={(to) => onChange({ from: to < value.from ? to : value.from, to })} />
      </div>
    </div>
  );
}

function Day({ label, value, max, onChange }: { label: string; value: string; max: string; onChange: (day: string) => void }) {
  /** What stands in the field while a key changes one part of it after the other: 1 is on its way to 12. */
  const [typed, setTyped] = useState<string>();
  const byKey = useRef(false);
  const settle = () => {
    byKey.current = false;
    setTyped(undefined);
    if (isDay(typed) && typed !== value && typed >= FIRST) onChange(typed > max ? max : typed);
  };
  return (
    <input
      type="date"
      aria-label={label}
      className={styles["day"]}
      value={typed ?? value}
      min={FIRST}
      max={max}
      onKeyDown={(event) => {
        if (event.key === "Enter") settle();
        else byKey.current = event.key !== "Tab";
      }}
      onPointerDown={() => {
        byKey.current = false;
      }}
      onChange={(event) => {
        const day = event.target.value;
        if (byKey.current) setTyped(day);
        else if (isDay(day)) onChange(day);
      }}
      onBlur={settle}
    />
  );
}
