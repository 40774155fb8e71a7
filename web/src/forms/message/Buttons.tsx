// Buttons beneath a message or a card, and quick replies: what stands on each, and what a press does.

import { ClipboardPaste, Plus } from "lucide-react";
import { useId, useState } from "react";

import { flowOf } from "../../flow/document";
import { drop, isObject, put } from "../../flow/json";
import type { ButtonDoc } from "../../flow/types";
import { useT } from "../../i18n/i18n";
import { Button, Select } from "../../ui";
import { count } from "../counting";
import { type At, useNodeForm } from "../form";
import { CountBadge, Excesses } from "../fields/Counts";
import { JsonField } from "../fields/JsonField";
import { ListRow } from "../fields/ListRow";
import { FlowPicker, idOf, NodePicker } from "../fields/Pickers";
import { TemplateField } from "../fields/TemplateField";
import { useList } from "../fields/useList";
import styles from "../fields/Fields.module.css";
import { flushFields } from "../live";
import { isTable, readTable, replies } from "../paste";
import { PasteDialog } from "./PasteDialog";

type Kind = "postback" | "link" | "goto";
const KINDS: readonly Kind[] = ["postback", "link", "goto"];

/** As the engine reads it: a button that says nothing else sends its label. */
export function kindOf(button: ButtonDoc): Kind {
  return KINDS.find((kind) => kind === button.type) ?? "postback";
}

/** The button doing something else: what only the old deed had goes. */
export function turned(button: ButtonDoc, kind: Kind, flow: number): ButtonDoc {
  const gone = { postback: ["uri", "flowId", "nodeId"], link: ["payload", "flowId", "nodeId"], goto: ["payload", "uri"] }[kind];
  const kept = gone.reduce((one, key) => drop(one, key), put(button, "type", kind));
  if (kind === "goto" && kept.flowId === undefined) return put(kept, "flowId", flow);
  return kind === "link" && kept.uri === undefined ? put(kept, "uri", "") : kept;
}

export function Buttons({ at, value, quick, inRow }: { at: At; value: unknown; /** They are quick replies. */ quick?: boolean; /** They are those of a card among others. */ inRow?: boolean }) {
  const t = useT();
  const { limits, readonly } = useNodeForm();
  const list = useList<ButtonDoc>(at, quick ? [] : undefined);
  const id = useId();
  const [pasted, setPasted] = useState<string[][]>();
  const [fresh, setFresh] = useState(-1);
  const buttons = Array.isArray(value) ? (value as unknown[]) : [];
  const counted = count(quick ? "replies" : inRow ? "buttonsInRow" : "buttons", buttons.length, limits);
  const add = () => {
    setFresh(buttons.length);
    list.add({ label: "", type: "postback" });
  };
  return (
    <div role="group" className={styles["section"]} aria-label={quick ? t("forms.buttons.quickReplies") : t("forms.buttons.title")}>
      <div className={styles["sectionHead"]}>
        <h3 className={styles["sectionTitle"]}>{quick ? t("forms.buttons.quickReplies") : t("forms.buttons.title")}</h3>
        {buttons.length > 0 && <CountBadge count={counted} />}
      </div>
      <Excesses count={counted} pieces />
      <div className={styles["rows"]}>
        {buttons.map((button, index) =>
          isObject(button) ? (
            <ListRow
              key={index}
              list={id}
              at={index}
              many={buttons.length}
              name={quick ? t("forms.buttons.reply", { n: index + 1 }) : t("forms.buttons.button", { n: index + 1 })}
              readonly={readonly}
              onMove={list.move}
              onRemove={() => list.remove(index)}
              onCopy={() => list.copy(index)}
              aside={<Deed at={[...at, index]} button={button} />}
            >
              <ButtonFields
                at={[...at, index]}
                button={button}
                quick={quick ?? false}
                fresh={index === fresh}
                onTable={(rows) => setPasted(rows)}
                onEnter={index === buttons.length - 1 ? add : undefined}
              />
            </ListRow>
          ) : (
            <JsonRow key={index} at={[...at, index]} value={button} />
          ),
        )}
      </div>
      {!readonly && (
        <div className={styles["adds"]}>
          <Button size="small" icon={<Plus size={14} aria-hidden />} onClick={add}>
            {quick ? t("forms.buttons.addReply") : t("forms.buttons.add")}
          </Button>
          <Button size="small" variant="quiet" icon={<ClipboardPaste size={14} aria-hidden />} onClick={() => setPasted([])}>
            {t("forms.paste.open")}
          </Button>
        </div>
      )}
      {pasted && (
        <PasteDialog
          rows={pasted}
          many={buttons.length}
          quick={quick ?? false}
          onClose={() => setPasted(undefined)}
          onTake={(rows, heading, instead) => {
            const made: ButtonDoc[] = replies(rows, heading).map((one) => ({ ...one }));
            // The empty row into which was pasted is filled, not kept.
            const kept = instead ? [] : (buttons as ButtonDoc[]).filter((one) => !isObject(one) || one.label !== "" || one.payload !== undefined);
            list.replace([...kept, ...made]);
            setPasted(undefined);
          }}
        />
      )}
    </div>
  );
}

function JsonRow({ at, value }: { at: At; value: unknown }) {
  const t = useT();
  const { put: change } = useNodeForm();
  return <JsonField label={t("forms.buttons.odd")} value={value} onCommit={(next) => change(at, next)} />;
}

/** What a press does. */
function Deed({ at, button }: { at: At; button: ButtonDoc }) {
  const t = useT();
  const { flow, peek, put: change, readonly } = useNodeForm();
  return (
    <span className={styles["deed"]}>
      <Select
        size="small"
        plain
        label={t("forms.buttons.does")}
        value={kindOf(button)}
        disabled={readonly}
        options={KINDS.map((one) => ({ value: one, label: t(`forms.buttons.kinds.${one}`), note: t(`forms.buttons.doing.${one}`) }))}
        onChange={(next) => {
          flushFields();
          const now = peek(at);
          if (isObject(now)) change(at, turned(now, next, flow.id));
        }}
      />
    </span>
  );
}

function ButtonFields({
  at,
  button,
  quick,
  fresh,
  onTable,
  onEnter,
}: {
  at: At;
  button: ButtonDoc;
  quick: boolean;
  fresh: boolean;
  onTable: (rows: string[][]) => void;
  onEnter: (() => void) | undefined;
}) {
  const t = useT();
  const { doc, put: change, readonly } = useNodeForm();
  const [carries, setCarries] = useState(false);
  const kind = kindOf(button);
  const linked = flowOf(doc, idOf(button.flowId) ?? Number.NaN);
  const payload = button.payload;
  return (
    <>
      <TemplateField
        at={[...at, "label"]}
        value={button.label}
        label={t("forms.buttons.label")}
        hideLabel
        placeholder={quick ? t("forms.buttons.replyExample") : t("forms.buttons.labelExample")}
        counted={quick ? "replyLabel" : "label"}
        fresh={fresh}
        onPaste={(event) => {
          const rows = readTable({ html: event.clipboardData.getData("text/html"), text: event.clipboardData.getData("text/plain") });
          if (!isTable(rows)) return false;
          onTable(rows);
          return true;
        }}
        onKey={(event) => {
          if (event.key === "Enter" && onEnter && event.currentTarget.value !== "") onEnter();
        }}
      />
      {kind === "link" && <TemplateField at={[...at, "uri"]} value={button.uri} label={t("forms.buttons.uri")} placeholder="https://" mono />}
      {kind === "postback" &&
        (payload !== undefined || carries ? (
          <TemplateField
            at={[...at, "payload"]}
            value={payload}
            label={t("forms.buttons.payload")}
            // Once is enough.
            hint={at.at(-1) === 0 ? t("forms.buttons.payloadHint") : undefined}
            counted="payload"
            optional
            mono
            fresh={carries && payload === undefined}
          />
        ) : (
          !readonly && (
            <button type="button" className={styles["more"]} onClick={() => setCarries(true)}>
              {t("forms.buttons.addPayload")}
            </button>
          )
        ))}
      {kind === "goto" && (
        <div className={styles["pair"]}>
          <FlowPicker label={t("forms.picker.flowLabel")} value={button.flowId} onCommit={(id) => change(at, drop(put(button, "flowId", id), "nodeId"))} />
          <NodePicker
            label={t("forms.picker.nodeLabel")}
            flow={linked}
            value={button.nodeId}
            none={t("forms.picker.start")}
            onCommit={(id) => change([...at, "nodeId"], id)}
          />
        </div>
      )}
      {quick && kind === "link" && <p className={styles["hint"]}>{t("forms.buttons.linkReply")}</p>}
    </>
  );
}
