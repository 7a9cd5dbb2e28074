import type { PairMatrix } from "./maximumMeanDiscrepancy.ts";
import { type ClosenessMeasure, mostPairedRows } from "./measure.ts";
import { distancesOf, pairSums } from "./pairDistances.ts";

/**
 * The energy distance of two groups of rows, 2 E‖x − y‖ − E‖x − x′‖ − E‖y − y′‖, each row's distance 0 from itself
 * included (Székely & Rizzo, J Stat Plan Inference 2013;143:1249): never below 0, and 0 for equal sets. Some take its root.
 * @param first, second positions of their rows in the matrix of Euclidean distances
 */
export function energyDistance(
  { matrix, count }: PairMatrix,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
): number {
  const { withinFirst, withinSecond, between } = pairSums(matrix, count, first, second);
  return (
    2 *
    (between / (first.length * second.length) -
      withinFirst / first.length ** 2 -
      withinSecond / second.length ** 2)
  );
}

/** The energy distance per root of the row's length, so that it does not grow with the number of samples. */
export const energy: ClosenessMeasure = {
  title: "Energy distance",
  unit: "signal",
  better: "lower",
  aspect: "whole",
  isTested: true,
  says: "How much farther synthetic rows lie from real ones than rows of one set lie from each other, as root mean square over the samples; it has no bandwidth to choose.",
  paper: "Székely & Rizzo, J Stat Plan Inference 2013;143:1249",
  range: [0, Number.POSITIVE_INFINITY],
  isForAlignedBeats: false,
  leastRows: 2,
  mostRows: () => mostPairedRows,
  *prepare(pool) {
    const { count, length } = pool.rows;
    const matrix = yield* distancesOf(pool);
    return (first, second) => energyDistance({ matrix, count }, first, second) / Math.sqrt(length);
  },
};
