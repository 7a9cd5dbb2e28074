import { createRandom } from "../../signal/random.ts";
import { requireCount } from "../checks.ts";
import { meanOf } from "../statistics/resampling.ts";
import { shuffled } from "./halfSampling.ts";
import { maximumMeanDiscrepancy, type PairMatrix } from "./maximumMeanDiscrepancy.ts";
import { type ClosenessMeasure, mostPairedRows, positionsOf } from "./measure.ts";
import { requireRows, requireSameRowLength, rowsAt, type SignalRows } from "./signalRows.ts";
import { finish, type Work } from "./work.ts";

/** The polynomial kernel (a · b / length + 1)³ of all pairs of feature rows. @returns `[count, count]` */
export function* polynomialKernel({ values, count, length }: SignalRows): Work<PairMatrix> {
  const matrix = new Float64Array(count * count);
  for (let row = 0; row < count; row++) {
    for (let other = 0; other <= row; other++) {
      let product = 0;
      for (let at = 0; at < length; at++) product += values[row * length + at] * values[other * length + at];
      const value = (product / length + 1) ** 3;
      matrix[row * count + other] = value;
      matrix[other * count + row] = value;
    }
    yield;
  }
  return { matrix, count };
}

export interface KernelDistance {
  readonly mean: number;
  /** Over the subsets, with n − 1. */
  readonly standardDeviation: number;
}

/**
 * The kernel distance of two sets of features (KID): the unbiased squared maximum mean discrepancy with the polynomial
 * kernel (a · b / length + 1)³, over random subsets (Bińkowski et al., ICLR 2018). Unlike Fréchet's distance it is not
 * higher for few rows.
 * @param subsets how many, two or more
 * @param size most rows of each set in a subset
 * @throws Failure for fewer than two rows, or features that differ in number
 */
export function kernelDistance(
  one: SignalRows,
  other: SignalRows,
  { subsets = 20, size = 500, seed = 1 } = {},
): KernelDistance {
  requireCount(subsets, "the number of subsets", 2);
  for (const set of [one, other]) requireRows(set, "features");
  requireSameRowLength(one, other, "features");
  const random = createRandom(seed, 32);
  const rows = Math.min(size, one.count, other.count);
  const found = Array.from({ length: subsets }, () => {
    const [first, second] = [one, other].map((set) =>
      rowsAt(set, shuffled(positionsOf(0, set.count), random).subarray(0, rows)),
    );
    const values = new Float32Array(2 * rows * one.length);
    values.set(first.values);
    values.set(second.values, first.values.length);
    const kernel = finish(polynomialKernel({ values, count: 2 * rows, length: one.length }));
    return maximumMeanDiscrepancy(kernel, positionsOf(0, rows), positionsOf(rows, 2 * rows), "unbiased");
  });
  const mean = meanOf(found);
  const squares = found.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardDeviation: Math.sqrt(squares / (subsets - 1)) };
}

/** The same as a measure of features, of all rows at once. */
export const kernelOfFeatures: ClosenessMeasure = {
  title: "Kernel distance of the features (KID)",
  unit: "",
  better: "lower",
  aspect: "whole",
  says: "As Fréchet's distance of the features, but by a kernel that sees more than mean and covariance, and without its rise for few rows; about 0 for equal distributions, and a little below by chance.",
  paper: "Bińkowski et al., ICLR 2018",
  range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  isForAlignedBeats: false,
  leastRows: 2,
  mostRows: () => mostPairedRows,
  *prepare({ rows }) {
    const kernel = yield* polynomialKernel(rows);
    return (first, second) => maximumMeanDiscrepancy(kernel, first, second, "unbiased");
  },
};
