import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { beatCellAddress, generatorNameOf } from "../experiments/syntheticBeats/addresses.ts";
import type { BeatSet } from "../experiments/syntheticBeats/beatSets.ts";
import {
  type BeatCheckpoint,
  type BeatEnvironment,
  runBeatCell,
} from "../experiments/syntheticBeats/runBeatCell.ts";
import type { BeatCell, FinishedBeatCell } from "../experiments/syntheticBeats/specification.ts";
import { generatorNamed } from "../services/training/buildGenerator.ts";
import { architectureNamed } from "../services/training/environment.ts";
import { writeWhole } from "./experiment/cellFolder.ts";

/** s from one checkpoint to the next. */
const checkpointEvery = 30;

/** Results, checkpoints and what several cells share, in a folder. */
export class BeatFolder {
  constructor(private readonly out: string) {}

  async isComputed(cell: BeatCell): Promise<boolean> {
    return existsSync(this.fileOf(await beatCellAddress(cell)));
  }

  async result(cell: BeatCell): Promise<FinishedBeatCell | null> {
    const file = this.fileOf(await beatCellAddress(cell));
    if (!existsSync(file)) return null;
    return { cell, result: deserialize(await readFile(file)) };
  }

  /** @returns what happened, in a line */
  async compute(cell: BeatCell, beats: BeatSet): Promise<string> {
    const address = await beatCellAddress(cell);
    if (existsSync(this.fileOf(address))) return "computed before";
    const checkpointFile = join(this.out, `${address}.checkpoint`);
    const began = performance.now();
    let last = began;
    const outcome = await runBeatCell(
      cell,
      await this.environment(cell, beats),
      {
        stopped: () => false,
        checkpointDue: () => performance.now() - last > 1000 * checkpointEvery,
        onCheckpoint: async (checkpoint) => {
          last = performance.now();
          await writeWhole(checkpointFile, serialize(checkpoint));
        },
      },
      existsSync(checkpointFile) ? (deserialize(await readFile(checkpointFile)) as BeatCheckpoint) : null,
    );
    if (outcome.end === "cancelled") return "stopped";
    if (outcome.end === "diverged") return `diverged. ${outcome.reason}`;
    await writeWhole(this.fileOf(address), serialize(outcome.result));
    await rm(checkpointFile, { force: true });
    return `${outcome.result.added} beats added, ${((performance.now() - began) / 1000).toFixed(1)} s`;
  }

  private fileOf(address: string): string {
    return join(this.out, `${address}.beats`);
  }

  private async environment(cell: BeatCell, beats: BeatSet): Promise<BeatEnvironment> {
    const generator = generatorNameOf(cell);
    const fileOf = (address: string) => join(this.out, "shared", address);
    return {
      classifier: await architectureNamed(cell.classifier.architecture),
      generator: generator === null ? null : await generatorNamed(generator),
      beats: async () => beats,
      shared: async (address) =>
        existsSync(fileOf(address)) ? deserialize(await readFile(fileOf(address))) : null,
      keepShared: (address, arrays) => writeWhole(fileOf(address), serialize(arrays)),
    };
  }
}
