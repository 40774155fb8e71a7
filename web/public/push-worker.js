// Shows what the server tells agents whose console is closed (crates/server/src/webpush.rs), and opens the conversation.
// A file of its own, since the browser runs it without a page.

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  const news = event.data?.json();
  if (!news) return;
  const { title, text, tag, url, lang } = news;
  event.waitUntil(self.registration.showNotification(title, { body: text, tag, lang, renotify: true, icon: "/favicon.svg", data: { url } }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data.url, self.location.origin).href;
  event.waitUntil(open(url));
});

/** In a console that is open, where there is one. */
async function open(url) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((one) => new URL(one.url).pathname.startsWith("/w/"));
  if (!page) return self.clients.openWindow(url);
  // A browser may refuse to bring a window to the front; the conversation is open in it all the same.
  await page.focus().catch(() => undefined);
  return page.navigate(url).catch(() => self.clients.openWindow(url));
}
