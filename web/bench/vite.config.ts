import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The bare canvas as a page of its own. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: { outDir: "dist", emptyOutDir: true, rolldownOptions: { input: "bare.html" } },
  logLevel: "error",
});
