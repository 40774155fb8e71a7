// The forms of nodes that ask the world: sheets, mail, language, models, push; and the agent call.

import { Bold, Italic, Link2, List, Pilcrow } from "lucide-react";
import { useCallback, useId, useRef, useState } from "react";

import { dataOf } from "../../flow/document";
import { isObject, put } from "../../flow/json";
import type { Data } from "../../flow/types";
import { useT } from "../../i18n/i18n";
import { Button, Field, IconButton, Segmented, Select, Switch } from "../../ui";
import { useNodeForm } from "../form";
import { JsonField } from "../fields/JsonField";
import { KeyValues } from "../fields/KeyValues";
import { ListRow } from "../fields/ListRow";
import { NumberField } from "../fields/NumberField";
import { PlainField } from "../fields/PlainField";
import { TemplateField } from "../fields/TemplateField";
import { useList } from "../fields/useList";
import { flushFields } from "../live";
import { Message } from "../message/Message";
import { isSimple, shownAs } from "../value";
import { MailPreview } from "./MailPreview";
import { More } from "./More";
import styles from "../fields/Fields.module.css";

const NOTICES = ["default", "kakao", "error"] as const;

export function ManualForm() {
  const t = useT();
  const { node } = useNodeForm();
  const data = dataOf(node);
  const messages = isObject(data["messages"]) ? data["messages"] : undefined;
  const [shown, setShown] = useState<(typeof NOTICES)[number]>("kakao");
  const value = messages?.[shown];
  // Older files have one message for all channels.
  const old = data["message"];
  const notice = isObject(value) ? value : undefined;
  const actions = isObject(notice?.["actions"]) ? notice["actions"] : undefined;
  return (
    <div className={styles["stack"]}>
      {old !== undefined && messages?.["default"] === undefined && (
        <div role="group" className={styles["section"]} aria-label={t("forms.manual.old")}>
          <h3 className={styles["sectionTitle"]}>{t("forms.manual.old")}</h3>
          <Message at={["message"]} value={old} label={t("forms.manual.old")} />
        </div>
      )}
      <Segmented
        label={t("forms.manual.which")}
        value={shown}
        onChange={(next) => {
          flushFields();
          setShown(next);
        }}
        options={NOTICES.map((one) => ({ value: one, label: t(`forms.manual.notices.${one}`) }))}
      />
      <p className={styles["hint"]}>{t(`forms.manual.about.${shown}`)}</p>
      <Message key={shown} at={["messages", shown]} value={value} label={t(`forms.manual.notices.${shown}`)} />
      {shown === "default" && (
        <TemplateField at={["messages", "default", "actions", "cancel"]} value={actions?.["cancel"]} label={t("forms.manual.cancel")} hint={t("forms.manual.cancelHint")} placeholder={t("forms.manual.cancelExample")} optional />
      )}
      {shown === "kakao" && (
        <TemplateField
          at={["messages", "kakao", "actions", "agentCall"]}
          value={actions?.["agentCall"]}
          label={t("forms.manual.agentCall")}
          placeholder={t("forms.manual.agentCallExample")}
          counted="label"
          optional
        />
      )}
    </div>
  );
}

export function SheetForm() {
  const t = useT();
  const { node, put: change, readonly, peek } = useNodeForm();
  const data = dataOf(node);
  const columns = Array.isArray(data["columns"]) ? (data["columns"] as unknown[]) : [];
  const values = Array.isArray(data["values"]) ? (data["values"] as unknown[]) : [];
  const lists = [data["columns"], data["values"]].every((list) => list === undefined || Array.isArray(list));
  const id = useId();
  const rows = Math.max(columns.length, values.length);
  // Both lists move together, so that a name stays with its value.
  const both = (make: (list: readonly unknown[]) => unknown[]) => {
    flushFields();
    const now = peek([]);
    const base = isObject(now) ? now : {};
    change([], put(put(base, "columns", make(padded(base["columns"], rows))), "values", make(padded(base["values"], rows))));
  };
  return (
    <div className={styles["stack"]}>
      <PlainField label={t("forms.sheet.token")} value={shownAs(data["token"])} placeholder={t("forms.connection.default")} hint={t("forms.sheet.tokenHint")} onCommit={(text) => change(["token"], text === "" ? undefined : text)} />
      <TemplateField at={["spreadsheetId"]} value={data["spreadsheetId"]} label={t("forms.sheet.id")} hint={t("forms.sheet.idHint")} mono plain onPaste={(event) => takeSheetId(event.clipboardData.getData("text/plain"), (found) => change(["spreadsheetId"], found))} />
      <TemplateField at={["sheetName"]} value={data["sheetName"]} label={t("forms.sheet.name")} placeholder={t("forms.sheet.nameExample")} />
      {lists ? (
        <div role="group" className={styles["section"]} aria-label={t("forms.sheet.columns")}>
          <h3 className={styles["sectionTitle"]}>{t("forms.sheet.columns")}</h3>
          <div className={styles["rows"]}>
            {Array.from({ length: rows }, (_, index) => (
              <ListRow
                key={index}
                list={id}
                at={index}
                many={rows}
                name={t("forms.sheet.column", { n: index + 1 })}
                readonly={readonly}
                onMove={(from, to) =>
                  both((list) => {
                    const next = [...list];
                    next.splice(to, 0, ...next.splice(from, 1));
                    return next;
                  })
                }
                onRemove={() => both((list) => list.filter((_one, at) => at !== index))}
              >
                <TemplateField at={["columns", index]} value={columns[index]} label={t("forms.sheet.columnName")} hideLabel placeholder={t("forms.sheet.columnExample")} plain />
                <TemplateField at={["values", index]} value={values[index]} label={t("forms.sheet.value")} hideLabel placeholder="{{params.name}}" />
              </ListRow>
            ))}
          </div>
          {!readonly && (
            <div className={styles["adds"]}>
              <Button size="small" onClick={() => both((list) => [...list, ""])}>
                {t("forms.sheet.add")}
              </Button>
            </div>
          )}
        </div>
      ) : (
        <JsonField label={t("forms.sheet.columns")} value={data} onCommit={(next) => change([], next)} />
      )}
    </div>
  );
}

function padded(list: unknown, many: number): unknown[] {
  const known = Array.isArray(list) ? (list as unknown[]) : [];
  return [...known, ...Array<string>(Math.max(0, many - known.length)).fill("")];
}

/** The id within a spreadsheet's address, as one copies it from the browser. */
export function takeSheetId(text: string, take: (id: string) => void): boolean {
  const found = /\/spreadsheets\/d\/([\w-]{10,})/.exec(text)?.[1];
  if (found) take(found);
  return found !== undefined;
}

const MARKS = [
  { key: "bold", Icon: Bold, open: "<b>", close: "</b>" },
  { key: "italic", Icon: Italic, open: "<i>", close: "</i>" },
  { key: "link", Icon: Link2, open: '<a href="https://">', close: "</a>" },
  { key: "paragraph", Icon: Pilcrow, open: "<p>", close: "</p>" },
  { key: "list", Icon: List, open: "<ul>\n  <li>", close: "</li>\n</ul>" },
] as const;

export function EmailForm() {
  const t = useT();
  const { node, readonly } = useNodeForm();
  const data = dataOf(node);
  const area = useRef<HTMLTextAreaElement | null>(null);
  const onArea = useCallback((found: HTMLTextAreaElement | null) => {
    area.current = found;
  }, []);
  const around = (open: string, close: string) => {
    const field = area.current;
    if (!field) return;
    const { selectionStart, selectionEnd, value } = field;
    field.focus();
    // As if typed, so that the browser's undo takes it back and the field hears of it.
    document.execCommand("insertText", false, `${open}${value.slice(selectionStart, selectionEnd)}${close}`);
    const caret = selectionStart + open.length + (selectionEnd - selectionStart);
    field.setSelectionRange(caret, caret);
  };
  return (
    <div className={styles["stack"]}>
      <TemplateField at={["to"]} value={data["to"]} label={t("forms.email.to")} hint={t("forms.email.toHint")} placeholder="help@example.com" />
      <TemplateField at={["replyTo"]} value={data["replyTo"]} label={t("forms.email.replyTo")} placeholder="{{params.email}}" optional />
      <TemplateField at={["subject"]} value={data["subject"]} label={t("forms.email.subject")} />
      <TemplateField
        at={["body"]}
        value={data["body"]}
        label={t("forms.email.body")}
        hint={t("forms.email.bodyHint")}
        lines={6}
        mono
        onArea={onArea}
        aside={
          !readonly && (
            <span className={styles["toolbar"]} role="toolbar" aria-label={t("forms.email.marks")}>
              {MARKS.map(({ key, Icon, open, close }) => (
                <IconButton key={key} label={t(`forms.email.mark.${key}`)} size="small" onMouseDown={(event) => event.preventDefault()} onClick={() => around(open, close)}>
                  <Icon size={14} aria-hidden />
                </IconButton>
              ))}
            </span>
          )
        }
      />
      <MailPreview body={shownAs(data["body"])} />
    </div>
  );
}

function Connection({ value, about }: { value: unknown; about: string }) {
  const t = useT();
  const { put: change } = useNodeForm();
  return <PlainField label={t("forms.connection.title")} value={shownAs(value)} placeholder={t("forms.connection.default")} hint={about} onCommit={(text) => change(["provider"], text === "" ? undefined : text)} />;
}

export function NlpForm() {
  const t = useT();
  const { node, put: change, readonly } = useNodeForm();
  const data = dataOf(node);
  const list = useList<unknown>(["intents"]);
  const id = useId();
  const intents = Array.isArray(data["intents"]) ? (data["intents"] as unknown[]) : [];
  return (
    <div className={styles["stack"]}>
      <Connection value={data["provider"]} about={t("forms.nlp.provider")} />
      <PlainField label={t("forms.nlp.agent")} value={shownAs(data["agent"])} hint={t("forms.nlp.agentHint")} onCommit={(text) => change(["agent"], text === "" ? undefined : text)} />
      <div role="group" className={styles["section"]} aria-label={t("forms.nlp.intents")}>
        <h3 className={styles["sectionTitle"]}>{t("forms.nlp.intents")}</h3>
        <p className={styles["hint"]}>{t("forms.nlp.intentsHint")}</p>
        <div className={styles["rows"]}>
          {intents.map((intent, index) => {
            const own: Data | undefined = isObject(intent) ? intent : undefined;
            const name = own ? ["intents", index, "name"] : ["intents", index];
            return (
              <ListRow key={index} list={id} at={index} many={intents.length} name={t("forms.nlp.intent", { n: index + 1 })} readonly={readonly} onMove={list.move} onRemove={() => list.remove(index)}>
                <TemplateField at={name} value={own ? own["name"] : intent} label={t("forms.nlp.name")} plain />
                {own && (
                  <>
                    <TemplateField at={["intents", index, "description"]} value={own["description"]} label={t("forms.nlp.description")} optional plain />
                    <Examples at={["intents", index, "examples"]} value={own["examples"]} />
                  </>
                )}
              </ListRow>
            );
          })}
        </div>
        {!readonly && (
          <div className={styles["adds"]}>
            <Button size="small" onClick={() => list.add({ name: "", description: "" })}>
              {t("forms.nlp.add")}
            </Button>
          </div>
        )}
      </div>
      <More open={data["language"] !== undefined}>
        <PlainField label={t("forms.nlp.language")} value={shownAs(data["language"])} placeholder="ko" onCommit={(text) => change(["language"], text === "" ? undefined : text)} />
      </More>
    </div>
  );
}

/** One example a line. */
function Examples({ at, value }: { at: readonly (string | number)[]; value: unknown }) {
  const t = useT();
  const { put: change } = useNodeForm();
  if (value !== undefined && !(Array.isArray(value) && value.every(isSimple))) return <JsonField label={t("forms.nlp.examples")} value={value} onCommit={(next) => change(at, next)} />;
  const lines = Array.isArray(value) ? value.map(shownAs) : [];
  return <Lines label={t("forms.nlp.examples")} hint={t("forms.nlp.examplesHint")} lines={lines} onCommit={(next) => change(at, next.length === 0 ? undefined : next)} />;
}

function said(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function Lines({ label, hint, lines, onCommit }: { label: string; hint: string; lines: readonly string[]; onCommit: (lines: string[]) => void }) {
  const { readonly } = useNodeForm();
  const [text, setText] = useState(lines.join("\n"));
  const [known, setKnown] = useState(lines);
  if (known.join("\n") !== lines.join("\n")) {
    setKnown(lines);
    if (said(text).join("\n") !== lines.join("\n")) setText(lines.join("\n"));
  }
  return (
    <Field label={label} hint={hint}>
      {(wired) => <textarea {...wired} rows={3} readOnly={readonly} className={styles["lines"]} value={text} onChange={(event) => setText(event.target.value)} onBlur={() => said(text).join("\n") !== lines.join("\n") && onCommit(said(text))} />}
    </Field>
  );
}

export function ChitchatForm() {
  const t = useT();
  const { node } = useNodeForm();
  return (
    <div className={styles["stack"]}>
      <Connection value={dataOf(node)["provider"]} about={t("forms.chitchat.provider")} />
      <p className={styles["hint"]}>{t("forms.chitchat.about")}</p>
    </div>
  );
}

export function LlmForm() {
  const t = useT();
  const { node, put: change, readonly } = useNodeForm();
  const data = dataOf(node);
  return (
    <div className={styles["stack"]}>
      <Connection value={data["provider"]} about={t("forms.llm.provider")} />
      <PlainField label={t("forms.llm.model")} value={shownAs(data["model"])} placeholder={t("forms.llm.modelDefault")} onCommit={(text) => change(["model"], text === "" ? undefined : text)} />
      <TemplateField at={["system"]} value={data["system"]} label={t("forms.llm.system")} hint={t("forms.llm.systemHint")} lines={5} optional />
      <TemplateField at={["prompt"]} value={data["prompt"]} label={t("forms.llm.prompt")} hint={t("forms.llm.promptHint")} placeholder="{{message}}" lines={2} optional />
      <Switch label={t("forms.llm.send")} hint={t("forms.llm.sendHint")} checked={data["send"] !== false} disabled={readonly} onChange={(on) => change(["send"], on ? undefined : false)} />
      <More open={["history", "temperature", "maxTokens", "maxChars"].some((key) => data[key] !== undefined)}>
        {isSimple(data["history"]) && typeof data["history"] !== "string" ? (
          <NumberField at={["history"]} value={data["history"]} label={t("forms.llm.history")} hint={t("forms.llm.historyHint")} least={0} most={20} whole placeholder="6" />
        ) : (
          <TemplateField at={["history"]} value={data["history"]} label={t("forms.llm.history")} hint={t("forms.llm.historyHint")} optional />
        )}
        <NumberField at={["temperature"]} value={data["temperature"]} label={t("forms.llm.temperature")} hint={t("forms.llm.temperatureHint")} least={0} most={2} />
        <div className={styles["pair"]}>
          <NumberField at={["maxTokens"]} value={data["maxTokens"]} label={t("forms.llm.maxTokens")} least={1} whole />
          <NumberField at={["maxChars"]} value={data["maxChars"]} label={t("forms.llm.maxChars")} least={1} most={4000} whole placeholder="1,000" />
        </div>
      </More>
    </div>
  );
}

const KEYS = ["botUserKey", "plusfriendUserKey", "appUserId"] as const;

export function PushForm() {
  const t = useT();
  const { node, put: change, readonly } = useNodeForm();
  const data = dataOf(node);
  const named = shownAs(data["toType"]);
  const kind = KEYS.find((one) => one === named);
  return (
    <div className={styles["stack"]}>
      <TemplateField at={["event"]} value={data["event"]} label={t("forms.push.event")} hint={t("forms.push.eventHint")} />
      <KeyValues at={["data"]} value={data["data"]} label={t("forms.push.data")} keyLabel={t("forms.push.name")} />
      <KeyValues at={["params"]} value={data["params"]} label={t("forms.push.params")} keyLabel={t("forms.push.name")} />
      <TemplateField at={["to"]} value={data["to"]} label={t("forms.push.to")} hint={t("forms.push.toHint")} optional />
      <Field label={t("forms.push.toType")}>
        {(wired) => (
          <Select
            id={wired.id}
            label={t("forms.push.toType")}
            value={named === "" ? "botUserKey" : named}
            disabled={readonly}
            options={[...KEYS.map((one) => ({ value: one as string, label: t(`forms.push.keys.${one}`), note: one })), ...(kind || named === "" ? [] : [{ value: named, label: named }])]}
            onChange={(next) => change(["toType"], next)}
          />
        )}
      </Field>
      <p className={styles["hint"]}>{t("forms.push.about")}</p>
    </div>
  );
}
