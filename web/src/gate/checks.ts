// What a form can say without asking the server. The same rules as the server's, which has the last word.

import type { Translate } from "../i18n/i18n";

export const PASSWORD_LEAST = 10;
export const PASSWORD_MOST = 256;
export const NAME_MOST = 60;

/** An address as people have them: something, an at sign, something with no space. */
export function isEmail(text: string): boolean {
  return /^[^\s@<>()[\],;:\\"]+@[^\s@<>()[\],;:\\"]+$/.test(text.trim());
}

export function emailError(t: Translate, text: string): string | undefined {
  if (text.trim() === "") return t("errors.emailMissing");
  return isEmail(text) ? undefined : t("errors.emailOdd");
}

export function passwordError(t: Translate, text: string): string | undefined {
  const length = [...text].length;
  if (length < PASSWORD_LEAST) return t("errors.passwordShort", { n: PASSWORD_LEAST });
  return length > PASSWORD_MOST ? t("errors.passwordLong", { n: PASSWORD_MOST }) : undefined;
}

export function needed(t: Translate, text: string, message: string): string | undefined {
  const length = [...text.trim()].length;
  if (length === 0) return message;
  return length > NAME_MOST ? t("errors.nameLong", { n: NAME_MOST }) : undefined;
}
