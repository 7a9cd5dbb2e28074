import type { Random } from "../../signal/random.ts";
import { requireSameLength } from "../checks.ts";
import { type Interval, mostUndefined } from "../statistics/bootstrap.ts";
import { meanOf, quantileOf, type Unit, unitsOf } from "../statistics/resampling.ts";
import { type GroupComparison, positionsOf } from "./measure.ts";
import type { Work } from "./work.ts";

/** A copy in random order (Fisher–Yates). */
export function shuffled(positions: Int32Array, random: Random): Int32Array {
  const order = positions.slice();
  for (let place = order.length - 1; place > 0; place--) {
    const drawn = random.integer(place + 1);
    [order[place], order[drawn]] = [order[drawn], order[place]];
  }
  return order;
}

/** Two groups of positions to be compared. */
export type Groups = readonly [first: Int32Array, second: Int32Array];

/** What is drawn from: positions one by one, or patients with the positions of all their rows. */
export type Drawable = Int32Array | readonly Unit[];

/** Fewest patients of whom halves are drawn: of three there are three halves, and nothing to learn of other patients. */
export const fewestPatients = 4;

/**
 * Rows as they are drawn: patient by patient where patients have several rows, as rows of a patient are alike; otherwise
 * one by one.
 * @param patients of each position; undefined where the rows are of nobody, as synthetic ones
 */
export function drawableOf(
  positions: Int32Array,
  patients: ArrayLike<string | number> | undefined,
): Drawable {
  if (patients === undefined) return positions;
  requireSameLength(positions, patients, "rows and their patients");
  const units = unitsOf({ truths: Array<boolean>(patients.length).fill(true), groups: patients });
  if (units.length === positions.length) return positions;
  return units.map((unit) => unit.map((place) => positions[place]));
}

/** Half of the positions, or all positions of half of the patients; of an odd number as often one more as one less. */
export function halfOf(group: Drawable, random: Random): Int32Array {
  if (group instanceof Int32Array) return shuffled(group, random).subarray(0, group.length >> 1);
  const order = shuffled(positionsOf(0, group.length), random);
  const half = group.length % 2 === 0 ? group.length / 2 : Math.floor(group.length / 2 + random.uniform());
  return membersOf(group, order.subarray(0, half));
}

/** A random half of each of two groups. */
export function halvesOf(first: Drawable, second: Drawable, random: Random): Groups {
  return [halfOf(first, random), halfOf(second, random)];
}

/** One group split at random into halves, by patient where it is drawn so. */
export function splitOf(group: Drawable, random: Random): Groups {
  const half = group.length >> 1;
  const order = shuffled(group instanceof Int32Array ? group : positionsOf(0, group.length), random);
  const sides = [order.subarray(0, half), order.subarray(half, 2 * half)] as const;
  return group instanceof Int32Array ? sides : [membersOf(group, sides[0]), membersOf(group, sides[1])];
}

const membersOf = (units: readonly Unit[], chosen: Int32Array) =>
  Int32Array.from(Array.from(chosen).flatMap((unit) => units[unit]));

/**
 * A comparison of so many pairs of groups.
 * @param least rows below which a group is not compared: patients have unequal numbers of rows
 * @returns the values that exist
 */
export function* drawnComparisons(
  compare: GroupComparison,
  draw: () => Groups,
  draws: number,
  least = 1,
): Work<number[]> {
  const found: number[] = [];
  for (let index = 0; index < draws; index++) {
    const groups = draw();
    const value = groups.some(({ length }) => length < least) ? null : compare(...groups);
    if (value !== null) found.push(value);
    yield;
  }
  return found;
}

/** An interval as it is kept: what it is for, and why there is none. */
export interface DrawnInterval {
  readonly interval: Interval | null;
  /** Whether it is for other patients or for other rows; absent in what was kept before, when it was for other rows. */
  readonly drawn?: DrawnBy;
  /** Null where there is an interval; absent in what was kept before. */
  readonly intervalReason?: string | null;
}

/** What half samples are halves of. */
export type DrawnBy = "patients" | "rows";

/**
 * The interval of half samples of some groups, none for fewer than four patients of a group.
 * @param value  of the whole
 * @param halves, draws, level, range as in `halfSampleInterval`
 */
export function drawnInterval(
  groups: readonly Drawable[],
  value: number,
  halves: readonly number[],
  draws: number,
  level: number,
  range: readonly [least: number, most: number],
): Required<DrawnInterval> {
  const ofPatients = groups.filter((group) => !(group instanceof Int32Array));
  const drawn = ofPatients.length > 0 ? "patients" : "rows";
  if (ofPatients.some(({ length }) => length < fewestPatients)) {
    return { interval: null, drawn, intervalReason: "too few patients" };
  }
  const interval = halfSampleInterval(value, halves, draws, level, range);
  return { interval, drawn, intervalReason: interval === null ? "many halves have no value" : null };
}

/**
 * An interval from half samples. Without replacement the values of halves spread about their mean as the value of the
 * whole does about its own expectation (the delete-half jackknife: Shao & Wu, Ann Stat 1989;17:1176). The ordinary
 * bootstrap would draw rows twice, and a row is its own nearest neighbour at distance 0: every measure of pairs or
 * neighbours would be wrong. Of a measure of equal sets, whose error falls faster than 1/√n, it is too wide rather than
 * too narrow.
 * @param value  of the whole
 * @param halves values of half samples
 * @param draws  number of half samples, those without a value included
 * @param range  where the interval ends at the latest
 * @returns null where too many half samples have no value
 */
export function halfSampleInterval(
  value: number,
  halves: readonly number[],
  draws: number,
  level: number,
  [least, most]: readonly [least: number, most: number],
): Interval | null {
  if (halves.length < (1 - mostUndefined) * draws) return null;
  const sorted = Float64Array.from(halves).sort();
  const shift = value - meanOf(sorted);
  const limit = (share: number) => Math.min(most, Math.max(least, shift + quantileOf(sorted, share)));
  const tail = (1 - level) / 2;
  return { low: limit(tail), high: limit(1 - tail) };
}
