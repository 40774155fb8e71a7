import { defineConfig } from "vitest/config";

// One at a time: they measure.
export default defineConfig({
  test: { root: import.meta.dirname, include: ["*.bench.ts"], testTimeout: 900_000, hookTimeout: 120_000, maxWorkers: 1, fileParallelism: false },
});
