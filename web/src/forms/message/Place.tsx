// A place on the map.

import { ExternalLink } from "lucide-react";

import { isObject, numberOf } from "../../flow/json";
import { useT } from "../../i18n/i18n";
import type { At } from "../form";
import { TemplateField } from "../fields/TemplateField";
import { shownAs, typedNumber } from "../value";
import styles from "../fields/Fields.module.css";

/** Degrees: a number, a text that is one, or a template. */
function fault(value: unknown, most: number): "missing" | "odd" | undefined {
  const text = shownAs(value);
  if (text === "") return "missing";
  if (text.includes("{{")) return undefined;
  const number = numberOf(value) ?? typedNumber(text);
  return number === undefined || Math.abs(number) > most ? "odd" : undefined;
}

export function Place({ at, value }: { at: At; value: unknown }) {
  const t = useT();
  const place = isObject(value) ? value : {};
  const { latitude, longitude, title } = place;
  const wrong = { latitude: fault(latitude, 90), longitude: fault(longitude, 180) };
  const known = wrong.latitude === undefined && wrong.longitude === undefined && !`${shownAs(latitude)}${shownAs(longitude)}`.includes("{{");
  return (
    <div className={styles["stack"]}>
      <TemplateField at={[...at, "title"]} value={title} label={t("forms.place.title")} placeholder={t("forms.place.example")} counted="cardTitle" optional />
      <div className={styles["pair"]}>
        <TemplateField
          at={[...at, "latitude"]}
          value={latitude ?? 0}
          label={t("forms.place.latitude")}
          plain
          numeric
          error={wrong.latitude && t(`forms.place.${wrong.latitude}`, { most: 90 })}
        />
        <TemplateField
          at={[...at, "longitude"]}
          value={longitude ?? 0}
          label={t("forms.place.longitude")}
          plain
          numeric
          error={wrong.longitude && t(`forms.place.${wrong.longitude}`, { most: 180 })}
        />
      </div>
      {known && (
        <a
          className={styles["link"]}
          href={`https://map.kakao.com/link/map/${encodeURIComponent(shownAs(title) || t("forms.place.here"))},${shownAs(latitude)},${shownAs(longitude)}`}
          target="_blank"
          rel="noreferrer"
        >
          {t("forms.place.map")}
          <ExternalLink size={14} aria-hidden />
        </a>
      )}
    </div>
  );
}
