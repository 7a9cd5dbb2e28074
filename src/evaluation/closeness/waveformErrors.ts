import { requireSameLength } from "../checks.ts";
import { meanOf } from "../statistics/resampling.ts";
import { type ClosenessMeasure, mostPairedRows } from "./measure.ts";
import { distancesOf, nearestMembers } from "./pairDistances.ts";

/**
 * Root mean square error of two signals of one length, in their unit.
 * @throws RangeError for lengths that differ
 */
export function rootMeanSquareError(one: ArrayLike<number>, other: ArrayLike<number>): number {
  return Math.sqrt(squaredGaps(one, other) / one.length);
}

/**
 * Percentage root mean square difference of a signal from its reference, 100 √(Σ(x − y)² / Σx²), %. `mean` takes the
 * reference's mean away from the denominator, so that an offset of both makes it no better.
 * @returns null where the reference has no power
 * @throws RangeError for lengths that differ
 */
export function percentageDifference(
  reference: ArrayLike<number>,
  signal: ArrayLike<number>,
  remove: "nothing" | "mean" = "nothing",
): number | null {
  const gaps = squaredGaps(reference, signal);
  const level = remove === "mean" ? meanOf(reference) : 0;
  let power = 0;
  for (let at = 0; at < reference.length; at++) power += (reference[at] - level) ** 2;
  return power > 0 ? 100 * Math.sqrt(gaps / power) : null;
}

function squaredGaps(one: ArrayLike<number>, other: ArrayLike<number>): number {
  requireSameLength(one, other, "samples of the two signals");
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] - other[at]) ** 2;
  return sum;
}

const shared = {
  better: "lower",
  range: [0, Number.POSITIVE_INFINITY],
  isForAlignedBeats: true,
  leastRows: 2,
  mostRows: () => mostPairedRows,
} as const;

/** The mean over the synthetic rows of the root mean square error against the nearest real row. */
export const nearestError: ClosenessMeasure = {
  ...shared,
  title: "Root mean square error against the nearest real row",
  unit: "signal",
  says: "How well the most similar real beat explains a synthetic one, sample by sample; copies of a single real beat score perfectly.",
  paper: "Zhu et al., Sci Rep 2019;9:6734 (of pairs)",
  *prepare(pool) {
    const { count, length } = pool.rows;
    const distances = yield* distancesOf(pool);
    return (first, second) =>
      meanOf(nearestMembers(distances, count, first, second).distances) / Math.sqrt(length);
  },
};

/** The mean over the synthetic rows of the percentage difference from the nearest real row; flat real rows have none. */
export const nearestPercentage: ClosenessMeasure = {
  ...shared,
  title: "Percentage difference from the nearest real row (PRD)",
  unit: "%",
  says: "The error against the nearest real beat as a share of that beat's own power; an offset of the real beats makes it look smaller.",
  paper: "Zigel, Cohen & Katz, IEEE Trans Biomed Eng 2000;47:1422",
  *prepare(pool) {
    const { count, length, values } = pool.rows;
    const distances = yield* distancesOf(pool);
    const norms = Float64Array.from({ length: count }, (_, row) => {
      const signal = values.subarray(row * length, (row + 1) * length);
      return Math.sqrt(signal.reduce((sum, value) => sum + value * value, 0));
    });
    return (first, second) => {
      const { positions, distances: least } = nearestMembers(distances, count, first, second);
      const shares = least.map((distance, row) => (100 * distance) / norms[positions[row]]);
      const existing = shares.filter((_, row) => norms[positions[row]] > 0);
      return existing.length > 0 ? meanOf(existing) : null;
    };
  },
};
