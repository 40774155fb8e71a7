// An account that belongs to no workspace: it was removed from its last one.

import { useState } from "react";
import { DoorOpen } from "lucide-react";

import { useT } from "../i18n/i18n";
import { Button, EmptyState } from "../ui";
import { NewWorkspace } from "./NewWorkspace";
import { useSignOut } from "./Rail";

export function Nowhere() {
  const t = useT();
  const [open, setOpen] = useState(false);
  const signOut = useSignOut();
  return (
    <main>
      <EmptyState
        level="h1"
        icon={<DoorOpen size={22} aria-hidden />}
        title={t("workspace.none")}
        action={
          <>
            <Button variant="primary" onClick={() => setOpen(true)}>
              {t("workspace.new")}
            </Button>
            <Button onClick={() => void signOut()}>{t("shell.signOut")}</Button>
          </>
        }
      >
        {t("workspace.noneLead")}
      </EmptyState>
      <NewWorkspace open={open} onClose={() => setOpen(false)} />
    </main>
  );
}
