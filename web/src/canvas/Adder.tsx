// Which kind of node shall stand here?

import { useMemo } from "react";

import { PALETTE } from "../editor/make";
import type { Point } from "../flow/document";
import type { NodeType } from "../flow/types";
import { useT } from "../i18n/i18n";
import { Chooser } from "./Chooser";
import { KindChip } from "./kinds";

export function Adder({ at, onChoose, onClose }: { at: Point; onChoose: (type: NodeType) => void; onClose: () => void }) {
  const t = useT();
  const choices = useMemo(
    () => PALETTE.map((type) => ({ id: type, name: t(`editor.kinds.${type}`), also: type, icon: <KindChip kind={type} /> })),
    [t],
  );
  const chosen = (id: string) => {
    onClose();
    onChoose(id as NodeType);
  };
  return <Chooser at={at} label={t("editor.adder.label")} none={t("editor.adder.none")} choices={choices} onChoose={chosen} onClose={onClose} />;
}
