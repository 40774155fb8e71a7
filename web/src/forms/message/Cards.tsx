// Cards side by side, as the customer sees them; they are moved by dragging, by Alt and an arrow, or by their menu.

import { Plus } from "lucide-react";
import { useId, useState } from "react";

import { isObject } from "../../flow/json";
import type { Data } from "../../flow/types";
import { useT } from "../../i18n/i18n";
import { count } from "../counting";
import { type At, useNodeForm } from "../form";
import { CountBadge, Excesses } from "../fields/Counts";
import { JsonField } from "../fields/JsonField";
import { ListRow } from "../fields/ListRow";
import { TemplateField } from "../fields/TemplateField";
import { useList } from "../fields/useList";
import { Buttons } from "./Buttons";
import { Media } from "./Media";
import styles from "../fields/Fields.module.css";

export function Cards({ at, value }: { at: At; value: unknown }) {
  const t = useT();
  const { limits, readonly, put } = useNodeForm();
  const list = useList<Data>(at, []);
  const id = useId();
  const [fresh, setFresh] = useState(-1);
  const cards = Array.isArray(value) ? (value as unknown[]) : [];
  const counted = count("cards", cards.length, limits);
  const inRow = cards.length > 1;
  return (
    <div role="group" className={styles["section"]} aria-label={t("forms.cards.title")}>
      <div className={styles["sectionHead"]}>
        <h3 className={styles["sectionTitle"]}>{t("forms.cards.title")}</h3>
        <CountBadge count={counted} />
      </div>
      <Excesses count={counted} pieces />
      <div className={styles["cards"]}>
        {cards.map((card, index) =>
          isObject(card) ? (
            <ListRow
              key={index}
              list={id}
              at={index}
              many={cards.length}
              name={t("forms.cards.card", { n: index + 1 })}
              sideways
              readonly={readonly}
              className={styles["card"]}
              onMove={list.move}
              onRemove={() => list.remove(index)}
              onCopy={() => list.copy(index)}
            >
              <CardFields at={[...at, index]} card={card} inRow={inRow} fresh={index === fresh} />
            </ListRow>
          ) : (
            <div key={index} className={styles["card"]}>
              <JsonField label={t("forms.cards.odd")} value={card} onCommit={(next) => put([...at, index], next)} />
            </div>
          ),
        )}
        {!readonly && (
          <button
            type="button"
            className={styles["addCard"]}
            onClick={() => {
              setFresh(cards.length);
              list.add({ title: "" });
            }}
          >
            <Plus size={16} aria-hidden />
            {t("forms.cards.add")}
          </button>
        )}
      </div>
      <p className={styles["hint"]}>{t("forms.cards.each")}</p>
    </div>
  );
}

function CardFields({ at, card, inRow, fresh }: { at: At; card: Data; inRow: boolean; fresh: boolean }) {
  const t = useT();
  const media = isObject(card["media"]) ? card["media"] : undefined;
  const pictured = typeof media?.["uri"] === "string" && media["uri"] !== "";
  const words = pictured ? (inRow ? "cardTextWithPictureInRow" : "cardTextWithPicture") : inRow ? "cardTextInRow" : "cardText";
  return (
    <div className={styles["stack"]}>
      <Media at={[...at, "media"]} value={card["media"]} card />
      <TemplateField at={[...at, "title"]} value={card["title"]} label={t("forms.cards.cardTitle")} counted="cardTitle" fresh={fresh} />
      <TemplateField at={[...at, "description"]} value={card["description"]} label={t("forms.cards.description")} lines={2} counted={words} optional />
      <TemplateField at={[...at, "uri"]} value={card["uri"]} label={t("forms.cards.uri")} placeholder="https://" mono plain optional />
      <Buttons at={[...at, "buttons"]} value={card["buttons"]} inRow={inRow} />
    </div>
  );
}
