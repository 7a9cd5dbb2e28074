import type { WaveBoundaries } from "../../domain/groundTruth.ts";
import { crossing, type Descent, endOfSlope, highest, lobesWithin } from "./lobes.ts";

/** What distinguishes the search for a P from that for a T wave. */
export interface WaveSearch {
  readonly significant: number;
  readonly onset: Descent;
  readonly offset: Descent;
}

/**
 * The wave between two elements of a transform, from its significant slopes.
 * @returns elements of the transform
 */
export function waveWithin(
  slopes: Float64Array,
  from: number,
  to: number,
  gap: number,
  limits: readonly [number, number],
  { significant, onset, offset }: WaveSearch,
): (WaveBoundaries & { height: number }) | null {
  const lobes = lobesWithin(slopes, from, to);
  const top = highest(lobes);
  if (top === null) return null;
  const least = significant * Math.abs(top.height);
  const at = lobes.indexOf(top);
  // The neighbour that makes the higher pair with the highest slope.
  const candidates = [lobes[at - 1], lobes[at + 1]].filter(
    (lobe) => lobe !== undefined && Math.abs(lobe.height) >= least && Math.abs(lobe.at - top.at) <= gap,
  );
  const partner = highest(candidates);
  if (partner === null) return null;
  let [first, last] = partner.at < top.at ? [partner, top] : [top, partner];
  const peak = crossing(slopes, first, last);
  const before = lobes[lobes.indexOf(first) - 1];
  const after = lobes[lobes.indexOf(last) + 1];
  if (
    before !== undefined &&
    Math.abs(before.height) >= least * phaseFactor.value &&
    first.at - before.at <= gap
  )
    first = before;
  if (after !== undefined && Math.abs(after.height) >= least * phaseFactor.value && after.at - last.at <= gap)
    last = after;
  const on = endOfSlope(slopes, first, -1, limits[0], onset) ?? limits[0];
  const off = endOfSlope(slopes, last, 1, limits[1], offset) ?? limits[1];
  return { onset: on, peak, offset: off, height: (Math.abs(top.height) + Math.abs(partner.height)) / 2 };
}
export const phaseFactor = { value: 2 };
