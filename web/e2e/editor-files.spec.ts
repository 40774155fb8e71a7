// Bot files as they come from elsewhere: they open, stand on the canvas, and an edit that is taken back leaves every byte as
// it was. The bots of this repository always; those of CLOSER_FIXTURES (a folder with other people's bots, which are not
// ours to give away) where it is. EDITOR_SHOTS names a folder for pictures of each flow.

import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";

import { expect, test, vi } from "vitest";

import { card, openEditor, saved } from "./editor";
import { editorScene } from "./editor-scene";

vi.setConfig({ testTimeout: 240_000 });
const scene = editorScene({ page: false });
const ROOT = resolve(import.meta.dirname, "../..");
const OTHERS = process.env["CLOSER_FIXTURES"] ?? resolve(ROOT, "../../shared/fixtures/closer");
const SHOTS = process.env["EDITOR_SHOTS"];
const HEADERS = { "x-closer": "1", "content-type": "application/json" };

const inside = (folder: string) => (existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")).map((name) => join(folder, name)) : []);
const others = inside(OTHERS);
if (others.length === 0) console.log(`no bots of other people are tested: there is no ${OTHERS} (CLOSER_FIXTURES names it)`);
const files = [...["examples", "examples/templates", "fixtures/bots"].flatMap((folder) => inside(join(ROOT, folder))), ...others];

test.each(files)("%s", async (path) => {
  const { place } = scene;
  const text = readFileSync(path, "utf8");
  // As raw text: a number keeps its spelling on the way.
  const made = await place.context.request.post(`/api/workspaces/${place.ws}/bots`, { headers: HEADERS, data: Buffer.from(`{"file":${text}}`) });
  expect(made.status(), await made.text()).toBe(201);
  const bot = ((await made.json()) as { bot: { id: string } }).bot.id;
  const exported = async () => (await place.context.request.get(`/api/workspaces/${place.ws}/bots/${bot}/export`)).text();
  const before = await exported();
  const file = JSON.parse(text) as { flows?: { id: number; title: string; nodes: unknown[] }[]; nodes?: unknown[] };
  if (file.flows) expect(before.trimEnd()).toBe(text.trimEnd());
  const { flows } = JSON.parse(before) as { flows: { id: number; nodes: { id: number; type: string }[] }[] };
  const [first] = flows;
  if (!first) throw new Error("a bot has a flow");
  const page = await openEditor(place.context, { ...place, bot }, `/${first.id}`);
  for (const { id, nodes } of flows) {
    await page.locator(`[data-canvas] .react-flow__node[data-id="${nodes[0]?.id}"]`).waitFor();
    await page.keyboard.press("f");
    await page.waitForTimeout(300);
    // All of it is there, and nothing lies upon another card's head.
    expect(await page.locator("[data-canvas] .react-flow__node").count()).toBe(nodes.length);
    if (SHOTS) {
      mkdirSync(SHOTS, { recursive: true });
      await page.screenshot({ path: join(SHOTS, `${basename(path, ".json")}-${id}.png`) });
    }
    if (flows.length > 1) {
      await page.locator("[data-canvas]").focus();
      await page.keyboard.press("BracketRight");
      await page.waitForTimeout(200);
    }
  }
  const node = first.nodes.find((one) => one.type !== "entry");
  if (node) {
    await page.goto(`/w/${place.ws}/bots/${bot}/edit/${first.id}?node=${node.id}`);
    await card(page, node.id).waitFor();
    const name = page.locator("[data-pane=form]").getByLabel("노드 이름", { exact: true });
    await name.fill("고친 이름");
    await expect.poll(exported).not.toBe(before);
    await saved(page);
    await page.locator("[data-canvas]").focus();
    await page.keyboard.press("Control+z");
    await expect.poll(exported).toBe(before);
  }
  await page.close();
});
