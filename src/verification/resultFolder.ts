import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { writeWhole } from "../commandLine/experiment/cellFolder.ts";
import { workbenchVersion } from "../domain/version.ts";
import { canonicalAddress } from "../experiments/cell.ts";
import { sha256 } from "../records/hash.ts";

/** Results in a folder, each in a file named by the hash of all that it depends on. */
export class ResultFolder {
  constructor(private readonly path: string) {}

  /** The result of these dependencies, computed where it is not there yet. */
  async kept<T>(kind: string, dependencies: unknown, compute: () => Promise<T>): Promise<T> {
    const known = await this.left<T>(kind, dependencies);
    if (known !== null) return known;
    const result = await compute();
    await this.leave(kind, dependencies, result);
    return result;
  }

  /** What an earlier call left behind; null where nothing. */
  async left<T>(kind: string, dependencies: unknown): Promise<T | null> {
    const file = await this.fileOf(kind, dependencies);
    return existsSync(file) ? (deserialize(await readFile(file)) as T) : null;
  }

  /** Keeps what another call goes on from. */
  async leave(kind: string, dependencies: unknown, value: unknown): Promise<void> {
    await mkdir(this.path, { recursive: true });
    await writeWhole(await this.fileOf(kind, dependencies), serialize(value));
  }

  async holds(kind: string, dependencies: unknown): Promise<boolean> {
    return existsSync(await this.fileOf(kind, dependencies));
  }

  private async fileOf(kind: string, dependencies: unknown): Promise<string> {
    const address = await canonicalAddress({ kind, dependencies, version: workbenchVersion });
    return join(this.path, `${kind}-${address}`);
  }
}

/** Bytes of beats by their hash. */
export const hashOf = (beats: Float32Array): Promise<string> =>
  sha256(new Uint8Array(beats.buffer, beats.byteOffset, beats.byteLength));
