// What is offered above the composer while one types: canned messages after `/`, people after `@`. The keys are the field's.

import type { ReactNode } from "react";

import styles from "./Composer.module.css";

export interface Offer {
  key: string;
  head: ReactNode;
  /** Beside it, in small type. */
  code?: string | undefined;
  text?: string | undefined;
  run: () => void;
}

export function Offers({ id, label, offers, at, none, onAt }: { id: string; label: string; offers: readonly Offer[]; at: number; none: string; onAt: (at: number) => void }) {
  return (
    <div className={styles["offers"]} role="listbox" id={`${id}-offers`} aria-label={label}>
      {offers.map((one, nth) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the keys are the field's, as in every combobox
        <div key={one.key} id={`${id}-${one.key}`} role="option" aria-selected={nth === at} className={styles["offer"]} onPointerMove={() => nth !== at && onAt(nth)} onMouseDown={(event) => event.preventDefault()} onClick={one.run}>
          <span className={styles["offerHead"]}>
            <strong>{one.head}</strong>
            {one.code && <code>{one.code}</code>}
          </span>
          {one.text !== undefined && <span className={styles["offerText"]}>{one.text}</span>}
        </div>
      ))}
      {offers.length === 0 && <p className={styles["noOffer"]}>{none}</p>}
    </div>
  );
}
