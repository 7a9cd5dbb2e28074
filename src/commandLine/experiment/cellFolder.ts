import { existsSync } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import type { CellSpecification } from "../../domain/experiment.ts";
import { cellLength, type RealRecord } from "../../experiments/realSynthetic/runCell.ts";
import { labelOf, tasks } from "../../experiments/realSynthetic/tasks.ts";
import type { CellStore } from "../../services/training/cellStore.ts";
import type { RecordShelf } from "../recordShelf.ts";

/** A cell's place in a folder of results. */
export interface CellFolder extends CellStore {
  readonly isComputed: boolean;
  /** Keeps the result as a file, and lets go of the checkpoint. */
  keepResult(text: string): Promise<void>;
  /** Lets go of the checkpoint. */
  forget(): Promise<void>;
}

/**
 * A cell's store in a folder of results, with its recordings from a shelf.
 * @param address of the cell; its files are named by it
 */
export function cellFolder(
  cell: CellSpecification,
  address: string,
  out: string,
  shelf: RecordShelf | null,
): CellFolder {
  const resultFile = join(out, `${address}.json`);
  const checkpointFile = join(out, `${address}.checkpoint`);
  const weightsFile = (phase: string) => join(out, "pretrained", phase);
  const read = async (file: string) => (existsSync(file) ? deserialize(await readFile(file)) : null);
  return {
    get isComputed() {
      return existsSync(resultFile);
    },
    async realRecords() {
      return (cell.real?.members ?? []).flatMap((hash): RealRecord[] => {
        const record = shelf?.get(hash);
        const label = record === undefined ? null : labelOf(record.description, tasks[cell.task]);
        if (record === undefined || label === null) return [];
        return [{ hash, name: record.name, patient: record.description.patient, label }];
      });
    },
    async realSignals(records) {
      const length = cellLength(cell);
      const signals = new Float32Array(records.length * length);
      records.forEach(({ hash }, row) => {
        signals.set(shelf?.get(hash)?.signal ?? new Float32Array(length), row * length);
      });
      const labels = Uint8Array.from(records, ({ label }) => label);
      return { signals, labels, count: records.length, length };
    },
    pretrained: (phase) => read(weightsFile(phase)),
    keepPretrained: (phase, weights) => writeWhole(weightsFile(phase), serialize(weights)),
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
