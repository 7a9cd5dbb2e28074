import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./install.mjs";

/** A folder that is deleted when this process ends. */
function folderOfProcess(name) {
  const folder = join(root, "node_modules", ".cache", "commands", String(process.pid), name);
  mkdirSync(folder, { recursive: true });
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * One of our programs as a file that Node runs: tfjs's modules name their imports in a way that only bundlers follow. Takes
 * half a second.
 * @param {string} entry inside the project
 * @param {string} name of the folder that holds it, where one process bundles several
 * @returns {Promise<string>} its path; deleted when this process ends
 */
export async function bundle(entry, name = "main") {
  const folder = folderOfProcess(name);
  // Not above: before the packages are installed there is none.
  const { build } = await import("vite");
  await build({
    configFile: false,
    root,
    logLevel: "warn",
    publicDir: false,
    ssr: { noExternal: [/^@tensorflow\/tfjs-(core|converter)/] },
    build: {
      ssr: join(root, entry),
      outDir: folder,
      minify: false,
      target: "node20",
      rolldownOptions: { output: { entryFileNames: "main.mjs", chunkFileNames: "[name]-[hash].mjs" } },
    },
  });
  return join(folder, "main.mjs");
}

/**
 * A page without a face, for commands that compute in a browser. Each call builds its own: many may start at once on
 * machines that share the project's folder. Takes two seconds.
 * @param {string} input the page's HTML file
 * @returns {Promise<string>} its folder; deleted when this process ends
 */
export async function buildPage(input) {
  const folder = folderOfProcess("page");
  const { build } = await import("vite");
  const configFile = join(root, "vite.headless.config.ts");
  await build({
    configFile,
    root,
    logLevel: "error",
    build: { outDir: folder, emptyOutDir: true, rolldownOptions: { input: join(root, input) } },
  });
  return folder;
}
