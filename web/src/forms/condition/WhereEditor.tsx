// The condition of an edge, or of a param: rows and groups, or JSON where rows cannot show it. The rows live here while they
// are edited, so that a half-written one stays where it is; the document gets what they say.

import { Plus, Trash2, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";

import { isObject, isOdd, same } from "../../flow/json";
import type { NodeDoc, WhereDoc } from "../../flow/types";
import { useT } from "../../i18n/i18n";
import { Button, cx, IconButton, Segmented, Select } from "../../ui";
import { JsonField } from "../fields/JsonField";
import { TemplateText } from "../fields/TemplateText";
import { useNodeForm } from "../form";
import { valuesFor } from "../paths";
import { shownAs } from "../value";
import { addAt, ask, type Group, isPlain, type Item, joinAt, QUESTIONS, type Raw, readWhere, replaceAt, type Test, typed, type Way, writeWhere } from "./model";
import { PathInput } from "./PathInput";
import styles from "./Where.module.css";

export function WhereEditor({ where, onCommit, node }: { where: unknown; onCommit: (where: WhereDoc | undefined) => void; /** Whose buttons are offered as values. */ node: NodeDoc }) {
  const t = useT();
  const { readonly } = useNodeForm();
  const [group, setGroup] = useState(() => readWhere(where));
  const [json, setJson] = useState(() => !isPlain(readWhere(where)));
  const [fresh, setFresh] = useState<string>();
  /** What was written last: what comes back is no news. */
  const written = useRef(where);
  useEffect(() => {
    if (same(written.current, where)) return;
    written.current = where;
    setGroup(readWhere(where));
  }, [where]);
  const change = (next: Group) => {
    setGroup(next);
    const out = writeWhere(complete(next));
    if (same(out, written.current ?? undefined)) return;
    written.current = out;
    onCommit(out);
  };
  if (json) {
    return (
      <div className={styles["where"]}>
        <JsonField
          label={t("forms.where.json")}
          value={where ?? undefined}
          hint={isPlain(group) ? undefined : t("forms.where.jsonOnly")}
          check={(value) => (isObject(value) ? undefined : t("forms.where.jsonObject"))}
          onCommit={(value) => {
            written.current = value;
            setGroup(readWhere(value));
            onCommit(value as WhereDoc | undefined);
          }}
        />
        <div>
          <Button size="small" variant="quiet" onClick={() => setJson(false)}>
            {t("forms.where.asRows")}
          </Button>
        </div>
      </div>
    );
  }
  const acts: Acts = {
    change: (way, item) => change(replaceAt(group, way, item)),
    add: (way, item) => {
      setFresh(way.join("/"));
      change(addAt(group, way, item));
    },
    join: (way, any) => change(joinAt(group, way, any)),
  };
  return (
    <div className={styles["where"]}>
      <GroupRows group={group} way={[]} acts={acts} node={node} fresh={fresh} />
      <div className={styles["foot"]}>
        {!readonly && (
          <>
            <Button size="small" icon={<Plus size={14} aria-hidden />} onClick={() => acts.add([], NEW)}>
              {t("forms.where.add")}
            </Button>
            {group.items.length > 0 && (
              <Button size="small" variant="quiet" onClick={() => acts.add([], { kind: "group", any: !group.any, form: "list", items: [NEW] })}>
                {t("forms.where.addGroup")}
              </Button>
            )}
          </>
        )}
        <Button size="small" variant="quiet" onClick={() => setJson(true)}>
          {t("forms.where.json")}
        </Button>
      </div>
    </div>
  );
}

const NEW: Test = { kind: "test", path: "", question: "equals", value: "" };

/** Without rows that have no path yet: they ask nothing. */
function complete(group: Group): Group {
  const items = group.items.flatMap((item): Item[] => {
    if (item.kind === "test") return item.path === "" ? [] : [item];
    if (item.kind !== "group") return [item];
    const inner = complete(item);
    return inner.items.length === 0 && item.items.length > 0 ? [] : [inner];
  });
  return items.length === 0 && group.items.length > 0 ? { ...group, any: false, form: "object", items } : { ...group, items };
}

interface Acts {
  change: (way: Way, item: Item | undefined) => void;
  add: (way: Way, item: Item) => void;
  join: (way: Way, any: boolean) => void;
}

function GroupRows({ group, way, acts, node, fresh }: { group: Group; way: Way; acts: Acts; node: NodeDoc; fresh: string | undefined }) {
  const t = useT();
  const { readonly } = useNodeForm();
  const inner = way.length > 0;
  return (
    <div className={cx(inner && styles["group"])} role="group" aria-label={group.any ? t("forms.where.any") : t("forms.where.all")}>
      {(group.items.length > 1 || inner || group.any) && (
        <div className={styles["groupHead"]}>
          {readonly ? (
            <span>{group.any ? t("forms.where.any") : t("forms.where.all")}</span>
          ) : (
            <Segmented
              label={t("forms.where.join")}
              value={group.any ? "any" : "all"}
              onChange={(next) => acts.join(way, next === "any")}
              options={[
                { value: "all", label: t("forms.where.all") },
                { value: "any", label: t("forms.where.any") },
              ]}
            />
          )}
          {inner && !readonly && (
            <IconButton label={t("forms.where.removeGroup")} size="small" onClick={() => acts.change(way, undefined)}>
              <Trash2 size={14} aria-hidden />
            </IconButton>
          )}
        </div>
      )}
      {group.items.map((item, at) => {
        const here = [...way, at];
        if (item.kind === "group") return <GroupRows key={at} group={item} way={here} acts={acts} node={node} fresh={fresh} />;
        if (item.kind === "raw") return <RawRow key={at} raw={item} onRemove={() => acts.change(here, undefined)} />;
        const isFresh = fresh === way.join("/") && at === group.items.length - 1 && item.path === "";
        return <TestRow key={at} test={item} node={node} fresh={isFresh} onChange={(next) => acts.change(here, next)} />;
      })}
      {inner && !readonly && (
        <Button size="small" variant="quiet" icon={<Plus size={14} aria-hidden />} onClick={() => acts.add(way, NEW)}>
          {t("forms.where.add")}
        </Button>
      )}
    </div>
  );
}

function RawRow({ raw, onRemove }: { raw: Raw; onRemove: () => void }) {
  const t = useT();
  const { readonly } = useNodeForm();
  return (
    <div className={cx(styles["test"], styles["raw"])}>
      <code className={styles["rawText"]}>
        {[raw.key, raw.operator, shownAs(raw.value)].filter((part) => part !== undefined).join(" ")}
      </code>
      <span className={styles["rawNote"]}>{t("forms.where.unknown")}</span>
      {!readonly && (
        <IconButton label={t("forms.where.remove")} size="small" onClick={onRemove}>
          <X size={14} aria-hidden />
        </IconButton>
      )}
    </div>
  );
}

const TYPES = ["text", "number", "true", "false", "null"] as const;
type ValueType = (typeof TYPES)[number];

function typeOfValue(value: unknown): ValueType | "json" {
  if (value === null) return "null";
  if (value === true) return "true";
  if (value === false) return "false";
  if (typeof value === "number" || isOdd(value)) return "number";
  return typeof value === "object" ? "json" : "text";
}

function valueAs(value: unknown, type: ValueType): unknown {
  if (type === "null") return null;
  if (type === "true") return true;
  if (type === "false") return false;
  const text = value === null || typeof value === "boolean" ? "" : shownAs(value);
  if (type === "text") return text;
  return Number.isFinite(Number(text)) ? Number(text) : 0;
}

const SIZE: ReadonlySet<string> = new Set(["gt", "gte", "lt", "lte"]);

function TestRow({ test, node, fresh, onChange }: { test: Test; node: NodeDoc; fresh: boolean; onChange: (next: Test | undefined) => void }) {
  const t = useT();
  const { doc, readonly } = useNodeForm();
  const asks = test.question !== "exists" && test.question !== "missing";
  const type = typeOfValue(test.value);
  const isText = type === "text" || type === "number";
  const noNumber = SIZE.has(test.question) && type === "text" && shownAs(test.value) !== "" && !shownAs(test.value).includes("{{") && Number.isNaN(Number(shownAs(test.value)));
  return (
    <div className={styles["test"]}>
      <PathInput value={test.path} onCommit={(path) => onChange({ ...test, path })} fresh={fresh} />
      {!readonly && (
        <IconButton label={t("forms.where.remove")} size="small" className={styles["removeTest"]} onClick={() => onChange(undefined)}>
          <X size={14} aria-hidden />
        </IconButton>
      )}
      <div className={styles["question"]}>
        <Select
          label={t("forms.where.question")}
          value={test.question}
          disabled={readonly}
          options={QUESTIONS.map((one) => ({ value: one, label: t(`forms.where.questions.${one}`) }))}
          onChange={(question) => onChange(ask(test, question))}
        />
        {asks && test.question !== "regex" && type !== "json" && (
          <Select
            size="small"
            plain
            label={t("forms.where.valueType")}
            value={type}
            disabled={readonly}
            options={TYPES.map((one) => ({ value: one, label: t(`forms.where.types.${one}`) }))}
            onChange={(next) => onChange({ ...test, value: valueAs(test.value, next) })}
          />
        )}
      </div>
      {asks && (isText || type === "json") && (
        <div className={styles["value"]}>
          {isText ? (
            <TemplateText
              label={t("forms.where.value")}
              hideLabel
              value={shownAs(test.value)}
              placeholder={test.question === "regex" ? t("forms.where.regexExample") : t("forms.where.valueExample")}
              plain
              mono={test.question === "regex"}
              suggest={valuesFor(test.path, node, doc)}
              error={noNumber ? t("forms.where.noNumber") : test.question === "regex" ? regexFault(shownAs(test.value), t("forms.where.badRegex")) : undefined}
              onCommit={(text) => onChange({ ...test, value: typed(text, test.value, test.question) })}
            />
          ) : (
            <code className={styles["rawText"]}>{shownAs(test.value)}</code>
          )}
        </div>
      )}
    </div>
  );
}

/** The engine's expressions know no look-around and no back references; the rest reads alike. */
function regexFault(source: string, words: string): string | undefined {
  if (source === "" || source.includes("{{")) return undefined;
  if (/\(\?(?:=|!|<=|<!)|\\[1-9]/.test(source)) return words;
  try {
    void new RegExp(source.replaceAll(/\(\?[imsxU-]+\)/g, "").replaceAll("(?P<", "(?<"));
    return undefined;
  } catch {
    return words;
  }
}
