import { defineConfig } from "@playwright/test";

/** Another one where several checkouts are tested at once. */
const port = Number(process.env.E2E_PORT ?? 4199);
const executablePath = process.env.CHROMIUM_PATH;

export default defineConfig({
  testDir: "e2e",
  testMatch: "*.e2e.ts",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    viewport: { width: 1440, height: 900 },
    // A trace of every test takes as long as the tests: `npx playwright test --trace on` where one is wanted.
    trace: "off",
    screenshot: "only-on-failure",
    // Every test is a fresh browser, which would store the whole workbench for use without a network before anything else.
    serviceWorkers: "block",
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        "--no-sandbox",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // A headless browser offers WebGPU, imitated by the processor, only so.
        "--enable-unsafe-webgpu",
      ],
    },
  },
  webServer: {
    command: `npx vite preview --port ${port} --strictPort`,
    url: `http://127.0.0.1:${port}`,
    reuseExistingServer: false,
  },
});
