import type { WaveBoundaries } from "../../domain/groundTruth.ts";
import { waveWithin } from "./wave.ts";
import { boxLength, splineWavelet } from "./wavelet.ts";

export const tTuning = {
  scale: 4,
  piece: 0.9,
  from: 0.06,
  reach: 0.6,
  rrShare: 0.7,
  gap: 0.25,
  significant: 0.3,
  on: 0.25,
  onMin: 0.5,
  off: 0.3,
  offMin: 0.5,
};

export function tWaveIn(
  piece: Float64Array,
  samplingFrequency: number,
  qrsOffset: number,
  rPeak: number,
  rr: number,
): WaveBoundaries | null {
  const k = tTuning;
  const slopes = splineWavelet(piece, boxLength(k.scale, samplingFrequency));
  const from = Math.round(qrsOffset + k.from * samplingFrequency);
  const to = Math.min(
    piece.length - 1,
    Math.round(rPeak + Math.min(k.reach * samplingFrequency, k.rrShare * rr)),
  );
  const wave = waveWithin(slopes, from, to, k.gap * samplingFrequency, [0, slopes.length - 1], {
    significant: k.significant,
    onset: { share: k.on, minimumShare: k.onMin },
    offset: { share: k.off, minimumShare: k.offMin },
  });
  return wave && { onset: wave.onset + 0.5, peak: wave.peak + 0.5, offset: wave.offset + 0.5 };
}
