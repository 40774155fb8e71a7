// One message: a text, a picture or file, cards, or a place. Changing the type keeps what both have; what only the old type
// has goes, and comes back with undo.

import { drop, isObject, put } from "../../flow/json";
import type { Data } from "../../flow/types";
import { useT } from "../../i18n/i18n";
import { Segmented } from "../../ui";
import { type At, useNodeForm } from "../form";
import { JsonField } from "../fields/JsonField";
import { TemplateField } from "../fields/TemplateField";
import { flushFields } from "../live";
import { shownAs } from "../value";
import { Buttons } from "./Buttons";
import { Cards } from "./Cards";
import { Media } from "./Media";
import { Place } from "./Place";
import styles from "../fields/Fields.module.css";

export const MESSAGE_TYPES = ["text", "media", "cards", "location"] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];

/** As the engine reads it: what a message has tells its type where the file does not. */
export function messageType(message: Data | undefined): MessageType | undefined {
  const named = message?.["type"];
  if (typeof named === "string") return MESSAGE_TYPES.find((type) => type === named);
  const keys = ["text", "cards", "media", "location"] as const;
  return keys.find((key) => message !== undefined && key in message) ?? (message === undefined || Object.keys(message).length === 0 ? "text" : undefined);
}

/** The message as another type. A text becomes a card's words, and back. */
export function messageAs(message: Data, type: MessageType): Data {
  const from = messageType(message);
  if (from === type) return message;
  const own: Record<MessageType, string[]> = { text: ["text"], media: ["media"], cards: ["cards"], location: ["location"] };
  const hasButtons = (one: MessageType) => one === "text" || one === "media";
  let next = put(message, "type", type);
  for (const key of from ? own[from] : []) next = drop(next, key);
  if (!hasButtons(type)) next = drop(next, "buttons");
  const cards = Array.isArray(message["cards"]) ? message["cards"] : [];
  const firstCard = isObject(cards[0]) ? cards[0] : {};
  const text = shownAs(message["text"]);
  if (type === "text") next = put(next, "text", text || shownAs(firstCard["description"] ?? firstCard["title"]));
  if (type === "media") next = put(next, "media", isObject(firstCard["media"]) ? firstCard["media"] : { contentType: "image", uri: "" });
  if (type === "cards") {
    const media = isObject(message["media"]) ? { media: message["media"] } : {};
    const buttons = Array.isArray(message["buttons"]) ? { buttons: message["buttons"] } : {};
    next = put(next, "cards", [{ title: text, ...media, ...buttons }]);
  }
  if (type === "location") next = put(next, "location", { title: "", latitude: 37.5665, longitude: 126.978 });
  const kept = type === "text" || type === "media" ? firstCard["buttons"] : undefined;
  return from === "cards" && Array.isArray(kept) ? put(next, "buttons", kept) : next;
}

export function Message({ at, value, label }: { at: At; value: unknown; label?: string }) {
  const t = useT();
  const { put: change, readonly } = useNodeForm();
  const message = isObject(value) ? value : undefined;
  const type = messageType(message);
  if (value !== undefined && (message === undefined || type === undefined)) {
    return <JsonField label={label ?? t("forms.message.title")} hint={t("forms.message.odd")} value={value} onCommit={(next) => change(at, next)} />;
  }
  const data = message ?? {};
  return (
    <div className={styles["stack"]}>
      {!readonly && (
        <Segmented
          label={label ?? t("forms.message.type")}
          value={type ?? "text"}
          onChange={(next) => {
            flushFields();
            change(at, messageAs(data, next));
          }}
          options={MESSAGE_TYPES.map((one) => ({ value: one, label: t(`forms.message.types.${one}`) }))}
        />
      )}
      {type === "text" && (
        <>
          <TemplateField
            at={[...at, "text"]}
            value={data["text"]}
            label={t("forms.message.text")}
            lines={3}
            counted={Array.isArray(data["buttons"]) && data["buttons"].length > 0 ? "textWithButtons" : "text"}
            placeholder={t("forms.message.textExample")}
          />
          <Buttons at={[...at, "buttons"]} value={data["buttons"]} />
        </>
      )}
      {type === "media" && (
        <>
          <Media at={[...at, "media"]} value={data["media"]} />
          <Buttons at={[...at, "buttons"]} value={data["buttons"]} />
        </>
      )}
      {type === "cards" && <Cards at={[...at, "cards"]} value={data["cards"]} />}
      {type === "location" && <Place at={[...at, "location"]} value={data["location"]} />}
    </div>
  );
}
