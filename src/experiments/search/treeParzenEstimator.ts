import type { ParameterValue } from "../../domain/recording.ts";
import { createRandom, type Random } from "../../signal/random.ts";
import {
  checkSpace,
  type Distribution,
  domainOf,
  drawValue,
  fromInternal,
  onlyValueOf,
  type SearchSpace,
  type SearchValues,
  toInternal,
} from "./distributions.ts";
import { parzenEstimator } from "./parzenEstimator.ts";
import type { Report, Trial } from "./trial.ts";

/** The numbers of the method; the defaults are Optuna's. */
export interface TreeParzenSettings {
  /** Complete and pruned trials that are drawn at random first. */
  readonly startUpTrials: number;
  /** Values drawn from the density of the good trials, of which the best is taken. */
  readonly candidates: number;
}

export const defaultTreeParzenSettings: TreeParzenSettings = { startUpTrials: 10, candidates: 24 };

/** How many of so many trials count as good. */
export function goodCount(trials: number): number {
  return Math.min(Math.ceil(0.1 * trials), 25);
}

/**
 * Values for the next trial by the tree-structured Parzen estimator (Bergstra et al., Adv Neural Inf Process Syst
 * 2011;24:2546) with Optuna's defaults, each parameter by itself; the objective is minimised. Nothing is remembered
 * between calls: the same space, trials and seed give the same values.
 *
 * It does not look at trials still running, nor at how parameters depend on each other.
 * @param trials all that have ended, oldest first; failed ones only count as a number. A trial that has no value for a
 *   parameter says nothing about it.
 * @param seed   unsigned 32-bit integer
 * @throws RangeError for a space or a past value that cannot be
 */
export function suggest(
  space: SearchSpace,
  trials: readonly Trial[],
  seed: number,
  settings: TreeParzenSettings = defaultTreeParzenSettings,
): SearchValues {
  checkSpace(space);
  checkSettings(settings);
  const random = createRandom(seed, trials.length);
  const known = trials.filter(({ outcome }) => outcome !== "failed").length;
  const { good, others } = splitTrials(trials, goodCount(known));
  return Object.fromEntries(
    Object.entries(space).map(([key, distribution]): [string, ParameterValue] => {
      const only = onlyValueOf(distribution);
      if (only !== undefined) return [key, only];
      if (known < settings.startUpTrials) return [key, drawValue(distribution, random)];
      const goodPlaces = placesOf(key, distribution, good);
      const otherPlaces = placesOf(key, distribution, others);
      const place = mostPromising(distribution, goodPlaces, otherPlaces, random, settings.candidates);
      return [key, fromInternal(distribution, place)];
    }),
  );
}

/** Of candidates from the good trials' density, the one where it most exceeds that of the others. */
function mostPromising(
  distribution: Distribution,
  good: readonly number[],
  others: readonly number[],
  random: Random,
  candidates: number,
): number {
  const domain = domainOf(distribution);
  const goodDensity = parzenEstimator(domain, good);
  const otherDensity = parzenEstimator(domain, others);
  const drawn = new Set(Array.from({ length: candidates }, () => goodDensity.draw(random)));
  let best = Number.NaN;
  let bestRatio = Number.NEGATIVE_INFINITY;
  for (const place of drawn) {
    const ratio = goodDensity.logDensity(place) - otherDensity.logDensity(place);
    if (Number.isNaN(best) || ratio > bestRatio) {
      best = place;
      bestRatio = ratio;
    }
  }
  return best;
}

function placesOf(key: string, distribution: Distribution, trials: readonly Trial[]): number[] {
  return trials
    .filter(({ values }) => Object.hasOwn(values, key))
    .map(({ values }) => toInternal(distribution, values[key]));
}

/** Trials parted into good and other ones, each oldest first. */
export interface SplitTrials {
  readonly good: readonly Trial[];
  readonly others: readonly Trial[];
}

/** The best `count` complete trials by their value; where those do not suffice, the pruned ones that got furthest. */
export function splitTrials(trials: readonly Trial[], count: number): SplitTrials {
  const complete = trials.flatMap((trial, number) =>
    trial.outcome === "complete" ? [{ number, value: trial.value }] : [],
  );
  const pruned = trials.flatMap((trial, number) =>
    trial.outcome === "pruned" ? [{ number, last: trial.reports.at(-1) }] : [],
  );
  complete.sort((one, other) => one.value - other.value);
  pruned.sort((one, other) => furthestFirst(one.last, other.last));
  const chosen = new Set([...complete, ...pruned].slice(0, count).map(({ number }) => number));
  return {
    good: trials.filter((_, number) => chosen.has(number)),
    others: trials.filter((trial, number) => trial.outcome !== "failed" && !chosen.has(number)),
  };
}

/** By the last step, the later first; at the same step by the value there, one that is not a number last. */
function furthestFirst(ours: Report | undefined, theirs: Report | undefined): number {
  const stepsFurther = (theirs?.step ?? -1) - (ours?.step ?? -1);
  if (stepsFurther !== 0) return stepsFurther;
  const difference = (ours?.value ?? Number.POSITIVE_INFINITY) - (theirs?.value ?? Number.POSITIVE_INFINITY);
  return Number.isNaN(difference) ? 0 : difference;
}

function checkSettings({ startUpTrials, candidates }: TreeParzenSettings): void {
  if (!Number.isSafeInteger(startUpTrials) || startUpTrials < 0) {
    throw new RangeError(`${startUpTrials} is no number of start-up trials`);
  }
  if (!Number.isSafeInteger(candidates) || candidates < 1) {
    throw new RangeError(`${candidates} is no number of candidates: at least 1 is needed`);
  }
}
