// An edge's condition in one line.

import { isObject, write } from "../../flow/json";
import { useT } from "../../i18n/i18n";

/** `alone`: no other edge leaves the node. */
export function useSentence(): (where: unknown, alone: boolean) => string {
  const t = useT();
  return (where, alone) => {
    if (!isObject(where) || Object.keys(where).length === 0) return alone ? t("forms.edges.whenever") : t("forms.edges.otherwise");
    return write(where, 0);
  };
}
