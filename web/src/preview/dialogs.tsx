// Who talks in the preview, and what they send besides texts.

import { Plus, X } from "lucide-react";
import { useState } from "react";

import { useT } from "../i18n/i18n";
import { Button, Dialog, DialogButtons, DialogFoot, IconButton, Switch, TextInput } from "../ui";
import type { Person } from "./api";
import styles from "./Preview.module.css";

interface Row {
  key: string;
  value: string;
}

/** As one types it: figures, true and false become what they are; the rest is text. */
export function typed(text: string): unknown {
  const clean = text.trim();
  if (/^-?\d{1,15}(\.\d+)?$/.test(clean) && !/^-?0\d/.test(clean)) return Number(clean);
  if (clean === "true" || clean === "false") return clean === "true";
  if (/^[[{]/.test(clean)) {
    try {
      return JSON.parse(clean);
    } catch {
      return text;
    }
  }
  return text;
}

export const KEY = /^[\p{L}\p{N}_:-]+$/u;

export function PersonDialog({ open, person, onClose, onChange }: { open: boolean; person: Person; onClose: () => void; onChange: (person: Person) => void }) {
  const t = useT();
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("preview.person.title")}
      description={t("preview.person.lead")}
    >
      {open && <PersonForm person={person} onClose={onClose} onChange={onChange} />}
    </Dialog>
  );
}

function PersonForm({ person, onClose, onChange }: { person: Person; onClose: () => void; onChange: (person: Person) => void }) {
  const t = useT();
  const [returning, setReturning] = useState(person.returning);
  const [rows, setRows] = useState<Row[]>(() => Object.entries(person.params).map(([key, value]) => ({ key, value: typeof value === "string" ? value : JSON.stringify(value) })));
  const set = (at: number, part: Partial<Row>) => setRows(rows.map((row, nth) => (nth === at ? { ...row, ...part } : row)));
  const odd = (row: Row) => row.key !== "" && !KEY.test(row.key);
  return (
    <form
      className={styles["person"]}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (rows.some(odd)) return;
        onChange({ returning, params: Object.fromEntries(rows.filter((row) => row.key !== "").map((row) => [row.key, typed(row.value)])) });
      }}
    >
      <Switch label={t("preview.person.returning")} hint={t("preview.person.returningHint")} checked={returning} onChange={setReturning} />
      <fieldset className={styles["params"]}>
        <legend className={styles["legend"]}>{t("preview.person.params")}</legend>
        {rows.map((row, at) => (
          <div key={at} className={styles["param"]}>
            <TextInput label={t("preview.person.key")} hideLabel placeholder={t("preview.person.key")} value={row.key} error={odd(row) ? t("preview.person.keyOdd") : undefined} onChange={(event) => set(at, { key: event.target.value })} />
            <TextInput label={t("preview.person.value")} hideLabel placeholder={t("preview.person.value")} value={row.value} onChange={(event) => set(at, { value: event.target.value })} />
            <IconButton label={t("preview.person.remove", { key: row.key })} size="small" onClick={() => setRows(rows.filter((_, nth) => nth !== at))}>
              <X size={14} aria-hidden />
            </IconButton>
          </div>
        ))}
        <div>
          <Button size="small" icon={<Plus size={14} aria-hidden />} onClick={() => setRows([...rows, { key: "", value: "" }])}>
            {t("preview.person.add")}
          </Button>
        </div>
      </fieldset>
      <DialogFoot>
        <DialogButtons act={t("preview.person.apply")} onCancel={onClose} />
      </DialogFoot>
    </form>
  );
}

export function PhotoDialog({ open, onClose, onSend }: { open: boolean; onClose: () => void; onSend: (uri: string) => void }) {
  const t = useT();
  const [uri, setUri] = useState("");
  const [wrong, setWrong] = useState(false);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("preview.photoAddress")}
      width="small"
      onSubmit={() => {
        if (!/^https?:\/\/\S+$/i.test(uri.trim())) {
          setWrong(true);
          return;
        }
        onSend(uri.trim());
        setUri("");
      }}
      footer={<DialogButtons act={t("preview.send")} onCancel={onClose} />}
    >
      <TextInput
        label={t("preview.photoUri")}
        value={uri}
        placeholder="https://"
        error={wrong ? t("preview.photoUriOdd") : undefined}
        hint={t("preview.photoUriHint")}
        onChange={(event) => {
          setUri(event.target.value);
          setWrong(false);
        }}
      />
    </Dialog>
  );
}
