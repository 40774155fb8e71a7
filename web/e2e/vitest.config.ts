import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: "e2e",
    include: ["*.spec.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Small machines are slow when all of it runs.
    expect: { poll: { timeout: 15_000 } },
    // A browser and a server each: more at once only slow each other down on small machines.
    maxWorkers: 2,
  },
});
