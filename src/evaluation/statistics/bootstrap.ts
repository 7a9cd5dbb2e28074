import { createRandom } from "../../signal/random.ts";
import { requireCount, requireNumbers, requireSameLength, requireShare } from "../checks.ts";
import { normalCumulative, normalQuantile, studentQuantile } from "./distributions.ts";
import {
  type Cases,
  covarianceOf,
  drawCases,
  type Metric,
  meanOf,
  quantileOf,
  type Stratum,
  strataOf,
  taken,
  takenTruths,
} from "./resampling.ts";

/** How an interval is made. */
export interface IntervalOptions {
  /** Share of such intervals that shall hold the true value; 0.95. */
  readonly level?: number;
  /** Number of bootstrap resamples; 2,000. */
  readonly resamples?: number;
  /** Of the random numbers; 1. The same seed gives the same interval. */
  readonly seed?: number;
}

/** From the lower to the upper limit, in the unit of what is estimated. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** An estimate with what is known of its error. */
export interface Estimate {
  /** From the cases or runs as they are; null where the metric does not exist. */
  readonly value: number | null;
  /** null where there is no value, or where more than `mostUndefined` of the resamples have none. */
  readonly interval: Interval | null;
  /** Number of resamples that lack a class, so that the metric does not exist; they are left out. */
  readonly undefinedResamples: number;
}

/**
 * The largest share of resamples without a value: leaving out more would give the interval of luckier test sets than
 * this one.
 */
export const mostUndefined = 0.05;

export const usual = { level: 0.95, resamples: 2000, seed: 1 } as const;

/** Scored cases of one classifier. */
export interface ScoredCases extends Cases {
  readonly scores: ArrayLike<number>;
}

export interface MetricIntervalOptions extends IntervalOptions {
  /**
   * `bca`, the default: bias-corrected and accelerated (Efron, J Am Stat Assoc 1987;82:171), the acceleration by leaving
   * out one case, or patient, at a time. `percentile`: the quantiles of the resamples as they are.
   */
  readonly method?: "bca" | "percentile";
}

/**
 * A metric of scored cases with its bootstrap interval: what other test cases of the same kind would give the same
 * trained classifier. It says nothing of training again.
 * @throws RangeError for no cases, scores that are not finite, lengths that differ, options out of range
 */
export function metricInterval(
  { scores, truths, groups }: ScoredCases,
  metric: Metric,
  options: MetricIntervalOptions = {},
): Estimate {
  const { level, resamples, seed } = checked(options);
  requireSameLength(scores, truths, "scores and truths");
  requireNumbers(scores, "score");
  const strata = strataOf(groups === undefined ? { truths } : { truths, groups });
  const at = (positions: readonly number[]) =>
    metric(taken(scores, positions), takenTruths(truths, positions));
  const value = metric(scores, truths);
  if (value === null) return { value, interval: null, undefinedResamples: 0 };
  const random = createRandom(seed);
  const found: number[] = [];
  for (let resample = 0; resample < resamples; resample++) {
    const drawn = at(drawCases(strata, random));
    if (drawn !== null) found.push(drawn);
  }
  const undefinedResamples = resamples - found.length;
  if (undefinedResamples > mostUndefined * resamples) return { value, interval: null, undefinedResamples };
  const sorted = Float64Array.from(found).sort();
  const tail = (1 - level) / 2;
  const shares =
    options.method === "percentile" ? [tail, 1 - tail] : correctedShares(value, sorted, strata, at, tail);
  const [low, high] = shares.map((share) => quantileOf(sorted, share));
  return { value, interval: { low, high }, undefinedResamples };
}

/** The shares of the resamples below the limits of the BCa interval. */
function correctedShares(
  value: number,
  sorted: Float64Array,
  strata: readonly Stratum[],
  at: (positions: readonly number[]) => number | null,
  tail: number,
): number[] {
  // Ties count half: metrics of few cases take few values.
  const below = sorted.filter((other) => other < value).length;
  const equal = sorted.filter((other) => other === value).length;
  const share = Math.min(
    Math.max((below + equal / 2) / sorted.length, 0.5 / sorted.length),
    1 - 0.5 / sorted.length,
  );
  const bias = normalQuantile(share);
  const acceleration = accelerationOf(strata, at);
  return [tail, 1 - tail].map((wanted) => {
    const shifted = bias + normalQuantile(wanted);
    const scale = 1 - acceleration * shifted;
    // Beyond the pole of the correction lies the outermost resample.
    if (scale <= 0) return shifted > 0 ? 1 : 0;
    return normalCumulative(bias + shifted / scale);
  });
}

/** Units left out at once where there are many: a third moment over so many blocks is steady enough. */
const mostBlocks = 200;

/** A sixth of the skewness of the estimate, from leaving out one unit, or block of units, of a stratum at a time. */
function accelerationOf(
  strata: readonly Stratum[],
  at: (positions: readonly number[]) => number | null,
): number {
  let [squares, cubes] = [0, 0];
  strata.forEach((stratum, own) => {
    const blocks = Math.min(stratum.length, mostBlocks);
    if (blocks < 2) return;
    const others = strata.filter((_, index) => index !== own).flat(2);
    const left: number[] = [];
    for (let block = 0; block < blocks; block++) {
      const rest = at([...stratum.filter((_, index) => index % blocks !== block).flat(), ...others]);
      if (rest !== null) left.push(rest);
    }
    if (left.length < 2) return;
    const mean = meanOf(left);
    for (const rest of left) {
      squares += ((left.length - 1) / left.length) ** 2 * (mean - rest) ** 2;
      cubes += ((left.length - 1) / left.length) ** 3 * (mean - rest) ** 3;
    }
  });
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}

/** Up to so many values Student's interval stands for the bootstrap. */
export const fewRuns = 20;

/**
 * The mean over runs with its interval: what training again with other seeds would give on these very test cases.
 *
 * Up to 20 runs it is Student's: mean ± t · s / √n with n − 1 degrees of freedom. The percentile bootstrap of five values
 * is too narrow twice over: its spread lacks the factor √(n / (n − 1)), and it takes 1.96 where Student takes 2.78.
 * `docs/statistics.md` shows both. Beyond 20 runs it is the studentised bootstrap, which follows skewness as well
 * (Efron & Tibshirani, An Introduction to the Bootstrap, 1993, section 12.5).
 * @param values of a metric, one a run; two or more
 * @throws RangeError for fewer than two values, values that are not finite, options out of range
 */
export function meanInterval(values: readonly number[], options: IntervalOptions = {}): Estimate {
  const { level, resamples, seed } = checked(options);
  requireCount(values.length, "the number of runs", 2);
  const value = meanOf(values);
  const error = standardError(values);
  const tail = (1 - level) / 2;
  if (values.length <= fewRuns || error === 0) {
    const reach = studentQuantile(1 - tail, values.length - 1) * error;
    return { value, interval: { low: value - reach, high: value + reach }, undefinedResamples: 0 };
  }
  const random = createRandom(seed);
  const ratios: number[] = [];
  for (let resample = 0; resample < resamples; resample++) {
    const drawn = values.map(() => values[random.integer(values.length)]);
    const drawnError = standardError(drawn);
    if (drawnError > 0) ratios.push((meanOf(drawn) - value) / drawnError);
  }
  const sorted = Float64Array.from(ratios).sort();
  const undefinedResamples = resamples - ratios.length;
  if (undefinedResamples > mostUndefined * resamples) return { value, interval: null, undefinedResamples };
  const low = value - quantileOf(sorted, 1 - tail) * error;
  const high = value - quantileOf(sorted, tail) * error;
  return { value, interval: { low, high }, undefinedResamples };
}

/**
 * The mean of candidate − baseline over runs of the same seeds or folds, with the interval of `meanInterval`.
 * @throws RangeError as `meanInterval`, and for lengths that differ
 */
export function meanDifferenceInterval(
  baseline: readonly number[],
  candidate: readonly number[],
  options: IntervalOptions = {},
): Estimate {
  requireSameLength(baseline, candidate, "runs of the baseline and of the candidate");
  requireNumbers(baseline, "run of the baseline");
  requireNumbers(candidate, "run of the candidate");
  return meanInterval(
    candidate.map((value, run) => value - baseline[run]),
    options,
  );
}

/** The options with what is usual in place of what is not given. @throws RangeError for options out of range */
export function checked(options: IntervalOptions): Required<IntervalOptions> {
  const { level = usual.level, resamples = usual.resamples, seed = usual.seed } = options;
  requireShare(level, "the level");
  requireCount(resamples, "the number of resamples", 100);
  return { level, resamples, seed };
}

function standardError(values: readonly number[]): number {
  return Math.sqrt(covarianceOf(values, values) / values.length);
}
