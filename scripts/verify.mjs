import { spawnSync } from "node:child_process";
import { bundle } from "./bundle.mjs";
import { ensureInstalled, root } from "./install.mjs";

ensureInstalled();
const result = spawnSync(process.execPath, [await bundle("scripts/runProofs.ts"), ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});
process.exit(result.status ?? 3);
