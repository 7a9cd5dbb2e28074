import { median } from "./median.ts";
import type { Expectation } from "./pair.ts";
import type { Complex } from "./qrs.ts";
import { stretchAround } from "./stretch.ts";
import { type Candidate, candidatesWithin, type WaveSearch } from "./wave.ts";

// The numbers below were found on one half of the records that docs/delineation.md reports.
const search: WaveSearch = {
  scale: 3.25,
  rippleShare: 0.04,
  longest: 0.16,
  lowerWeight: 3,
  onset: { share: 0.31, minimumShare: 0.4 },
  offset: { share: 0.58, minimumShare: 0.42 },
};
/** s before the onset of the complex: what the transform sees, and where the P wave lies. */
const [seen, reach] = [0.6, 0.247];
/** Where the peak is expected before the complex when nothing is known of the record, and the deviation, s. */
const [usualDistance, usualDeviation] = [0.095, 0.256];
/** Deviation from the distance that is usual in the record, s. */
const deviation = 0.0315;
/** Beats to each side that show what is usual. */
const neighbours = 11;
/** Atria that beat in step: at least this share of the neighbours' P waves lies this near to the usual distance, s. */
const [steadyShare, steadyReach] = [0.4, 0.022];
/** A P wave is at least this share of the neighbours' median strength, and this one of the complex. */
const [leastOfUsual, leastOfComplex] = [0.14, 0.003];

/** All that may be the P wave of a beat. @param earliest position that belongs to the beat before */
export function pCandidates(
  samples: Float32Array,
  samplingFrequency: number,
  { qrs }: Complex,
  earliest: number,
): Candidate[] {
  const from = Math.max(earliest, qrs.onset - seen * samplingFrequency);
  const stretch = stretchAround(samples, qrs.onset, from, qrs.onset);
  if (stretch === null) return [];
  return candidatesWithin(
    stretch,
    samplingFrequency,
    qrs.onset - reach * samplingFrequency,
    qrs.onset - 1,
    search,
  );
}

/** Where a P wave is expected as long as nothing is known of the record. */
export function usualP(
  candidates: readonly Candidate[],
  { qrs }: Complex,
  samplingFrequency: number,
): Expectation {
  return {
    candidates,
    peak: qrs.onset - usualDistance * samplingFrequency,
    deviation: usualDeviation * samplingFrequency,
    least: 0,
  };
}

/** What was chosen as P wave in one beat, while nothing was known of the record. */
export interface FirstP {
  /** Samples from the onset of the complex; negative. */
  readonly distance: number;
  readonly strength: number;
}

/**
 * Where the P wave of beat number `index` is expected by the beats around it; null where these do not agree, as in
 * atrial fibrillation: then what looks like a P wave is none.
 */
export function expectedP(
  candidates: readonly Candidate[],
  { qrs, height }: Complex,
  first: readonly (FirstP | null)[],
  index: number,
  samplingFrequency: number,
): Expectation | null {
  const around = first
    .slice(Math.max(0, index - neighbours), index + neighbours + 1)
    .filter((wave) => wave !== null);
  if (around.length === 0) return null;
  const usual = median(around.map((wave) => wave.distance));
  const near = around.filter((wave) => Math.abs(wave.distance - usual) <= steadyReach * samplingFrequency);
  if (near.length < steadyShare * around.length) return null;
  return {
    candidates,
    peak: qrs.onset + usual,
    deviation: deviation * samplingFrequency,
    least: Math.max(leastOfComplex * height, leastOfUsual * median(around.map((wave) => wave.strength))),
  };
}
