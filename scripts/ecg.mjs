import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureInstalled, root } from "./install.mjs";

ensureInstalled();
const result = spawnSync(
  process.execPath,
  ["--import", "tsx", join(root, "src/commandLine/ecg.ts"), ...process.argv.slice(2)],
  {
    stdio: "inherit",
    cwd: root,
    env: { ...process.env, ECG_WORKING_DIRECTORY: process.env.INIT_CWD ?? process.cwd() },
  },
);
process.exit(result.status ?? 3);
