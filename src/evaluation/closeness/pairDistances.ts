import { quantileOf } from "../statistics/resampling.ts";
import type { Pool } from "./measure.ts";
import type { SignalRows } from "./signalRows.ts";
import type { Work } from "./work.ts";

const known = new WeakMap<Pool, Float64Array>();

/** `euclideanDistances` of all rows of a pool, computed once for all measures. */
export function* distancesOf(pool: Pool): Work<Float64Array> {
  const found = known.get(pool) ?? (yield* euclideanDistances(pool.rows));
  known.set(pool, found);
  return found;
}

/** Distances of every row from every other, √Σ(x − y)². @returns `[count, count]` */
export function* euclideanDistances({ values, count, length }: SignalRows): Work<Float64Array> {
  const distances = new Float64Array(count * count);
  for (let row = 0; row < count; row++) {
    for (let other = 0; other < row; other++) {
      const distance = Math.sqrt(squaredDistance(values, row * length, values, other * length, length));
      distances[row * count + other] = distance;
      distances[other * count + row] = distance;
    }
    yield;
  }
  return distances;
}

/** Σ(x − y)² of the rows that begin at the two places: from the differences, so that near copies lose no digits. */
export function squaredDistance(
  values: Float32Array,
  from: number,
  others: Float32Array,
  otherFrom: number,
  length: number,
): number {
  let [sum, second] = [0, 0];
  let at = 0;
  // Two sums, so that one addition need not wait for the other.
  for (; at + 1 < length; at += 2) {
    const gap = values[from + at] - others[otherFrom + at];
    const next = values[from + at + 1] - others[otherFrom + at + 1];
    sum += gap * gap;
    second += next * next;
  }
  if (at < length) sum += (values[from + at] - others[otherFrom + at]) ** 2;
  return sum + second;
}

/** Sums over the pairs of two groups of positions. */
export interface PairSums {
  /** Over the pairs of different members of the first group, each pair once. */
  readonly withinFirst: number;
  readonly withinSecond: number;
  readonly between: number;
}

/** @param matrix `[count, count]`, symmetric */
export function pairSums(
  matrix: Float64Array,
  count: number,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
): PairSums {
  let between = 0;
  for (let one = 0; one < first.length; one++) {
    const row = first[one] * count;
    for (let other = 0; other < second.length; other++) between += matrix[row + second[other]];
  }
  return {
    withinFirst: sumWithin(matrix, count, first),
    withinSecond: sumWithin(matrix, count, second),
    between,
  };
}

function sumWithin(matrix: Float64Array, count: number, group: ArrayLike<number>): number {
  let sum = 0;
  for (let one = 0; one < group.length; one++) {
    const row = group[one] * count;
    for (let other = 0; other < one; other++) sum += matrix[row + group[other]];
  }
  return sum;
}

/** The median over the pairs of different rows from `first` to the last one. */
export function medianPair(matrix: Float64Array, count: number, first: number): number {
  const rows = count - first;
  const pairs = new Float64Array((rows * (rows - 1)) / 2);
  let at = 0;
  for (let row = first; row < count; row++) {
    for (let other = first; other < row; other++) pairs[at++] = matrix[row * count + other];
  }
  return quantileOf(pairs.sort(), 0.5);
}

/** Of each member of a group, the position and distance of the nearest member of another group. */
export interface NearestMembers {
  readonly positions: Int32Array;
  readonly distances: Float64Array;
}

/** @param distances `[count, count]`; of equally near ones the first */
export function nearestMembers(
  distances: Float64Array,
  count: number,
  group: ArrayLike<number>,
  others: ArrayLike<number>,
): NearestMembers {
  const positions = new Int32Array(group.length).fill(-1);
  const least = new Float64Array(group.length).fill(Number.POSITIVE_INFINITY);
  for (let one = 0; one < group.length; one++) {
    const row = group[one] * count;
    for (let other = 0; other < others.length; other++) {
      const distance = distances[row + others[other]];
      if (distance >= least[one]) continue;
      least[one] = distance;
      positions[one] = others[other];
    }
  }
  return { positions, distances: least };
}
