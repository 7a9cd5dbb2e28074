import type { WaveBoundaries } from "../../domain/groundTruth.ts";
import { endOfSlope, highest, type Lobe, lobesWithin } from "./lobes.ts";
import { boxLength, splineWavelet } from "./wavelet.ts";

export const qrsTuning = {
  scale: 3,
  before: 0.0505,
  after: 0.0892,
  sharePre: 0.075,
  sharePost: 0.112,
  gap: 0.125,
  onShare: 0.06,
  onMin: 0.653,
  offShare: 0.188,
  offMin: 0.4,
  core: 0.051,
};

/** The ventricular complex of one beat. */
export interface Complex {
  readonly qrs: WaveBoundaries;
  readonly q: number | null;
  readonly r: number | null;
  readonly s: number | null;
}

/**
 * @param samples `[time]`, finite, around the R peak
 * @param rPeak position in `samples`
 */
export function qrsAround(samples: Float64Array, rPeak: number, samplingFrequency: number): Complex | null {
  const k = qrsTuning;
  const slopes = splineWavelet(samples, boxLength(k.scale, samplingFrequency));
  const seconds = (s: number) => Math.round(s * samplingFrequency);
  const lobes = lobesWithin(slopes, rPeak - seconds(k.before), rPeak + seconds(k.after));
  const top = highest(lobes.filter((lobe) => Math.abs(lobe.at - rPeak) <= seconds(k.core)));
  if (top === null) return null;
  const first = outermost(lobes, top, -1, k.sharePre, seconds(k.gap));
  const last = outermost(lobes, top, 1, k.sharePost, seconds(k.gap));
  const on = endOfSlope(slopes, first, -1, 0, { share: k.onShare, minimumShare: k.onMin });
  const off = endOfSlope(slopes, last, 1, slopes.length - 1, { share: k.offShare, minimumShare: k.offMin });
  if (on === null || off === null) return null;
  return partsOf(samples, on + 0.5, off + 0.5);
}

function outermost(lobes: readonly Lobe[], top: Lobe, step: -1 | 1, share: number, gap: number): Lobe {
  let found = top;
  for (let index = lobes.indexOf(top) + step; index >= 0 && index < lobes.length; index += step) {
    const lobe = lobes[index];
    if (Math.abs(lobe.at - found.at) > gap) break;
    if (Math.abs(lobe.height) >= share * Math.abs(top.height)) found = lobe;
  }
  return found;
}

const smallestPart = 0.05;

function partsOf(samples: Float64Array, onset: number, offset: number): Complex | null {
  const from = Math.max(0, Math.floor(onset));
  const to = Math.min(samples.length - 1, Math.ceil(offset));
  const above = (n: number) =>
    samples[n] - samples[from] - ((samples[to] - samples[from]) * (n - from)) / (to - from);
  let [peak, high] = [from, from];
  for (let n = from; n <= to; n++) {
    if (Math.abs(above(n)) > Math.abs(above(peak))) peak = n;
    if (above(n) > above(high)) high = n;
  }
  const least = smallestPart * Math.abs(above(peak));
  if (!(least > 0)) return null;
  const lowest = (start: number, end: number) => {
    let low = start;
    for (let n = start; n <= end; n++) if (above(n) < above(low)) low = n;
    return -above(low) >= least ? low : null;
  };
  const hasR = above(high) >= least;
  return {
    qrs: { onset, peak, offset },
    r: hasR ? high : null,
    q: lowest(from, hasR ? high : to),
    s: hasR ? lowest(high, to) : null,
  };
}
