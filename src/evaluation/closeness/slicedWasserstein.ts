import { createRandom } from "../../signal/random.ts";
import { requireCount } from "../checks.ts";
import type { ClosenessMeasure } from "./measure.ts";
import type { SignalRows } from "./signalRows.ts";

/**
 * Unit vectors in random directions, equally likely all of them.
 * @returns `[count, length]`
 */
export function unitDirections(count: number, length: number, seed: number): Float64Array {
  requireCount(count, "the number of directions", 1);
  const random = createRandom(seed, 31);
  const directions = new Float64Array(count * length);
  for (let from = 0; from < directions.length; from += length) {
    const direction = directions.subarray(from, from + length);
    let squares = 0;
    for (let at = 0; at < length; at++) {
      direction[at] = random.normal();
      squares += direction[at] ** 2;
    }
    const norm = Math.sqrt(squares) || 1;
    for (let at = 0; at < length; at++) direction[at] /= norm;
  }
  return directions;
}

/** Coordinates of rows along a direction. @returns `[row]` */
function coordinatesAlong({ values, count, length }: SignalRows, direction: Float64Array): Float64Array {
  return Float64Array.from({ length: count }, (_, row) => {
    let sum = 0;
    for (let at = 0; at < length; at++) sum += values[row * length + at] * direction[at];
    return sum;
  });
}

/** The mean gap of two lists of as many numbers, each in rising order: Wasserstein's distance of order 1. */
function sortedGap(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let place = 0; place < one.length; place++) sum += Math.abs(one[place] - other[place]);
  return sum / one.length;
}

/** Directions that are tried; the code published with the augmentation study takes ten. */
const directionsTried = 100;

/**
 * The mean over random directions of Wasserstein's distance of order 1 of the coordinates along them (Bonneel et al., J
 * Math Imaging Vis 2015;51:22): a shift of every sample by 1 counts as √(2/π), about 0.8, however many samples there are.
 */
export const slicedTransport: ClosenessMeasure = {
  title: "Sliced Wasserstein distance",
  unit: "signal",
  better: "lower",
  aspect: "whole",
  says: "How far the rows of one set must be moved to lie as those of the other do, seen along a hundred random directions: it has no bandwidth to choose, and keeps growing with the distance.",
  paper: "Bonneel et al., J Math Imaging Vis 2015;51:22",
  range: [0, Number.POSITIVE_INFINITY],
  isForAlignedBeats: false,
  leastRows: 2,
  mostRows: () => 1000,
  *prepare({ rows }) {
    // The seed is fixed: all sets are looked at from the same sides.
    const directions = unitDirections(directionsTried, rows.length, 1);
    const sides: Side[] = [];
    for (let index = 0; index < directionsTried; index++) {
      const direction = directions.subarray(index * rows.length, (index + 1) * rows.length);
      const coordinates = coordinatesAlong(rows, direction);
      const order = Int32Array.from({ length: rows.count }, (_, row) => row);
      order.sort((one, other) => coordinates[one] - coordinates[other]);
      sides.push({ coordinates, order });
      yield;
    }
    return (first, second) => {
      const size = Math.min(first.length, second.length);
      const group = new Uint8Array(rows.count);
      for (let index = 0; index < size; index++) group[first[index]] |= 1;
      for (let index = 0; index < size; index++) group[second[index]] |= 2;
      let sum = 0;
      for (const side of sides) sum += transportAlong(side, group, size);
      return sum / directionsTried;
    };
  },
};

interface Side {
  /** `[row]` */
  readonly coordinates: Float64Array;
  /** Rows by rising coordinate. */
  readonly order: Int32Array;
}

/** `sortedGap` of the rows whose bit is 1 and those whose bit is 2, as many of both. */
function transportAlong({ coordinates, order }: Side, group: Uint8Array, size: number): number {
  const [one, other] = [new Float64Array(size), new Float64Array(size)];
  let [placed, otherPlaced] = [0, 0];
  for (const row of order) {
    if (group[row] & 1) one[placed++] = coordinates[row];
    if (group[row] & 2) other[otherPlaced++] = coordinates[row];
  }
  return sortedGap(one, other);
}
