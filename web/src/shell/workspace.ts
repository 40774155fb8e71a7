// The workspace one is in: named by the address.

import { useSuspenseQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";

import type { Me, Workspace } from "../api/client";
import { meQuery } from "../api/queries";

const LAST = "closer.workspace";

export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

export function useWorkspace(): Workspace {
  const { ws } = useParams({ strict: false });
  const me = useMe();
  const found = me.workspaces.find((workspace) => workspace.id === ws);
  if (!found) throw new Error("a page of a workspace stands under /w/{ws}, which the route has checked");
  return found;
}

export function remember(ws: string): void {
  try {
    localStorage.setItem(LAST, ws);
  } catch {
    // Then the first one is opened next time.
  }
}

/** Where one was last, or the first there is. */
export function homeOf(me: Me): string | undefined {
  let last: string | null = null;
  try {
    last = localStorage.getItem(LAST);
  } catch {
    // As above.
  }
  return (me.workspaces.find((workspace) => workspace.id === last) ?? me.workspaces[0])?.id;
}
