import { createRandom } from "../../signal/random.ts";
import { requireCount, requireNumbers } from "../checks.ts";
import { type Metric, meanOf, unitsOf } from "./resampling.ts";
import { differencesOf, type PairedScores, requirePaired } from "./runsAndCases.ts";

/** What is held against "no difference": any, or one in favour of the candidate's or the baseline's larger values. */
export type Alternative = "different" | "larger" | "smaller";

export interface PermutationOptions {
  /** "different": two-sided. */
  readonly alternative?: Alternative;
  /** Random permutations where there are too many to try all; 9,999. */
  readonly permutations?: number;
  /** Of the random numbers; 1. */
  readonly seed?: number;
}

export interface PermutationResult {
  /** Mean difference, candidate − baseline. */
  readonly statistic: number;
  /** Share of the permutations with a statistic at least as extreme, what was observed included. */
  readonly probability: number;
  /** Whether all permutations were tried. */
  readonly isExact: boolean;
  /** Number tried, what was observed included. */
  readonly permutations: number;
  /** What no data of this size can go below: with five pairs, two-sided, 2 / 32 = 0.0625. */
  readonly smallestReachable: number;
  /** Permutations without a metric, counted as at least as extreme. */
  readonly undefinedPermutations: number;
}

/** All permutations are tried up to so many: 16 pairs. */
export const mostExact = 65_536;

const usual = { alternative: "different", permutations: 9999, seed: 1 } as const;

/**
 * Paired permutation test over runs: were baseline and candidate equal, each difference could as well have had the other
 * sign (Fisher, The Design of Experiments, 1935, section 21). All 2ⁿ signs are tried up to 65,536; else random ones,
 * with p = (b + 1) / (m + 1) (Phipson & Smyth, Stat Appl Genet Mol Biol 2010;9:39).
 *
 * It speaks of training again on these very cases: where all runs share a test set, their differences share its luck.
 * @param differences candidate − baseline, one a run
 * @throws RangeError for no runs, differences that are not finite, options out of range
 */
export function signFlipTest(
  differences: readonly number[],
  options: PermutationOptions = {},
): PermutationResult {
  requireCount(differences.length, "the number of runs", 1);
  requireNumbers(differences, "difference");
  return permuted(
    differences.length,
    (isSwapped) =>
      differences.reduce((sum, value, run) => sum + (isSwapped[run] ? -value : value), 0) /
      differences.length,
    Math.max(...differences.map(Math.abs)),
    options,
  );
}

export interface CasePermutationOptions extends PermutationOptions {
  /**
   * `scores`, the default, swaps the scores as they are: for metrics with a threshold, and classifiers with one scale.
   * `ranks` swaps their ranks within each run, for metrics of the order alone: then classifiers with other scales can
   * be compared (Venkatraman & Begg, Biometrika 1996;83:835).
   */
  readonly swap?: "scores" | "ranks";
}

/**
 * Paired permutation test over cases of the mean over runs of metric(candidate) − metric(baseline): were the classifiers
 * alike, each case's scores could as well have come from the other one. They are swapped in all runs at once, and for
 * all cases of a group at once; hence what is exchanged is independent where cases, or patients, are.
 *
 * It speaks of these very trained runs on other cases, and its hypothesis is that they are exchangeable, which is more
 * than that their metrics are equal.
 * @throws RangeError for no runs or cases, lengths that differ, scores that are not finite, a metric that does not exist
 *   for the cases, options out of range
 */
export function casePermutationTest(
  scores: PairedScores,
  metric: Metric,
  options: CasePermutationOptions = {},
): PermutationResult {
  requirePaired(scores, 1);
  const units = unitsOf(scores);
  requireCount(units.length, "the number of cases", 1);
  const form = options.swap === "ranks" ? ranksOf : (run: ArrayLike<number>) => Float64Array.from(run);
  const { truths } = scores;
  const [one, other] = [scores.baseline, scores.candidate].map((side) => side.map(form));
  const [baseline, candidate] = [one, other].map((side) => side.map((run) => run.slice()));
  return permuted(
    units.length,
    (isSwapped) => {
      units.forEach((unit, index) => {
        for (const position of unit) {
          for (let run = 0; run < one.length; run++) {
            baseline[run][position] = (isSwapped[index] ? other : one)[run][position];
            candidate[run][position] = (isSwapped[index] ? one : other)[run][position];
          }
        }
      });
      const differences = differencesOf({ truths, baseline, candidate }, metric);
      return differences === null ? null : meanOf(differences);
    },
    1,
    options,
  );
}

/** The p-value that no data of so many pairs can go below. */
export function smallestReachable(pairs: number, options: PermutationOptions = {}): number {
  const { alternative = usual.alternative, permutations = usual.permutations } = options;
  if (2 ** pairs > mostExact) return 1 / (permutations + 1);
  // No swap and every swap are equally far from 0.
  return (alternative === "different" ? 2 : 1) / 2 ** pairs;
}

/**
 * @param pairs number of what may be swapped
 * @param statistic of swapping some; null where it does not exist
 * @param scale size of what the statistic adds and subtracts
 */
function permuted(
  pairs: number,
  statistic: (isSwapped: Uint8Array) => number | null,
  scale: number,
  options: PermutationOptions,
): PermutationResult {
  const { alternative = usual.alternative, permutations = usual.permutations, seed = usual.seed } = options;
  requireCount(permutations, "the number of permutations", 1);
  const isSwapped = new Uint8Array(pairs);
  const observed = statistic(isSwapped);
  if (observed === null) throw new RangeError("the metric does not exist for these cases");
  // Sums in another order differ in their last digits: what is equal but for them counts as equal.
  const margin = 1e-10 * scale;
  const isExtreme = (value: number) => {
    if (alternative === "larger") return value >= observed - margin;
    if (alternative === "smaller") return value <= observed + margin;
    return Math.abs(value) >= Math.abs(observed) - margin;
  };
  const isExact = 2 ** pairs <= mostExact;
  const tries = isExact ? 2 ** pairs : permutations + 1;
  const random = createRandom(seed);
  let [extreme, undefinedPermutations] = [1, 0];
  for (let index = 1; index < tries; index++) {
    for (let pair = 0; pair < pairs; pair++) {
      isSwapped[pair] = isExact ? (index >> pair) & 1 : random.integer(2);
    }
    const value = statistic(isSwapped);
    if (value === null) undefinedPermutations++;
    if (value === null || isExtreme(value)) extreme++;
  }
  return {
    statistic: observed,
    probability: extreme / tries,
    isExact,
    permutations: tries,
    smallestReachable: smallestReachable(pairs, options),
    undefinedPermutations,
  };
}

/** Ranks from 1, equal values sharing their mean rank. */
function ranksOf(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, index) => index);
  order.sort((one, other) => values[one] - values[other]);
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1]] === values[order[from]]) to++;
    for (let place = from; place <= to; place++) ranks[order[place]] = 1 + (from + to) / 2;
    from = to + 1;
  }
  return ranks;
}
