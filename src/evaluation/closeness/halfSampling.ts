import type { Random } from "../../signal/random.ts";
import { type Interval, mostUndefined } from "../statistics/bootstrap.ts";
import { meanOf, quantileOf } from "../statistics/resampling.ts";
import type { GroupComparison } from "./measure.ts";
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

/** A random half of each of two groups. */
export function halvesOf(first: Int32Array, second: Int32Array, random: Random): Groups {
  const half = (group: Int32Array) => shuffled(group, random).subarray(0, group.length >> 1);
  return [half(first), half(second)];
}

/** One group split at random into halves. */
export function splitOf(group: Int32Array, random: Random): Groups {
  const order = shuffled(group, random);
  const half = group.length >> 1;
  return [order.subarray(0, half), order.subarray(half, 2 * half)];
}

/** A comparison of so many pairs of groups. @returns the values that exist */
export function* drawnComparisons(
  compare: GroupComparison,
  draw: () => Groups,
  draws: number,
): Work<number[]> {
  const found: number[] = [];
  for (let index = 0; index < draws; index++) {
    const value = compare(...draw());
    if (value !== null) found.push(value);
    yield;
  }
  return found;
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
