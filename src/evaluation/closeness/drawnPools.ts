import { createRandom } from "../../signal/random.ts";
import { requireSameLength } from "../checks.ts";
import { type Drawable, drawableOf, shuffled } from "./halfSampling.ts";
import { type Pool, poolOf, positionsOf } from "./measure.ts";
import { rowsAt, type SignalRows } from "./signalRows.ts";

/** Rows, and the patient of each where they are of patients. */
export interface OwnedRows {
  readonly rows: SignalRows;
  readonly patients?: ArrayLike<string | number> | undefined;
}

/** Rows to be compared, and how halves of them are drawn. */
export interface DrawnPool {
  readonly pool: Pool;
  readonly first: Drawable;
  /** Of the real rows. */
  readonly second: Drawable;
}

/** The pool of so many rows of each set. */
export type PoolOfSize = (rows: number) => DrawnPool;

/**
 * The first rows of both sets in random order, by their number; a pool is made once, so that its distances are too. The
 * real rows are the same in all pools of one number and seed.
 * @throws as `poolOf`
 */
export function drawnPools(
  synthetic: OwnedRows,
  real: OwnedRows,
  samplingFrequency: number,
  seed: number,
): PoolOfSize {
  // All rows are checked at once, not only those that are drawn.
  poolOf(synthetic.rows, real.rows, samplingFrequency);
  const orders = [synthetic, real].map(({ rows }, stream) =>
    shuffled(positionsOf(0, rows.count), createRandom(seed, 10 + stream)),
  );
  const made = new Map<number, DrawnPool>();
  return (rows) => {
    const known = made.get(rows);
    if (known !== undefined) return known;
    const [first, second] = orders.map((order) => order.subarray(0, rows));
    const drawn = {
      pool: poolOf(rowsAt(synthetic.rows, first), rowsAt(real.rows, second), samplingFrequency),
      first: drawableOf(positionsOf(0, rows), ownersOf(synthetic, first)),
      second: drawableOf(positionsOf(rows, 2 * rows), ownersOf(real, second)),
    };
    made.set(rows, drawn);
    return drawn;
  };
}

/** @throws RangeError where there are not as many patients as rows */
function ownersOf({ rows, patients }: OwnedRows, positions: Int32Array) {
  if (patients === undefined) return undefined;
  requireSameLength(patients, { length: rows.count }, "rows and their patients");
  return Array.from(positions, (position) => patients[position]);
}
