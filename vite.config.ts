import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { VitePWA } from "vite-plugin-pwa";

/** Cross-origin isolation: threads and precise clocks in every worker. `public/_headers` says the same to static hosts. */
const headers = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/**
 * tfjs starts its wasm threads from the text of a function that, once minified, names a variable outside of itself. The
 * variable is that of a script tag, which a worker never has: it is left out.
 */
export const threadedWasm = (): Plugin => ({
  name: "threaded-wasm",
  transform: (code, id) =>
    id.endsWith("tfjs-backend-wasm-threaded-simd.js")
      ? {
          code: code
            .replace('typeof _scriptDir !== "undefined" && _scriptDir', "false")
            .replaceAll("||_scriptDir", ""),
          map: null,
        }
      : null,
});

export default defineConfig({
  base: "./",
  plugins: [
    react(),
    VitePWA({
      registerType: "autoUpdate",
      injectRegister: "script",
      workbox: {
        globPatterns: ["**/*.{js,css,html,svg,wasm,woff2,json}"],
        maximumFileSizeToCacheInBytes: 20 * 1024 * 1024,
        clientsClaim: true,
        skipWaiting: true,
      },
      manifest: {
        name: "ECG synthesis workbench",
        short_name: "ECG workbench",
        description: "Synthetic electrocardiograms, made and studied in the browser.",
        theme_color: "#b5303f",
        background_color: "#fbfaf9",
        display: "standalone",
        icons: [{ src: "icon.svg", sizes: "any", type: "image/svg+xml" }],
      },
    }),
  ],
  worker: { format: "es", plugins: () => [threadedWasm()] },
  server: { headers },
  preview: { headers, host: "127.0.0.1" },
  // Older targets would have light-dark() rewritten into something that follows no colour scheme of ours.
  build: {
    target: "es2023",
    cssTarget: ["chrome123", "firefox128", "safari17.5"],
    chunkSizeWarningLimit: 1500,
  },
});
