import { squaredDistance } from "./pairDistances.ts";
import type { SignalRows } from "./signalRows.ts";
import type { Work } from "./work.ts";

/** Of each row of a set, its nearest rows of another set, the nearest first. */
export interface NearestRows {
  /** `[count, neighbours]` */
  readonly positions: Int32Array;
  /** `[count, neighbours]`, Euclidean. */
  readonly distances: Float64Array;
  readonly count: number;
  readonly neighbours: number;
}

/**
 * Keeps no matrix of all pairs, so that the other set may be large.
 * @param neighbours at most as many as the other set has rows
 */
export function* nearestRows(rows: SignalRows, others: SignalRows, neighbours: number): Work<NearestRows> {
  const { count, length } = rows;
  const positions = new Int32Array(count * neighbours);
  const distances = new Float64Array(count * neighbours);
  for (let row = 0; row < count; row++) {
    const places = positions.subarray(row * neighbours, (row + 1) * neighbours);
    const least = distances.subarray(row * neighbours, (row + 1) * neighbours);
    least.fill(Number.POSITIVE_INFINITY);
    for (let other = 0; other < others.count; other++) {
      const distance = squaredDistance(rows.values, row * length, others.values, other * length, length);
      if (distance >= least[neighbours - 1]) continue;
      let place = neighbours - 1;
      for (; place > 0 && least[place - 1] > distance; place--) {
        least[place] = least[place - 1];
        places[place] = places[place - 1];
      }
      least[place] = distance;
      places[place] = other;
    }
    for (let place = 0; place < neighbours; place++) least[place] = Math.sqrt(least[place]);
    yield;
  }
  return { positions, distances, count, neighbours };
}
