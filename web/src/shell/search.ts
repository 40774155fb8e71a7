// Finding by what people type: a part of the name, or the first consonants of its syllables (ㅊㅂ finds 챗봇).

import { getChoseong } from "es-hangul";

function flat(text: string): string {
  return text.toLowerCase().normalize("NFC").replaceAll(/\s+/g, "");
}

/** 0 begins with it, 1 holds it, 2 holds it by first consonants; undefined: not found. */
export function match(name: string, wanted: string): 0 | 1 | 2 | undefined {
  const needle = flat(wanted);
  if (needle === "") return 1;
  const hay = flat(name);
  if (hay.startsWith(needle)) return 0;
  if (hay.includes(needle)) return 1;
  if (/^[ㄱ-ㅎ]+$/.test(needle) && flat(getChoseong(name)).includes(needle)) return 2;
  return undefined;
}
