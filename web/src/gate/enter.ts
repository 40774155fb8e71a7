// What happens when somebody has come in or gone out.

import type { QueryClient } from "@tanstack/react-query";

import type { Me } from "../api/client";
import { keys } from "../api/queries";
import { setLook } from "../shell/look";

/** Signed in: nothing that was read before holds, and the page takes the account's language and theme. */
export async function enter(client: QueryClient, me: Me): Promise<void> {
  client.clear();
  client.setQueryData(keys.me, me);
  setLook({ theme: me.theme, language: me.language });
}

/** Only an address of ours is followed after signing in: `//elsewhere` is not. */
export function safeNext(next: unknown): string | undefined {
  return typeof next === "string" && /^\/(?![/\\])/.test(next) ? next : undefined;
}
