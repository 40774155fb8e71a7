// The forms of nodes that speak, wait and lead on.

import { dataOf } from "../../flow/document";
import { drop, isObject, put } from "../../flow/json";
import { useT } from "../../i18n/i18n";
import { Checkbox, Field, Segmented, Select, Switch } from "../../ui";
import { useNodeForm } from "../form";
import { KeyValues } from "../fields/KeyValues";
import { NumberField } from "../fields/NumberField";
import { FlowPicker, idOf, NodePicker } from "../fields/Pickers";
import { TemplateField } from "../fields/TemplateField";
import { flushFields } from "../live";
import { Buttons } from "../message/Buttons";
import { Message } from "../message/Message";
import { isTemplate } from "../template/read";
import { flowOf } from "../../flow/document";
import { More } from "./More";
import styles from "../fields/Fields.module.css";

/** The bound of the engine (response.rs). */
const MOST_DELAY = 60_000;

export function EntryForm() {
  const t = useT();
  return <p className={styles["hint"]}>{t("forms.entry.about")}</p>;
}

export function ResponseForm() {
  const t = useT();
  const { node } = useNodeForm();
  const data = dataOf(node);
  const meta = isObject(data["meta"]) ? data["meta"] : undefined;
  const used = data["delay"] !== undefined || meta?.["custom"] !== undefined;
  return (
    <div className={styles["stack"]}>
      <Message at={["message"]} value={data["message"]} />
      <More open={used}>
        <NumberField at={["delay"]} value={data["delay"]} label={t("forms.response.delay")} hint={t("forms.response.delayHint")} least={0} most={MOST_DELAY} />
        <TemplateField at={["meta", "custom"]} value={meta?.["custom"]} label={t("forms.response.custom")} hint={t("forms.response.customHint")} counted="note" lines={2} optional />
      </More>
    </div>
  );
}

const INPUTS = ["any", "text", "buttons", "number", "location"] as const;
type Input = (typeof INPUTS)[number];

export function KeyboardForm() {
  const t = useT();
  const { node, put: change, readonly } = useNodeForm();
  const data = dataOf(node);
  // As the engine reads it: buttons tell the type where the file does not.
  const type: Input = INPUTS.find((one) => one === data["type"]) ?? (data["type"] === undefined && data["buttons"] !== undefined ? "buttons" : "any");
  const messages = isObject(data["messages"]) ? data["messages"] : undefined;
  const strict = data["strict"] === true;
  return (
    <div className={styles["stack"]}>
      <Field label={t("forms.keyboard.type")} hint={t(`forms.keyboard.about.${type}`)}>
        {(wired) => (
          <Select
            id={wired.id}
            label={t("forms.keyboard.type")}
            value={type}
            disabled={readonly}
            options={INPUTS.map((one) => ({ value: one, label: t(`forms.keyboard.types.${one}`) }))}
            onChange={(next) => {
              flushFields();
              change(["type"], next);
            }}
          />
        )}
      </Field>
      {type === "buttons" && <Buttons at={["buttons"]} value={data["buttons"]} quick />}
      {type === "number" && (
        <>
          <div className={styles["pair"]}>
            <NumberField at={["min"]} value={data["min"]} label={t("forms.keyboard.min")} placeholder={t("forms.keyboard.unbounded")} />
            <NumberField at={["max"]} value={data["max"]} label={t("forms.keyboard.max")} placeholder={t("forms.keyboard.unbounded")} />
          </div>
          <Checkbox label={t("forms.keyboard.integer")} checked={data["integer"] === true} disabled={readonly} onChange={(on) => change(["integer"], on || undefined)} />
          <Checkbox
            label={t("forms.keyboard.parse")}
            hint={t("forms.keyboard.parseHint")}
            checked={data["parse"] === true}
            disabled={readonly}
            onChange={(on) => change(["parse"], on || undefined)}
          />
        </>
      )}
      {type === "location" && <KeyValues at={["actions"]} value={data["actions"]} label={t("forms.keyboard.actions")} keyLabel={t("forms.keyboard.action")} keyExample="location" />}
      <More open={strict || messages !== undefined}>
        <Switch
          label={t("forms.keyboard.strict")}
          hint={t("forms.keyboard.strictHint")}
          checked={strict}
          disabled={readonly}
          onChange={(on) => change(["strict"], on || undefined)}
        />
        {(strict || messages?.["failure"] !== undefined) && (
          <div role="group" className={styles["section"]} aria-label={t("forms.keyboard.failure")}>
            <h3 className={styles["sectionTitle"]}>{t("forms.keyboard.failure")}</h3>
            <Message at={["messages", "failure"]} value={messages?.["failure"]} label={t("forms.keyboard.failure")} />
          </div>
        )}
      </More>
    </div>
  );
}

export function FlowForm() {
  const t = useT();
  const { node, doc, flow, put: change, run: _run, readonly, complaintsAt } = useNodeForm();
  const data = dataOf(node);
  const template = isTemplate(data["flowId"]) || isTemplate(data["nodeId"]) || (typeof data["flowId"] === "string" && idOf(data["flowId"]) === undefined);
  const linked = flowOf(doc, idOf(data["flowId"]) ?? Number.NaN);
  const wrong = complaintsAt(["flowId"])[0]?.message;
  return (
    <div className={styles["stack"]}>
      {!readonly && (
        <Segmented
          label={t("forms.flow.how")}
          value={template ? "template" : "choose"}
          onChange={(next) => {
            flushFields();
            if (next === "choose") {
              change([], put(drop(dataOf(node), "nodeId"), "flowId", flow.id));
            } else change(["flowId"], "{{message.payload.flowId}}");
          }}
          options={[
            { value: "choose", label: t("forms.flow.choose") },
            { value: "template", label: t("forms.flow.template") },
          ]}
        />
      )}
      {template ? (
        <>
          <TemplateField at={["flowId"]} value={data["flowId"]} label={t("forms.flow.flowId")} hint={t("forms.flow.templateHint")} />
          <TemplateField at={["nodeId"]} value={data["nodeId"]} label={t("forms.flow.nodeId")} optional />
        </>
      ) : (
        <>
          <FlowPicker
            label={t("forms.picker.flowLabel")}
            value={data["flowId"]}
            error={wrong}
            onCommit={(id) => change([], drop(put(dataOf(node), "flowId", id), "nodeId"))}
          />
          <NodePicker label={t("forms.picker.nodeLabel")} flow={linked} value={data["nodeId"]} none={t("forms.picker.start")} onCommit={(id) => change(["nodeId"], id)} />
        </>
      )}
      <p className={styles["hint"]}>{t("forms.flow.noEdges")}</p>
    </div>
  );
}

export function BackForm({ stack }: { stack?: boolean }) {
  const t = useT();
  const { node, put: change, readonly } = useNodeForm();
  const data = dataOf(node);
  const kinds = stack ? (["push", "pop", "clear"] as const) : (["pop", "drop", "clear"] as const);
  const operation = kinds.find((one) => one === data["operation"]) ?? (stack ? "push" : "pop");
  const which = stack ? "backstack" : "back";
  return (
    <div className={styles["stack"]}>
      {stack && <p className={styles["warn"]}>{t("forms.back.old")}</p>}
      <Field label={t("forms.back.operation")} hint={t(`forms.back.about.${which}_${operation}` as "forms.back.about.back_pop")}>
        {(wired) => (
          <Select
            id={wired.id}
            label={t("forms.back.operation")}
            value={operation}
            disabled={readonly}
            options={kinds.map((one) => ({ value: one, label: t(`forms.back.operations.${which}_${one}` as "forms.back.operations.back_pop") }))}
            onChange={(next) => change(["operation"], next)}
          />
        )}
      </Field>
      {operation !== "clear" && operation !== "push" && (
        <NumberField at={["count"]} value={data["count"]} label={t("forms.back.count")} hint={t("forms.back.countHint")} least={1} whole placeholder="1" />
      )}
    </div>
  );
}
