import { requireNumbers } from "../checks.ts";
import { meanOf } from "../statistics/resampling.ts";
import type { ClosenessMeasure, Pool } from "./measure.ts";
import { nearestMembers } from "./pairDistances.ts";
import type { SignalRows } from "./signalRows.ts";
import type { Work } from "./work.ts";

export interface WarpingOptions {
  /**
   * Farthest that partners may lie apart, as a share of the longer row (Sakoe & Chiba, IEEE Trans Acoust Speech Signal
   * Process 1978;26:43); 0.1. It is widened to the difference of the lengths. 1 leaves the warping free.
   */
  readonly band?: number;
  /** What a pair of partners costs: |x − y|, the default, or (x − y)². */
  readonly cost?: "absolute" | "squared";
}

/** Share of a row that partners may lie apart, where nothing else is said. */
export const usualBand = 0.1;

/**
 * The least cost of pairing two rows in order, every sample with one partner or more: dynamic time warping.
 * @returns the sum over the pairs of the cheapest path
 * @throws RangeError for a band outside 0 to 1, or empty rows
 */
export function dynamicTimeWarping(
  one: ArrayLike<number>,
  other: ArrayLike<number>,
  { band = usualBand, cost = "absolute" }: WarpingOptions = {},
): number {
  requireNumbers([band], "the band", { least: 0, most: 1 });
  if (one.length === 0 || other.length === 0) throw new RangeError("no warping of an empty row");
  const longer = Math.max(one.length, other.length);
  const width = Math.max(Math.floor(band * longer), Math.abs(one.length - other.length));
  const above = new Float64Array(other.length + 2);
  const here = new Float64Array(other.length + 2);
  return warpedCost(one, other, width, cost === "squared", above, here);
}

/**
 * Row by row over the table of partial costs, of which two rows are kept.
 * @param above, here room for `other.length + 2` numbers
 */
function warpedCost(
  one: ArrayLike<number>,
  other: ArrayLike<number>,
  width: number,
  isSquared: boolean,
  above: Float64Array,
  here: Float64Array,
): number {
  // Place j + 1 belongs to sample j of `other`; places beside the band are infinite.
  above.fill(Number.POSITIVE_INFINITY);
  above[0] = 0;
  for (let row = 0; row < one.length; row++) {
    const value = one[row];
    const first = Math.max(0, row - width);
    const last = Math.min(other.length - 1, row + width);
    let left = Number.POSITIVE_INFINITY;
    here[first] = left;
    for (let column = first; column <= last; column++) {
      const gap = value - other[column];
      const diagonal = above[column];
      const up = above[column + 1];
      let best = Math.min(diagonal, up);
      if (left < best) best = left;
      left = best + (isSquared ? gap * gap : Math.abs(gap));
      here[column + 1] = left;
    }
    here[last + 2] = Number.POSITIVE_INFINITY;
    [above, here] = [here, above];
  }
  return above[other.length];
}

/**
 * Of all pairs of rows, the root mean square difference after warping: √(least Σ(x − y)² / length). Without warping it
 * would be the root mean square error, which it never exceeds.
 * @returns `[count, count]`, in the unit of the rows
 */
export function* warpedDistances(
  { values, count, length }: SignalRows,
  band = usualBand,
): Work<Float64Array> {
  const distances = new Float64Array(count * count);
  const [above, here] = [new Float64Array(length + 2), new Float64Array(length + 2)];
  const rows = Array.from({ length: count }, (_, row) => values.subarray(row * length, (row + 1) * length));
  const width = Math.floor(band * length);
  for (let row = 0; row < count; row++) {
    for (let other = 0; other < row; other++) {
      const cost = warpedCost(rows[row], rows[other], width, true, above, here);
      const distance = Math.sqrt(cost / length);
      distances[row * count + other] = distance;
      distances[other * count + row] = distance;
    }
    yield;
  }
  return distances;
}

/** Position and warped cost of the row of a set that is nearest to a signal. */
export function nearestByWarping(
  signal: ArrayLike<number>,
  { values, count, length }: SignalRows,
  options: WarpingOptions = {},
): { readonly row: number; readonly cost: number } {
  let [nearest, least] = [-1, Number.POSITIVE_INFINITY];
  for (let row = 0; row < count; row++) {
    const cost = dynamicTimeWarping(signal, values.subarray(row * length, (row + 1) * length), options);
    if (cost < least) [nearest, least] = [row, cost];
  }
  return { row: nearest, cost: least };
}

const known = new WeakMap<Pool, Float64Array>();

/** `warpedDistances` of all rows of a pool, computed once for all measures. */
export function* warpedDistancesOf(pool: Pool): Work<Float64Array> {
  const found = known.get(pool) ?? (yield* warpedDistances(pool.rows));
  known.set(pool, found);
  return found;
}

/** Cells of the tables of all pairs that take a few seconds. */
const mostCells = 5e8;

/** Rows of each set whose pairs can be warped in a few seconds: 164 of 216 samples. */
export function mostWarpedRows(length: number): number {
  const cells = length * (2 * Math.floor(usualBand * length) + 1);
  return Math.floor(Math.sqrt(mostCells / (2 * cells)));
}

/** The mean over the synthetic rows of the warped distance from the nearest real row. */
export const nearestWarped: ClosenessMeasure = {
  title: "Warped distance from the nearest real row",
  unit: "signal",
  better: "lower",
  aspect: "row",
  says: "How much of a synthetic beat no real beat explains, when its waves may come a little earlier or later; copies of a single real beat score perfectly.",
  paper: "Sakoe & Chiba, IEEE Trans Acoust Speech Signal Process 1978;26:43",
  range: [0, Number.POSITIVE_INFINITY],
  isForAlignedBeats: true,
  leastRows: 2,
  mostRows: mostWarpedRows,
  *prepare(pool) {
    const distances = yield* warpedDistancesOf(pool);
    return (first, second) => meanOf(nearestMembers(distances, pool.rows.count, first, second).distances);
  },
};
