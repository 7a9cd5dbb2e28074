import { createRandom } from "../../signal/random.ts";
import { type Augmentation, augment } from "./augmentation.ts";
import type { SignalSet } from "./signalSet.ts";

/** Streams of a run's seed: what is drawn for one purpose does not move what is drawn for another. */
const streams = { order: 0, augmentation: 1, dropout: 2 } as const;

/** A source of random numbers that depends on the seed and the position alone, so that a resumed run draws the same. */
export function randomAt(seed: number, purpose: keyof typeof streams, position: number) {
  return createRandom(seed, 3 * position + streams[purpose]);
}

/** The order in which an epoch takes the recordings, by Fisher and Yates. */
export function epochOrder(count: number, seed: number, epoch: number): Uint32Array {
  const random = randomAt(seed, "order", epoch);
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let index = count - 1; index > 0; index--) {
    const other = random.integer(index + 1);
    [order[index], order[other]] = [order[other], order[index]];
  }
  return order;
}

/** Steps of an epoch: the last, incomplete batch is dropped unless it is the only one. */
export const stepsPerEpoch = (count: number, batchSize: number) => Math.max(1, Math.floor(count / batchSize));

export interface Batch {
  /** `[count, length]` */
  readonly signals: Float32Array;
  readonly labels: Uint8Array;
  readonly count: number;
}

/** The augmented recordings of one step. @param position steps since the start of the training */
export function augmentedBatch(
  set: SignalSet,
  rows: Uint32Array,
  augmentation: Augmentation,
  seed: number,
  position: number,
): Batch {
  const { length } = set;
  const random = randomAt(seed, "augmentation", position);
  const signals = new Float32Array(rows.length * length);
  const labels = new Uint8Array(rows.length);
  rows.forEach((row, index) => {
    const recording = set.signals.subarray(row * length, (row + 1) * length);
    augment(signals.subarray(index * length, (index + 1) * length), recording, augmentation, random);
    labels[index] = set.labels[row];
  });
  return { signals, labels, count: rows.length };
}
