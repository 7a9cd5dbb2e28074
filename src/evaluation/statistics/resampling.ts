import type { Random } from "../../signal/random.ts";
import { requireNumbers, requireSameLength } from "../checks.ts";

/** A number that says how good scores are: null where it does not exist, as an area where a class is absent. */
export type Metric = (scores: ArrayLike<number>, truths: ArrayLike<boolean>) => number | null;

/** The test cases, in one order. */
export interface Cases {
  /** true where the class is there. */
  readonly truths: ArrayLike<boolean>;
  /** Of each case, its patient: cases of a patient are alike, so that they stay together. Without, each is on its own. */
  readonly groups?: ArrayLike<string | number>;
}

/** Positions of the cases that are drawn together: one case, or all of a patient. */
export type Unit = readonly number[];

/** Units that are drawn with replacement among themselves. */
export type Stratum = readonly Unit[];

/**
 * How cases are drawn. Without groups: positives and negatives apart, as many of each as there are, so that no metric
 * loses a class. With groups: whole patients, all in one stratum, so that a resample can lack a class.
 * @throws RangeError where there are no cases, or not as many groups as cases
 */
export function strataOf({ truths, groups }: Cases): Stratum[] {
  if (truths.length === 0) throw new RangeError("there are no cases");
  if (groups !== undefined) return [unitsOf({ truths, groups })];
  const units = unitsOf({ truths });
  return [true, false]
    .map((wanted) => units.filter(([index]) => truths[index] === wanted))
    .filter((stratum) => stratum.length > 0);
}

/** The cases one by one, or by group in the order of their first cases. @throws RangeError as `strataOf` */
export function unitsOf({ truths, groups }: Cases): Unit[] {
  if (groups === undefined) return Array.from({ length: truths.length }, (_, index) => [index]);
  requireSameLength(truths, groups, "truths and groups");
  const units = new Map<string | number, number[]>();
  for (let index = 0; index < groups.length; index++) {
    const unit = units.get(groups[index]);
    if (unit === undefined) units.set(groups[index], [index]);
    else unit.push(index);
  }
  return [...units.values()];
}

/** Positions of the cases of one bootstrap resample. */
export function drawCases(strata: readonly Stratum[], random: Random): number[] {
  const drawn: number[] = [];
  for (const stratum of strata) {
    for (let count = 0; count < stratum.length; count++) {
      for (const index of stratum[random.integer(stratum.length)]) drawn.push(index);
    }
  }
  return drawn;
}

/** The values at the positions. */
export function taken(values: ArrayLike<number>, positions: readonly number[]): Float64Array {
  const found = new Float64Array(positions.length);
  for (let place = 0; place < found.length; place++) found[place] = values[positions[place]];
  return found;
}

export function takenTruths(truths: ArrayLike<boolean>, positions: readonly number[]): boolean[] {
  return positions.map((position) => truths[position]);
}

/**
 * A quantile with straight lines between the order statistics, as numpy's and R's default.
 * @param sorted rising, one value or more
 * @param share  0 to 1
 */
export function quantileOf(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

/** @throws RangeError where there are no values, or one that is not finite */
export function meanOf(values: ArrayLike<number>): number {
  if (values.length === 0) throw new RangeError("no mean of no values");
  requireNumbers(values, "value");
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index];
  return sum / values.length;
}

/** Mean product of deviations, divided by n − 1. @param one as many values as `other`, two or more */
export function covarianceOf(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const [mean, otherMean] = [meanOf(one), meanOf(other)];
  let sum = 0;
  for (let index = 0; index < one.length; index++) sum += (one[index] - mean) * (other[index] - otherMean);
  return sum / (one.length - 1);
}
