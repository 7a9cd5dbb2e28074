import type { WaveBoundaries } from "../../domain/groundTruth.ts";
import { waveWithin } from "./wave.ts";
import { boxLength, splineWavelet } from "./wavelet.ts";

export const pTuning = {
  scale: 4,
  piece: 0.6,
  reach: 0.3,
  gap: 0.1,
  significant: 0.3,
  on: 0.4,
  onMin: 0.6,
  off: 0.4,
  offMin: 0.7,
};

export function pWaveIn(
  piece: Float64Array,
  samplingFrequency: number,
  qrsOnset: number,
  tOffset: number,
  _r: number,
): WaveBoundaries | null {
  const k = pTuning;
  const slopes = splineWavelet(piece, boxLength(k.scale, samplingFrequency));
  const earliest = Math.min(Math.max(Math.ceil(tOffset), 0), slopes.length - 1);
  const from = Math.max(earliest, Math.round(qrsOnset - k.reach * samplingFrequency));
  const to = Math.floor(qrsOnset) - 1;
  const wave = waveWithin(slopes, from, to, k.gap * samplingFrequency, [earliest, slopes.length - 1], {
    significant: k.significant,
    onset: { share: k.on, minimumShare: k.onMin },
    offset: { share: k.off, minimumShare: k.offMin },
  });
  return wave && { onset: wave.onset + 0.5, peak: wave.peak + 0.5, offset: wave.offset + 0.5 };
}
