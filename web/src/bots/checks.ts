// What can be said of a bot's fields without asking the server.

import type { Translate } from "../i18n/i18n";

export const TITLE_MOST = 60;
export const DESCRIPTION_MOST = 1000;

export function titleError(t: Translate, title: string): string | undefined {
  const length = [...title.trim()].length;
  if (length === 0) return t("errors.botTitleMissing");
  return length > TITLE_MOST ? t("errors.tooLong", { n: TITLE_MOST, now: length }) : undefined;
}

export function descriptionError(t: Translate, text: string): string | undefined {
  const length = [...text].length;
  return length > DESCRIPTION_MOST ? t("errors.tooLong", { n: DESCRIPTION_MOST, now: length }) : undefined;
}
