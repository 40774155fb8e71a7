// One small font file for what the page itself says: the syllables of our own words, out of Pretendard. Without it the first
// page loads a dozen of Pretendard's subsets, half a megabyte, to say "로그인".
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";

const at = (path) => new URL(path, import.meta.url);
const FACE = at("../node_modules/pretendard/dist/web/variable/woff2/PretendardVariable.woff2");
const WORDS = [...["ko", "en"].flatMap((language) => ["first", "alerts", "demo", "records"].map((area) => `../src/i18n/${language}/${area}.ts`)), "../src/i18n/format.ts"].map(at);
const OUT = at("../src/fonts.gen/");
const LATIN = String.fromCharCode(...Array.from({ length: 95 }, (_, n) => 32 + n));
// What dates, figures and the pages' own marks are written with.
const MORE = "년월일시분초오전후방금어제그저께요화수목금토주개명만천억·…–—‘’“”→←×⌘ㄱ℃₩";
/** Weights that tokens.css uses. */
const WEIGHTS = { min: 400, max: 600 };

/** Writes src/fonts.gen, unless it is there for the same words. */
export async function makeUiFont() {
  const words = (await Promise.all(WORDS.map((file) => readFile(file, "utf8")))).join("");
  const letters = [...new Set(LATIN + MORE + words)].filter((letter) => letter > "\u001f").sort().join("");
  const mark = createHash("sha256").update(JSON.stringify([letters, WEIGHTS, 1])).digest("hex");
  if ((await readFile(new URL("mark", OUT), "utf8").catch(() => "")) === mark) return;
  const { default: subset } = await import("subset-font");
  const font = await subset(await readFile(FACE), letters, {
    targetFormat: "woff2",
    variationAxes: { wght: { ...WEIGHTS, default: 400 } },
  });
  const range = [...letters].map((letter) => `U+${letter.codePointAt(0).toString(16)}`).join(",");
  await mkdir(OUT, { recursive: true });
  await writeFile(new URL("ui.woff2", OUT), font);
  await writeFile(
    new URL("ui.css", OUT),
    `@font-face{font-family:"Pretendard UI";font-style:normal;font-display:swap;font-weight:${WEIGHTS.min} ${WEIGHTS.max};src:url("./ui.woff2") format("woff2");unicode-range:${range}}\n`,
  );
  await writeFile(new URL("mark", OUT), mark);
}

/** Makes the file before anything is built. */
export function uiFont() {
  return { name: "closer-ui-font", configResolved: makeUiFont };
}
