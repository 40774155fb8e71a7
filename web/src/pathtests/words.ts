// What happens in a step, in a few words.

import type { Translate } from "../i18n/i18n";
import type { PreviewEvent } from "../preview/api";

export function eventWords(event: PreviewEvent, t: Translate): string {
  if (event.type === "start") return t("pathtests.events.start");
  if (event.type === "goto") return t("pathtests.events.goto", { flow: String(event.flow) });
  if (event.media) return t("pathtests.events.photo");
  if (event.location) return t("pathtests.events.place");
  const label = event.button && typeof event.button === "object" ? (event.button as { label?: unknown }).label : undefined;
  return event.text || (typeof label === "string" ? label : "");
}
