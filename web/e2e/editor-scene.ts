// What every test of the editor begins and ends with: a browser, a server, and for each test a bot of its own in a page that
// has nothing to complain about.

import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";

import { launch, watch } from "./browser";
import { addBot, begin, BOT, openEditor, type Place } from "./editor";

export interface EditorScene {
  readonly browser: Browser;
  readonly place: Place;
  /** Each test's own page, unless it opens its own (`page: false`). */
  readonly page: Page;
}

export function editorScene({ page: opens = true } = {}): EditorScene {
  const scene = {} as { browser: Browser; place: Place; page: Page };
  let complaints: string[] = [];
  beforeAll(async () => {
    scene.browser = await launch();
    scene.place = await begin(scene.browser);
  });
  afterAll(async () => {
    await scene.browser?.close();
    await scene.place?.target.stop();
  });
  beforeEach(async () => {
    const { place } = scene;
    place.bot = await addBot(place.context, place.ws, BOT);
    if (!opens) return;
    scene.page = await openEditor(place.context, place);
    complaints = watch(scene.page);
  });
  afterEach(async () => {
    if (!opens) return;
    expect(complaints).toEqual([]);
    await scene.page.close();
  });
  return scene;
}
