// News while the console is closed: what the server posts is shown by the browser, and leads to the conversation.

import type { BrowserContext, Page, Worker } from "playwright-core";
import { describe, expect, test } from "vitest";

import { PASSWORD } from "../mock/world";
import { beside, scene, settled, signIn } from "./browser";

const bed = beside();

async function chat(): Promise<{ context: BrowserContext; page: Page; ws: string }> {
  await scene(bed.url, { world: "bakery" });
  const context = await bed.browser.newContext({ baseURL: bed.url, viewport: { width: 1440, height: 900 }, locale: "ko-KR", permissions: ["notifications"] });
  await signIn(context, bed.url, "seoyun@example.com", PASSWORD);
  const page = await context.newPage();
  await page.goto("/");
  await page.waitForURL(/\/w\//);
  const ws = /\/w\/([^/]+)/.exec(page.url())?.[1] ?? "";
  await page.goto(`/w/${ws}/chat`);
  await settled(page);
  return { context, page, ws };
}

/** The worker of the page, as it is installed when somebody wants news. */
async function installed(context: BrowserContext, page: Page): Promise<Worker> {
  const coming = context.waitForEvent("serviceworker");
  await page.evaluate(() => navigator.serviceWorker.register("/push-worker.js").then(() => navigator.serviceWorker.ready));
  return coming;
}

/** The maker of the browser passes this on. */
async function passOn(page: Page, news: Record<string, string>): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const versions: { registrationId: string }[] = [];
  devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => void versions.push(...registrations));
  await devtools.send("ServiceWorker.enable");
  await expect.poll(() => versions.length).toBeGreaterThan(0);
  await devtools.send("ServiceWorker.deliverPushMessage", { origin: bed.url, registrationId: versions[0]?.registrationId ?? "", data: JSON.stringify(news) });
}

const shown = (page: Page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map(({ title, body, tag, lang }) => ({ title, body, tag, lang }));
  });

describe("web push", () => {
  test("news is shown as it was sent, the next of a conversation in its place, and leads there", async () => {
    const { context, page, ws } = await chat();
    const worker = await installed(context, page);
    const news = { kind: "message", title: "윤서님의 메시지", text: "그릇이 깨졌어요", tag: "chat-1", url: `/w/${ws}/chat?open=chat-1`, lang: "ko" };
    await passOn(page, news);
    await expect.poll(() => shown(page)).toEqual([{ title: "윤서님의 메시지", body: "그릇이 깨졌어요", tag: "chat-1", lang: "ko" }]);
    await passOn(page, { ...news, text: "사진도 보낼게요" });
    await expect.poll(async () => (await shown(page)).map(({ body }) => body)).toEqual(["사진도 보낼게요"]);
    // Pressed: nobody can press what the system shows, so the event is given to the worker.
    await worker.evaluate(async () => {
      const self = globalThis as unknown as { registration: ServiceWorkerRegistration; dispatchEvent: (event: Event) => boolean };
      const [notification] = await self.registration.getNotifications();
      const { NotificationEvent: Pressed } = globalThis as unknown as { NotificationEvent: new (name: string, init: unknown) => Event };
      self.dispatchEvent(new Pressed("notificationclick", { notification }));
    });
    await expect.poll(() => shown(page)).toEqual([]);
    await expect.poll(() => context.pages().map((one) => new URL(one.url()).search)).toContain("?open=chat-1");
    await context.close();
  });

  test("where the browser's maker does not answer, the switch says so and stays off", async () => {
    const { context, page } = await chat();
    await page.getByRole("button", { name: "알림 설정" }).click();
    const toggle = page.getByRole("switch", { name: "창을 닫아도 알림 받기" });
    expect(await toggle.getAttribute("aria-checked")).toBe("false");
    await toggle.click();
    await page.getByText("이 브라우저의 알림 서비스가 응답하지 않았어요. 잠시 뒤에 다시 켜 주세요.").waitFor();
    expect(await toggle.getAttribute("aria-checked")).toBe("false");
    await context.close();
  });
});
