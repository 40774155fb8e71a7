// Columns by day, one upon another where there are several figures: a picture of numbers, and the same numbers as a table.
// The legend shows the figures of the day under the pointer, else those of the whole period.

import { ChartColumn, Table2 } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";

import { figure } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { cx, IconButton } from "../ui";
import styles from "./Chart.module.css";
import { labelled, ticks } from "./scale";

export interface Series {
  name: string;
  values: number[];
}

const HEIGHT = 200;
const TOP = 8;
const BOTTOM = 24;
const LEFT = 44;
/** A label needs so much room. */
const LABEL = 64;

export function Chart({
  title,
  days,
  series,
  totals,
  empty,
}: {
  title: string;
  /** What each column is called. */
  days: string[];
  series: Series[];
  /** The figures of the whole period, where they are no sum of the days (people are counted once). */
  totals?: number[];
  /** What stands in place of an empty chart. */
  empty?: ReactNode;
}) {
  const t = useT();
  const language = useLanguage();
  const id = useId();
  const [asTable, setAsTable] = useState(false);
  const [at, setAt] = useState<number>();
  const sums = totals ?? series.map((one) => one.values.reduce((sum, n) => sum + n, 0));
  const shown = at === undefined ? sums : series.map((one) => one.values[at] ?? 0);
  const nothing = series.every((one) => one.values.every((n) => n === 0));
  return (
    <figure aria-labelledby={id} className={styles["chart"]}>
      <div className={styles["head"]}>
        <h3 id={id}>{title}</h3>
        <div className={styles["legend"]}>
          <span>{at === undefined ? t("dashboard.chart.whole") : days[at]}</span>
          {series.map((one, nth) => (
            <span key={one.name} className={styles["key"]}>
              <span className={cx(styles["swatch"], styles[`tone-${nth}`])} aria-hidden />
              {one.name} {figure(shown[nth] ?? 0, language)}
            </span>
          ))}
        </div>
        <IconButton size="small" label={asTable ? t("dashboard.chart.asPicture") : t("dashboard.chart.asTable")} onClick={() => setAsTable(!asTable)}>
          {asTable ? <ChartColumn size={16} aria-hidden /> : <Table2 size={16} aria-hidden />}
        </IconButton>
      </div>
      {asTable ? (
        <Figures title={title} days={days} series={series} />
      ) : nothing && empty ? (
        empty
      ) : (
        <Columns title={title} days={days} series={series} at={at} onAt={setAt} />
      )}
    </figure>
  );
}

function Columns({ title, days, series, at, onAt }: { title: string; days: string[]; series: Series[]; at: number | undefined; onAt: (at: number | undefined) => void }) {
  const t = useT();
  const language = useLanguage();
  const frame = useRef<HTMLDivElement>(null);
  // Drawn as wide as there is room, so that no letter is stretched.
  const [width, setWidth] = useState(720);
  useEffect(() => {
    const box = frame.current;
    if (!box) return;
    const watch = new ResizeObserver(([entry]) => entry && setWidth(Math.max(240, Math.round(entry.contentRect.width))));
    watch.observe(box);
    return () => watch.disconnect();
  }, []);
  const most = Math.max(...days.map((_, nth) => series.reduce((sum, one) => sum + (one.values[nth] ?? 0), 0)), 0);
  const axis = ticks(most);
  const top = axis.at(-1) ?? 1;
  const y = (n: number) => TOP + (1 - n / top) * (HEIGHT - TOP - BOTTOM);
  const step = (width - LEFT) / Math.max(1, days.length);
  const bar = Math.max(2, Math.min(36, step * 0.62));
  const isLabelled = labelled(days.length, (width - LEFT) / LABEL);
  return (
    <div ref={frame} className={styles["frame"]}>
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        height={HEIGHT}
        role="img"
        aria-label={t("dashboard.chart.alt", { title, from: days[0] ?? "", to: days.at(-1) ?? "" })}
        className={styles["svg"]}
        onPointerLeave={() => onAt(undefined)}
      >
        {axis.map((n) => (
          <g key={n}>
            <line x1={LEFT} x2={width} y1={y(n)} y2={y(n)} className={styles["rule"]} />
            <text x={LEFT - 8} y={y(n) + 4} textAnchor="end">
              {figure(n, language)}
            </text>
          </g>
        ))}
        {days.map((day, nth) => {
          let below = 0;
          const x = LEFT + step * nth;
          return (
            <g key={day} onPointerEnter={() => onAt(nth)}>
              <rect x={x} y={TOP} width={step} height={HEIGHT - TOP - BOTTOM} className={cx(styles["column"], at === nth && styles["at"])} />
              {series.map((one, which) => {
                const n = one.values[nth] ?? 0;
                const from = below;
                below += n;
                if (n === 0) return null;
                const height = Math.max(1, y(from) - y(below));
                return <rect key={one.name} x={x + (step - bar) / 2} y={y(from) - height} width={bar} height={height} rx="2" className={styles[`tone-${which}`]} />;
              })}
              {isLabelled(nth) && (
                <text x={x + step / 2} y={HEIGHT - 6} textAnchor="middle">
                  {day}
                </text>
              )}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

function Figures({ title, days, series }: { title: string; days: string[]; series: Series[] }) {
  const t = useT();
  const language = useLanguage();
  return (
    // A table that is wider than a phone is moved by keyboard too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above
    <div className={styles["scroll"]} role="region" aria-label={title} tabIndex={0}>
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">{t("dashboard.chart.day")}</th>
            {series.map((one) => (
              <th key={one.name} scope="col">
                {one.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((day, nth) => (
            <tr key={day}>
              <th scope="row">{day}</th>
              {series.map((one) => (
                <td key={one.name}>{figure(one.values[nth] ?? 0, language)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
