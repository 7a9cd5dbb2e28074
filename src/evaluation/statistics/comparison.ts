import { requireShare } from "../checks.ts";
import { type Interval, type IntervalOptions, meanDifferenceInterval } from "./bootstrap.ts";
import { holmAdjusted } from "./holm.ts";
import {
  casePermutationTest,
  type PermutationResult,
  signFlipTest,
  smallestReachable,
} from "./permutation.ts";
import { type Metric, meanOf } from "./resampling.ts";
import { type PairedScores, runsAndCasesInterval } from "./runsAndCases.ts";

/** A metric of each run, where nothing else was kept. Pairs are runs of the same seed or fold. */
export interface ValuesOfRuns {
  readonly name: string;
  readonly baseline: readonly number[];
  readonly candidate: readonly number[];
}

/** The scores of each run on the test cases that all runs share. */
export interface ScoresOfRuns extends PairedScores {
  readonly name: string;
  readonly metric: Metric;
  /** `ranks` for metrics of the order alone, as areas under curves; `scores`, the default, for all others. */
  readonly swap?: "scores" | "ranks";
}

export type Contest = ValuesOfRuns | ScoresOfRuns;

export interface ComparisonOptions extends Omit<IntervalOptions, "level"> {
  /** Probability of any false verdict in the family; 0.05. The intervals have the level 1 − alpha. */
  readonly alpha?: number;
  /** Random permutations of the cases; 9,999. */
  readonly permutations?: number;
  /** Whether larger values of the metric are better; true. False for losses and errors. */
  readonly isLargerBetter?: boolean;
  /** What the size of a difference cannot be above, and its interval with it: 1 between shares. None by default. */
  readonly largestDifference?: number;
}

export type Verdict = "better" | "worse" | "undecided";

/** A candidate beside its baseline. */
export interface Comparison {
  readonly name: string;
  readonly runs: number;
  /** Means over the runs; null where the metric does not exist. */
  readonly baseline: number | null;
  readonly candidate: number | null;
  /** Candidate − baseline. */
  readonly difference: number | null;
  /** 100 (candidate − baseline) / baseline, %; null where the baseline is 0. */
  readonly relativeGain: number | null;
  readonly interval: Interval | null;
  /** What the interval and the p-value generalise to: other runs on these cases, or other runs on other cases. */
  readonly scope: "runs" | "runs and cases";
  /** Two-sided, not adjusted: the largest of the tests that count. 1 where the metric does not exist. */
  readonly probability: number;
  /** By Holm, over the family. */
  readonly adjustedProbability: number;
  /** The sign-flip test over runs. */
  readonly runTest: PermutationResult | null;
  /** The case test, where there are scores. */
  readonly caseTest: PermutationResult | null;
  /** What the sign-flip test cannot go below with so many runs: 0.0625 with five, two-sided. */
  readonly smallestReachableP: number;
  /** Whether the sign-flip test counts. */
  readonly doRunsCount: boolean;
  /** Bootstrap resamples without a metric, left out. */
  readonly undefinedResamples: number;
  readonly verdict: Verdict;
  /** Why, in a sentence. */
  readonly reason: string;
}

/**
 * Compares candidates with baselines, as one family of tests.
 *
 * A verdict other than `undecided` needs both: the interval leaves 0 out, and the p-value, adjusted by Holm over the
 * family, is at most alpha. Which p-value:
 *
 * - With values of runs alone, the sign-flip test's. With few runs it cannot be small: five give 0.0625 at best. The
 *   verdict is then `undecided`, whatever the differences, and the reason says so.
 * - With scores, the largest of these: Obuchowski and Rockette's test, which belongs to the interval and knows the luck
 *   of the runs and that of the cases that they share; the paired permutation test over cases, which supposes no
 *   distribution; and the sign-flip test over runs where so many runs can reach alpha in such a family. The largest of
 *   several p-values is one for the hypothesis that any of theirs is true, so that the choice costs power, never
 *   validity.
 *
 * @param contests the family: all that are reported together, or none. Each has two runs or more
 * @returns one for each contest, in order
 * @throws RangeError for fewer than two runs, lengths that differ, numbers that are not finite, options out of range
 */
export function compare(contests: readonly Contest[], options: ComparisonOptions = {}): Comparison[] {
  const { alpha = 0.05 } = options;
  requireShare(alpha, "alpha");
  const found = contests.map((contest) =>
    "truths" in contest
      ? withScores(contest, options, alpha, contests.length)
      : withValues(contest, options, alpha),
  );
  const adjusted = holmAdjusted(found.map(({ probability }) => probability));
  const { isLargerBetter = true, largestDifference = Number.POSITIVE_INFINITY } = options;
  return found.map((one, index) =>
    judged(
      { ...one, interval: clipped(one.interval, largestDifference) },
      adjusted[index],
      alpha,
      isLargerBetter,
    ),
  );
}

const clipped = (interval: Interval | null, most: number): Interval | null =>
  interval && { low: Math.max(-most, interval.low), high: Math.min(most, interval.high) };

type Unjudged = Omit<Comparison, "adjustedProbability" | "verdict" | "reason">;

function withValues(contest: ValuesOfRuns, options: ComparisonOptions, alpha: number): Unjudged {
  const { name, baseline, candidate } = contest;
  const { interval, undefinedResamples } = meanDifferenceInterval(baseline, candidate, {
    ...intervalOptions(options),
    level: 1 - alpha,
  });
  const runTest = signFlipTest(
    candidate.map((value, run) => value - baseline[run]),
    permutationOptions(options),
  );
  return {
    name,
    runs: baseline.length,
    ...meansOf(meanOf(baseline), meanOf(candidate)),
    interval,
    scope: "runs",
    probability: runTest.probability,
    runTest,
    caseTest: null,
    smallestReachableP: runTest.smallestReachable,
    doRunsCount: true,
    undefinedResamples,
  };
}

function withScores(
  contest: ScoresOfRuns,
  options: ComparisonOptions,
  alpha: number,
  family: number,
): Unjudged {
  const { name, metric, truths, baseline, candidate } = contest;
  const crossed = runsAndCasesInterval(contest, metric, { ...intervalOptions(options), level: 1 - alpha });
  const runs = baseline.length;
  const shared = {
    name,
    runs,
    interval: crossed.interval,
    scope: "runs and cases" as const,
    smallestReachableP: smallestReachable(runs, permutationOptions(options)),
    undefinedResamples: crossed.undefinedResamples,
  };
  if (crossed.differences === null) {
    const nothing = { probability: 1, runTest: null, caseTest: null, doRunsCount: false };
    return { ...shared, ...meansOf(null, null), ...nothing };
  }
  const meanMetric = (side: readonly ArrayLike<number>[]) =>
    meanOf(side.map((run) => metric(run, truths) ?? Number.NaN));
  const runTest = signFlipTest(crossed.differences, permutationOptions(options));
  const caseTest = casePermutationTest(contest, metric, {
    ...permutationOptions(options),
    swap: contest.swap ?? "scores",
  });
  const doRunsCount = family * runTest.smallestReachable <= alpha;
  return {
    ...shared,
    ...meansOf(meanMetric(baseline), meanMetric(candidate)),
    probability: Math.max(
      crossed.probability ?? 1,
      caseTest.probability,
      doRunsCount ? runTest.probability : 0,
    ),
    runTest,
    caseTest,
    doRunsCount,
  };
}

function meansOf(baseline: number | null, candidate: number | null) {
  const difference = baseline === null || candidate === null ? null : candidate - baseline;
  const relativeGain = difference === null || !baseline ? null : (100 * difference) / baseline;
  return { baseline, candidate, difference, relativeGain };
}

function judged(found: Unjudged, adjusted: number, alpha: number, isLargerBetter: boolean): Comparison {
  const judgement = (verdict: Verdict, reason: string): Comparison => ({
    ...found,
    adjustedProbability: adjusted,
    verdict,
    reason,
  });
  const { interval, difference, scope, runs, smallestReachableP } = found;
  if (difference === null) return judgement("undecided", "The metric does not exist for these cases.");
  if (interval === null) {
    return judgement("undecided", `${found.undefinedResamples} resamples have no metric: too many.`);
  }
  if (scope === "runs" && smallestReachableP > alpha) {
    const least = smallestReachableP.toPrecision(3);
    return judgement("undecided", `${runs} runs without their scores cannot give a p-value below ${least}.`);
  }
  if (interval.low <= 0 && interval.high >= 0) return judgement("undecided", "The interval holds 0.");
  if (adjusted > alpha) {
    return judgement("undecided", `The adjusted p-value, ${adjusted.toPrecision(3)}, is above ${alpha}.`);
  }
  return judgement(
    difference > 0 === isLargerBetter ? "better" : "worse",
    `The interval leaves 0 out, and the adjusted p-value, ${adjusted.toPrecision(3)}, is at most ${alpha}.`,
  );
}

function intervalOptions({ resamples, seed }: ComparisonOptions): IntervalOptions {
  return { ...(resamples === undefined ? {} : { resamples }), ...(seed === undefined ? {} : { seed }) };
}

function permutationOptions({ permutations, seed }: ComparisonOptions) {
  return { ...(permutations === undefined ? {} : { permutations }), ...(seed === undefined ? {} : { seed }) };
}
