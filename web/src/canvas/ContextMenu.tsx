// What can be done with a node, a way or the empty canvas, where one asks for it: the right button, the menu key, Shift+F10.
// The acts are those of the keys and the palette, by their names.

import { Plus } from "lucide-react";
import { Fragment, type RefObject } from "react";

import type { Point } from "../flow/document";
import { useT } from "../i18n/i18n";
import { keyNames, useActs } from "../shell/acts";
import { MenuAt, MenuItem, MenuSeparator } from "../ui";

export interface Asked {
  what: "node" | "edge" | "empty";
  at: Point;
}

const ACTS: Record<Asked["what"], readonly (readonly string[])[]> = {
  node: [["form", "link"], ["copy", "cut", "duplicate"], ["layout"], ["remove"]],
  edge: [["editEdge"], ["remove"]],
  empty: [["paste", "all"], ["layout", "fit"], ["find", "png"]],
};

export function ContextMenu({ asked, box, addReason, onAdd, onClose }: { asked: Asked; box: RefObject<HTMLElement | null>; addReason: string | undefined; onAdd: (at: Point) => void; onClose: () => void }) {
  const t = useT();
  const acts = useActs();
  const groups = ACTS[asked.what].map((ids) => ids.flatMap((id) => acts.find((act) => act.id === id) ?? []));
  return (
    <MenuAt at={asked.at} label={t(asked.what === "empty" ? "editor.context.label" : `editor.context.${asked.what}`)} finalFocus={box} onClose={onClose}>
      {asked.what === "empty" && (
        <>
          <MenuItem icon={<Plus size={16} aria-hidden />} disabled={addReason !== undefined} {...(addReason !== undefined && { note: addReason })} onClick={() => onAdd(asked.at)}>
            {t("editor.context.addHere")}
          </MenuItem>
          <MenuSeparator />
        </>
      )}
      {groups.map((group, at) => (
        <Fragment key={at}>
          {at > 0 && <MenuSeparator />}
          {group.map((act) => (
            <MenuItem
              key={act.id}
              danger={act.id === "remove"}
              disabled={act.reason !== undefined}
              {...(act.reason === undefined ? act.keys?.[0] !== undefined && { hint: keyNames(act.keys[0]).join(" ") } : { note: act.reason })}
              onClick={() => {
                // Copying asks where the focus is: the canvas has it again in the next frame.
                requestAnimationFrame(() => {
                  if (act.id !== "form" && act.id !== "editEdge") box.current?.focus();
                  act.run();
                });
              }}
            >
              {act.name}
            </MenuItem>
          ))}
        </Fragment>
      ))}
    </MenuAt>
  );
}
