// Drawing an edge without a pointer: from which point of the node, and to which node.

import { useMemo, useState } from "react";

import { link, shownFlow } from "../editor/deeds";
import { useEditorStore } from "../editor/store";
import { nodeOf, type Point } from "../flow/document";
import { answers, buttonsOf, OUT, outcomesOf } from "../flow/leads";
import { typeOf } from "../flow/types";
import { useT } from "../i18n/i18n";
import { type Choice, Chooser } from "./Chooser";
import { KindChip } from "./kinds";

export function Linker({ at, from, onClose }: { at: Point; from: number; onClose: () => void }) {
  const t = useT();
  const store = useEditorStore();
  const flow = shownFlow(store);
  const node = nodeOf(flow, from);
  const points = useMemo((): Choice[] => {
    if (!node) return [];
    return [
      { id: OUT, name: t("editor.linker.plain") },
      ...buttonsOf(node).filter(({ button }) => answers(button)).map(({ at: id, button }) => ({ id, name: `‘${String(button.label ?? "")}’` })),
      ...outcomesOf(node).map((outcome) => ({ id: outcome, name: t(`editor.face.${outcome}`) })),
    ];
  }, [node, t]);
  const [point, setPoint] = useState(points.length === 1 ? OUT : undefined);
  const targets = useMemo(
    (): Choice[] =>
      (flow?.nodes ?? [])
        .filter((one) => one.type !== "entry")
        .map((one) => {
          const kind = typeOf(one);
          return { id: String(one.id), name: one.label?.trim() || t(`editor.kinds.${kind}`), note: t(`editor.kinds.${kind}`), icon: <KindChip kind={kind} /> };
        }),
    [flow, t],
  );
  if (!node) return null;
  if (point === undefined) {
    return <Chooser key="from" at={at} label={t("editor.linker.from")} none={t("editor.linker.none")} choices={points} onChoose={setPoint} onClose={onClose} />;
  }
  return (
    <Chooser
      key="to"
      at={at}
      label={t("editor.linker.to")}
      none={t("editor.linker.none")}
      choices={targets}
      onChoose={(id) => {
        onClose();
        link(store, from, point, Number(id));
      }}
      onClose={onClose}
    />
  );
}
