// One way to change something: shown at once, confirmed behind, taken back with the reason and a retry when it fails.

import { type QueryKey, useQueryClient } from "@tanstack/react-query";

import { useT } from "../i18n/i18n";
import { complain } from "../ui";
import { useExplain } from "./form";

interface Act<D> {
  /** The call. */
  run: () => Promise<unknown>;
  /** What is read under this key is changed at once by `guess`. */
  key?: QueryKey;
  guess?: (now: D) => D;
  /** Read anew afterwards. */
  touches?: QueryKey[];
  done?: () => void;
}

/** Gives `act`, which answers whether it went well. */
export function useAct(): <D>(act: Act<D>) => Promise<boolean> {
  const client = useQueryClient();
  const explain = useExplain();
  const t = useT();
  return async function act<D>(what: Act<D>): Promise<boolean> {
    const { key, guess } = what;
    let before: D | undefined;
    if (key && guess) {
      await client.cancelQueries({ queryKey: key, exact: true });
      before = client.getQueryData<D>(key);
      if (before !== undefined) client.setQueryData<D>(key, guess(before));
    }
    try {
      await what.run();
      what.done?.();
      return true;
    } catch (error) {
      if (key && before !== undefined) client.setQueryData(key, before);
      const { title, detail } = explain(error);
      complain(title, detail, { label: t("ui.retry"), run: () => void act(what) });
      return false;
    } finally {
      for (const touched of [...(what.touches ?? []), ...(key ? [key] : [])]) {
        void client.invalidateQueries({ queryKey: touched });
      }
    }
  };
}
