// How one comes to the screens that are named beside: what a screen is, where it lies, and the ways that several share.

import type { Page } from "playwright-core";

export interface Screen {
  /** The mock's world; the bakery where nothing is said. */
  world?: "fresh" | "bakery";
  /** Who is signed in: the owner where nothing is said, null for nobody. */
  as?: string | null;
  change?: Record<string, unknown>;
  path: string | ((page: Page) => Promise<string>);
  /** What is done there. */
  act?: (page: Page) => Promise<void>;
  /** Longer than the window. */
  full?: boolean;
  /** Drawn in colours that a person chose here, against the screen's own advice: what is in it may be hard to read. */
  sample?: string;
}

export async function workspace(page: Page): Promise<string> {
  return (await (await page.request.get("/api/me")).json()).workspaces[0].id;
}
export const inside = (part: string) => async (page: Page) => `/w/${await workspace(page)}/${part}`;
export const bot =
  (part = "") =>
  async (page: Page) => {
    const ws = await workspace(page);
    const { items } = await (await page.request.get(`/api/workspaces/${ws}/bots`)).json();
    return `/w/${ws}/bots/${items[1].id}${part}`;
  };
/** A bot that nobody has talked to. */
export const silent = (part: string) => async (page: Page) => {
  const ws = await workspace(page);
  const { items } = await (await page.request.get(`/api/workspaces/${ws}/bots`)).json();
  return `/w/${ws}/bots/${items[2].id}${part}`;
};

/** A conversation of the Chat screen, by its customer. */
export const chosen = async (page: Page, name: string) => {
  await page.getByRole("button", { name: new RegExp(name) }).first().click();
  await page.locator("[data-window] textarea").first().waitFor();
};

/** The dialog that keeps a conversation as a path test. */
export const record = async (page: Page) => {
  await page.getByRole("log").getByText(/반가워요/).waitFor();
  await page.getByRole("button", { name: "오시는 길", exact: true }).last().click();
  await page.locator("[data-turn]").nth(1).getByRole("button", { name: /ms$/ }).waitFor();
  await page.getByRole("button", { name: /^(이 대화를 경로 테스트로 저장|Keep this chat as a path test)$/ }).click();
  await page.getByRole("dialog").waitFor();
};

/** A path test that was kept, after the bot was changed behind it. */
export const failedTest = async (page: Page) => {
  await record(page);
  await page.locator("[data-dialog]").getByRole("button", { name: /^(저장|Save)$/ }).click();
  await page.locator("[data-dialog]").waitFor({ state: "detached" });
  const at = page.url().replace(/^(https?:\/\/[^/]+)\/w\//, "$1/api/workspaces/").replace(/\/tests.*/, "/draft");
  const { revision, file } = await (await page.request.get(at)).json();
  file.flows[0].nodes.find((node: { id: number }) => node.id === 2).data.message.text = "어서 오세요, 반가워요!\n무엇을 도와드릴까요?";
  await page.request.put(at, { data: { base: revision, file }, headers: { "x-closer": "1" } });
  await page.getByRole("button", { name: /^(모두 실행|Run all)$/ }).click();
  await page.locator("main ins").first().waitFor();
};
