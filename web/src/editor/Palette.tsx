// The kinds of nodes, to be dragged onto the canvas, or clicked.

import { DRAG_TYPE } from "../canvas/Canvas";
import { KindChip } from "../canvas/kinds";
import { useT } from "../i18n/i18n";
import { useBar } from "../shell/roles";
import { addOne } from "./deeds";
import { PALETTE } from "./make";
import styles from "./Palette.module.css";
import { useEditorStore } from "./store";

export function NodePalette() {
  const t = useT();
  const store = useEditorStore();
  const bar = useBar()("editor");
  return (
    <div className={styles["palette"]}>
      {/* Nothing in the list can be pressed then; what scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      {bar && <p className={styles["note"]} tabIndex={0}>{bar}</p>}
      {PALETTE.map((type) => (
        <button
          key={type}
          type="button"
          className={styles["kind"]}
          draggable={bar === undefined}
          disabled={bar !== undefined}
          onDragStart={(event) => {
            event.dataTransfer.setData(DRAG_TYPE, type);
            event.dataTransfer.effectAllowed = "copy";
          }}
          onClick={() => addOne(store, type, t(`editor.kinds.${type}`))}
        >
          <KindChip kind={type} />
          <span>{t(`editor.kinds.${type}`)}</span>
        </button>
      ))}
    </div>
  );
}
