import { requireCount, requireNumbers, requireSameLength } from "../checks.ts";
import { quantileOf } from "../statistics/resampling.ts";

/** Cases of similar predicted probability. */
export interface ReliabilityBin {
  /** Predicted probabilities above `from` up to and including `to`; the first bin includes its `from`. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean predicted probability; null in an empty bin. */
  readonly predicted: number | null;
  /** Share of the cases that are positive; null in an empty bin. */
  readonly observed: number | null;
}

export interface Binning {
  /** Number of bins. */
  readonly bins: number;
  /** Equal widths from 0 to 1, or quantiles of the predictions: as many cases in each, but for ties. */
  readonly kind: "width" | "quantile";
}

const usualBinning: Binning = { bins: 10, kind: "width" };

/**
 * A reliability diagram. Bins as in scikit-learn's `calibration_curve` (which leaves out empty ones).
 * @param probabilities predicted, 0 to 1
 * @param truths true where the class is there
 * @returns one for each bin, in order; none where there are no cases
 * @throws RangeError for probabilities outside 0 to 1, lengths that differ, and fewer than one bin
 */
export function reliabilityBins(
  probabilities: ArrayLike<number>,
  truths: ArrayLike<boolean>,
  { bins, kind }: Binning = usualBinning,
): ReliabilityBin[] {
  requireCases(probabilities, truths);
  requireCount(bins, "the number of bins", 1);
  if (probabilities.length === 0) return [];
  const edges = kind === "width" ? equalEdges(bins) : quantileEdges(probabilities, bins);
  const sums = Array.from({ length: bins }, () => ({ count: 0, predicted: 0, positives: 0 }));
  for (let index = 0; index < probabilities.length; index++) {
    const sum = sums[binOf(probabilities[index], edges)];
    sum.count++;
    sum.predicted += probabilities[index];
    if (truths[index]) sum.positives++;
  }
  return sums.map(({ count, predicted, positives }, bin) => ({
    from: edges[bin],
    to: edges[bin + 1],
    count,
    predicted: count === 0 ? null : predicted / count,
    observed: count === 0 ? null : positives / count,
  }));
}

/**
 * Expected calibration error: the mean distance, over the cases, between the predicted probability and the share of
 * positives of their bin (Naeini et al., AAAI 2015; Guo et al., ICML 2017). It depends on the binning, and is above 0 even
 * for a perfectly calibrated classifier with few cases a bin.
 * @returns 0 to 1; null where there are no cases
 * @throws RangeError as `reliabilityBins`
 */
export function expectedCalibrationError(
  probabilities: ArrayLike<number>,
  truths: ArrayLike<boolean>,
  binning: Binning = usualBinning,
): number | null {
  if (probabilities.length === 0 && truths.length === 0) return null;
  let sum = 0;
  for (const { count, predicted, observed } of reliabilityBins(probabilities, truths, binning)) {
    if (predicted !== null && observed !== null) sum += count * Math.abs(predicted - observed);
  }
  return sum / probabilities.length;
}

/**
 * Mean squared distance between probability and truth (Brier, Mon Weather Rev 1950;78:1, half of his sum over both
 * classes).
 * @returns 0 to 1, lower is better; null where there are no cases
 * @throws RangeError for probabilities outside 0 to 1, and lengths that differ
 */
export function brierScore(probabilities: ArrayLike<number>, truths: ArrayLike<boolean>): number | null {
  return meanOf(probabilities, truths, (probability, truth) => (probability - (truth ? 1 : 0)) ** 2);
}

/** Probabilities are kept this far from 0 and 1, as scikit-learn does, so that one wrong certainty is not infinite. */
const certain = Number.EPSILON;

/**
 * Mean negative logarithm of the probability of what is true.
 * @returns nats, 0 or more, lower is better; null where there are no cases
 * @throws RangeError for probabilities outside 0 to 1, and lengths that differ
 */
export function logLoss(probabilities: ArrayLike<number>, truths: ArrayLike<boolean>): number | null {
  return meanOf(probabilities, truths, (probability, truth) => {
    const kept = Math.min(Math.max(probability, certain), 1 - certain);
    return truth ? -Math.log(kept) : -Math.log1p(-kept);
  });
}

function meanOf(
  probabilities: ArrayLike<number>,
  truths: ArrayLike<boolean>,
  loss: (probability: number, truth: boolean) => number,
): number | null {
  requireCases(probabilities, truths);
  if (probabilities.length === 0) return null;
  let sum = 0;
  for (let index = 0; index < probabilities.length; index++) sum += loss(probabilities[index], truths[index]);
  return sum / probabilities.length;
}

function requireCases(probabilities: ArrayLike<number>, truths: ArrayLike<boolean>): void {
  requireSameLength(probabilities, truths, "probabilities and truths");
  requireNumbers(probabilities, "probability", { least: 0, most: 1 });
}

function equalEdges(bins: number): number[] {
  return Array.from({ length: bins + 1 }, (_, edge) => edge / bins);
}

/** Quantiles with straight lines between the order statistics, as `numpy.percentile`. */
function quantileEdges(probabilities: ArrayLike<number>, bins: number): number[] {
  const sorted = Float64Array.from(probabilities).sort();
  return equalEdges(bins).map((share) => quantileOf(sorted, share));
}

/** The first bin whose upper edge is not below the probability. */
function binOf(probability: number, edges: readonly number[]): number {
  let [low, high] = [0, edges.length - 2];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle + 1] >= probability) high = middle;
    else low = middle + 1;
  }
  return low;
}
