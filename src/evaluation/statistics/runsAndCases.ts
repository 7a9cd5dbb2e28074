import { createRandom } from "../../signal/random.ts";
import { requireCount, requireNumbers, requireSameLength } from "../checks.ts";
import { checked, type Estimate, type IntervalOptions, mostUndefined } from "./bootstrap.ts";
import { studentBeyond, studentQuantile } from "./distributions.ts";
import {
  type Cases,
  covarianceOf,
  drawCases,
  type Metric,
  meanOf,
  strataOf,
  taken,
  takenTruths,
} from "./resampling.ts";

/** The scores of several runs of two classifiers on the same cases. */
export interface PairedScores extends Cases {
  /** `[run][case]` */
  readonly baseline: readonly ArrayLike<number>[];
  /** `[run][case]`, as many runs */
  readonly candidate: readonly ArrayLike<number>[];
}

/** A mean difference over runs, as other runs on other cases would give it. */
export interface CrossedEstimate extends Estimate {
  /** Candidate − baseline of each run on the cases as they are; null where the metric does not exist. */
  readonly differences: readonly number[] | null;
  /** Two-sided, of the difference being 0: below 1 − level exactly where the interval leaves 0 out. */
  readonly probability: number | null;
  /** Of Student's distribution. */
  readonly degreesOfFreedom: number | null;
  /** Part of the squared standard error that is due to the runs, and to the cases that they share. */
  readonly variance: { readonly runs: number; readonly cases: number } | null;
}

/**
 * The mean over runs of metric(candidate) − metric(baseline) with an interval for other runs **and** other cases.
 *
 * All runs are tested on the same cases, so their differences move together when the cases change: the spread over runs
 * alone is blind to that. Runs are to cases what readers are to images in radiology, and the analysis is theirs
 * (Obuchowski & Rockette, Commun Stat Simul Comput 1995;24:285): squared standard error = s² / R + max(c, 0), with s²
 * the variance of the R differences, and c the mean covariance of the differences of two runs over bootstrap resamples
 * of the cases. The degrees of freedom are Hillis's (Stat Med 2007;26:596), limited by the number of units in the
 * smaller class: (s²/R + c)² / ((s²/R)² / (R − 1) + c² / (n − 1)).
 * @throws RangeError for fewer than two runs, lengths that differ, scores that are not finite, no cases
 */
export function runsAndCasesInterval(
  scores: PairedScores,
  metric: Metric,
  options: IntervalOptions = {},
): CrossedEstimate {
  const { level, resamples, seed } = checked(options);
  requirePaired(scores, 2);
  const { truths } = scores;
  const runs = scores.baseline.length;
  const differences = differencesOf(scores, metric);
  if (differences === null) return nothing(null, null, 0);
  const strata = strataOf(scores);
  const random = createRandom(seed);
  const drawn: number[][] = differences.map(() => []);
  let undefinedResamples = 0;
  for (let resample = 0; resample < resamples; resample++) {
    const positions = drawCases(strata, random);
    const chosen = {
      truths: takenTruths(truths, positions),
      baseline: scores.baseline.map((run) => taken(run, positions)),
      candidate: scores.candidate.map((run) => taken(run, positions)),
    };
    const found = differencesOf(chosen, metric);
    if (found === null) undefinedResamples++;
    else for (let run = 0; run < runs; run++) drawn[run].push(found[run]);
  }
  const value = meanOf(differences);
  if (undefinedResamples > mostUndefined * resamples) return nothing(value, differences, undefinedResamples);
  const variance = {
    runs: covarianceOf(differences, differences) / runs,
    cases: Math.max(0, meanCovariance(drawn)),
  };
  const units = Math.min(...strata.map((stratum) => stratum.length));
  const error = Math.sqrt(variance.runs + variance.cases);
  const degreesOfFreedom =
    error === 0
      ? runs - 1
      : error ** 4 / (variance.runs ** 2 / (runs - 1) + variance.cases ** 2 / Math.max(units - 1, 1));
  const reach = error * studentQuantile((1 + level) / 2, degreesOfFreedom);
  return {
    value,
    differences,
    interval: { low: value - reach, high: value + reach },
    probability: error === 0 ? Number(value === 0) : studentBeyond(value / error, degreesOfFreedom),
    degreesOfFreedom,
    variance,
    undefinedResamples,
  };
}

/** Candidate − baseline, run by run; null where the metric does not exist for one. */
export function differencesOf(scores: PairedScores, metric: Metric): number[] | null {
  const differences: number[] = [];
  for (let run = 0; run < scores.baseline.length; run++) {
    const before = metric(scores.baseline[run], scores.truths);
    const after = metric(scores.candidate[run], scores.truths);
    if (before === null || after === null) return null;
    differences.push(after - before);
  }
  return differences;
}

/** @throws RangeError for fewer runs, lengths that differ, scores that are not finite */
export function requirePaired({ baseline, candidate, truths }: PairedScores, fewestRuns: number): void {
  requireSameLength(baseline, candidate, "runs of the baseline and of the candidate");
  requireCount(baseline.length, "the number of runs", fewestRuns);
  for (const run of [...baseline, ...candidate]) {
    requireSameLength(run, truths, "scores and truths");
    requireNumbers(run, "score");
  }
}

/** Mean covariance of two different rows: from the variances of the rows and of their sum. */
function meanCovariance(rows: readonly (readonly number[])[]): number {
  const sums = rows[0].map((_, column) => rows.reduce((sum, row) => sum + row[column], 0));
  const own = rows.reduce((sum, row) => sum + covarianceOf(row, row), 0);
  return (covarianceOf(sums, sums) - own) / (rows.length * (rows.length - 1));
}

function nothing(
  value: number | null,
  differences: readonly number[] | null,
  undefinedResamples: number,
): CrossedEstimate {
  return {
    value,
    differences,
    interval: null,
    probability: null,
    degreesOfFreedom: null,
    variance: null,
    undefinedResamples,
  };
}
