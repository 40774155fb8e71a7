// The widget looked at: pictures of it go to /tmp, and axe and the width of the page judge each.

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { launch } from "./browser";
import { phone, Shop, type Visit, type Visitor } from "./shop";
import { REAL } from "./target";

let browser: Browser;
let shop: Shop;
if (!REAL) console.log("not run: the web chat needs the real program (CLOSER_BIN)");

beforeAll(async () => {
  if (!REAL) return;
  browser = await launch();
  shop = await Shop.open(browser, REAL);
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

const LOOKS: [string, Visit][] = [
  ["desk-light-ko", {}],
  ["desk-dark-en", { colorScheme: "dark", locale: "en-US" }],
  ["phone-light-ko", phone],
  ["phone-dark-en", { ...phone, colorScheme: "dark", locale: "en-US" }],
];
const shot = (visitor: Visitor, name: string) => visitor.page.screenshot({ path: `/tmp/closer-widget-${name}.png` });

describe.runIf(REAL)("the widget looked at", () => {
  test.each(LOOKS)("%s", async (look, visit) => {
    await shop.web({ greeting: "궁금한 점이 있으면 물어보세요", description: "보통 몇 분 안에 답해요" });
    const visitor = await shop.visit(visit);
    await visitor.launcher.waitFor();
    await shot(visitor, `${look}-0-button`);
    await visitor.enter();
    await shot(visitor, `${look}-1-greeting`);
    await visitor.says("배송 조회");
    await visitor.sees("내일 오후에 도착해요");
    await visitor.says("상품 보기");
    await visitor.room.getByText("버터 스콘").waitFor();
    await visitor.says("매장 위치");
    await visitor.says("링크");
    await visitor.sees("자세한 안내는");
    await shot(visitor, `${look}-2-messages`);
    await visitor.room.getByText("소금빵 6개 세트").first().scrollIntoViewIfNeeded();
    await shot(visitor, `${look}-3-cards`);
    await visitor.says("상담원");
    await visitor.room.locator("#queue").waitFor();
    await shot(visitor, `${look}-4-queue`);
    expect(visitor.complaints).toEqual([]);
    await visitor.page.context().close();
  });
});
