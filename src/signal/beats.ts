import { Failure } from "../domain/failure.ts";

/** One beat cut out of a lead. */
export interface BeatWindow {
  /** mV, from `start` on. */
  readonly samples: Float32Array;
  readonly samplingFrequency: number;
  /** Index of the R peak in `samples`. */
  readonly rPeak: number;
  /** Length of the beat, s: the interval to the next R peak, or from the one before at the end. */
  readonly rrInterval: number;
  /** First sample, counted in the lead. */
  readonly start: number;
}

/** Share of the cycle that a beat's window begins before its R peak. */
const shareBeforeR = 0.36;
/** No window begins earlier than this before R, s: what lies there is the T of the beat before. */
const longestBefore = 0.36;
/** How far from an annotation the extremum is looked for, s: annotations may stand at the onset of R. */
const peakReach = 0.05;

/**
 * The window of beat number `index`: from 36 % of the cycle (at most 0.36 s) before its R peak, one cycle long. The R
 * peak is moved to the largest deflection near the annotation.
 * @param rPeaks positions of all beats, in samples of this lead
 * @throws Failure `no-such-beat` where there is none, or too little signal around it
 */
export function beatAround(
  samples: Float32Array,
  samplingFrequency: number,
  rPeaks: readonly number[],
  index: number,
): BeatWindow {
  const here = rPeaks[index];
  if (here === undefined) {
    throw new Failure(
      "no-such-beat",
      `The record has ${rPeaks.length} annotated beats.`,
      `beat ${index}`,
      `Choose 0 to ${rPeaks.length - 1}.`,
    );
  }
  const neighbour = rPeaks[index + 1] ?? 2 * here - (rPeaks[index - 1] ?? here - samplingFrequency);
  const cycle = neighbour - here;
  const peak = deflectionNear(samples, here, Math.round(peakReach * samplingFrequency));
  const before = Math.round(Math.min(shareBeforeR * cycle, longestBefore * samplingFrequency));
  const start = peak - before;
  const end = start + Math.round(cycle);
  if (start < 0 || end > samples.length || end - start < 8) {
    throw new Failure(
      "no-such-beat",
      "The record holds only a part of this beat.",
      `beat ${index}`,
      "Choose a beat further inside.",
    );
  }
  return {
    samples: samples.slice(start, end),
    samplingFrequency,
    rPeak: before,
    rrInterval: (end - start) / samplingFrequency,
    start,
  };
}

function deflectionNear(samples: Float32Array, position: number, reach: number): number {
  const centre = Math.round(position);
  const from = Math.max(0, centre - reach);
  const to = Math.min(samples.length - 1, centre + reach);
  const level =
    Array.from(samples.subarray(from, to + 1)).sort((one, other) => one - other)[(to - from) >> 1] ?? 0;
  let best = centre;
  for (let at = from; at <= to; at++) {
    if (Math.abs(samples[at] - level) > Math.abs(samples[best] - level)) best = at;
  }
  return best;
}
