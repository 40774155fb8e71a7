// A picture of a person or a workspace: sent as it is, made small by the server.

import { useRef, useState } from "react";

import { call } from "../api/client";
import { useT } from "../i18n/i18n";
import { useExplain } from "../shell/form";
import { Avatar, Button, complain } from "../ui";
import styles from "./Settings.module.css";

const TYPES = ["image/png", "image/jpeg", "image/webp", "image/gif"];
const MOST_BYTES = 2 * 1024 * 1024;

export function PictureField({
  name,
  picture,
  shape,
  path,
  onChange,
  reason,
}: {
  name: string;
  picture: string | null;
  shape: "round" | "square";
  /** Where it is put and removed. */
  path: string;
  onChange: (picture: string | null) => void;
  reason?: string | undefined;
}) {
  const t = useT();
  const explain = useExplain();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);

  const send = async (init: RequestInit) => {
    setBusy(true);
    try {
      const { picture: next } = (await (await call(path, init)).json()) as { picture: string | null };
      onChange(next);
    } catch (error) {
      const { title, detail } = explain(error);
      complain(title, detail);
    } finally {
      setBusy(false);
    }
  };
  const take = (file: File) => {
    if (!TYPES.includes(file.type)) complain(t("picture.odd"), t("picture.hint"));
    else if (file.size > MOST_BYTES) complain(t("picture.large"), t("picture.hint"));
    else void send({ method: "PUT", body: file, headers: { "content-type": "application/octet-stream" } });
  };

  return (
    <div>
      <div className={styles["label"]}>{t("picture.label")}</div>
      <div className={styles["picture"]}>
        <Avatar name={name} picture={picture} size={64} shape={shape} />
        <div>
          <div className={styles["pictureButtons"]}>
            <Button size="small" busy={busy} reason={reason} onClick={() => input.current?.click()}>
              {picture ? t("picture.change") : t("picture.add")}
            </Button>
            {picture && !reason && (
              <Button size="small" variant="quiet" onClick={() => void send({ method: "DELETE" })}>
                {t("picture.remove")}
              </Button>
            )}
          </div>
          <p className={styles["hint"]}>{t("picture.hint")}</p>
        </div>
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept={TYPES.join(",")}
        aria-label={t("picture.label")}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) take(file);
        }}
      />
    </div>
  );
}
