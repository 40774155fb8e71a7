// A picture, video, sound or link: from a file, by dropping or pasting it, or by its address.

import { ImageUp, LoaderCircle, Trash2 } from "lucide-react";
import { type ClipboardEvent, type DragEvent, useEffect, useRef, useState } from "react";

import { isObject, put } from "../../flow/json";
import { useT } from "../../i18n/i18n";
import { useExplain } from "../../shell/form";
import { complain, cx, IconButton, Select, Field } from "../../ui";
import { MOST_BYTES, PICTURES, upload } from "../api";
import { type At, useNodeForm } from "../form";
import { TemplateField } from "../fields/TemplateField";
import { isTemplate } from "../template/read";
import { shownAs } from "../value";
import fields from "../fields/Fields.module.css";
import styles from "./Media.module.css";

const KINDS = ["image", "video", "audio", "link"] as const;

/** Why a file cannot go up, before it is sent. */
export function refusal(file: { type: string; size: number }): "wrongKind" | "tooBig" | undefined {
  if (!PICTURES.includes(file.type)) return "wrongKind";
  return file.size > MOST_BYTES ? "tooBig" : undefined;
}

/** Only what can be shown as a picture is asked for; a template has no address yet. */
function showable(uri: string): boolean {
  return !isTemplate(uri) && /^(?:https?:\/\/|\/)/i.test(uri);
}

export function Media({ at, value, card }: { at: At; value: unknown; /** The picture of a card: no other kinds. */ card?: boolean }) {
  const t = useT();
  const explain = useExplain();
  const form = useNodeForm();
  const { ws, bot, readonly } = form;
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState(0);
  const [error, setError] = useState<string>();
  const [broken, setBroken] = useState("");
  const [byAddress, setByAddress] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);

  const media = isObject(value) ? value : undefined;
  const uri = shownAs(media?.["uri"]);
  const kind = KINDS.find((one) => one === (media?.["contentType"] ?? "image"));
  const isPicture = kind === "image" || kind === undefined;
  const base = () => {
    const now = form.peek(at);
    return isObject(now) ? now : { contentType: "image", uri: "" };
  };

  const take = (files: FileList | readonly File[] | null): boolean => {
    const chosen = [...(files ?? [])].find((one) => one.type.startsWith("image/")) ?? files?.[0];
    if (!chosen || readonly) return false;
    const why = refusal(chosen);
    setError(why && t(`forms.media.${why}`));
    if (why) return true;
    const before = form.peek(at);
    setSending((many) => many + 1);
    upload({ ws, bot }, chosen)
      .then(({ url }) => {
        // Somewhere else by now: only where nothing was changed meanwhile.
        if (here.current || form.peek(at) === before) form.put(at, put(put(base(), "contentType", "image"), "uri", new URL(url, location.origin).href));
      })
      .catch((failure: unknown) => {
        const { title, detail } = explain(failure);
        if (here.current) setError(`${title}. ${detail}`);
        else complain(title, detail);
      })
      .finally(() => setSending((many) => many - 1));
    return true;
  };
  const onPaste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length > 0 && take(event.clipboardData.files)) event.preventDefault();
  };
  const onDrop = (event: DragEvent) => {
    setOver(false);
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    take(event.dataTransfer.files);
  };
  const pick = () => file.current?.click();
  const shown = isPicture && showable(uri) && broken !== uri;
  return (
    <div className={styles["media"]} onPaste={onPaste}>
      {!card && (
        <Field label={t("forms.media.kind")}>
          {(wired) => (
            <Select
              id={wired.id}
              label={t("forms.media.kind")}
              value={kind ?? "image"}
              disabled={readonly}
              options={KINDS.map((one) => ({ value: one, label: t(`forms.media.kinds.${one}`) }))}
              onChange={(next) => form.put(at, put(base(), "contentType", next))}
            />
          )}
        </Field>
      )}
      {isPicture && (
        <div
          className={cx(styles["zone"], over && styles["over"], shown && styles["filled"], card && styles["card"])}
          onDragOver={(event) => {
            if (!event.dataTransfer.types.includes("Files")) return;
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={onDrop}
        >
          <button type="button" className={styles["pick"]} disabled={readonly} onClick={pick}>
            {sending > 0 ? (
              <span className={styles["words"]}>
                <LoaderCircle size={18} aria-hidden className={styles["spin"]} />
                {t("forms.media.sending")}
              </span>
            ) : shown ? (
              <img src={uri} alt={shownAs(media?.["altText"]) || t("forms.media.change")} onError={() => setBroken(uri)} />
            ) : (
              <span className={styles["words"]}>
                <ImageUp size={18} aria-hidden />
                {broken === uri && uri !== "" ? t("forms.media.cannotShow") : t("forms.media.drop")}
                <span className={styles["note"]}>{t("forms.media.takes")}</span>
              </span>
            )}
          </button>
          {uri !== "" && !readonly && card && (
            <IconButton label={t("forms.media.remove")} size="small" className={styles["remove"]} onClick={() => form.put(at, undefined)}>
              <Trash2 size={14} aria-hidden />
            </IconButton>
          )}
        </div>
      )}
      {error && (
        <p role="alert" className={styles["error"]}>
          {error}
        </p>
      )}
      <input
        ref={file}
        type="file"
        accept={PICTURES.join(",")}
        hidden
        onChange={(event) => {
          take(event.target.files);
          event.target.value = "";
        }}
      />
      {card && uri === "" && !byAddress ? (
        !readonly && (
          <button type="button" className={fields["more"]} onClick={() => setByAddress(true)}>
            {t("forms.media.byAddress")}
          </button>
        )
      ) : (
        <TemplateField
          at={[...at, "uri"]}
          value={media?.["uri"]}
          label={t("forms.media.uri")}
          placeholder="https://"
          mono
          plain
          optional={card === true && media?.["altText"] === undefined}
          fresh={byAddress && uri === ""}
        />
      )}
      {isPicture && uri !== "" && <TemplateField at={[...at, "altText"]} value={media?.["altText"]} label={t("forms.media.alt")} hint={t("forms.media.altHint")} counted="altText" optional />}
    </div>
  );
}
