// A script, and running it where it stands: with a context that one may change, in the same worker as the bot's.

import { Play } from "lucide-react";
import { lazy, Suspense, useState } from "react";

import { dataOf } from "../../flow/document";
import { read, write } from "../../flow/json";
import { useLanguage, useT } from "../../i18n/i18n";
import { figure } from "../../i18n/format";
import { isMac } from "../../shell/keys";
import { useExplain } from "../../shell/form";
import { Button, cx, Kbd, Skeleton } from "../../ui";
import { runScript, type ScriptRun } from "../api";
import { setExample } from "../example";
import { useNodeForm } from "../form";
import { jsonFault } from "../fields/JsonField";
import { flushFields, useLive } from "../live";
import { shownAs } from "../value";
import { More } from "./More";
import fields from "../fields/Fields.module.css";
import styles from "./Nodes.module.css";

const CodeMirror = lazy(() => import("../code/CodeMirror"));

/** What `require` gives (docs/nodes, "sandbox"). */
export const LIBRARIES = [
  "request",
  "request-promise",
  "axios",
  "superagent",
  "lodash",
  "underscore",
  "moment",
  "moment-timezone",
  "crypto",
  "uuid",
  "url",
  "querystring",
  "util",
  "buffer",
  "cheerio",
  "csv-parse",
  "xml2js",
  "jsonwebtoken",
  "iconv-lite",
];
const MOST_BYTES = 50_000;

const START = "module.exports = async (context) => {\n  const { params, message } = context;\n\n  return { params: {} };\n};\n";

/** The line of the script that an error names, from 1. */
export function lineOf(stack: string | undefined): { line: number; column: number } | undefined {
  const found = /script\.js:(\d+)(?::(\d+))?/.exec(stack ?? "");
  return found ? { line: Number(found[1]), column: Number(found[2] ?? 1) } : undefined;
}

export function ScriptForm() {
  const t = useT();
  const language = useLanguage();
  const explain = useExplain();
  const { node, ws, bot, put: change, readonly, example, paths, peek } = useNodeForm();
  const data = dataOf(node);
  const script = shownAs(data["script"]);
  const live = useLive(script, (text) => change(["script"], text));
  const [context, setContext] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [ran, setRan] = useState<ScriptRun>();
  const [failure, setFailure] = useState<string>();
  const given = context ?? write(example);
  const fault = jsonFault(given);
  const bytes = new TextEncoder().encode(live.text).length;
  const at = lineOf(ran?.error?.stack);

  const run = () => {
    flushFields();
    live.flush();
    if (busy || fault || readonly) return;
    setBusy(true);
    setFailure(undefined);
    const parsed = read(given);
    if (context !== undefined) setExample(bot, parsed);
    runScript({ ws, bot }, shownAs(peek(["script"])), parsed)
      .then(setRan)
      .catch((error: unknown) => {
        const { title, detail } = explain(error);
        setRan(undefined);
        setFailure(`${title}. ${detail}`);
      })
      .finally(() => setBusy(false));
  };

  return (
    <div className={fields["stack"]}>
      <div role="group" className={fields["section"]} aria-label={t("forms.script.title")}>
        <div className={fields["sectionHead"]}>
          <h3 className={fields["sectionTitle"]}>{t("forms.script.title")}</h3>
          {bytes > MOST_BYTES * 0.6 && (
            <span className={cx(styles["took"], bytes > MOST_BYTES && fields["warn"])}>{t("forms.script.bytes", { now: bytes, most: MOST_BYTES })}</span>
          )}
        </div>
        <div className={styles["editor"]}>
          <Suspense fallback={<Skeleton width="full" height="box" />}>
            <CodeMirror
              label={t("forms.script.title")}
              value={live.text}
              onChange={live.set}
              onBlur={live.flush}
              onRun={run}
              readonly={readonly}
              wrongLine={at?.line}
              paths={paths}
              libraries={LIBRARIES}
            />
          </Suspense>
        </div>
        {script === "" && !readonly && (
          <button type="button" className={fields["more"]} onClick={() => change(["script"], START)}>
            {t("forms.script.start")}
          </button>
        )}
        <p className={fields["hint"]}>{t("forms.script.about")}</p>
      </div>
      <div role="group" className={styles["run"]} aria-label={t("forms.script.try")}>
        <More label={t("forms.script.context")} open={false}>
          <textarea
            aria-label={t("forms.script.context")}
            aria-invalid={fault ? true : undefined}
            className={fields["json"]}
            rows={8}
            spellCheck={false}
            value={given}
            onChange={(event) => setContext(event.target.value)}
          />
          {fault && (
            <p role="alert" className={fields["warn"]}>
              {t("forms.json.broken", fault)}
            </p>
          )}
          {context !== undefined && (
            <button type="button" className={fields["more"]} onClick={() => setContext(undefined)}>
              {t("forms.script.again")}
            </button>
          )}
        </More>
        <div className={styles["runHead"]}>
          <Button icon={<Play size={14} aria-hidden />} busy={busy} disabled={fault !== undefined || live.text.trim() === ""} reason={readonly ? t("forms.script.mayNot") : undefined} onClick={run}>
            {t("forms.script.run")}
          </Button>
          <span className={styles["took"]}>
            <Kbd>{isMac ? "⌘" : "Ctrl"}</Kbd> <Kbd>Enter</Kbd>
          </span>
        </div>
        <div aria-live="polite" className={styles["run"]}>
          {failure && <p className={cx(styles["output"], styles["failed"])}>{failure}</p>}
          {ran && (
            <>
              <div className={styles["runHead"]}>
                <span className={styles["runWord"]}>{ran.error ? t("forms.script.failed") : t("forms.script.result")}</span>
                <span className={styles["took"]}>{t("forms.script.took", { ms: figure(Math.round(ran.tookMs), language) })}</span>
              </div>
              {ran.error ? (
                <pre className={cx(styles["output"], styles["failed"])}>
                  {at ? `${t("forms.script.line", { line: at.line, column: at.column })}\n` : ""}
                  {ran.error.name}: {ran.error.message}
                </pre>
              ) : (
                <pre className={styles["output"]}>{ran.result === undefined ? t("forms.script.nothing") : write(ran.result)}</pre>
              )}
              {ran.logs.length > 0 && (
                <>
                  <span className={styles["runWord"]}>{t("forms.script.logs")}</span>
                  <pre className={styles["output"]}>{ran.logs.map((log) => (log.level === "log" ? log.text : `${log.level}: ${log.text}`)).join("\n")}</pre>
                </>
              )}
            </>
          )}
        </div>
      </div>
    </div>
  );
}
