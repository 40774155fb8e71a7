import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

const WEB = join(import.meta.dirname, "../..");

// The generator reads a document of a megabyte: seconds on a busy machine.
test("schema.gen.ts is what openapi.json says", () => {
  expect(existsSync(join(WEB, "tools/api-types/node_modules")), "run `cargo xtask web` once: it installs the generator").toBe(true);
  expect(() => execFileSync("node", ["scripts/types.mjs", "--check"], { cwd: WEB, stdio: "pipe" })).not.toThrow();
}, 60_000);
