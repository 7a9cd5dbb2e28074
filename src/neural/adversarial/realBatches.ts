import { epochOrder, stepsPerEpoch } from "../training/batches.ts";

/** Beats of one length, `[count, length]`, row after row, as the networks see them. */
export interface SignalPool {
  readonly samples: Float32Array;
  readonly count: number;
  readonly length: number;
}

/** Real beats by the number of the batch since the start of the run, `[batchSize, length]`. */
export type RealBatches = (batch: number) => Float32Array;

/** Some rows of a pool, one after the other. */
export function rowsOf({ samples, length }: SignalPool, rows: ArrayLike<number>): Float32Array {
  const taken = new Float32Array(rows.length * length);
  for (let index = 0; index < rows.length; index++) {
    taken.set(samples.subarray(rows[index] * length, (rows[index] + 1) * length), index * length);
  }
  return taken;
}

/** Every beat once an epoch, in an order that depends on the seed and the epoch alone. */
export function shuffledBatches(pool: SignalPool, batchSize: number, seed: number): RealBatches {
  const steps = stepsPerEpoch(pool.count, batchSize);
  let known: { readonly epoch: number; readonly order: Uint32Array } | null = null;
  return (batch) => {
    const epoch = Math.floor(batch / steps);
    if (known?.epoch !== epoch) known = { epoch, order: epochOrder(pool.count, seed, epoch) };
    const first = (batch % steps) * batchSize;
    return rowsOf(pool, known.order.subarray(first, first + batchSize));
  };
}
