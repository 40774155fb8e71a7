// A row of a list that can be moved and removed: by its handle, by Alt and an arrow, by its menu.

import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp, Copy, GripVertical, MoreHorizontal, Trash2 } from "lucide-react";
import { type DragEvent, type ReactNode, useRef, useState } from "react";

import { useT } from "../../i18n/i18n";
import { cx, IconButton, Menu, MenuItem, MenuSeparator } from "../../ui";
import styles from "./Fields.module.css";

/** The list with one element elsewhere. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list];
  const [one] = next.splice(from, 1);
  if (one !== undefined || from < list.length) next.splice(Math.max(0, Math.min(to, next.length)), 0, one as T);
  return next;
}

// What is being dragged; a row takes only rows of its own list.
let dragged: { list: string; at: number } | undefined;

export function ListRow({
  list,
  at,
  many,
  name,
  onMove,
  onRemove,
  onCopy,
  sideways,
  readonly,
  className,
  aside,
  children,
}: {
  /** Which list, so that rows of others are not taken. */
  list: string;
  at: number;
  many: number;
  /** How it is called: "버튼 2". */
  name: string;
  onMove: (from: number, to: number) => void;
  onRemove: () => void;
  onCopy?: (() => void) | undefined;
  sideways?: boolean;
  readonly?: boolean;
  className?: string | undefined;
  /** Beside its name. */
  aside?: ReactNode;
  children: ReactNode;
}) {
  const t = useT();
  const row = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState(false);
  const [held, setHeld] = useState(false);
  const Back = sideways ? ArrowLeft : ArrowUp;
  const On = sideways ? ArrowRight : ArrowDown;
  const takes = (event: DragEvent) => {
    if (dragged?.list !== list) return;
    event.preventDefault();
    setOver(dragged.at !== at);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys that work from any field within
    <div
      ref={row}
      role="group"
      data-row
      aria-label={name}
      className={cx(styles["row"], sideways && styles["sideways"], over && styles["over"], className)}
      draggable={held}
      onDragStart={(event) => {
        dragged = { list, at };
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", "");
      }}
      onDragEnd={() => {
        dragged = undefined;
        setHeld(false);
      }}
      onDragOver={takes}
      onDragEnter={takes}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        if (dragged?.list !== list) return;
        event.preventDefault();
        const from = dragged.at;
        dragged = undefined;
        if (from !== at) onMove(from, at);
      }}
      onKeyDown={(event) => {
        if (readonly || !event.altKey || event.nativeEvent.isComposing) return;
        const step = event.key === (sideways ? "ArrowLeft" : "ArrowUp") ? -1 : event.key === (sideways ? "ArrowRight" : "ArrowDown") ? 1 : 0;
        if (step === 0 || at + step < 0 || at + step >= many) return;
        event.preventDefault();
        event.stopPropagation();
        const to = at + step;
        const fields = focusable(row.current);
        const field = fields.findIndex((one) => one === document.activeElement);
        const rows = row.current?.parentElement;
        onMove(at, to);
        // One stays in the row that one moves.
        requestAnimationFrame(() => focusable(rows?.querySelectorAll<HTMLElement>(":scope > [data-row]")[to])[field]?.focus());
      }}
    >
      <div className={styles["rowHead"]}>
        {!readonly && (
          // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- for the mouse; keys move rows by Alt and arrows
          <span className={styles["handle"]} aria-hidden onMouseDown={() => setHeld(true)} onMouseUp={() => setHeld(false)}>
            <GripVertical size={14} />
          </span>
        )}
        <span className={styles["rowName"]}>{name}</span>
        {aside}
        {!readonly && (
          <Menu
            align="end"
            trigger={
              <IconButton label={t("forms.row.acts", { name })} size="small" bare>
                <MoreHorizontal size={14} aria-hidden />
              </IconButton>
            }
          >
            <MenuItem icon={<Back size={14} aria-hidden />} disabled={at === 0} onClick={() => onMove(at, at - 1)}>
              {sideways ? t("forms.row.left") : t("forms.row.up")}
            </MenuItem>
            <MenuItem icon={<On size={14} aria-hidden />} disabled={at === many - 1} onClick={() => onMove(at, at + 1)}>
              {sideways ? t("forms.row.right") : t("forms.row.down")}
            </MenuItem>
            {onCopy && (
              <MenuItem icon={<Copy size={14} aria-hidden />} onClick={onCopy}>
                {t("forms.row.copy")}
              </MenuItem>
            )}
            <MenuSeparator />
            <MenuItem icon={<Trash2 size={14} aria-hidden />} danger onClick={onRemove}>
              {t("forms.row.remove")}
            </MenuItem>
          </Menu>
        )}
      </div>
      {children}
    </div>
  );
}

function focusable(row: HTMLElement | null | undefined): HTMLElement[] {
  return [...(row?.querySelectorAll<HTMLElement>("textarea, input, button, [tabindex='0']") ?? [])];
}
