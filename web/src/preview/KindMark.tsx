// A node's kind as its mark on the canvas, with its name on hover.

import { KindChip } from "../canvas/kinds";
import { typeOf } from "../flow/types";
import { useT } from "../i18n/i18n";
import { Tooltip } from "../ui";

const kindOf = (type: string) => typeOf({ id: 0, type });

/** What a kind is called; what is not known by its own name. */
export function useKindName(): (type: string) => string {
  const t = useT();
  return (type) => {
    const kind = kindOf(type);
    return kind === "unknown" ? type : t(`editor.kinds.${kind}`);
  };
}

export function KindMark({ kind }: { kind: string }) {
  const name = useKindName()(kind);
  return (
    <Tooltip text={name}>
      <span>
        <KindChip kind={kindOf(kind)} label={name} />
      </span>
    </Tooltip>
  );
}
