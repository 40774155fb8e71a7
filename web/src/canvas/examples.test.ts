// The bots that come with the program look right on the canvas: no card lies upon another, and none is cut for want of room.

import { readdirSync, readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { placeOf } from "../flow/document";
import { readBot } from "../flow/file";
import { heightFor, NODE_WIDTH } from "./face";

const HERE = `${process.cwd()}/../examples`;
const files = [HERE, `${HERE}/templates`].flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith(".json")).map((name) => `${folder}/${name}`));

test("there are examples", () => expect(files.length).toBeGreaterThan(5));

test.each(files)("%s", (file) => {
  const bot = readBot(readFileSync(file, "utf8").trimEnd());
  const covered = (bot?.flows ?? []).flatMap((flow) =>
    flow.nodes.flatMap((one, at) => {
      const here = placeOf(one);
      return flow.nodes.slice(at + 1).flatMap((other) => {
        const there = placeOf(other);
        const beside = Math.abs(here.x - there.x) >= NODE_WIDTH;
        const apart = here.y + heightFor(one) <= there.y || there.y + heightFor(other) <= here.y;
        return beside || apart ? [] : [`${flow.title}: ${one.label ?? one.id} and ${other.label ?? other.id}`];
      });
    }),
  );
  expect(covered).toEqual([]);
});
