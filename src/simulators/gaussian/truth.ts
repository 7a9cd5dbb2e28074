import type { TrueBeat, WaveBoundaries } from "../../domain/groundTruth.ts";
import { boundaryReach } from "../boundaries.ts";
import { smallestWidth } from "./beat.ts";
import type { DeltaWave } from "./rhythms/rhythm.ts";

/** A P or T lower than this (mV) is absent. */
const absentBelow = 0.005;
/** A part of the QRS lower than this share of its highest part does not move the QRS's boundaries. */
const negligibleShare = 0.02;

/** Q and S, the waves that make a QRS together with R, as positions among P, Q, R, S, T. */
export const besideR: readonly number[] = [1, 3];

/** How a beat lies in the samples. */
export interface BeatPlace {
  /** Position of shift 0, in samples. */
  readonly origin: number;
  /** s in one unit of widths and shifts. */
  readonly secondsPerUnit: number;
  readonly samplingFrequency: number;
  /** First and last sample that the beat was drawn on; null where its waves run on into its neighbours. */
  readonly window: readonly [number, number] | null;
}

/**
 * How far the QRS reaches before and after the R peak, s: from the first onset to the last offset among R, the delta
 * wave and those of `parts` that are high enough to be seen.
 * @param packed `[amplitude, width, shift]` of P, Q, R, S, T
 */
export function qrsReach(
  packed: ArrayLike<number>,
  parts: readonly number[],
  delta: DeltaWave | null,
  secondsPerUnit: number,
): { before: number; after: number } {
  const height = (index: number) => Math.abs(packed[3 * index]);
  const highest = Math.max(height(1), height(2), height(3));
  let before = reachOf(packed, 2) * secondsPerUnit;
  let after = before;
  for (const index of parts) {
    if (height(index) < negligibleShare * highest) continue;
    const distance = packed[3 * index + 2] - packed[8];
    const reach = reachOf(packed, index);
    before = Math.max(before, (reach - distance) * secondsPerUnit);
    after = Math.max(after, (distance + reach) * secondsPerUnit);
  }
  if (delta !== null && Math.abs(delta.height) >= negligibleShare * highest && delta.height !== 0) {
    before = Math.max(before, delta.rise);
    after = Math.max(after, boundaryReach * delta.decay);
  }
  return { before, after };
}

function reachOf(packed: ArrayLike<number>, index: number): number {
  return boundaryReach * Math.max(Math.abs(packed[3 * index + 1]), smallestWidth);
}

/**
 * What is known of a beat whose waves are Gaussians. A wave whose centre lies outside the beat's window was not drawn
 * there: such a P or T is absent, and a beat without its R peak is no beat (null). Boundaries end at the window.
 */
export function trueBeat(
  packed: ArrayLike<number>,
  label: string,
  delta: DeltaWave | null,
  parts: readonly number[],
  place: BeatPlace,
): TrueBeat | null {
  const { origin, secondsPerUnit, samplingFrequency, window } = place;
  const unit = secondsPerUnit * samplingFrequency;
  const within = (position: number) =>
    window === null ? position : Math.min(window[1], Math.max(window[0], position));
  const boundaries = (index: number): WaveBoundaries | null => {
    const peak = origin + packed[3 * index + 2] * unit;
    if (Math.abs(packed[3 * index]) < absentBelow || within(peak) !== peak) return null;
    const reach = reachOf(packed, index) * unit;
    return { onset: within(peak - reach), peak, offset: within(peak + reach) };
  };
  const peak = origin + packed[8] * unit;
  if (within(peak) !== peak) return null;
  const { before, after } = qrsReach(packed, parts, delta, secondsPerUnit);
  const qrs = {
    onset: within(peak - before * samplingFrequency),
    peak,
    offset: within(peak + after * samplingFrequency),
  };
  return { label, rPeak: Math.round(peak), p: boundaries(0), qrs, t: boundaries(4) };
}
