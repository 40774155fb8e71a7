// Something to take along: shown whole, copied by one press.

import { Check, Copy } from "lucide-react";
import { useEffect, useRef, useState } from "react";

import { useT } from "../i18n/i18n";
import { Button, IconButton } from "./Button";
import styles from "./CopyField.module.css";
import { complain } from "./Toast";

const SHOWN_MS = 2000;

/** Copies a text; the second value holds for a moment afterwards. */
export function useCopy(): [copy: (text: string) => void, copied: boolean] {
  const t = useT();
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = (text: string) => {
    // Over plain http there is no clipboard except on this very machine.
    const done = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error("no clipboard"));
    done.then(
      () => {
        setCopied(true);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => setCopied(false), SHOWN_MS);
      },
      () => complain(t("ui.copyFailed"), t("ui.copyFailedWhy")),
    );
  };
  return [copy, copied];
}

export function CopyField({ label, value, hideLabel }: { label: string; value: string; hideLabel?: boolean }) {
  const t = useT();
  const [copy, copied] = useCopy();
  const whole = useRef<HTMLInputElement>(null);
  return (
    <div className={styles["field"]}>
      {!hideLabel && <span className={styles["label"]}>{label}</span>}
      <div className={styles["box"]}>
        <input ref={whole} aria-label={label} className={styles["value"]} readOnly value={value} onFocus={() => whole.current?.select()} />
        <IconButton label={copied ? t("ui.copied") : t("ui.copyThis", { what: label })} size="small" onClick={() => copy(value)}>
          {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
        </IconButton>
      </div>
    </div>
  );
}

export function CopyButton({ text, children, size = "small" }: { text: string; children: string; size?: "small" | "medium" }) {
  const t = useT();
  const [copy, copied] = useCopy();
  return (
    <Button size={size} icon={copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />} onClick={() => copy(text)}>
      {copied ? t("ui.copied") : children}
    </Button>
  );
}
