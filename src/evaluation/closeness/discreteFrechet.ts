import { requireNumbers } from "../checks.ts";
import { meanOf } from "../statistics/resampling.ts";
import { mostWarpedRows, usualBand } from "./dynamicTimeWarping.ts";
import type { ClosenessMeasure } from "./measure.ts";
import { nearestMembers } from "./pairDistances.ts";
import type { Work } from "./work.ts";

/**
 * The discrete Fréchet distance of two rows: the least that the largest gap |x − y| can be when both are walked through in
 * order, each step forward in one or both (Eiter & Mannila, Technische Universität Wien 1994). Where dynamic time warping
 * sums the gaps, this takes the worst.
 * @param band farthest that partners may lie apart, as a share of the longer row; 1 leaves the walk free
 * @throws RangeError for a band outside 0 to 1, or empty rows
 */
export function discreteFrechet(one: ArrayLike<number>, other: ArrayLike<number>, band = 1): number {
  requireNumbers([band], "the band", { least: 0, most: 1 });
  if (one.length === 0 || other.length === 0) throw new RangeError("no walk through an empty row");
  const longer = Math.max(one.length, other.length);
  const width = Math.max(Math.floor(band * longer), Math.abs(one.length - other.length));
  let above = new Float64Array(other.length + 2);
  let here = new Float64Array(other.length + 2);
  // Place j + 1 belongs to sample j of `other`; places beside the band are infinite.
  above.fill(Number.POSITIVE_INFINITY);
  above[0] = 0;
  for (let row = 0; row < one.length; row++) {
    const first = Math.max(0, row - width);
    const last = Math.min(other.length - 1, row + width);
    let left = Number.POSITIVE_INFINITY;
    here[first] = left;
    for (let column = first; column <= last; column++) {
      const before = Math.min(above[column], above[column + 1], left);
      left = Math.max(before, Math.abs(one[row] - other[column]));
      here[column + 1] = left;
    }
    here[last + 2] = Number.POSITIVE_INFINITY;
    [above, here] = [here, above];
  }
  return above[other.length];
}

/** The mean over the synthetic rows of the discrete Fréchet distance from the nearest real row. */
export const nearestWalk: ClosenessMeasure = {
  title: "Discrete Fréchet distance from the nearest real row",
  unit: "signal",
  better: "lower",
  aspect: "row",
  says: "The largest error that remains at a typical synthetic beat against the real one that it follows best, when its waves may come a little earlier or later; copies of a single real beat score perfectly.",
  paper: "Eiter & Mannila, Technical Report CD-TR 94/64, TU Wien 1994",
  range: [0, Number.POSITIVE_INFINITY],
  isForAlignedBeats: true,
  leastRows: 2,
  mostRows: (length) => Math.min(120, mostWarpedRows(length)),
  *prepare({ rows: { values, count, length } }) {
    const rows = Array.from({ length: count }, (_, row) => values.subarray(row * length, (row + 1) * length));
    const distances = yield* walkedDistances(rows);
    return (first, second) => meanOf(nearestMembers(distances, count, first, second).distances);
  },
};

/** Of all pairs of rows, within the usual band. @returns `[count, count]` */
function* walkedDistances(rows: readonly Float32Array[]): Work<Float64Array> {
  const count = rows.length;
  const distances = new Float64Array(count * count);
  for (let row = 0; row < count; row++) {
    for (let other = 0; other < row; other++) {
      const distance = discreteFrechet(rows[row], rows[other], usualBand);
      distances[row * count + other] = distance;
      distances[other * count + row] = distance;
    }
    yield;
  }
  return distances;
}
