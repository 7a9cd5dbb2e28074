import { requireSameLength } from "../checks.ts";
import { meanOf } from "../statistics/resampling.ts";
import { type ClosenessMeasure, type GroupComparison, mostPairedRows, type Pool } from "./measure.ts";
import { distancesOf, nearestMembers } from "./pairDistances.ts";
import type { SignalRows } from "./signalRows.ts";
import type { Work } from "./work.ts";

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
  aspect: "row",
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

/** The norm of every row, or of its deviation from its mean. */
function normsOf({ values, count, length }: SignalRows, remove: "nothing" | "mean"): Float64Array {
  return Float64Array.from({ length: count }, (_, row) => {
    const signal = values.subarray(row * length, (row + 1) * length);
    const level = remove === "mean" ? meanOf(signal) : 0;
    return Math.sqrt(signal.reduce((sum, value) => sum + (value - level) ** 2, 0));
  });
}

/** The distance from the nearest real row in % of that row's norm; rows without one are left out. */
function* percentages(pool: Pool, remove: "nothing" | "mean"): Work<GroupComparison> {
  const distances = yield* distancesOf(pool);
  const norms = normsOf(pool.rows, remove);
  return (first, second) => {
    const { positions, distances: least } = nearestMembers(distances, pool.rows.count, first, second);
    const shares = least.map((distance, row) => (100 * distance) / norms[positions[row]]);
    const existing = shares.filter((_, row) => norms[positions[row]] > 0);
    return existing.length > 0 ? meanOf(existing) : null;
  };
}

/** The mean over the synthetic rows of the percentage difference from the nearest real row; flat real rows have none. */
export const nearestPercentage: ClosenessMeasure = {
  ...shared,
  title: "Percentage difference from the nearest real row (PRD)",
  unit: "%",
  says: "The error against the nearest real beat as a share of that beat's own power; an offset of the real beats makes it look smaller.",
  paper: "Zigel, Cohen & Katz, IEEE Trans Biomed Eng 2000;47:1422",
  prepare: (pool) => percentages(pool, "nothing"),
};

/** The same, of the power about the real row's mean. */
export const nearestNormalised: ClosenessMeasure = {
  ...shared,
  title: "The same without the offset (PRDN)",
  unit: "%",
  says: "The error against the nearest real beat as a share of how far that beat departs from its own mean, so that no offset makes it look smaller.",
  paper: "Zigel, Cohen & Katz, IEEE Trans Biomed Eng 2000;47:1422",
  prepare: (pool) => percentages(pool, "mean"),
};
