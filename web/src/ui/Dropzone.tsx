// A place to drop one file on, which is a button too.

import { Upload } from "lucide-react";
import { type DragEvent, type ReactNode, useRef, useState } from "react";

import { cx } from "./cx";
import styles from "./Dropzone.module.css";

export function Dropzone({
  accept,
  onFile,
  children,
  hint,
  disabled,
  compact,
}: {
  /** As in `<input accept>`. */
  accept: string;
  onFile: (file: File) => void;
  children: ReactNode;
  hint?: ReactNode;
  disabled?: boolean;
  compact?: boolean;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file && !disabled) onFile(file);
  };
  return (
    <>
      <button
        type="button"
        disabled={disabled}
        className={cx(styles["zone"], over && styles["over"], compact && styles["compact"])}
        onClick={() => input.current?.click()}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Upload size={18} aria-hidden />
        <span className={styles["words"]}>
          <span className={styles["title"]}>{children}</span>
          {hint && <span className={styles["hint"]}>{hint}</span>}
        </span>
      </button>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file may be chosen again after it was corrected.
          event.target.value = "";
          if (file) onFile(file);
        }}
      />
    </>
  );
}
