// Addresses as people paste them: in lines, with commas, out of an address book ("김지은 <jieun@example.com>").

import { isEmail } from "../gate/checks";

export const MOST_AT_ONCE = 20;

export function readEmails(text: string): { emails: string[]; odd: string[] } {
  const emails = new Set<string>();
  const odd: string[] = [];
  for (const part of text.split(/[\n,;]+/)) {
    const inBrackets = /<([^<>]+)>/.exec(part)?.[1];
    const words = inBrackets ? [inBrackets] : part.split(/\s+/);
    for (const word of words.map((one) => one.trim()).filter(Boolean)) {
      if (isEmail(word)) emails.add(word.toLowerCase());
      else odd.push(word);
    }
  }
  return { emails: [...emails], odd };
}
