import { requireNumbers } from "../checks.ts";
import { meanOf } from "../statistics/resampling.ts";
import { mostWarpedRows, usualBand, warpedDistancesOf } from "./dynamicTimeWarping.ts";
import type { ClosenessMeasure } from "./measure.ts";
import { nearestMembers } from "./pairDistances.ts";

/** The value of soft dynamic time warping and how it changes with the first row. */
export interface SoftWarping {
  /** Square of the rows' unit. It may lie below 0, and is not 0 for equal rows: paths of near costs add up. */
  readonly value: number;
  /** `[one.length]`: derivative by each sample of the first row. */
  readonly gradient: Float64Array;
}

/**
 * Soft dynamic time warping of squared differences: the soft minimum −γ ln Σ exp(−cost / γ) over all paths, which is
 * smooth where dynamic time warping has corners, and tends to it with γ → 0 (Cuturi & Blondel, ICML 2017, algorithms 1
 * and 2).
 * @param smoothing γ, above 0, in the square of the rows' unit
 * @throws RangeError for empty rows or a smoothing that is not above 0
 */
export function softDynamicTimeWarping(
  one: ArrayLike<number>,
  other: ArrayLike<number>,
  smoothing: number,
): SoftWarping {
  requireNumbers([smoothing], "the smoothing", { least: Number.MIN_VALUE });
  if (one.length === 0 || other.length === 0) throw new RangeError("no warping of an empty row");
  // A margin of one before and behind, so that the recursions need no special cases.
  const [rows, columns] = [one.length + 2, other.length + 2];
  const cost = new Float64Array(rows * columns);
  const least = new Float64Array(rows * columns).fill(Number.POSITIVE_INFINITY);
  least[0] = 0;
  for (let row = 1; row <= one.length; row++) {
    for (let column = 1; column <= other.length; column++) {
      const at = row * columns + column;
      cost[at] = (one[row - 1] - other[column - 1]) ** 2;
      least[at] =
        cost[at] + softMinimum(least[at - columns - 1], least[at - columns], least[at - 1], smoothing);
    }
  }
  const value = least[one.length * columns + other.length];
  return { value, gradient: gradientOf(one, other, cost, least, smoothing) };
}

function softMinimum(first: number, second: number, third: number, smoothing: number): number {
  // From the smallest one, so that no exponential overflows.
  const smallest = Math.min(first, second, third);
  const sum =
    Math.exp((smallest - first) / smoothing) +
    Math.exp((smallest - second) / smoothing) +
    Math.exp((smallest - third) / smoothing);
  return smallest - smoothing * Math.log(sum);
}

/** Backwards over the table: the weight with which paths pass each cell, and from it the derivative. */
function gradientOf(
  one: ArrayLike<number>,
  other: ArrayLike<number>,
  cost: Float64Array,
  least: Float64Array,
  smoothing: number,
): Float64Array {
  const columns = other.length + 2;
  const weight = new Float64Array(cost.length);
  const gradient = new Float64Array(one.length);
  const passed = (from: number, to: number) =>
    weight[to] === 0 ? 0 : weight[to] * Math.exp((least[to] - least[from] - cost[to]) / smoothing);
  for (let row = one.length; row >= 1; row--) {
    for (let column = other.length; column >= 1; column--) {
      const at = row * columns + column;
      const isEnd = row === one.length && column === other.length;
      weight[at] = isEnd ? 1 : passed(at, at + 1) + passed(at, at + columns) + passed(at, at + columns + 1);
      gradient[row - 1] += 2 * weight[at] * (one[row - 1] - other[column - 1]);
    }
  }
  return gradient;
}

/**
 * The value of `softDynamicTimeWarping` alone, of rows of one length whose partners lie at most so many samples apart.
 * @param width samples; the length of a row leaves the warping free
 */
export function softWarpedCost(
  one: ArrayLike<number>,
  other: ArrayLike<number>,
  smoothing: number,
  width: number,
): number {
  const columns = other.length + 2;
  let above = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
  let here = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
  above[0] = 0;
  for (let row = 0; row < one.length; row++) {
    here.fill(Number.POSITIVE_INFINITY);
    const last = Math.min(other.length - 1, row + width);
    for (let column = Math.max(0, row - width); column <= last; column++) {
      const cost = (one[row] - other[column]) ** 2;
      here[column + 1] = cost + softMinimum(above[column], above[column + 1], here[column], smoothing);
    }
    [above, here] = [here, above];
  }
  return above[other.length];
}

/** γ of the measure, in the square of the rows' unit: the square of 0.03 mV, the noise of a good recording. */
const usualSmoothing = 1e-3;

/**
 * The mean over the synthetic rows of √(divergence / length) from the real row that is nearest by warping. The divergence is
 * the soft warping less half of that of each row with itself: 0 for equal rows, and above 0 otherwise.
 */
export const nearestSoftWarped: ClosenessMeasure = {
  title: "Softly warped distance from the nearest real row",
  unit: "signal",
  better: "lower",
  aspect: "row",
  says: "As the warped distance, but over all ways of warping at once, the likelier the cheaper, so that no single sample decides; 0 for copies of real beats.",
  paper: "Cuturi & Blondel, ICML 2017; Blondel, Mensch & Vert, AISTATS 2021",
  range: [0, Number.POSITIVE_INFINITY],
  isForAlignedBeats: true,
  leastRows: 2,
  mostRows: mostWarpedRows,
  *prepare(pool) {
    const { values, count, length } = pool.rows;
    const distances = yield* warpedDistancesOf(pool);
    const width = Math.floor(usualBand * length);
    const known = new Map<number, number>();
    const cost = (row: number, other: number): number => {
      const pair = Math.min(row, other) * count + Math.max(row, other);
      const found = known.get(pair);
      if (found !== undefined) return found;
      const [one, two] = [row, other].map((each) => values.subarray(each * length, (each + 1) * length));
      const computed = softWarpedCost(one, two, usualSmoothing, width);
      known.set(pair, computed);
      return computed;
    };
    return (first, second) => {
      const { positions } = nearestMembers(distances, count, first, second);
      return meanOf(
        Array.from(first, (row, at) => {
          const other = positions[at];
          const divergence = cost(row, other) - (cost(row, row) + cost(other, other)) / 2;
          return Math.sqrt(Math.max(0, divergence) / length);
        }),
      );
    };
  },
};
