import { requireNumbers } from "../checks.ts";

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
