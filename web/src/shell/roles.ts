// Who may do what. The server decides; this only says beforehand what it will say.

import type { Role } from "../api/problem";
import { useT } from "../i18n/i18n";
import { useWorkspace } from "./workspace";

const RANK: Record<Role, number> = { readonly: 0, editor: 1, admin: 2, owner: 3 };
export const ROLES: Role[] = ["owner", "admin", "editor", "readonly"];

export function ranks(role: Role, needed: Role): boolean {
  return RANK[role] >= RANK[needed];
}

/** Gives a function that says why the person here may not do what needs a role, or nothing. */
export function useBar(): (needed: Role) => string | undefined {
  const t = useT();
  const { role } = useWorkspace();
  return (needed) => (ranks(role, needed) ? undefined : t("roles.needed", { role: t(`roles.${needed}`) }));
}
