// A node as a quiet card: a chip says its kind, the rest is its content. Rows that lead on have a connection point of their
// own; an edge that is drawn from it writes its condition by itself.

import { type NodeProps, useUpdateNodeInternals } from "@xyflow/react";
import { ArrowRight, ExternalLink, Image, ImageOff, MapPin, TriangleAlert } from "lucide-react";
import { type CSSProperties, memo, type ReactNode, useEffect, useRef, useState } from "react";

import { OUT } from "../flow/leads";
import { type NodeDoc, typeOf } from "../flow/types";
import { useT } from "../i18n/i18n";
import { Avatar, cx, Tooltip } from "../ui";
import type { CanvasNode } from "./derive";
import { faceOf, type Row } from "./face";
import { useFacts } from "./facts";
import { KindChip, kindClass } from "./kinds";
import { Point } from "./Point";
import styles from "./FlowNode.module.css";

export const FlowNode = memo(function FlowNode({ id, data, selected, height }: NodeProps<CanvasNode>) {
  const t = useT();
  const { node } = data;
  const kind = typeOf(node);
  const own = Number(id);
  const problems = useFacts((facts) => facts.problems.get(own));
  const visit = useFacts((facts) => facts.visits.get(own));
  const people = useFacts((facts) => facts.people.get(own));
  const mark = useFacts((facts) => facts.marks.get(own));
  const far = useFacts((facts) => facts.near !== undefined && !facts.near.has(own));
  const readonly = useFacts((facts) => facts.readonly);
  const tight = data.tight !== undefined && !selected;
  const rows = faceOf(node);

  // xyflow measures a new card by itself, and one that changes its size; where its points are it must be told. Until then
  // all of it stands there, however far away one is.
  const update = useUpdateNodeInternals();
  const box = useRef<HTMLDivElement>(null);
  const measured = useRef({ rows, tight });
  useEffect(() => {
    const { current: card } = box;
    if (measured.current.rows !== rows || measured.current.tight !== tight) {
      measured.current = { rows, tight };
      card?.removeAttribute("data-settled");
      update(id);
    }
    // It is measured after the next frame's layout.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => card?.setAttribute("data-settled", ""));
    });
    return () => cancelAnimationFrame(frame);
  }, [update, id, rows, tight]);

  const errors = problems?.some((one) => one.severity === "error");
  const name = node.label?.trim() || t(`editor.kinds.${kind}`);
  const out = kind !== "flow" && kind !== "unknown";
  return (
    <div
      ref={box}
      className={cx(
        styles["node"],
        kindClass(kind),
        selected && styles["selected"],
        far && styles["far"],
        visit && styles["visited"],
        mark && styles[mark],
        errors && styles["wrong"],
        tight && styles["tight"],
      )}
      style={{ "--height": `${height}px`, ...(tight && { maxHeight: data.tight }) } as CSSProperties}
    >
      {kind !== "entry" && <Point id="in" type="target" className={styles["in"]} connectable={!readonly} />}
      <div className={styles["head"]}>
        <KindChip kind={kind} />
        <span className={styles["name"]}>{name}</span>
        {problems && problems.length > 0 && (
          <Tooltip text={<Problems problems={problems.map((one) => one.message)} />}>
            <span
              className={cx(styles["problem"], errors && styles["error"])}
              role="img"
              aria-label={t("editor.problems.of", { n: problems.length })}
            >
              <TriangleAlert size={14} aria-hidden />
            </span>
          </Tooltip>
        )}
        {people?.map((one) => (
          <Tooltip key={one.session} text={one.name}>
            <span className={styles["person"]}>
              <Avatar name={one.name} picture={one.picture} size={20} />
            </span>
          </Tooltip>
        ))}
        {visit && (
          <span className={cx(styles["visit"], visit.failed && styles["visitFailed"])} aria-label={t("editor.visit", { n: visit.order })} role="img">
            {visit.order}
          </span>
        )}
        {out && <Point id={OUT} type="source" className={styles["out"]} connectable={!readonly} />}
      </div>
      {rows.length > 0 && (
        <div className={styles["body"]}>
          {rows.map((row, at) => (
            <Content key={at} row={row} node={node} readonly={readonly} />
          ))}
        </div>
      )}
      {tight && <div className={styles["fade"]} aria-hidden />}
    </div>
  );
});

function Problems({ problems }: { problems: readonly string[] }) {
  return (
    <>
      {problems.slice(0, 5).map((one, at) => (
        <span key={at} className={styles["line"]}>
          {one}
        </span>
      ))}
    </>
  );
}

function Content({ row, node, readonly }: { row: Row; node: NodeDoc; readonly: boolean }) {
  const t = useT();
  switch (row.is) {
    case "text":
      return (
        <p className={styles["text"]}>
          <Marked text={row.text} />
        </p>
      );
    case "code":
      return (
        <pre className={styles["code"]}>
          <Marked text={row.text} />
        </pre>
      );
    case "assign":
      return (
        <p className={styles["assign"]}>
          <b>{row.name}</b> ← {row.value === undefined ? <i>{t("editor.face.removed")}</i> : <Marked text={row.value} />}
        </p>
      );
    case "media":
      return row.kind === "image" ? <Picture uri={row.uri} /> : <p className={styles["quiet"]}>{row.uri || t("editor.face.nothing")}</p>;
    case "card":
      return (
        <div className={styles["card"]}>
          {row.uri !== undefined && <Picture uri={row.uri} />}
          <p className={styles["cardTitle"]}>
            <Marked text={row.title || t("editor.face.untitled")} />
          </p>
          {row.description && (
            <p className={styles["cardText"]}>
              <Marked text={row.description} />
            </p>
          )}
        </div>
      );
    case "button":
      return <Button row={row} readonly={readonly} />;
    case "to":
      return <To flow={row.flow} />;
    case "outcome":
      return (
        <div className={cx(styles["row"], styles["outcome"])}>
          <span className={cx(styles["dot"], row.outcome === "failure" && styles["bad"])} aria-hidden />
          <span className={styles["label"]}>{t(`editor.face.${row.outcome}`)}</span>
          <Point id={row.outcome} type="source" className={styles["point"]} connectable={!readonly} />
        </div>
      );
    case "more":
      return <p className={styles["quiet"]}>{t("editor.face.more", { n: row.n })}</p>;
    default:
      return (
        <p className={styles["quiet"]}>
          {row.word === "location" && <MapPin size={13} aria-hidden />}
          {t(`editor.face.${typeOf(node) === "backstack" && row.word === "pop" ? "stackPop" : row.word}`, { n: row.n ?? 0 })}
        </p>
      );
  }
}

function Button({ row, readonly }: { row: Extract<Row, { is: "button" }>; readonly: boolean }) {
  const t = useT();
  const to = useFacts((facts) => (row.flow === undefined ? undefined : facts.titles.get(row.flow)));
  return (
    <div className={styles["row"]} data-button={row.at}>
      <span className={styles["label"]}>
        <Marked text={row.label || t("editor.face.untitled")} />
      </span>
      {row.kind === "link" && <ExternalLink size={13} aria-hidden />}
      {row.kind === "goto" && (
        <span className={styles["goto"]}>
          <ArrowRight size={13} aria-hidden />
          {to ?? "?"}
        </span>
      )}
      {row.point && <Point id={row.at} type="source" className={styles["point"]} connectable={!readonly} />}
    </div>
  );
}

function To({ flow }: { flow: number | string | undefined }) {
  const t = useT();
  const title = useFacts((facts) => (typeof flow === "number" ? facts.titles.get(flow) : undefined));
  if (typeof flow === "string" && flow !== "") return <pre className={styles["code"]}>{flow}</pre>;
  return (
    <p className={cx(styles["to"], title === undefined && styles["lost"])}>
      <ArrowRight size={14} aria-hidden />
      {title ?? t("editor.face.noFlow")}
    </p>
  );
}

/** Templates stand out from what is said. */
function Marked({ text }: { text: string }): ReactNode {
  if (!text.includes("{{")) return text;
  return text.split(/(\{\{[^{}]*\}\})/).map((part, at) => (part.startsWith("{{") ? <code key={at}>{part}</code> : part));
}

function Picture({ uri }: { uri: string }) {
  const t = useT();
  const [broken, setBroken] = useState<string>();
  const template = uri.includes("{{");
  if (!uri || template || broken === uri) {
    const Icon = broken === uri ? ImageOff : Image;
    return (
      <span className={styles["noPicture"]} role="img" aria-label={t(broken === uri ? "editor.face.brokenPicture" : "editor.face.picture")}>
        <Icon size={20} aria-hidden />
      </span>
    );
  }
  return <img className={styles["picture"]} src={uri} alt="" loading="lazy" draggable={false} onError={() => setBroken(uri)} />;
}
