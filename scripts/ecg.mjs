import { spawnSync } from "node:child_process";
import { bundle } from "./bundle.mjs";
import { ensureInstalled, root } from "./install.mjs";

ensureInstalled();
const result = spawnSync(
  process.execPath,
  [await bundle("src/commandLine/ecg.ts"), ...process.argv.slice(2)],
  {
    stdio: "inherit",
    cwd: root,
    env: { ...process.env, ECG_WORKING_DIRECTORY: process.env.INIT_CWD ?? process.cwd() },
  },
);
process.exit(result.status ?? 3);
