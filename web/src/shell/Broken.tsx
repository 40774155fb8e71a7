// Addresses that lead nowhere, and pages that failed.

import { Link, useRouter } from "@tanstack/react-router";
import { Compass, Unplug } from "lucide-react";

import { useT } from "../i18n/i18n";
import { Button, buttonClass, EmptyState } from "../ui";
import { useExplain } from "./form";

export function Missing() {
  const t = useT();
  return (
    <main>
      <EmptyState
        level="h1"
        icon={<Compass size={22} aria-hidden />}
        title={t("errors.noPage")}
        action={
          <Link to="/" className={buttonClass("secondary")}>
            {t("errors.toStart")}
          </Link>
        }
      >
        {t("errors.noPageWhy")}
      </EmptyState>
    </main>
  );
}

export function Broken({ error, reset }: { error: unknown; reset?: () => void }) {
  const t = useT();
  const explain = useExplain();
  const router = useRouter();
  const { title, detail } = explain(error);
  const again = () => {
    reset?.();
    void router.invalidate();
  };
  return (
    <main>
      <EmptyState level="h1" icon={<Unplug size={22} aria-hidden />} title={title} action={<Button onClick={again}>{t("ui.retry")}</Button>}>
        {detail}
      </EmptyState>
    </main>
  );
}
