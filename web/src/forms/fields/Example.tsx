// What a template gives for the example context, rendered by the engine itself.

import { useEffect, useState } from "react";

import { useT } from "../../i18n/i18n";
import { renderTemplate } from "../api";
import { useNodeForm } from "../form";
import styles from "./Template.module.css";

const REST_MS = 350;

export function Example({ text }: { text: string }) {
  const t = useT();
  const { ws, bot, example, secrets } = useNodeForm();
  const mayHold = secrets !== undefined;
  const [shown, setShown] = useState<{ text?: string; error?: { message: string } }>();
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(() => {
      renderTemplate({ ws, bot }, text, example, mayHold).then(
        (answer) => wanted && setShown(answer),
        // Without a server there is no example; the field works on.
        () => wanted && setShown(undefined),
      );
    }, REST_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [ws, bot, text, example, mayHold]);
  if (!shown) return null;
  if (shown.error) return <p className={styles["exampleWrong"]}>{shown.error.message}</p>;
  return (
    <p className={styles["example"]}>
      <span className={styles["exampleWord"]}>{t("forms.template.example")}</span>
      <span>{shown.text === "" ? t("forms.template.nothing") : shown.text}</span>
    </p>
  );
}
