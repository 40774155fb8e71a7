// Dense rows. On a phone each row becomes a block, its cells below one another.

import type { ReactNode } from "react";

import { cx } from "./cx";
import styles from "./Table.module.css";

export function Table({ label, head, children, className }: { label: string; head: ReactNode; children: ReactNode; className?: string | undefined }) {
  return (
    <table className={cx(styles["table"], className)} aria-label={label}>
      <thead>
        <tr>{head}</tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

export function HeadCell({ children, end, hide }: { children?: ReactNode; end?: boolean; hide?: boolean }) {
  return (
    <th scope="col" className={cx(styles["headCell"], end && styles["end"])}>
      {hide ? <span className="sr-only">{children}</span> : children}
    </th>
  );
}

export function Cell({
  children,
  end,
  quiet,
  grow,
  title,
  name,
}: {
  children?: ReactNode;
  end?: boolean;
  quiet?: boolean;
  /** Takes the room that is left. */
  grow?: boolean;
  title?: string;
  /** What stands over the column: of several figures in a row a phone says which is which. */
  name?: string;
}) {
  return (
    <td title={title} data-name={name} className={cx(styles["cell"], name !== undefined && styles["named"], end && styles["end"], quiet && styles["quiet"], grow && styles["grow"])}>
      {children}
    </td>
  );
}
