import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { include: [process.env["PICTURES"] ? "e2e/pictures.ts" : "e2e/screenshots.ts"], testTimeout: 900_000, hookTimeout: 60_000 },
});
