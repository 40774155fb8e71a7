// Two states of a bot beside each other: flows and nodes that came, changed and went, drawn where they stand on the canvas,
// and what changed in each, field by field. The address names both and what is looked at.

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { ArrowLeft, ArrowRight, PencilLine } from "lucide-react";
import { useMemo } from "react";

import type { Bot } from "../api/client";
import { Changes, shown } from "../compare/Diff";
import type { FlowDoc } from "../flow/types";
import { useT } from "../i18n/i18n";
import { KindMark, useKindName } from "../preview/KindMark";
import { nameOf } from "../preview/doc";
import { Failed } from "../shell/Loading";
import { buttonClass, cx, EmptyState, Select, Skeleton } from "../ui";
import { draftFileQuery, versionFileQuery, versionsQuery } from "./api";
import { count, difference, type FlowDifference, type How, type NodeDifference } from "./compare";
import { FlowMap } from "./FlowMap";
import { Counts } from "./Summary";
import styles from "./Comparison.module.css";

type Side = number | "draft";

function useFile(ws: string, bot: string, side: Side) {
  const version = useQuery({ ...versionFileQuery(ws, bot, side === "draft" ? 0 : side), enabled: side !== "draft" });
  const draft = useQuery({ ...draftFileQuery(ws, bot), enabled: side === "draft" });
  return side === "draft" ? { doc: draft.data?.doc, error: draft.error, retry: draft.refetch } : { doc: version.data, error: version.error, retry: version.refetch };
}

export function Comparison({ ws, bot, from, to }: { ws: string; bot: Bot; from: number; to: Side }) {
  const t = useT();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { flow?: number; node?: number };
  const before = useFile(ws, bot.id, from);
  const after = useFile(ws, bot.id, to);
  const found = useMemo(() => (before.doc && after.doc ? difference(before.doc, after.doc) : undefined), [before.doc, after.doc]);
  const go = (change: { from?: number; to?: Side; flow?: number | undefined; node?: number | undefined }) =>
    void navigate({ to: "/w/$ws/bots/$bot/versions", params: { ws, bot: bot.id }, search: { from, to, ...change }, replace: true });
  const flow = found?.flows.find((one) => one.id === search.flow) ?? found?.flows.find((one) => one.how !== "moved") ?? found?.flows[0];
  const node = flow?.nodes.find((one) => one.id === search.node);
  const titles = useMemo(() => new Map([...(before.doc?.flows ?? []), ...(after.doc?.flows ?? [])].map((one) => [one.id, one.title])), [before.doc, after.doc]);
  const error = before.error ?? after.error;
  return (
    <div className={styles["comparison"]}>
      <div className={styles["head"]}>
        <Link to="/w/$ws/bots/$bot/versions" params={{ ws, bot: bot.id }} search={{}} className={buttonClass("quiet", "small")}>
          <ArrowLeft size={14} aria-hidden />
          {t("versions.toList")}
        </Link>
        <div className={styles["sides"]}>
          <SideSelect ws={ws} bot={bot} label={t("versions.from")} side={from} onChange={(side) => side !== "draft" && go({ from: side })} versionsOnly />
          <ArrowRight size={16} aria-hidden />
          <SideSelect ws={ws} bot={bot} label={t("versions.to")} side={to} onChange={(side) => go({ to: side })} />
        </div>
        {found && <p className={styles["sum"]}>{t("versions.changes", { n: count(found) })}</p>}
      </div>
      {error && <Failed error={error} retry={() => void Promise.all([before.retry(), after.retry()])} />}
      {!found && !error && <Skeleton width="full" height="box" />}
      {found && found.flows.length === 0 && found.preference.length === 0 && (
        <EmptyState title={t("versions.same.title")}>{t("versions.same.lead")}</EmptyState>
      )}
      {found && (found.flows.length > 0 || found.preference.length > 0) && (
        <div className={styles["columns"]}>
          <nav className={styles["flows"]} aria-label={t("versions.changedFlows")}>
            <ul>
              {found.flows.map((one) => (
                <li key={one.id}>
                  <button type="button" className={cx(styles["flow"], one === flow && styles["here"])} aria-current={one === flow || undefined} onClick={() => go({ flow: one.id, node: undefined })}>
                    <span className={styles["flowTitle"]}>{one.title}</span>
                    {one.how === "moved" ? <span className={styles["quiet"]}>{t("versions.onlyMoved")}</span> : <Counts flow={one} />}
                  </button>
                </li>
              ))}
            </ul>
          </nav>
          <div className={styles["detail"]}>
            {flow && (
              <>
                <FlowMap before={flow.before as FlowDoc | undefined} after={flow.after as FlowDoc | undefined} nodes={flow.nodes} titles={titles} chosen={node?.id} onChoose={(id) => go({ flow: flow.id, node: id })} />
                <FlowDetail flow={flow} node={node} onNode={(id) => go({ flow: flow.id, node: id })} />
                <OpenLink ws={ws} bot={bot.id} flow={flow} node={node} to={to} />
              </>
            )}
            {found.preference.length > 0 && (
              <section className={styles["fields"]}>
                <h3>{t("versions.preference")}</h3>
                <Changes changes={found.preference} />
              </section>
            )}
          </div>
        </div>
      )}
    </div>
  );
}

function SideSelect({ ws, bot, label, side, onChange, versionsOnly }: { ws: string; bot: Bot; label: string; side: Side; onChange: (side: Side) => void; versionsOnly?: boolean }) {
  const t = useT();
  const versions = useInfiniteQuery(versionsQuery(ws, bot.id));
  const numbers = versions.data?.pages.flatMap((page) => page.items.map((one) => one.number)) ?? [];
  const all = [...new Set([...numbers, ...(side === "draft" ? [] : [side])])].sort((a, b) => b - a);
  return (
    <Select
      label={label}
      size="small"
      value={String(side)}
      onChange={(next) => onChange(next === "draft" ? "draft" : Number(next))}
      options={[
        ...(versionsOnly ? [] : [{ value: "draft", label: t("versions.draft") }]),
        ...all.map((n) => ({ value: String(n), label: n === bot.liveVersion ? t("versions.vLive", { n: String(n) }) : `v${n}` })),
      ]}
    />
  );
}

const ORDER: How[] = ["added", "changed", "removed", "moved"];

function FlowDetail({ flow, node, onNode }: { flow: FlowDifference; node: NodeDifference | undefined; onNode: (id: number | undefined) => void }) {
  const t = useT();
  const listed = node ? [node] : [...flow.nodes].sort((a, b) => ORDER.indexOf(a.how) - ORDER.indexOf(b.how));
  return (
    <div className={styles["nodes"]}>
      {flow.fields.length > 0 && !node && (
        <section className={styles["fields"]}>
          <h3>{t("versions.flowItself")}</h3>
          <Changes changes={flow.fields} />
        </section>
      )}
      {node && (
        <button type="button" className={styles["all"]} onClick={() => onNode(undefined)}>
          <ArrowLeft size={12} aria-hidden />
          {t("versions.allNodes", { n: flow.nodes.length })}
        </button>
      )}
      <ul className={styles["nodeList"]}>
        {listed.map((one) => (
          <NodeDetail key={one.id} node={one} />
        ))}
      </ul>
    </div>
  );
}

function NodeDetail({ node }: { node: NodeDifference }) {
  const t = useT();
  const kind = useKindName()(node.type);
  const one = node.after ?? node.before;
  return (
    <li className={cx(styles["node"], styles[node.how])}>
      <p className={styles["nodeHead"]}>
        <KindMark kind={node.type} />
        <strong>{nameOf(one) || kind}</strong>
        <span className={styles["quiet"]}>#{node.id}</span>
        <span className={styles["how"]}>{t(`versions.how.${node.how}`)}</span>
      </p>
      {node.how === "changed" && <Changes changes={node.fields} />}
      {(node.how === "added" || node.how === "removed") && Boolean(one?.data && Object.keys(one.data).length > 0) && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        <pre className={styles["data"]} tabIndex={0}>
          {shown(one?.data)}
        </pre>
      )}
    </li>
  );
}

function OpenLink({ ws, bot, flow, node, to }: { ws: string; bot: string; flow: FlowDifference; node: NodeDifference | undefined; to: Side }) {
  const t = useT();
  if (to !== "draft" || !flow.after || (node && !node.after)) return null;
  return (
    <Link to="/w/$ws/bots/$bot/edit/$flow" params={{ ws, bot, flow: String(flow.id) }} search={node ? { node: node.id } : {}} className={cx(buttonClass("secondary", "small"), styles["open"])}>
      <PencilLine size={14} aria-hidden />
      {t("versions.openInEditor")}
    </Link>
  );
}
