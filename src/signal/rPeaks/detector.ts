import { median } from "./levels.ts";
import { farthestFrom } from "./stages.ts";

/** Finds the R peaks of a lead. */
export interface RPeakDetector {
  readonly title: string;
  readonly paper: string;
  /** One sentence for the chooser. */
  readonly description: string;
  /**
   * R peaks as sample indices, ascending: the largest deflection of each QRS complex, upwards or downwards. A gap (NaN)
   * interrupts the signal: what was learnt before it does not count behind it. Flat stretches, and stretches of less
   * than a second, have no R peaks; nor has a lead sampled below 50 Hz.
   * @param samples `[time]`, in any unit
   * @param samplingFrequency Hz; tested from 100 to 1000
   */
  detect(samples: Float32Array, samplingFrequency: number): Int32Array;
}

/** QRS complexes of a signal without gaps, and the signal in which they stand out. */
export interface Complexes {
  /** Their middles, in samples, ascending. */
  readonly middles: readonly number[];
  /** `[time]`, band-passed without delay. */
  readonly band: Float64Array;
}

/** Below it the pass bands of the detectors do not fit under half the sampling frequency, Hz. */
const lowestFrequency = 50;
/** Less cannot tell how high a complex stands, s. */
const shortestStretch = 1;
/** How far the largest deflection may lie from the middle of the complex, s: first in the band, then from there. */
const reach = { band: 0.075, lead: 0.05 } as const;

/** Runs `find` on every stretch without gaps, and moves each complex that it finds to its R peak. */
export function rPeaksOf(
  samples: Float32Array,
  samplingFrequency: number,
  find: (stretch: Float64Array, samplingFrequency: number) => Complexes,
): Int32Array {
  const found: number[] = [];
  if (!(samplingFrequency >= lowestFrequency)) return new Int32Array();
  for (const { start, end } of stretchesWithoutGap(samples)) {
    if (end - start < shortestStretch * samplingFrequency) continue;
    const stretch = withoutOffset(samples.subarray(start, end));
    if (stretch.every((value) => value === 0)) continue;
    const { middles, band } = find(stretch, samplingFrequency);
    let before = -1;
    for (const middle of middles) {
      const peak = deflectionAt(stretch, band, middle, samplingFrequency);
      if (peak > before) found.push(start + peak);
      before = Math.max(before, peak);
    }
  }
  return Int32Array.from(found);
}

/** Deviations from the first sample: a large offset would eat the digits of what is filtered. */
function withoutOffset(samples: Float32Array): Float64Array {
  // A loop, because `Float64Array.from` with a function takes as long as all the rest of a detector.
  const deviations = new Float64Array(samples.length);
  for (let at = 0; at < samples.length; at++) deviations[at] = samples[at] - samples[0];
  return deviations;
}

/** Runs of finite samples, `end` excluded. */
function stretchesWithoutGap(samples: Float32Array): { readonly start: number; readonly end: number }[] {
  const stretches: { start: number; end: number }[] = [];
  let start = -1;
  for (let at = 0; at <= samples.length; at++) {
    const isSound = at < samples.length && Number.isFinite(samples[at]);
    if (isSound && start < 0) start = at;
    if (!isSound && start >= 0) {
      stretches.push({ start, end: at });
      start = -1;
    }
  }
  return stretches;
}

/** The largest deflection of the complex around `middle`: first in the band, where nothing drifts, then in the lead. */
function deflectionAt(
  samples: Float64Array,
  band: Float64Array,
  middle: number,
  samplingFrequency: number,
): number {
  const centre = farthestFrom(0, band, middle, Math.round(reach.band * samplingFrequency));
  // Wide enough that most of it is no QRS: its median is the level from which the complex rises.
  const wide = Math.round(0.15 * samplingFrequency);
  const level = median(samples.subarray(Math.max(0, centre - wide), centre + wide + 1));
  return farthestFrom(level, samples, centre, Math.round(reach.lead * samplingFrequency));
}
