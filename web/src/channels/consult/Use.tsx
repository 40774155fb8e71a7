// What a month costs: rooms with a message of a bot or an agent, each once a day from 04:00 to 04:00. The dealer's bill decides.

import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";

import { useBot } from "../../bots/Bot";
import { figure } from "../../i18n/format";
import { useLanguage, useT } from "../../i18n/i18n";
import { Failed } from "../../shell/Loading";
import { useNow } from "../../shell/useNow";
import { useWorkspace } from "../../shell/workspace";
import { Cell, HeadCell, IconButton, Section, Skeleton, Table } from "../../ui";
import styles from "./Consult.module.css";
import { dateOf, monthAt, useQueryOf } from "./read";

/** So many months are looked back. */
const MOST = 24;

export function Use() {
  const t = useT();
  const language = useLanguage();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const now = useNow();
  const [before, setBefore] = useState(0);
  const { from, to, first } = monthAt(now, before);
  const read = useQuery(useQueryOf(ws, bot.id, { from, to }));
  const name = new Intl.DateTimeFormat(language, { year: "numeric", month: "long", timeZone: "UTC" }).format(first);
  const day = new Intl.DateTimeFormat(language, { month: "long", day: "numeric", weekday: "short", timeZone: "UTC" });
  return (
    <Section title={t("consult.use.title")} description={t("consult.use.lead")}>
      <div className={styles["month"]}>
        <IconButton size="small" label={t("consult.use.before")} disabled={before >= MOST} onClick={() => setBefore(before + 1)}>
          <ChevronLeft size={16} aria-hidden />
        </IconButton>
        <b>{name}</b>
        <IconButton size="small" label={t("consult.use.after")} disabled={before === 0} onClick={() => setBefore(before - 1)}>
          <ChevronRight size={16} aria-hidden />
        </IconButton>
        {read.data && (
          <span className={styles["sum"]} role="status">
            {t("consult.use.sum", { n: figure(read.data.roomDays, language) })}
          </span>
        )}
      </div>
      {read.isPending && <Skeleton width="full" height="control" />}
      {read.error && !read.data && <Failed error={read.error} retry={() => void read.refetch()} />}
      {read.data && read.data.days.length > 0 && (
        <Table
          label={t("consult.use.table", { month: name })}
          head={
            <>
              <HeadCell>{t("consult.use.day")}</HeadCell>
              <HeadCell end>{t("consult.use.rooms")}</HeadCell>
            </>
          }
        >
          {read.data.days.map((one) => (
            <tr key={one.at}>
              <Cell grow>{day.format(dateOf(one.at))}</Cell>
              <Cell end>{figure(one.rooms, language)}</Cell>
            </tr>
          ))}
        </Table>
      )}
      <p className={styles["fine"]}>{t("consult.use.what")}</p>
    </Section>
  );
}
