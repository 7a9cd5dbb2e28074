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

/** Labels of a batch of several classes: they come in turn, over all batches, so that a rare class is seen as often. */
export const labelsOfBatch = (batch: number, batchSize: number, classes: number): Uint8Array =>
  Uint8Array.from({ length: batchSize }, (_, row) => (batch * batchSize + row) % classes);

/**
 * Numbers of rows of the classes in turn, as `labelsOfBatch` names them; each class has epochs of its own, in which every row
 * comes once in an order that depends on the seed and the epoch alone.
 * @param labels of the pool's rows
 */
export function balancedRows(
  labels: Uint8Array,
  classes: number,
  batchSize: number,
  seed: number,
): (batch: number) => number[] {
  const members = Array.from({ length: classes }, (_, label) =>
    Array.from(labels.keys()).filter((row) => labels[row] === label),
  );
  const known: ({ readonly epoch: number; readonly order: Uint32Array } | null)[] = members.map(() => null);
  const rowAt = (label: number, turn: number): number => {
    const own = members[label];
    const epoch = Math.floor(turn / own.length);
    const order = known[label]?.epoch === epoch ? known[label].order : epochOrder(own.length, seed, epoch);
    known[label] = { epoch, order };
    return own[order[turn % own.length]];
  };
  return (batch) =>
    Array.from(labelsOfBatch(batch, batchSize, classes), (label, row) =>
      rowAt(label, Math.floor((batch * batchSize + row) / classes)),
    );
}

/** The rows themselves. */
export function balancedBatches(pool: SignalPool, ...order: Parameters<typeof balancedRows>): RealBatches {
  const rowsAt = balancedRows(...order);
  return (batch) => rowsOf(pool, rowsAt(batch));
}
