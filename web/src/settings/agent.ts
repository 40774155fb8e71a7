// What a browser calls itself, in the words people use. Only to recognise one's own devices; nothing depends on it.

const BROWSERS: [RegExp, string][] = [
  [/Edg(?:e|A|iOS)?\//, "Edge"],
  [/SamsungBrowser\//, "Samsung Internet"],
  [/Whale\//, "Whale"],
  [/KAKAOTALK/i, "KakaoTalk"],
  [/OPR\//, "Opera"],
  [/(?:Firefox|FxiOS)\//, "Firefox"],
  [/(?:Chrome|CriOS|HeadlessChrome)\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "macOS"],
  [/CrOS/, "ChromeOS"],
  [/Linux/, "Linux"],
];

function first(table: [RegExp, string][], text: string): string {
  return table.find(([sign]) => sign.test(text))?.[1] ?? "";
}

export function readAgent(userAgent: string): { browser: string; system: string; phone: boolean } {
  return {
    browser: first(BROWSERS, userAgent),
    system: first(SYSTEMS, userAgent),
    phone: /iPhone|Android.*Mobile|Mobile.*Android/.test(userAgent),
  };
}
