// A table on its way to become buttons: one sees what will come of it before it does.

import { useState } from "react";

import { useT } from "../../i18n/i18n";
import { Button, Checkbox, Dialog, Segmented, TextArea } from "../../ui";
import { flushFields } from "../live";
import { hasHeading, MOST_REPLIES, readTable, replies, type Rows } from "../paste";
import styles from "../fields/Fields.module.css";

const SHOWN = 8;

export function PasteDialog({
  rows: given,
  many,
  quick,
  onTake,
  onClose,
}: {
  /** What was pasted; empty where one pastes here. */
  rows: Rows;
  /** How many there are already. */
  many: number;
  quick: boolean;
  onTake: (rows: Rows, heading: boolean, instead: boolean) => void;
  onClose: () => void;
}) {
  const t = useT();
  const [rows, setRows] = useState(given);
  const [text, setText] = useState("");
  const [heading, setHeading] = useState<boolean>();
  const [instead, setInstead] = useState<"add" | "instead">("add");
  const first = heading ?? hasHeading(rows);
  const made = replies(rows, first);
  const total = made.length + (instead === "add" ? many : 0);
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("forms.paste.title")}
      description={t("forms.paste.how")}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button
            variant="primary"
            disabled={made.length === 0}
            onClick={() => {
              flushFields();
              onTake(rows, first, instead === "instead");
            }}
          >
            {quick ? t("forms.paste.takeReplies", { n: made.length }) : t("forms.paste.takeButtons", { n: made.length })}
          </Button>
        </>
      }
    >
      {given.length === 0 && (
        <TextArea
          label={t("forms.paste.here")}
          value={text}
          rows={4}
          mono
          placeholder={t("forms.paste.example")}
          onChange={(event) => {
            setText(event.target.value);
            setRows(readTable({ text: event.target.value }));
          }}
          onPaste={(event) => {
            const html = event.clipboardData.getData("text/html");
            const plain = event.clipboardData.getData("text/plain");
            const table = readTable({ html, text: plain });
            if (table.length === 0) return;
            event.preventDefault();
            setText(table.map((row) => row.join("\t")).join("\n"));
            setRows(table);
          }}
        />
      )}
      {made.length > 0 && (
        <>
          <table className={styles["pasted"]}>
            <thead>
              <tr>
                <th scope="col">{t("forms.buttons.label")}</th>
                <th scope="col">{t("forms.buttons.payload")}</th>
              </tr>
            </thead>
            <tbody>
              {made.slice(0, SHOWN).map((one, at) => (
                <tr key={at}>
                  <td>{one.label}</td>
                  <td>{one.payload ?? "–"}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {made.length > SHOWN && <p className={styles["hint"]}>{t("forms.paste.more", { n: made.length - SHOWN })}</p>}
          <Checkbox label={t("forms.paste.heading")} checked={first} onChange={setHeading} />
          {many > 0 && (
            <Segmented
              label={t("forms.paste.where")}
              value={instead}
              onChange={setInstead}
              options={[
                { value: "add", label: t("forms.paste.add") },
                { value: "instead", label: t("forms.paste.instead") },
              ]}
            />
          )}
          {quick && total > MOST_REPLIES && <p className={styles["warn"]}>{t("forms.paste.tooMany", { most: MOST_REPLIES, now: total })}</p>}
        </>
      )}
    </Dialog>
  );
}
