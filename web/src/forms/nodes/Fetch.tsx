// The HTTP node: method, address, headers, body; what fails leads along its own edge.

import { WandSparkles } from "lucide-react";

import { dataOf } from "../../flow/document";
import { drop, isObject, put, read, write } from "../../flow/json";
import type { Data } from "../../flow/types";
import { useT } from "../../i18n/i18n";
import { Button, Field, Segmented, Select } from "../../ui";
import { useNodeForm } from "../form";
import { jsonFault } from "../fields/JsonField";
import { KeyValues } from "../fields/KeyValues";
import { TemplateField } from "../fields/TemplateField";
import { flushFields } from "../live";
import { readTemplate } from "../template/read";
import { shownAs } from "../value";
import styles from "../fields/Fields.module.css";

const METHODS = ["GET", "POST", "PUT", "DELETE"] as const;
const TYPES = ["json", "x-www-form-urlencoded", "text"] as const;
const HEADERS: Record<string, readonly string[]> = {
  "content-type": ["application/json", "text/plain; charset=utf-8", "application/xml"],
  accept: ["application/json", "*/*"],
  "accept-language": ["ko-KR", "en"],
  authorization: ["Bearer ", "Basic "],
};

/** Where a JSON body is broken once its templates are taken for values; undefined where it reads. */
export function bodyFault(body: string): { line: number; column: number } | undefined {
  if (body.trim() === "") return undefined;
  const { tags } = readTemplate(body, { secrets: true });
  // Blocks may stand anywhere and give anything.
  if (/\{\{[#^>]|\{\{\{\{/.test(body)) return undefined;
  let plain = "";
  let at = 0;
  for (const { from, to } of tags) {
    plain += body.slice(at, from);
    // Of the same length, so that the place stays right: within quotation marks a letter, else a number.
    plain += inText(plain) ? "0".repeat(to - from) : `1${"0".repeat(to - from - 1)}`;
    at = to;
  }
  return jsonFault(plain + body.slice(at));
}

function inText(before: string): boolean {
  let inside = false;
  for (let at = 0; at < before.length; at += 1) {
    if (before[at] === "\\" && inside) at += 1;
    else if (before[at] === '"') inside = !inside;
  }
  return inside;
}

export function FetchForm() {
  const t = useT();
  const { node, put: change, readonly } = useNodeForm();
  const data = dataOf(node);
  const named = shownAs(data["method"]).toUpperCase();
  const method = METHODS.find((one) => one === named);
  const bodies = method !== "GET" || data["body"] !== undefined;
  const kind = TYPES.find((one) => one === data["contentType"]) ?? (isObject(data["body"]) ? "x-www-form-urlencoded" : "json");
  const body = shownAs(data["body"]);
  const fault = kind === "json" && !isObject(data["body"]) ? bodyFault(body) : undefined;
  return (
    <div className={styles["stack"]}>
      <Field label={t("forms.fetch.method")}>
        {(wired) => (
          <Select
            id={wired.id}
            label={t("forms.fetch.method")}
            value={data["method"] === undefined ? "GET" : named}
            disabled={readonly}
            options={[...METHODS.map((one) => ({ value: one as string, label: one })), ...(method || data["method"] === undefined ? [] : [{ value: named, label: named }])]}
            onChange={(next) => change(["method"], next)}
          />
        )}
      </Field>
      <TemplateField at={["uri"]} value={data["uri"]} label={t("forms.fetch.uri")} placeholder="https://api.example.com/orders" hint={t("forms.fetch.uriHint")} mono />
      <KeyValues
        at={["headers"]}
        value={data["headers"]}
        label={t("forms.fetch.headers")}
        keyLabel={t("forms.fetch.header")}
        keyExample="Accept"
        suggest={(key) => HEADERS[key.toLowerCase()] ?? []}
        secrets
      />
      {bodies && (
        <>
          {!readonly && (
            <Segmented
              label={t("forms.fetch.contentType")}
              value={kind}
              onChange={(next) => {
                flushFields();
                change([], bodyAs(dataOf(node), next));
              }}
              options={TYPES.map((one) => ({ value: one, label: t(`forms.fetch.types.${one === "x-www-form-urlencoded" ? "form" : one}`) }))}
            />
          )}
          {kind === "x-www-form-urlencoded" && (data["body"] === undefined || isObject(data["body"])) ? (
            <KeyValues at={["body"]} value={data["body"]} label={t("forms.fetch.body")} keyLabel={t("forms.fetch.field")} />
          ) : (
            <TemplateField
              at={["body"]}
              value={data["body"]}
              label={t("forms.fetch.body")}
              lines={5}
              mono
              optional
              placeholder={kind === "json" ? '{\n  "number": {{QUOTE(keyboard.value)}}\n}' : ""}
              error={fault && t("forms.fetch.brokenBody", fault)}
              aside={
                kind === "json" &&
                !readonly &&
                body !== "" && (
                  <Button
                    size="small"
                    variant="quiet"
                    icon={<WandSparkles size={14} aria-hidden />}
                    disabled={tidied(body) === undefined}
                    onClick={() => {
                      flushFields();
                      const neat = tidied(shownAs(data["body"]));
                      if (neat !== undefined) change(["body"], neat);
                    }}
                  >
                    {t("forms.fetch.tidy")}
                  </Button>
                )
              }
            />
          )}
        </>
      )}
      <p className={styles["hint"]}>{t("forms.fetch.result")}</p>
    </div>
  );
}

/** The body laid out anew; templates that stand alone keep their place. */
export function tidied(body: string): string | undefined {
  if (bodyFault(body) !== undefined || body.trim() === "" || /\{\{[#^>/]|\{\{\{\{/.test(body)) return undefined;
  const { tags } = readTemplate(body, { secrets: true });
  let plain = "";
  let at = 0;
  const kept: string[] = [];
  for (const { from, to } of tags) {
    plain += body.slice(at, from);
    const mark = `\u0001${kept.length}\u0001`;
    kept.push(body.slice(from, to));
    plain += inText(plain) ? `\\u0001${kept.length - 1}\\u0001` : JSON.stringify(mark);
    at = to;
  }
  try {
    const neat = write(read(plain + body.slice(at)));
    return neat.replaceAll(/"\\u0001(\d+)\\u0001"|\\u0001(\d+)\\u0001/g, (_, alone?: string, inside?: string) => kept[Number(alone ?? inside)] ?? "");
  } catch {
    return undefined;
  }
}

/** The node's data with another kind of body; what can be carried over is. */
export function bodyAs(data: Data, kind: (typeof TYPES)[number]): Data {
  const next = put(data, "contentType", kind);
  const body = data["body"];
  if (kind === "x-www-form-urlencoded" && typeof body === "string") {
    if (body.trim() === "") return drop(next, "body");
    const parsed = jsonFault(body) === undefined ? read(body) : undefined;
    return isObject(parsed) ? put(next, "body", parsed) : next;
  }
  if (kind !== "x-www-form-urlencoded" && isObject(body)) return put(next, "body", write(body));
  return next;
}
