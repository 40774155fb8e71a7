// Two people changed the same thing: both versions side by side, and one of them is chosen.

import { useState } from "react";

import { flowOf, nodeOf } from "../flow/document";
import { faceOf, type Row } from "../canvas/face";
import type { Conflict, Side } from "../flow/merge";
import { write } from "../flow/json";
import type { NodeDoc } from "../flow/types";
import { useT } from "../i18n/i18n";
import { cx, Dialog, DialogButtons } from "../ui";
import styles from "./Conflicts.module.css";
import { useEditor, useEditorStore } from "./store";

export function Conflicts({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT();
  const store = useEditorStore();
  const { conflicts, doc } = useEditor();
  const [choices, setChoices] = useState<Record<string, Side>>({});
  const isOpen = open && conflicts.length > 0;
  const decided = conflicts.every((one) => choices[one.id]);
  const place = ({ flow, node, field }: Conflict) => {
    const inFlow = flow === undefined ? undefined : flowOf(doc, flow);
    const label = nodeOf(inFlow, node)?.label;
    const parts = [inFlow?.title ?? (flow === undefined ? t("editor.conflicts.bot") : undefined), node === undefined ? undefined : (label ?? `${node}`)];
    const what = field === "next" || field === "data" || field === "title" || field === "label" ? t(`editor.conflicts.fields.${field}`) : field;
    return [...parts, what].filter(Boolean).join(" › ");
  };
  return (
    <Dialog
      open={isOpen}
      onClose={onClose}
      title={t("editor.conflicts.title")}
      description={t("editor.conflicts.lead")}
      width="large"
      footer={
        <DialogButtons
          act={t("editor.conflicts.apply")}
          disabled={!decided}
          onCancel={onClose}
          onAct={() => {
            store.resolve((conflict) => choices[conflict.id]);
            setChoices({});
            onClose();
          }}
        />
      }
    >
      <ul className={styles["list"]}>
        {conflicts.map((one) => (
          <li key={one.id}>
            <fieldset className={styles["one"]}>
              <legend className={styles["place"]}>{place(one)}</legend>
              {(["mine", "theirs"] as const).map((side) => (
                <label key={side} className={cx(styles["side"], choices[one.id] === side && styles["chosen"])}>
                  <span className={styles["who"]}>
                    <input type="radio" name={one.id} checked={choices[one.id] === side} onChange={() => setChoices({ ...choices, [one.id]: side })} />
                    {t(`editor.conflicts.${side}`)}
                  </span>
                  <span className={styles["text"]}>{shown(one, one[side]) ?? t("editor.conflicts.gone")}</span>
                </label>
              ))}
            </fieldset>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** What a side says, in the words of its content where that can be told. */
function shown({ node, field }: Conflict, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "string") return value;
  if (node !== undefined && (field === "data" || field === undefined)) {
    const rows = faceOf(field === "data" ? ({ id: node, type: "response", data: value } as NodeDoc) : (value as NodeDoc));
    const text = rows.map(line).filter(Boolean).join("\n");
    if (text) return text;
  }
  return write(value);
}

function line(row: Row): string {
  if (row.is === "text" || row.is === "code") return row.text;
  if (row.is === "button") return `[${row.label}]`;
  if (row.is === "card") return [row.title, row.description].filter(Boolean).join("\n");
  return row.is === "media" ? row.uri : "";
}
