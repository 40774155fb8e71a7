// Names and values: headers, form fields, event data. The order of the file stays; a name that stands twice is told, and only
// written once it stands alone, since an object holds each name once.

import { KeyRound, Plus, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";

import { entriesOf, isObject, put, same } from "../../flow/json";
import type { Data } from "../../flow/types";
import { useT } from "../../i18n/i18n";
import { Button, IconButton } from "../../ui";
import { type At, useNodeForm } from "../form";
import { flushFields } from "../live";
import { shownAs, typedLike } from "../value";
import { JsonField } from "./JsonField";
import { PlainField } from "./PlainField";
import { TemplateText } from "./TemplateText";
import styles from "./Fields.module.css";

interface Row {
  id: number;
  key: string;
  value: unknown;
}

let lastId = 0;
const rowsOf = (object: Data): Row[] => entriesOf(object).map(([key, value]) => ({ id: (lastId += 1), key, value }));

/** The object that rows say; rows without a name, and later ones of a name that is taken, are left out. */
export function objectOf(rows: readonly { key: string; value: unknown }[]): Data {
  return rows.reduce<Data>((object, { key, value }) => (key === "" || Object.hasOwn(object, key) ? object : put(object, key, value)), {});
}

export function KeyValues({
  at,
  value,
  label,
  keyLabel,
  keyExample,
  valueExample,
  suggest,
  secrets,
}: {
  at: At;
  value: unknown;
  label: string;
  keyLabel: string;
  keyExample?: string;
  valueExample?: string;
  /** What a value may be, by its name. */
  suggest?: (key: string) => readonly string[];
  /** Values may be secrets. */
  secrets?: boolean;
}) {
  const t = useT();
  const { put: change, readonly } = useNodeForm();
  const object = isObject(value) ? value : undefined;
  const [rows, setRows] = useState(() => rowsOf(object ?? {}));
  const written = useRef<Data>(object ?? {});
  useEffect(() => {
    const now = object ?? {};
    if (same(written.current, now)) return;
    written.current = now;
    setRows(rowsOf(now));
  }, [object]);
  const latest = useRef(rows);
  useEffect(() => {
    latest.current = rows;
  }, [rows]);
  const take = (make: (rows: readonly Row[]) => Row[]) => {
    const next = make(latest.current);
    latest.current = next;
    setRows(next);
    const out = objectOf(next);
    if (same(out, written.current)) return;
    written.current = out;
    change(at, entriesOf(out).length === 0 ? undefined : out);
  };
  const edit = (id: number, part: Partial<Row>) => take((now) => now.map((row) => (row.id === id ? { ...row, ...part } : row)));
  if (value !== undefined && !object) return <JsonField label={label} value={value} onCommit={(next) => change(at, next)} />;
  return (
    <div role="group" className={styles["section"]} aria-label={label}>
      <h3 className={styles["sectionTitle"]}>{label}</h3>
      {rows.map((row, index) => {
        const twice = row.key !== "" && rows.findIndex((one) => one.key === row.key) !== index;
        return (
          <div key={row.id} className={styles["keyRow"]}>
            <PlainField
              label={keyLabel}
              hideLabel
              value={row.key}
              placeholder={keyExample ?? keyLabel}
              error={twice ? t("forms.keys.twice") : undefined}
              onCommit={(key) => edit(row.id, { key: key.trim() })}
            />
            <TemplateText
              label={t("forms.keys.value", { name: row.key || keyLabel })}
              hideLabel
              value={shownAs(row.value)}
              placeholder={valueExample ?? t("forms.keys.valueExample")}
              suggest={suggest?.(row.key) ?? []}
              onCommit={(text) => edit(row.id, { value: typedLike(row.value, text) })}
            />
            {!readonly && (
              <IconButton
                label={t("forms.keys.remove", { name: row.key || keyLabel })}
                size="small"
                onClick={() => {
                  flushFields();
                  take((now) => now.filter((one) => one.id !== row.id));
                }}
              >
                <X size={14} aria-hidden />
              </IconButton>
            )}
          </div>
        );
      })}
      {!readonly && (
        <div className={styles["adds"]}>
          <Button size="small" icon={<Plus size={14} aria-hidden />} onClick={() => setRows([...rows, { id: (lastId += 1), key: "", value: "" }])}>
            {t("forms.keys.add")}
          </Button>
          {secrets && (
            <Button
              size="small"
              variant="quiet"
              icon={<KeyRound size={14} aria-hidden />}
              onClick={() => {
                flushFields();
                const taken = latest.current.some((row) => row.key.toLowerCase() === "authorization");
                take((now) => [...now, { id: (lastId += 1), key: taken ? "" : "Authorization", value: 'Bearer {{SECRET("API_KEY")}}' }]);
              }}
            >
              {t("forms.keys.secret")}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

