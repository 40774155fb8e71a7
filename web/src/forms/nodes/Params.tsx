// Params, one after the other: a name, a value, and perhaps when.

import { Plus } from "lucide-react";
import { useId, useState } from "react";

import { dataOf } from "../../flow/document";
import { isObject } from "../../flow/json";
import type { Data } from "../../flow/types";
import { useT } from "../../i18n/i18n";
import { Button, Segmented, Select } from "../../ui";
import { WhereEditor } from "../condition/WhereEditor";
import { type At, useNodeForm } from "../form";
import { JsonField } from "../fields/JsonField";
import { ListRow } from "../fields/ListRow";
import { PlainField } from "../fields/PlainField";
import { TemplateField } from "../fields/TemplateField";
import { useList } from "../fields/useList";
import { flushFields } from "../live";
import { isSimple, shownAs } from "../value";
import styles from "../fields/Fields.module.css";

const NAME = /^[\p{L}\p{N}_:-]+$/u;

export function ParamsForm() {
  const t = useT();
  const { node, put: change, readonly } = useNodeForm();
  const data = dataOf(node);
  const clears = data["type"] === "clear";
  const list = useList<Data>(["set"], []);
  const id = useId();
  const [fresh, setFresh] = useState(-1);
  const entries = Array.isArray(data["set"]) ? (data["set"] as unknown[]) : [];
  return (
    <div className={styles["stack"]}>
      {!readonly && (
        <Segmented
          label={t("forms.params.how")}
          value={clears ? "clear" : "set"}
          onChange={(next) => {
            flushFields();
            change(["type"], next);
          }}
          options={[
            { value: "set", label: t("forms.params.set") },
            { value: "clear", label: t("forms.params.clear") },
          ]}
        />
      )}
      {clears ? (
        <p className={styles["hint"]}>{t("forms.params.clears")}</p>
      ) : (
        <>
          <div className={styles["rows"]}>
            {entries.map((entry, index) =>
              isObject(entry) ? (
                <ListRow
                  key={index}
                  list={id}
                  at={index}
                  many={entries.length}
                  name={t("forms.params.param", { n: index + 1 })}
                  readonly={readonly}
                  onMove={list.move}
                  onRemove={() => list.remove(index)}
                  onCopy={() => list.copy(index)}
                >
                  <Entry at={["set", index]} entry={entry} fresh={index === fresh} />
                </ListRow>
              ) : (
                <JsonField key={index} label={t("forms.params.odd")} value={entry} onCommit={(next) => change(["set", index], next)} />
              ),
            )}
          </div>
          {!readonly && (
            <div className={styles["adds"]}>
              <Button
                size="small"
                icon={<Plus size={14} aria-hidden />}
                onClick={() => {
                  setFresh(entries.length);
                  list.add({ key: "", value: "" });
                }}
              >
                {t("forms.params.add")}
              </Button>
            </div>
          )}
          <p className={styles["hint"]}>{t("forms.params.about")}</p>
        </>
      )}
    </div>
  );
}

const TYPES = ["text", "number", "true", "false", "null", "json"] as const;
type ValueType = (typeof TYPES)[number];

function typeOfValue(value: unknown): ValueType {
  if (value === null || value === undefined) return "null";
  if (value === true) return "true";
  if (value === false) return "false";
  if (typeof value === "string") return "text";
  return isSimple(value) ? "number" : "json";
}

function valueAs(value: unknown, type: ValueType): unknown {
  const text = typeof value === "boolean" ? "" : shownAs(value);
  if (type === "text") return text;
  if (type === "number") return text !== "" && Number.isFinite(Number(text)) ? Number(text) : 0;
  if (type === "json") return typeof value === "object" && value !== null ? value : [];
  return type === "null" ? null : type === "true";
}

function Entry({ at, entry, fresh }: { at: At; entry: Data; fresh: boolean }) {
  const t = useT();
  const { node, put: change, readonly } = useNodeForm();
  const [asks, setAsks] = useState(false);
  const value = entry["value"];
  const type = typeOfValue(value);
  const key = shownAs(entry["key"]);
  const where = entry["where"];
  const conditional = (where !== undefined && where !== null) || asks;
  return (
    <div className={styles["setRow"]}>
      <PlainField
        label={t("forms.params.key")}
        value={key}
        placeholder={t("forms.params.keyExample")}
        fresh={fresh}
        error={key !== "" && !NAME.test(key.trim()) ? t("forms.params.badKey") : undefined}
        onCommit={(text) => change([...at, "key"], text.trim())}
      />
      <div className={styles["valueRow"]}>
        {type === "text" || type === "number" ? (
          <TemplateField at={[...at, "value"]} value={value} label={t("forms.params.value")} placeholder="{{message}}" aside={<TypeSelect at={at} type={type} value={value} />} />
        ) : type === "json" ? (
          <>
            <span className={styles["valueHead"]}>
              {t("forms.params.value")}
              <span className={styles["deed"]}>
                <TypeSelect at={at} type={type} value={value} />
              </span>
            </span>
            <JsonField label={t("forms.params.value")} hideLabel value={value} onCommit={(next) => change([...at, "value"], next ?? null)} />
          </>
        ) : (
          <>
            <span className={styles["valueHead"]}>{t("forms.params.value")}</span>
            <TypeSelect at={at} type={type} value={value} wide />
          </>
        )}
      </div>
      {conditional ? (
        <div role="group" className={styles["section"]} aria-label={t("forms.params.when")}>
          <div className={styles["sectionHead"]}>
            <h3 className={styles["sectionTitle"]}>{t("forms.params.when")}</h3>
            {!readonly && (
              <button
                type="button"
                className={styles["more"]}
                onClick={() => {
                  setAsks(false);
                  change([...at, "where"], undefined);
                }}
              >
                {t("forms.params.always")}
              </button>
            )}
          </div>
          <WhereEditor where={where} node={node} onCommit={(next) => change([...at, "where"], next)} />
        </div>
      ) : (
        !readonly && (
          <button type="button" className={styles["more"]} onClick={() => setAsks(true)}>
            {t("forms.params.addWhen")}
          </button>
        )
      )}
    </div>
  );
}

function TypeSelect({ at, type, value, wide }: { at: At; type: ValueType; value: unknown; wide?: boolean }) {
  const t = useT();
  const { put: change, readonly } = useNodeForm();
  return (
    <Select
      size={wide ? "medium" : "small"}
      plain={!wide}
      label={t("forms.params.type")}
      value={type}
      disabled={readonly}
      options={TYPES.map((one) => ({ value: one, label: t(`forms.params.types.${one}`) }))}
      onChange={(next) => {
        flushFields();
        change([...at, "value"], valueAs(value, next));
      }}
    />
  );
}

