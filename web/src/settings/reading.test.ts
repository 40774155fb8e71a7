import { expect, test } from "vitest";

import { readAgent } from "./agent";
import { readEmails } from "./emails";

test("addresses are read as people paste them", () => {
  expect(readEmails("김지은 <Jieun@Example.com>, minsu@example.com;\nminsu@example.com  haneul@example.com")).toEqual({
    emails: ["jieun@example.com", "minsu@example.com", "haneul@example.com"],
    odd: [],
  });
  expect(readEmails("jieun@, 지은")).toEqual({ emails: [], odd: ["jieun@", "지은"] });
  expect(readEmails(" \n ")).toEqual({ emails: [], odd: [] });
});

test.each([
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0", "Edge", "Windows", false],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1", "Safari", "iPhone", true],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36", "Chrome", "macOS", false],
  ["Mozilla/5.0 (Linux; Android 16; SM-S931N) AppleWebKit/537.36 SamsungBrowser/30.0 Chrome/140.0.0.0 Mobile Safari/537.36", "Samsung Internet", "Android", true],
  ["curl/8.5.0", "", "", false],
])("%s", (agent, browser, system, phone) => {
  expect(readAgent(agent)).toEqual({ browser, system, phone });
});
