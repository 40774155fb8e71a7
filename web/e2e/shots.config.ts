import { defineConfig } from "vitest/config";

const WHAT = process.env["PICTURES"] ? "e2e/pictures.ts" : process.env["SHEETS"] ? "e2e/sheets.ts" : "e2e/screenshots.ts";

export default defineConfig({
  test: { include: [WHAT], testTimeout: 7_200_000, hookTimeout: 60_000 },
});
