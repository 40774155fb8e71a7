// The business's own pages and texts beside a conversation.

import { Plus, X } from "lucide-react";

import { useT } from "../../i18n/i18n";
import { Button, IconButton, Segmented, TextArea, TextInput } from "../../ui";
import type { Panel } from "./model";
import styles from "./Settings.module.css";

/** The server's bound. */
const MOST = 10;

export function PanelFields({ panels, barred, error, onChange }: { panels: Panel[]; barred: string | undefined; error: string | undefined; onChange: (next: Panel[]) => void }) {
  const t = useT();
  const off = barred !== undefined;
  return (
    <>
      {panels.map((panel, nth) => (
        <PanelOne key={nth} panel={panel} off={off} onChange={(next) => onChange(panels.with(nth, next))} onRemove={() => onChange(panels.toSpliced(nth, 1))} />
      ))}
      {error && (
        <p className={styles["problem"]} role="alert">
          {error}
        </p>
      )}
      <div>
        <Button icon={<Plus size={15} aria-hidden />} disabled={off || panels.length >= MOST} onClick={() => onChange([...panels, { title: "", url: "https://", html: "" }])}>
          {t("chat.settings.panels.add")}
        </Button>
      </div>
    </>
  );
}

function PanelOne({ panel, off, onChange, onRemove }: { panel: Panel; off: boolean; onChange: (next: Panel) => void; onRemove: () => void }) {
  const t = useT();
  const kind = panel.url ? "page" : "text";
  const holes = { user: "{{userKey}}", name: "{{user.name}}", grade: "{{params.grade}}" };
  return (
    <div className={styles["panel"]} role="group" aria-label={panel.title || t("chat.settings.panels.untitled")}>
      <div className={styles["panelHead"]}>
        <TextInput label={t("chat.settings.panels.name")} hideLabel placeholder={t("chat.settings.panels.name")} value={panel.title} maxLength={60} onChange={(event) => onChange({ ...panel, title: event.target.value })} />
        <Segmented
          label={t("chat.settings.panels.kind")}
          value={kind}
          onChange={(next) => onChange(next === "page" ? { ...panel, url: "https://", html: "" } : { ...panel, url: "" })}
          options={[
            { value: "page", label: t("chat.settings.panels.page") },
            { value: "text", label: t("chat.settings.panels.text") },
          ]}
        />
        <IconButton size="small" label={t("chat.settings.panels.remove", { panel: panel.title || t("chat.settings.panels.untitled") })} disabled={off} onClick={onRemove}>
          <X size={15} aria-hidden />
        </IconButton>
      </div>
      {kind === "page" ? (
        // An empty address would make a text of it while one still types.
        <TextInput label={t("chat.settings.panels.url")} hint={t("chat.settings.panels.urlHint", holes)} value={panel.url} onChange={(event) => onChange({ ...panel, url: event.target.value.trim() || "https://" })} />
      ) : (
        <TextArea mono rows={5} label={t("chat.settings.panels.html")} hint={t("chat.settings.panels.htmlHint", holes)} value={panel.html} onChange={(event) => onChange({ ...panel, html: event.target.value })} />
      )}
    </div>
  );
}
