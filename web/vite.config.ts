import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

import { compressed } from "./scripts/compressed.mjs";
import { uiFont } from "./scripts/fonts.mjs";
import { mockServer } from "./mock/plugin.ts";

// `vite --mode mock` answers from memory; without it, calls go to the server that `cargo xtask run` starts.
const SERVER = process.env["CLOSER_SERVER"] ?? "http://127.0.0.1:8787";

export default defineConfig(({ mode }) => ({
  plugins: [react(), uiFont(), compressed(), mode === "mock" ? mockServer() : null],
  server: {
    port: 5173,
    proxy: mode === "mock" ? undefined : { "/api": SERVER, "/webhook": SERVER, "/openapi.json": SERVER },
  },
  build: {
    target: "baseline-widely-available",
    // A data: address in a style sheet is a font or picture that the policy of the page refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  test: { environment: "happy-dom", include: ["src/**/*.test.{ts,tsx}", "mock/**/*.test.ts"] },
}));
