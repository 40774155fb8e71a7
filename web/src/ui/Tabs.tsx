// Places beside each other, each with an address of its own: links that look like tabs.

import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";

import styles from "./Tabs.module.css";

export function Tabs({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav aria-label={label} className={styles["tabs"]}>
      {children}
    </nav>
  );
}

export function Tab({ children, exact, ...link }: LinkProps & { children: ReactNode; exact?: boolean }) {
  return (
    <Link
      {...link}
      className={styles["tab"]}
      activeOptions={{ exact: exact ?? false, includeSearch: false }}
      activeProps={{ className: styles["active"], "aria-current": "page" }}
    >
      {children}
    </Link>
  );
}
