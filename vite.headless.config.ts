import { defineConfig } from "vite";
import { threadedWasm } from "./vite.config.ts";

/** Pages without a face that commands open in a browser, `headless.html` and `bench.html`: nothing is kept offline. */
export default defineConfig({
  base: "./",
  publicDir: false,
  worker: { format: "es", plugins: () => [threadedWasm()] },
  build: {
    target: "es2023",
    chunkSizeWarningLimit: 1500,
  },
});
