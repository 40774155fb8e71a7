// Places beside each other, each with an address of its own: links that look like tabs.

import { Link, type LinkProps, useRouterState } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";

import styles from "./Tabs.module.css";

export function Tabs({ label, children }: { label: string; children: ReactNode }) {
  const row = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  useEffect(() => {
    // On a phone there are more than fit: the one that is open is among those that are seen. The page itself stays.
    const here = row.current?.querySelector<HTMLElement>("[aria-current]");
    if (row.current && here) row.current.scrollLeft = here.offsetLeft - (row.current.clientWidth - here.clientWidth) / 2;
  }, [path]);
  return (
    <nav ref={row} aria-label={label} className={styles["tabs"]}>
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
