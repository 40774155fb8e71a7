import { defineConfig } from "vitest/config";

// One at a time: they measure.
export default defineConfig({
  test: { root: import.meta.dirname, include: ["*.bench.ts"], testTimeout: 1_800_000, hookTimeout: 600_000, maxWorkers: 1, fileParallelism: false },
});
