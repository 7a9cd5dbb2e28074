import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import type { CellStore } from "../../experiments/cellStore.ts";
import type { CellHome } from "../../services/training/cellHome.ts";

/** The data of cells; what they leave for each other is in a folder. */
export type CellData = Pick<CellStore, "recordings" | "signals" | "beats" | "labelledSignals">;

/** A cell's place in a folder of results. */
export interface CellFolder extends CellHome {
  readonly isComputed: boolean;
  /** Keeps the result as a file, and lets go of the checkpoint. */
  keepResult(text: string): Promise<void>;
  /** Lets go of the checkpoint. */
  forget(): Promise<void>;
}

/**
 * A cell's home in a folder of results.
 * @param address of the cell; its files are named by it
 */
export function cellFolder(address: string, out: string, data: CellData): CellFolder {
  const resultFile = join(out, `${address}.json`);
  const checkpointFile = join(out, `${address}.checkpoint`);
  const sharedFile = (name: string) => join(out, "shared", name);
  const read = async (file: string) => (existsSync(file) ? deserialize(await readFile(file)) : null);
  return {
    ...data,
    get isComputed() {
      return existsSync(resultFile);
    },
    shared: (name) => read(sharedFile(name)),
    async keepShared(name, arrays) {
      await mkdir(join(out, "shared"), { recursive: true });
      await writeWhole(sharedFile(name), serialize(arrays));
    },
    checkpoint: () => read(checkpointFile),
    keepCheckpoint: (checkpoint) => writeWhole(checkpointFile, serialize(checkpoint)),
    async keepResult(text) {
      await writeWhole(resultFile, text);
      await rm(checkpointFile, { force: true });
    },
    forget: () => rm(checkpointFile, { force: true }),
  };
}

/** A file is there whole or not at all. */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${file}.part`, content);
  await rename(`${file}.part`, file);
}
