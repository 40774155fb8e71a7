// Fields of a form: a label, the control, what it is for, and what is wrong with it, tied together for screen readers.

import { CircleAlert, Eye, EyeOff } from "lucide-react";
import { type InputHTMLAttributes, type ReactNode, type Ref, type TextareaHTMLAttributes, useId, useState } from "react";

import { useT } from "../i18n/i18n";
import { cx } from "./cx";
import styles from "./Field.module.css";

interface About {
  label: ReactNode;
  /** What it is for; stands below and stays when there is an error. */
  hint?: ReactNode;
  error?: ReactNode;
  /** The label is for screen readers only. */
  hideLabel?: boolean;
}

interface Wired {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

/** Label, hint and error around any control. */
export function Field({
  label,
  hint,
  error,
  hideLabel,
  aside,
  children,
}: About & { aside?: ReactNode; children: (wired: Wired) => ReactNode }) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const described = error ? errorId : hint ? hintId : undefined;
  return (
    <div className={styles["field"]}>
      <div className={cx(styles["top"], hideLabel && !aside && "sr-only")}>
        <label htmlFor={id} className={cx(styles["label"], hideLabel && "sr-only")}>
          {label}
        </label>
        {aside}
      </div>
      {children({ id, "aria-describedby": described, "aria-invalid": error ? true : undefined })}
      {error && (
        <p id={errorId} className={styles["error"]} role="alert">
          <CircleAlert size={14} aria-hidden />
          <span>{error}</span>
        </p>
      )}
      {hint && !error && (
        <p id={hintId} className={styles["hint"]}>
          {hint}
        </p>
      )}
    </div>
  );
}

export type TextInputProps = Omit<InputHTMLAttributes<HTMLInputElement>, "size"> &
  About & { icon?: ReactNode; aside?: ReactNode; ref?: Ref<HTMLInputElement> };

export function TextInput({ label, hint, error, hideLabel, aside, icon, className, type = "text", ...rest }: TextInputProps) {
  const t = useT();
  const [shown, setShown] = useState(false);
  const secret = type === "password";
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel ?? false} aside={aside}>
      {(wired) => (
        <div className={cx(styles["box"], className)}>
          {icon && <span className={styles["icon"]}>{icon}</span>}
          <input
            spellCheck={false}
            {...rest}
            {...wired}
            type={secret && shown ? "text" : type}
            className={cx(styles["input"], Boolean(icon) && styles["withIcon"], secret && styles["withButton"])}
          />
          {secret && (
            <button
              type="button"
              className={styles["reveal"]}
              aria-label={shown ? t("ui.hidePassword") : t("ui.showPassword")}
              aria-pressed={shown}
              onClick={() => setShown(!shown)}
            >
              {shown ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
            </button>
          )}
        </div>
      )}
    </Field>
  );
}

/** How many characters there are, as KakaoTalk counts them: by character, an emoji being one. */
export function countOf(text: string): number {
  return [...text].length;
}

export type TextAreaProps = TextareaHTMLAttributes<HTMLTextAreaElement> &
  About & {
    /** Shown as "12 / 1,000"; more is allowed, and said. */
    counter?: { most: number; over: (most: number, now: number) => string };
    mono?: boolean;
  };

export function TextArea({ label, hint, error, hideLabel, counter, mono, className, value, rows = 3, ...rest }: TextAreaProps) {
  const count = countOf(String(value ?? ""));
  const over = counter !== undefined && count > counter.most;
  return (
    <Field
      label={label}
      hint={hint}
      error={error ?? (over ? counter.over(counter.most, count) : undefined)}
      hideLabel={hideLabel ?? false}
      aside={counter && <Counter now={count} most={counter.most} />}
    >
      {(wired) => (
        <textarea
          {...rest}
          {...wired}
          value={value}
          rows={rows}
          className={cx(styles["input"], styles["area"], mono && styles["mono"], className)}
        />
      )}
    </Field>
  );
}

/** "12 / 14", red when there are too many. */
export function Counter({ now, most }: { now: number; most: number }) {
  return (
    <span className={cx(styles["counter"], now > most && styles["over"])}>
      {now.toLocaleString()} / {most.toLocaleString()}
    </span>
  );
}
