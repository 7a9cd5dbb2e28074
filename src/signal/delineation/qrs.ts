import type { WaveBoundaries } from "../../domain/groundTruth.ts";
import { stretchAround } from "./stretch.ts";
import { boxLength, splineWavelet } from "./wavelet.ts";

/** The ventricular complex of one beat, in samples of the lead. */
export interface Complex {
  readonly qrs: WaveBoundaries;
  readonly q: number | null;
  readonly r: number | null;
  readonly s: number | null;
  /** Largest deflection from the line between on- and offset, in the unit of the lead. */
  readonly height: number;
}

/** How one end of the complex is found in its envelope. Shares are of the envelope's maximum. */
interface Edge {
  readonly step: -1 | 1;
  /** Furthest from the R peak, s. */
  readonly reach: number;
  readonly share: number;
  /** The threshold is no lower than this many times the record's quiet level around the beat. */
  readonly aboveQuiet: number;
  /** s for which the envelope stays below. */
  readonly hold: number;
  /** A minimum below this share ends the complex where the envelope rises again by half. */
  readonly minimumShare: number;
}

// The numbers below were found on one half of the records that docs/delineation.md reports.
const scale = 2.75;
/** Weight of the envelope's curvature beside its slope. */
const curvatureWeight = 0.8;
const onset: Edge = {
  step: -1,
  reach: 0.15,
  share: 0.06,
  aboveQuiet: 2.2,
  hold: 0.004,
  minimumShare: 0.048,
};
const offset: Edge = {
  step: 1,
  reach: 0.186,
  share: 0.108,
  aboveQuiet: 0.6,
  hold: 0.016,
  minimumShare: 0.034,
};
/** The envelope's maximum lies within this distance of the R peak, s. */
const coreReach = 0.045;
/** s of signal around the R peak whose lower quartile is the quiet level. */
const surroundings = 0.3;
/** R, and Q and S, are at least these shares of the largest deflection. */
const [smallestR, smallestQS] = [0.05, 0.03];

/** The complex at an R peak; null where there is a gap or nothing but a flat line. */
export function complexAt(samples: Float32Array, samplingFrequency: number, rPeak: number): Complex | null {
  const centre = Math.round(rPeak);
  if (!(centre >= 0 && centre < samples.length)) return null;
  const reach = surroundings * samplingFrequency;
  const stretch = stretchAround(samples, centre, centre - reach, centre + reach);
  if (stretch === null) return null;
  const envelope = envelopeOf(stretch.samples, samplingFrequency);
  const from = edgeOf(envelope, centre - stretch.start, samplingFrequency, onset);
  const to = edgeOf(envelope, centre - stretch.start, samplingFrequency, offset);
  if (from === null || to === null) return null;
  return partsOf(stretch.samples, from + 0.5, to + 0.5, stretch.start);
}

/**
 * How much the signal moves: slope and change of slope together, so that the envelope of a wave has no zeros where the
 * slope has its crossings, as the two parts of an analytic signal have none in common. Unlike the transform's modulus
 * maxima it needs no rule which of them belong to the complex.
 */
function envelopeOf(samples: Float64Array, samplingFrequency: number): Float64Array {
  const box = boxLength(scale, samplingFrequency);
  const slopes = splineWavelet(samples, box);
  const envelope = new Float64Array(slopes.length);
  for (let n = 1; n < slopes.length - 1; n++) {
    envelope[n] = Math.hypot(slopes[n], (curvatureWeight * box * (slopes[n + 1] - slopes[n - 1])) / 2);
  }
  return envelope;
}

/** Element of the envelope where the complex begins or ends: the lowest within reach where it does not fall under the threshold. */
function edgeOf(
  envelope: Float64Array,
  rPeak: number,
  samplingFrequency: number,
  { step, reach, share, aboveQuiet, hold, minimumShare }: Edge,
): number | null {
  const clamp = (n: number) => Math.max(0, Math.min(envelope.length - 1, Math.round(n)));
  let top = clamp(rPeak);
  for (
    let n = clamp(rPeak - coreReach * samplingFrequency);
    n <= clamp(rPeak + coreReach * samplingFrequency);
    n++
  ) {
    if (envelope[n] > envelope[top]) top = n;
  }
  const peak = envelope[top];
  if (!(peak > 0)) return null;
  const quiet = envelope.toSorted()[envelope.length >> 2];
  // In noise as high as the complex, half its height still tells the two apart.
  const threshold = Math.min(peak / 2, Math.max(share * peak, aboveQuiet * quiet));
  const held = hold * samplingFrequency;
  const limit = clamp(rPeak + step * reach * samplingFrequency);
  let lowest = top;
  let below = 0;
  for (let n = top; (limit - n) * step > 0; n += step) {
    if (envelope[n] < envelope[lowest]) lowest = n;
    below = envelope[n] < threshold ? below + 1 : 0;
    if (below > 0 && below >= held) {
      const first = n - step * (below - 1);
      const before = envelope[first - step];
      return first - (step * (threshold - envelope[first])) / (before - envelope[first]);
    }
    const rises = envelope[n] > 1.5 * envelope[lowest] && (n - lowest) * step > held;
    if (below === 0 && rises && envelope[lowest] < minimumShare * peak) return lowest;
  }
  return lowest;
}

/** Names the deflections of a complex between its ends. */
function partsOf(samples: Float64Array, onset: number, offset: number, start: number): Complex | null {
  const from = Math.max(0, Math.floor(onset));
  const to = Math.min(samples.length - 1, Math.ceil(offset));
  const slope = (samples[to] - samples[from]) / (to - from);
  const deflection = (n: number) => samples[n] - samples[from] - slope * (n - from);
  let [peak, highest] = [from, from];
  for (let n = from; n <= to; n++) {
    if (Math.abs(deflection(n)) > Math.abs(deflection(peak))) peak = n;
    if (deflection(n) > deflection(highest)) highest = n;
  }
  const height = Math.abs(deflection(peak));
  if (!(height > 0)) return null;
  const lowestWithin = (first: number, last: number) => {
    let lowest = first;
    for (let n = first; n <= last; n++) if (deflection(n) < deflection(lowest)) lowest = n;
    return -deflection(lowest) >= smallestQS * height ? lowest + start : null;
  };
  const hasR = deflection(highest) >= smallestR * height;
  return {
    qrs: { onset: onset + start, peak: peak + start, offset: offset + start },
    q: lowestWithin(from, hasR ? highest : to),
    r: hasR ? highest + start : null,
    s: hasR ? lowestWithin(highest, to) : null,
    height,
  };
}
