// A picture as the room shows it, or plainly that it cannot be shown.

import { ImageOff } from "lucide-react";
import { useState } from "react";

import { useT } from "../../i18n/i18n";
import { cx } from "../../ui";
import kakao from "./Room.module.css";

/** `styles` is the face's: its own names for the same parts. */
export function Picture({ url, alt, shape, styles = kakao }: { url: string; alt: string; shape: "wide" | "square" | "free"; styles?: { [name: string]: string | undefined } }) {
  const t = useT();
  const [broken, setBroken] = useState<string>();
  return (
    <span className={cx(styles["picture"], shape !== "wide" && styles[shape])}>
      {broken === url ? (
        <span className={styles["broken"]}>
          <ImageOff size={18} aria-hidden />
          {t("preview.pictureBroken")}
        </span>
      ) : (
        <img src={url} alt={alt} referrerPolicy="no-referrer" onError={() => setBroken(url)} />
      )}
    </span>
  );
}
