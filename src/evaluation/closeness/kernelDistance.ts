import { maximumMeanDiscrepancy, type PairMatrix } from "./maximumMeanDiscrepancy.ts";
import { type ClosenessMeasure, mostPairedRows } from "./measure.ts";
import type { SignalRows } from "./signalRows.ts";
import type { Work } from "./work.ts";

/** The polynomial kernel (a · b / length + 1)³ of all pairs of feature rows. @returns `[count, count]` */
function* polynomialKernel({ values, count, length }: SignalRows): Work<PairMatrix> {
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

/**
 * The kernel distance of two sets of features (KID): the unbiased squared maximum mean discrepancy with the polynomial kernel
 * (Bińkowski et al., ICLR 2018). There the mean over subsets is told; here all rows at once, with the interval of half
 * samples that every measure has.
 */
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
