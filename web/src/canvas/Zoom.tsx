// Nearer, farther, all of it.

import { type FitViewOptions, Panel, useReactFlow, useStore } from "@xyflow/react";
import { Maximize, Minus, Plus } from "lucide-react";

import { useT } from "../i18n/i18n";
import { IconButton } from "../ui";
import styles from "./Canvas.module.css";

const QUICK = { duration: 140 };

export function Zoom({ fit }: { fit: FitViewOptions }) {
  const t = useT();
  const rf = useReactFlow();
  const percent = useStore((state) => Math.round(state.transform[2] * 100));
  return (
    <Panel position="bottom-left" className={styles["zoom"]}>
      <IconButton size="small" label={t("editor.canvas.out")} onClick={() => void rf.zoomOut(QUICK)}>
        <Minus size={15} aria-hidden />
      </IconButton>
      <button type="button" className={styles["percent"]} onClick={() => void rf.zoomTo(1, QUICK)} title={t("editor.canvas.actual")}>
        {percent}%
      </button>
      <IconButton size="small" label={t("editor.canvas.in")} onClick={() => void rf.zoomIn(QUICK)}>
        <Plus size={15} aria-hidden />
      </IconButton>
      <IconButton size="small" label={t("editor.canvas.fit")} onClick={() => void rf.fitView({ ...fit, ...QUICK })}>
        <Maximize size={15} aria-hidden />
      </IconButton>
    </Panel>
  );
}
