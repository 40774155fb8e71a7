// What a turn did, node by node: in which order, how long it waited, what its templates became, what it changed and sent.

import { ArrowRight, ChevronRight, CornerDownRight } from "lucide-react";
import { useState } from "react";

import { sentence } from "../canvas/sentence";
import { Changes, shown, Words } from "../compare/Diff";
import { changes } from "../compare/json";
import { useT } from "../i18n/i18n";
import { cx } from "../ui";
import type { Channel, Previewed, Visit } from "./api";
import { type Doc, nameOf, nodeIn } from "./doc";
import { seenOf } from "./faces";
import styles from "./Inspector.module.css";
import type { Seen } from "./kakao/read";
import { KindMark } from "./KindMark";
import { sentTexts } from "./sent";

type Jumps = ((flow: number, node: number) => void) | undefined;

export function Trace({ answer, channel, doc, onJump }: { answer: Previewed; channel: Channel; doc: Doc | undefined; onJump: Jumps }) {
  const t = useT();
  const seen = seenOf(channel, answer.answer);
  const { from, visits } = answer.trace;
  return (
    <div className={styles["trace"]}>
      {from && (
        <div className={styles["from"]}>
          <CornerDownRight size={14} aria-hidden />
          <span>
            {t("preview.trace.from")} <Jump flow={from.flow} node={from.node} doc={doc} onJump={onJump} />
            {from.edge !== undefined && <EdgeTaken visit={from} doc={doc} />}
          </span>
        </div>
      )}
      <ol className={styles["visits"]}>
        {visits.map((visit, at) => (
          <VisitLine key={at} at={at} visit={visit} seen={seen} doc={doc} onJump={onJump} />
        ))}
      </ol>
      {visits.length === 0 && <p className={styles["none"]}>{t("preview.trace.none")}</p>}
      {answer.fault && <p className={styles["fault"]}>{answer.fault}</p>}
      <p className={styles["sum"]}>{t("preview.trace.sum", { n: visits.length, ms: Math.round(answer.tookMs) })}</p>
    </div>
  );
}

function Jump({ flow, node, doc, onJump }: { flow: number; node: number; doc: Doc | undefined; onJump: Jumps }) {
  const t = useT();
  const found = nodeIn(doc, flow, node);
  const words = (
    <>
      <span className={styles["flowName"]}>{found?.flow.title ?? t("preview.trace.flow", { id: String(flow) })}</span>
      <ChevronRight size={12} aria-hidden />
      <span className={styles["nodeName"]}>{nameOf(found?.node) ?? t("preview.trace.node", { id: String(node) })}</span>
    </>
  );
  return onJump ? (
    <button type="button" className={styles["jump"]} onClick={() => onJump(flow, node)}>
      {words}
    </button>
  ) : (
    <span className={styles["jump"]}>{words}</span>
  );
}

/** By which way it went on, in words of the file. */
function EdgeTaken({ visit, doc }: { visit: Visit; doc: Doc | undefined }) {
  const t = useT();
  if (visit.edge === undefined) return null;
  const found = nodeIn(doc, visit.flow, visit.node);
  const edge = found?.node?.next?.[visit.edge];
  const target = edge && found?.flow.nodes.find((one) => one.id === Number(edge.nodeId));
  return (
    <span className={styles["edge"]}>
      <ArrowRight size={12} aria-hidden />
      {sentence(edge?.where, t) ?? t("preview.trace.always")}
      {target && <span> → {nameOf(target) ?? `#${target.id}`}</span>}
    </span>
  );
}

function VisitLine({ at, visit, seen, doc, onJump }: { at: number; visit: Visit; seen: Seen; doc: Doc | undefined; onJump: Jumps }) {
  const t = useT();
  const node = nodeIn(doc, visit.flow, visit.node)?.node;
  const filled = visit.data === undefined ? [] : changes(node?.data, visit.data);
  const changed = Object.entries(visit.changed ?? {});
  const said = visit.sent ? sentTexts(node?.data?.["message"], seen) : [];
  const has = said.length > 0 || filled.length > 0 || changed.length > 0 || visit.error !== undefined || visit.edge !== undefined;
  const [open, setOpen] = useState(visit.error !== undefined || changed.length > 0);
  return (
    <li className={styles["visit"]}>
      <div className={styles["visitHead"]}>
        <span className={styles["order"]}>{at + 1}</span>
        <KindMark kind={visit.kind} />
        <Jump flow={visit.flow} node={visit.node} doc={doc} onJump={onJump} />
        <span className={styles["facts"]}>
          {Boolean(visit.sent) && <span>{t("preview.trace.sent", { n: visit.sent ?? 0 })}</span>}
          {visit.waitedMs !== undefined && <span>{t("preview.trace.waited", { ms: visit.waitedMs })}</span>}
        </span>
        {has && (
          <button
            type="button"
            className={cx(styles["more"], open && styles["open"])}
            aria-expanded={open}
            aria-label={t("preview.trace.details", { n: at + 1 })}
            onClick={() => setOpen(!open)}
          >
            <ChevronRight size={16} aria-hidden />
          </button>
        )}
      </div>
      {open && has && (
        <div className={styles["details"]}>
          {visit.error !== undefined && <p className={styles["fault"]}>{visit.error}</p>}
          {said.length > 0 && (
            <section>
              <h4>{t("preview.trace.messages")}</h4>
              {said.map((one, nth) => (
                <p key={nth} className={styles["message"]}>
                  <Words before={one.template} after={one.sent ?? one.template} />
                </p>
              ))}
            </section>
          )}
          {filled.length > 0 && (
            <section>
              <h4>{t("preview.trace.templates")}</h4>
              <Changes changes={filled} />
            </section>
          )}
          {changed.length > 0 && (
            <section>
              <h4>{t("preview.trace.changed")}</h4>
              <dl className={styles["set"]}>
                {changed.map(([key, value]) => (
                  <div key={key}>
                    <dt>{key}</dt>
                    <dd>{value === null ? <em>{t("preview.trace.removed")}</em> : shown(value)}</dd>
                  </div>
                ))}
              </dl>
            </section>
          )}
          <EdgeTaken visit={visit} doc={doc} />
        </div>
      )}
    </li>
  );
}
