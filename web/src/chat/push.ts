// News while the console is closed: this browser asks its maker for an address, and the server posts there.

import { addPushDevice, readPushKey, removePushDevice } from "./api";
import type { Language } from "../api/client";

const WORKER = "/push-worker.js";
/** The workspaces whose news this browser wants: kept here, since the server forgets them with the sign-in. */
const KEPT = "closer.push";

export type Standing = "impossible" | "denied" | "off" | "on";

export const canPush = () => "serviceWorker" in navigator && "PushManager" in window && typeof Notification !== "undefined";

export function standing(ws: string): Standing {
  if (!canPush()) return "impossible";
  if (Notification.permission === "denied") return "denied";
  return Notification.permission === "granted" && kept().includes(ws) ? "on" : "off";
}

/** Asks the person, the browser's maker and the server, in this order. Where the person says no, `false`. */
export async function turnOn(ws: string, language: Language): Promise<boolean> {
  if ((await Notification.requestPermission()) !== "granted") return false;
  const subscription = await subscribe((await readPushKey(ws)).key);
  const { endpoint, keys } = subscription.toJSON();
  await addPushDevice(ws, { endpoint: endpoint ?? "", p256dh: keys?.["p256dh"] ?? "", auth: keys?.["auth"] ?? "", language });
  keep([...new Set([...kept(), ws])]);
  return true;
}

export async function turnOff(ws: string): Promise<void> {
  const rest = kept().filter((one) => one !== ws);
  keep(rest);
  const registration = await navigator.serviceWorker.getRegistration(WORKER);
  const subscription = await registration?.pushManager.getSubscription();
  if (!subscription) return;
  await removePushDevice(ws, subscription.endpoint);
  if (rest.length === 0) await subscription.unsubscribe();
}

/** After a new sign-in the server is told again, without a question: the person has said yes here. */
export async function keepOn(ws: string, language: Language): Promise<void> {
  if (standing(ws) === "on") await turnOn(ws, language);
}

async function subscribe(key: string): Promise<PushSubscription> {
  const registration = await navigator.serviceWorker.register(WORKER);
  await navigator.serviceWorker.ready;
  const wanted = { userVisibleOnly: true, applicationServerKey: key };
  const known = await registration.pushManager.getSubscription();
  // One that was made for another key, as after the server was set up anew, is of no use.
  if (known && !sameKey(known.options.applicationServerKey, key)) await known.unsubscribe();
  return registration.pushManager.subscribe(wanted);
}

export function sameKey(known: ArrayBuffer | null, key: string): boolean {
  if (!known) return false;
  const text = btoa(String.fromCodePoint(...new Uint8Array(known)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "") === key;
}

function kept(): string[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(list) ? list.filter((one): one is string => typeof one === "string") : [];
  } catch {
    return [];
  }
}

function keep(list: string[]): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(list));
  } catch {
    // Storage may be forbidden; then the wish ends with the page.
  }
}
