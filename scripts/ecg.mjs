import { spawnSync } from "node:child_process";
import { findBrowser } from "./browser.mjs";
import { buildPage, bundle } from "./bundle.mjs";
import { ensureInstalled, root } from "./install.mjs";

ensureInstalled();
const words = process.argv.slice(2);
const env = { ...process.env, ECG_WORKING_DIRECTORY: process.env.INIT_CWD ?? process.cwd() };
if (words.includes("--browser") && !words.includes("--help")) {
  const browser = await findBrowser();
  if (browser !== undefined) env.CHROMIUM_PATH = browser;
  env.ECG_HEADLESS_PAGE = await buildPage("headless.html");
}
const result = spawnSync(process.execPath, [await bundle("src/commandLine/ecg.ts"), ...words], {
  stdio: "inherit",
  cwd: root,
  env,
});
process.exit(result.status ?? 3);
