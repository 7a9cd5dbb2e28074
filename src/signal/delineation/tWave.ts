import { median } from "./median.ts";
import type { Expectation } from "./pair.ts";
import type { Complex } from "./qrs.ts";
import { stretchAround } from "./stretch.ts";
import { type Candidate, candidatesWithin, type WaveSearch } from "./wave.ts";

// The numbers below were found on one half of the records that docs/delineation.md reports.
const search: WaveSearch = {
  scale: 3.5,
  rippleShare: 0.027,
  longest: 0.38,
  lowerWeight: 2.6,
  onset: { share: 0.29, minimumShare: 0.51 },
  offset: { share: 0.285, minimumShare: 0.87 },
};
/** s after the end of the complex that the transform sees. */
const seen = 0.9;
/** The wave lies within this time of the R peak, s, and this share of the interval to the next one. */
const [reach, reachOfInterval] = [0.65, 0.65];
/** s after the complex that are left out, for the rest of its last slope: none at intervals of 0.35 s, a tenth of what they exceed that. */
const [longestDelay, shortestInterval, delayShare] = [0.07, 0.35, 0.1];
/** The peak is expected this long after R at one beat a second; it moves with this power of the interval. */
const [usualDelay, power] = [0.28, 0.465];
/** Deviation when nothing is known of the record, and from what is usual in it, s. */
const [usualDeviation, deviation] = [0.0825, 0.08];
/** Beats to each side that show what is usual. */
const neighbours = 8;
/** A T wave is at least this share of the complex. */
const leastOfComplex = 0.002;

/** A beat as the search for its T wave needs it. */
export interface Ventricles {
  /** samples */
  readonly rPeak: number;
  /** To the next R peak, in samples. */
  readonly interval: number;
  readonly complex: Complex;
}

/** All that may be the T wave of a beat. @param latest position that belongs to the beat after */
export function tCandidates(
  samples: Float32Array,
  samplingFrequency: number,
  { rPeak, interval, complex: { qrs } }: Ventricles,
  latest: number,
): Candidate[] {
  const to = Math.min(latest, qrs.offset + seen * samplingFrequency);
  const stretch = stretchAround(samples, qrs.offset, qrs.offset, to);
  if (stretch === null) return [];
  const excess = Math.max(0, interval - shortestInterval * samplingFrequency);
  return candidatesWithin(
    stretch,
    samplingFrequency,
    qrs.offset + Math.min(longestDelay * samplingFrequency, delayShare * excess),
    rPeak + Math.min(reach * samplingFrequency, reachOfInterval * interval),
    search,
  );
}

/** Delay of a T peak after R without the part that comes from the heart rate, as at one beat a second; samples. */
export function relativeDelay({ rPeak, interval }: Ventricles, peak: number, samplingFrequency: number) {
  return (peak - rPeak) / (interval / samplingFrequency) ** power;
}

/** Where the T wave is expected: as in the beats around, or as usual where nothing is known of these. */
export function expectedT(
  candidates: readonly Candidate[],
  { rPeak, interval, complex }: Ventricles,
  delays: readonly (number | null)[] | null,
  index: number,
  samplingFrequency: number,
): Expectation {
  const around = (delays ?? [])
    .slice(Math.max(0, index - neighbours), index + neighbours + 1)
    .filter((delay) => delay !== null);
  const delay = around.length > 0 ? median(around) : usualDelay * samplingFrequency;
  return {
    candidates,
    peak: rPeak + delay * (interval / samplingFrequency) ** power,
    deviation: (around.length > 0 ? deviation : usualDeviation) * samplingFrequency,
    least: leastOfComplex * complex.height,
  };
}
