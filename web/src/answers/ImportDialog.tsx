// Questions and answers from a file: what came of each row is said.

import { useState } from "react";

import { useT } from "../i18n/i18n";
import { useExplain } from "../shell/form";
import { Banner, Button, Dialog, Dropzone } from "../ui";
import styles from "./Answers.module.css";
import { type Imported, importAnswers } from "./api";

export function ImportDialog({ ws, onClose, onDone }: { ws: string; onClose: () => void; onDone: () => void }) {
  const t = useT();
  const explain = useExplain();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<{ title: string; detail: string }>();
  const [done, setDone] = useState<Imported>();
  const take = async (file: File) => {
    setBusy(true);
    setFailed(undefined);
    try {
      setDone(await importAnswers(ws, file));
      onDone();
    } catch (error) {
      setFailed(explain(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={onClose} title={t("chat.answers.import")} description={t("chat.answers.importLead")} footer={<Button variant={done ? "primary" : "secondary"} onClick={onClose}>{done ? t("ui.done") : t("ui.cancel")}</Button>}>
      <Dropzone accept=".csv,.xlsx" onFile={(file) => void take(file)} disabled={busy} hint={t("chat.answers.importHint")}>
        {busy ? t("chat.answers.importing") : t("chat.answers.choose")}
      </Dropzone>
      {failed && (
        <Banner tone="danger" title={failed.title}>
          {failed.detail}
        </Banner>
      )}
      {done && (
        <div role="status">
          <Banner tone={done.skipped.length > 0 ? "warn" : "accent"} title={t("chat.answers.imported", { added: done.added, changed: done.changed })}>
            {done.skipped.length > 0 && (
              <ul className={styles["skipped"]}>
                {done.skipped.map(({ row, why }) => (
                  <li key={row}>{t("chat.answers.skipped", { row, why })}</li>
                ))}
              </ul>
            )}
          </Banner>
        </div>
      )}
    </Dialog>
  );
}
