import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { findBrowser } from "./browser.mjs";
import { ensureInstalled, root } from "./install.mjs";

ensureInstalled();
const browser = await findBrowser();
const result = spawnSync(
  process.execPath,
  ["--import", "tsx", join(root, "scripts", "runBenchmarks.ts"), ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...(browser === undefined ? {} : { CHROMIUM_PATH: browser }) },
  },
);
process.exit(result.status ?? 3);
