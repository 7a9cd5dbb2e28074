import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./install.mjs";

/**
 * One of our programs as a file that Node runs: tfjs's modules name their imports in a way that only bundlers follow. Takes
 * half a second.
 * @param {string} entry inside the project
 * @param {string} name of the folder that holds it, where one process bundles several
 * @returns {Promise<string>} its path; deleted when this process ends
 */
export async function bundle(entry, name = "main") {
  const folder = join(root, "node_modules", ".cache", "commands", String(process.pid), name);
  // Not above: before the packages are installed there is none.
  const { build } = await import("vite");
  mkdirSync(folder, { recursive: true });
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
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
