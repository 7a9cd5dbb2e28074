import { Failure } from "../../domain/failure.ts";
import { mostWarpedRows, warpedDistancesOf } from "./dynamicTimeWarping.ts";
import { type ClosenessMeasure, mostPairedRows } from "./measure.ts";
import { distancesOf, medianPair, pairSums } from "./pairDistances.ts";

/** A kernel, or distance, of all pairs of rows. */
export interface PairMatrix {
  /** `[count, count]`, symmetric. */
  readonly matrix: Float64Array;
  readonly count: number;
}

/**
 * The squared maximum mean discrepancy of two groups of rows, E k(x, x′) + E k(y, y′) − 2 E k(x, y) (Gretton et al., J
 * Mach Learn Res 2012;13:723). `unbiased` leaves the pairs of a row with itself out, so that it is 0 on average for equal
 * distributions and often a little below; `biased` keeps them, so that it is never below 0 and is 0 for equal sets.
 * Far beyond the bandwidth of the kernel it no longer grows: sets without any likeness are all equally far.
 * @param first, second positions of their rows in the kernel matrix
 */
export function maximumMeanDiscrepancy(
  { matrix, count }: PairMatrix,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  form: "unbiased" | "biased",
): number {
  const sums = pairSums(matrix, count, first, second);
  const within = (sum: number, group: ArrayLike<number>) => {
    const size = group.length;
    if (form === "unbiased") return (2 * sum) / (size * (size - 1));
    let own = 0;
    for (let index = 0; index < size; index++) own += matrix[group[index] * (count + 1)];
    return (2 * sum + own) / size ** 2;
  };
  return (
    within(sums.withinFirst, first) +
    within(sums.withinSecond, second) -
    (2 * sums.between) / (first.length * second.length)
  );
}

/**
 * The sum over the bandwidths σ of exp(−d² / 2σ²), for every pair.
 * @param distances  of all pairs
 * @param bandwidths in the unit of the distances
 */
export function gaussianKernel(distances: Float64Array, bandwidths: readonly number[]): Float64Array {
  const kernel = new Float64Array(distances.length);
  for (const bandwidth of bandwidths) {
    const scale = -1 / (2 * bandwidth ** 2);
    for (let pair = 0; pair < kernel.length; pair++) {
      kernel[pair] += Math.exp(scale * distances[pair] * distances[pair]);
    }
  }
  return kernel;
}

/**
 * The median distance between real rows, as bandwidth: of the real rows alone, so that every generator, and the floor, is
 * measured by one yardstick.
 * @param real position of the first real row
 * @throws Failure where real rows do not differ
 */
function medianBandwidth(distances: Float64Array, count: number, real: number): number {
  const median = medianPair(distances, count, real);
  if (median > 0) return median;
  throw new Failure(
    "rows-alike",
    "More than half of the pairs of real rows are equal, so that there is no typical distance.",
    "real rows",
    "Choose real rows that differ.",
  );
}

const shared = {
  unit: "",
  better: "lower",
  aspect: "whole",
  isForAlignedBeats: false,
  leastRows: 2,
} as const;

/** The unbiased form with one Gaussian kernel. */
export const gaussianDiscrepancy: ClosenessMeasure = {
  ...shared,
  title: "Maximum mean discrepancy (MMD²)",
  isTested: true,
  says: "How far the two distributions lie apart as a whole, seen at the scale of a typical distance between real rows; about 0 for equal ones, and a little below by chance.",
  paper: "Gretton et al., J Mach Learn Res 2012;13:723",
  range: [Number.NEGATIVE_INFINITY, 2],
  mostRows: () => mostPairedRows,
  *prepare(pool) {
    const { count } = pool.rows;
    const distances = yield* distancesOf(pool);
    const matrix = gaussianKernel(distances, [medianBandwidth(distances, count, pool.synthetic)]);
    return (first, second) => maximumMeanDiscrepancy({ matrix, count }, first, second, "unbiased");
  },
};

/**
 * The biased form with a sum of five Gaussian kernels exp(−d² / b), b from a quarter to four times the mean squared
 * distance of the pool: as the code published with the augmentation study computes it.
 */
export const mixtureDiscrepancy: ClosenessMeasure = {
  ...shared,
  title: "Maximum mean discrepancy of five kernels (MMD²)",
  says: "As the maximum mean discrepancy, at five scales at once and never below 0; above 0 even for equal distributions, so read it beside the real rows' own value.",
  paper: "Li, Swersky & Zemel, ICML 2015 (mixture of bandwidths)",
  range: [0, 10],
  mostRows: () => mostPairedRows,
  *prepare(pool) {
    const { count } = pool.rows;
    const distances = yield* distancesOf(pool);
    let squares = 0;
    for (const distance of distances) squares += distance * distance;
    const mean = squares / (count * (count - 1)) || 1;
    const bandwidths = [1 / 4, 1 / 2, 1, 2, 4].map((factor) => Math.sqrt((factor * mean) / 2));
    const matrix = gaussianKernel(distances, bandwidths);
    return (first, second) => maximumMeanDiscrepancy({ matrix, count }, first, second, "biased");
  },
};

/**
 * The unbiased form with exp(−D² / 2σ²), D the distance after dynamic time warping. That kernel is not positive definite,
 * as D breaks the triangle inequality: the value may lie below 0 for different distributions, and 0 does not prove them
 * equal. The global alignment kernel would be, at many times the cost.
 */
export const warpedDiscrepancy: ClosenessMeasure = {
  ...shared,
  title: "Maximum mean discrepancy after time warping",
  says: "As the maximum mean discrepancy, but blind to waves that come a little earlier or later; its kernel is not positive definite, so read it only beside the real rows' own value.",
  paper: "Bahlmann, Haasdonk & Burkhardt, IWFHR 2002 (Gaussian kernel of warped distances)",
  range: [Number.NEGATIVE_INFINITY, 2],
  isForAlignedBeats: true,
  mostRows: mostWarpedRows,
  *prepare(pool) {
    const { count } = pool.rows;
    const distances = yield* warpedDistancesOf(pool);
    const matrix = gaussianKernel(distances, [medianBandwidth(distances, count, pool.synthetic)]);
    return (first, second) => maximumMeanDiscrepancy({ matrix, count }, first, second, "unbiased");
  },
};
