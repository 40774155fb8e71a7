import { beforeEach, expect, test, vi } from "vitest";

import { sameKey, standing, turnOff, turnOn } from "./push";

vi.mock("./api", () => ({
  readPushKey: vi.fn(async () => ({ key: "BAEC-_8" })),
  addPushDevice: vi.fn(async () => undefined),
  removePushDevice: vi.fn(async () => undefined),
}));
const { addPushDevice, removePushDevice } = await import("./api");

/** A browser whose person answers so when they are asked. */
function browser(answer: NotificationPermission) {
  let subscribed: string | undefined;
  const subscription = () => ({
    endpoint: "https://push.example/1",
    options: { applicationServerKey: Uint8Array.of(4, 1, 2, 251, 255).buffer },
    toJSON: () => ({ endpoint: "https://push.example/1", keys: { p256dh: "P", auth: "A" } }),
    unsubscribe: async () => {
      subscribed = undefined;
      return true;
    },
  });
  const pushManager = {
    getSubscription: async () => (subscribed ? subscription() : null),
    subscribe: vi.fn(async ({ applicationServerKey }: { applicationServerKey: string }) => {
      subscribed = applicationServerKey;
      return subscription();
    }),
  };
  const registration = { pushManager };
  vi.stubGlobal("PushManager", Object);
  const notification = {
    permission: "default",
    requestPermission: async () => {
      notification.permission = answer;
      return answer;
    },
  };
  vi.stubGlobal("Notification", notification);
  Object.defineProperty(navigator, "serviceWorker", {
    configurable: true,
    value: { register: async () => registration, ready: Promise.resolve(registration), getRegistration: async () => registration },
  });
  return { pushManager, isSubscribed: () => subscribed !== undefined };
}

beforeEach(() => {
  localStorage.clear();
  vi.clearAllMocks();
  vi.unstubAllGlobals();
});

test("a person who says yes is told, for each workspace that they chose, until they choose otherwise", async () => {
  const { isSubscribed } = browser("granted");
  expect(standing("w1")).toBe("off");
  expect(await turnOn("w1", "ko")).toBe(true);
  await turnOn("w2", "ko");
  expect(addPushDevice).toHaveBeenCalledWith("w1", { endpoint: "https://push.example/1", p256dh: "P", auth: "A", language: "ko" });
  expect([standing("w1"), standing("w2"), standing("w3")]).toEqual(["on", "on", "off"]);
  await turnOff("w1");
  expect(removePushDevice).toHaveBeenCalledWith("w1", "https://push.example/1");
  expect([standing("w1"), standing("w2"), isSubscribed()]).toEqual(["off", "on", true]);
  await turnOff("w2");
  expect(isSubscribed()).toBe(false);
});

test("a person who says no is not told", async () => {
  const { pushManager } = browser("denied");
  expect(await turnOn("w1", "ko")).toBe(false);
  expect(pushManager.subscribe).not.toHaveBeenCalled();
  expect(standing("w1")).toBe("denied");
});

test("a browser that cannot is told so", () => {
  expect(standing("w1")).toBe("impossible");
});

test("keys are compared as they are written", () => {
  const bytes = Uint8Array.of(4, 1, 2, 251, 255).buffer;
  expect(sameKey(bytes, "BAEC-_8")).toBe(true);
  expect(sameKey(bytes, "BAEC-_9")).toBe(false);
  expect(sameKey(null, "BAEC-_8")).toBe(false);
});
