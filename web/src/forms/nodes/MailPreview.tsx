// An e-mail as its reader sees it, for the example context: in a frame of its own that runs no scripts, sends no forms and
// knows nothing of the page around it.

import { useEffect, useState } from "react";

import { useT } from "../../i18n/i18n";
import { renderTemplate } from "../api";
import { useNodeForm } from "../form";
import styles from "./MailPreview.module.css";

const REST_MS = 350;

export function MailPreview({ body }: { body: string }) {
  const t = useT();
  const { ws, bot, example } = useNodeForm();
  const [html, setHtml] = useState<string>();
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(() => {
      renderTemplate({ ws, bot }, body, example, false).then(
        // A template with a mistake is shown as it is written; the field says what is wrong.
        (answer) => wanted && setHtml(answer.text ?? body),
        () => wanted && setHtml(body),
      );
    }, REST_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [ws, bot, body, example]);
  if (body.trim() === "" || html === undefined) return null;
  return (
    <figure className={styles["preview"]}>
      <figcaption className={styles["caption"]}>{t("forms.email.preview")}</figcaption>
      <iframe className={styles["frame"]} title={t("forms.email.preview")} sandbox="" srcDoc={html} />
    </figure>
  );
}
