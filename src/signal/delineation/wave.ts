import type { WaveBoundaries } from "../../domain/groundTruth.ts";
import { crossing, type Descent, endOfSlope, type Lobe, lobesWithin, withoutRipples } from "./lobes.ts";
import type { Stretch } from "./stretch.ts";
import { boxLength, splineWavelet } from "./wavelet.ts";

/** What tells the search for a P from that for a T wave. */
export interface WaveSearch {
  /** The transform is taken at 2^scale. */
  readonly scale: number;
  /** Slopes that rise by less than this share of the highest are ripples. */
  readonly rippleShare: number;
  /** Longest time between the steepest points of the wave's two slopes, s. */
  readonly longest: number;
  /** Weight of the lower slope against the higher one in the strength of a wave. */
  readonly lowerWeight: number;
  readonly onset: Descent;
  readonly offset: Descent;
}

/** An extremum that may be the peak of the wave that is looked for, in samples of the lead. */
export interface Candidate extends WaveBoundaries {
  /** How far it stands out, in the unit of the lead. */
  readonly strength: number;
  /** Steepest points before and after the peak. */
  readonly steepestBefore: number;
  readonly steepestAfter: number;
}

/**
 * Every extremum between two positions, of either polarity, with the boundaries that the wave would have. Beyond the
 * ends of the stretch the signal counts as constant: where a ventricular complex begins or ends there, nothing of its
 * slopes leaks into the transform.
 * @param from first position looked at, in samples of the lead
 * @param to   last one
 */
export function candidatesWithin(
  stretch: Stretch,
  samplingFrequency: number,
  from: number,
  to: number,
  search: WaveSearch,
): Candidate[] {
  const { start, isCutBefore, isCutAfter } = stretch;
  const box = boxLength(search.scale, samplingFrequency);
  const slopes = splineWavelet(stretch.samples, box);
  // The last element lies beyond the last sample.
  const last = slopes.length - 2;
  const lobes = withoutRipples(
    lobesWithin(slopes, Math.round(from - start), Math.min(last, Math.round(to - start))),
    search.rippleShare,
  );
  const candidates: Candidate[] = [];
  for (let index = 0; index + 1 < lobes.length; index++) {
    const [before, after] = [lobes[index], lobes[index + 1]];
    if (after.at - before.at > search.longest * samplingFrequency) continue;
    const onset = endOfSlope(slopes, before, -1, 0, search.onset);
    const offset = endOfSlope(slopes, after, 1, last, search.offset);
    if ((onset === null && isCutBefore) || (offset === null && isCutAfter)) continue;
    // Elements of the transform stand half a sample later than the samples of the same number.
    const moved = (element: number) => element + 0.5 + start;
    candidates.push({
      onset: moved(onset ?? 0),
      peak: moved(crossing(slopes, before, after)),
      offset: moved(offset ?? last),
      strength: strengthOf(before, after, search.lowerWeight) / (2 * box),
      steepestBefore: moved(before.at),
      steepestAfter: moved(after.at),
    });
  }
  return candidates;
}

function strengthOf(before: Lobe, after: Lobe, lowerWeight: number): number {
  const [one, other] = [Math.abs(before.sum), Math.abs(after.sum)];
  return (Math.max(one, other) + lowerWeight * Math.min(one, other)) / (1 + lowerWeight);
}
