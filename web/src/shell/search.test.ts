import { expect, test } from "vitest";

import type { Command } from "./commands";
import { choose } from "./Palette";
import { match } from "./search";

test.each([
  ["케이크 예약", "케이크", 0],
  ["케이크 예약", "예약", 1],
  ["케이크 예약", "크예", 1],
  ["케이크 예약", "ㅋㅇㅋ", 2],
  ["케이크 예약", "ㅇㅇ", 2],
  ["케이크 예약", "쿠키", undefined],
  ["Order Bot", "order", 0],
  ["무엇이든", "", 1],
])("%s, %s", (name, wanted, found) => {
  expect(match(name, wanted)).toBe(found);
});

const command = (group: Command["group"], name: string, also?: string): Command => ({
  id: name,
  group,
  name,
  icon: null,
  run: () => undefined,
  ...(also && { also }),
});

test("the palette shows the best of each group first, and few bots while nothing is typed", () => {
  const bots = Array.from({ length: 9 }, (_, at) => command("bots", `봇 ${at}`));
  const all = [...bots, command("acts", "로그아웃", "sign out"), command("places", "구성원 초대"), command("places", "초대")];
  expect(choose(all, "").filter((one) => one.group === "bots")).toHaveLength(5);
  expect(choose(all, "봇")).toHaveLength(9);
  expect(choose(all, "초대").map((one) => one.name)).toEqual(["초대", "구성원 초대"]);
  expect(choose(all, "sign").map((one) => one.name)).toEqual(["로그아웃"]);
});
