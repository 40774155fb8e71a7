// The inside of one turn: which nodes ran in which order, what they changed, how long the world took, and the very bytes
// that came and went.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import { useBot } from "../bots/Bot";
import { Raw } from "../channels/Log";
import { figure, moment } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { useKindName } from "../preview/KindMark";
import { Failed } from "../shell/Loading";
import { useWorkspace } from "../shell/workspace";
import { cx, Dialog, Segmented, Skeleton } from "../ui";
import styles from "./Inspector.module.css";
import { type BridgeTrace, traceOf, type Turn, turnQuery, type Visit } from "./read";

export function Inspector({ turn, onClose }: { turn: string; onClose: () => void }) {
  const t = useT();
  const language = useLanguage();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const read = useQuery(turnQuery(ws, bot.id, turn));
  const [tab, setTab] = useState<"trace" | "raw">("trace");
  return (
    <Dialog open onClose={onClose} width="large" title={t("conversations.turn.title")} description={read.data && moment(read.data.at, language)}>
      {read.error && <Failed error={read.error} retry={() => void read.refetch()} />}
      {read.isPending && <Skeleton width="full" height="box" />}
      {read.data && (
        <>
          <Facts turn={read.data} />
          <Segmented
            label={t("conversations.turn.view")}
            value={tab}
            onChange={setTab}
            options={[
              { value: "trace", label: t("conversations.turn.trace") },
              { value: "raw", label: t("conversations.turn.raw") },
            ]}
          />
          {tab === "trace" ? <Trace turn={read.data} /> : <Pair turn={read.data} />}
        </>
      )}
    </Dialog>
  );
}

function Facts({ turn }: { turn: Turn }) {
  const t = useT();
  const language = useLanguage();
  return (
    <>
      <dl className={styles["facts"]}>
        <div>
          <dt>{t("channels.seen.took")}</dt>
          <dd>{t("channels.seen.ms", { n: figure(Math.round(turn.tookMs), language) })}</dd>
        </div>
        <div>
          <dt>{t("channels.seen.block")}</dt>
          <dd>{turn.block || t("channels.seen.noBlock")}</dd>
        </div>
        <div>
          <dt>{t("channels.seen.version")}</dt>
          <dd>{turn.version === 0 ? t("channels.seen.draft") : `v${turn.version}`}</dd>
        </div>
      </dl>
      {turn.fault && (
        <p className={styles["fault"]} role="note">
          {turn.fault}
        </p>
      )}
    </>
  );
}

function Trace({ turn }: { turn: Turn }) {
  const t = useT();
  const trace = traceOf(turn);
  if (trace === null) return <p className={styles["none"]}>{t("conversations.turn.noTrace")}</p>;
  if (trace.bridge) return <Bridged bridge={trace.bridge} />;
  const { from, visits = [] } = trace;
  return (
    <>
      {from && (
        <p className={styles["from"]}>
          {t("conversations.turn.from")} <NodeLink visit={from} />
        </p>
      )}
      <ol className={styles["visits"]}>
        {visits.map((visit, nth) => (
          <VisitLine key={nth} visit={visit} />
        ))}
      </ol>
      {visits.length === 0 && <p className={styles["none"]}>{t("conversations.turn.noNodes")}</p>}
    </>
  );
}

/** A turn that an old server answered: what it was asked, and what it said. */
function Bridged({ bridge }: { bridge: BridgeTrace }) {
  const t = useT();
  const language = useLanguage();
  const { asked, content, reply, failure } = bridge;
  const call = asked === "nothing" ? t("bridge.trace.nothing") : asked === "keyboard" ? t("bridge.trace.keyboard") : `POST /message · ${asked}`;
  return (
    <ol className={styles["visits"]}>
      <li className={cx(styles["visit"], failure !== null && styles["failed"])}>
        <p className={styles["name"]}>
          {call}
          {asked !== "nothing" && <span className={styles["notes"]}>{t("bridge.trace.took", { n: figure(bridge.tookMs, language) })}</span>}
        </p>
        {content && (
          <dl className={styles["changed"]}>
            <div>
              <dt>{t("bridge.trace.asked")}</dt>
              <dd>{content}</dd>
            </div>
          </dl>
        )}
        {failure !== null && <p className={styles["error"]}>{language === "ko" ? failure.ko : failure.en}</p>}
        {(reply !== null || failure?.answer) && (
          <details className={styles["data"]} open={failure !== null}>
            <summary>{t("bridge.trace.said")}</summary>
            <pre>{failure?.answer ?? JSON.stringify(reply, null, 2)}</pre>
          </details>
        )}
      </li>
    </ol>
  );
}

function NodeLink({ visit }: { visit: Visit }) {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const kind = useKindName();
  return (
    <Link to="/w/$ws/bots/$bot/edit/$flow" params={{ ws, bot: bot.id, flow: String(visit.flow) }} search={{ node: visit.node }}>
      {t("conversations.turn.node", { flow: String(visit.flow), node: String(visit.node), kind: kind(visit.kind) })}
    </Link>
  );
}

function VisitLine({ visit }: { visit: Visit }) {
  const t = useT();
  const language = useLanguage();
  const changed = Object.entries(visit.changed ?? {});
  return (
    <li className={cx(styles["visit"], visit.error !== undefined && styles["failed"])}>
      <p className={styles["name"]}>
        <NodeLink visit={visit} />
        <span className={styles["notes"]}>
          {visit.sent ? t("conversations.turn.sent", { n: visit.sent }) : ""}
          {visit.waitedMs !== undefined && ` ${t("conversations.turn.waited", { n: figure(visit.waitedMs, language) })}`}
        </span>
      </p>
      {visit.error !== undefined && <p className={styles["error"]}>{visit.error}</p>}
      {changed.length > 0 && (
        <dl className={styles["changed"]}>
          {changed.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value === null ? t("conversations.turn.removed") : JSON.stringify(value)}</dd>
            </div>
          ))}
        </dl>
      )}
      {visit.data !== undefined && (
        <details className={styles["data"]}>
          <summary>{t("conversations.turn.data")}</summary>
          <pre>{JSON.stringify(visit.data, null, 2)}</pre>
        </details>
      )}
    </li>
  );
}

function Pair({ turn }: { turn: Turn }) {
  const t = useT();
  return (
    <>
      <Raw title={t("channels.log.request")} text={turn.request} />
      <Raw title={t("channels.log.answer")} text={turn.answer} />
      {turn.late !== null && <Raw title={t("conversations.turn.late")} text={turn.late} />}
    </>
  );
}
