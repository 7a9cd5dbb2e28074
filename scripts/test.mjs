import { findBrowser } from "./browser.mjs";
import { ensureInstalled, run } from "./install.mjs";

ensureInstalled();
const browser = await findBrowser();
const env = { ...process.env, ...(browser === undefined ? {} : { CHROMIUM_PATH: browser }) };

const steps = [
  ["Type check", ["tsc", "--noEmit"]],
  ["Lint", ["biome", "check", "--error-on-warnings", "."]],
  ["Unit tests", ["vitest", "run"]],
  ["Build", ["vite", "build", "--logLevel", "warn"]],
  ["End-to-end tests", ["playwright", "test"]],
];

for (const [title, command] of steps) {
  console.log(`\n── ${title}`);
  const start = performance.now();
  run("npx", command, { env });
  console.log(`── ${title}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
