import type { DelineatedBeat } from "../../domain/delineation.ts";
import type { WaveBoundaries } from "../../domain/groundTruth.ts";
import { pTuning, pWaveIn } from "./pWave.ts";
import { type Complex, qrsAround } from "./qrs.ts";
import { tTuning, tWaveIn } from "./tWave.ts";

/** s of signal that the search for a complex looks at, before and after the R peak. */
const complexReach = 0.3;

/**
 * Finds the waves of every beat of one lead.
 * @param samples `[time]` in any unit; NaN where there is none
 * @param samplingFrequency Hz, 100 to 1000
 * @param rPeaks samples, in order of time
 * @returns one for each R peak, in their order
 */
export function delineate(
  samples: Float32Array,
  samplingFrequency: number,
  rPeaks: ArrayLike<number>,
): DelineatedBeat[] {
  const complexes = Array.from(rPeaks, (rPeak) => complexAt(samples, samplingFrequency, rPeak));
  let tOffset = Number.NEGATIVE_INFINITY;
  return complexes.map((complex, index) => {
    const rPeak = rPeaks[index];
    if (complex === null) {
      tOffset = rPeak;
      return { rPeak, p: null, qrs: null, t: null, q: null, r: null, s: null };
    }
    const { qrs, q, r, s } = complex;
    const before = complexes[index - 1]?.qrs.offset ?? rPeaks[index - 1] ?? Number.NEGATIVE_INFINITY;
    const after = complexes[index + 1]?.qrs.onset ?? rPeaks[index + 1] ?? Number.POSITIVE_INFINITY;
    const p = waveInPiece(
      samples,
      Math.max(before, qrs.onset - pTuning.piece * samplingFrequency),
      qrs.onset,
      qrs.onset,
      (piece, start) =>
        pWaveIn(
          piece,
          samplingFrequency,
          qrs.onset - start,
          tOffset - start,
          r !== null ? Math.abs(samples[qrs.peak]) : 0,
        ),
    );
    const rr =
      (rPeaks[index + 1] ?? rPeak + (index > 0 ? rPeak - rPeaks[index - 1] : samplingFrequency)) - rPeak;
    const t = waveInPiece(
      samples,
      qrs.offset,
      Math.min(after, qrs.offset + tTuning.piece * samplingFrequency),
      qrs.offset,
      (piece, start) => tWaveIn(piece, samplingFrequency, qrs.offset - start, rPeak - start, rr),
    );
    tOffset = t?.offset ?? qrs.offset + 0.1 * samplingFrequency;
    return { rPeak, p, qrs, t, q, r, s };
  });
}

function complexAt(samples: Float32Array, samplingFrequency: number, rPeak: number): Complex | null {
  const centre = Math.round(rPeak);
  if (!(centre >= 0 && centre < samples.length)) return null;
  const reach = Math.round(complexReach * samplingFrequency);
  const [from, to] = finiteAround(samples, centre, centre - reach, centre + reach);
  if (to < from) return null;
  const found = qrsAround(
    Float64Array.from(samples.subarray(from, to + 1)),
    centre - from,
    samplingFrequency,
  );
  if (found === null) return null;
  const move = (n: number | null) => (n === null ? null : n + from);
  return { qrs: moved(found.qrs, from), q: move(found.q), r: move(found.r), s: move(found.s) };
}

function waveInPiece(
  samples: Float32Array,
  earliest: number,
  latest: number,
  anchor: number,
  find: (piece: Float64Array, start: number) => WaveBoundaries | null,
): WaveBoundaries | null {
  const [from, to] = finiteAround(samples, Math.round(anchor), Math.ceil(earliest), Math.floor(latest));
  if (to - from < 4) return null;
  const found = find(Float64Array.from(samples.subarray(from, to + 1)), from);
  return found === null ? null : moved(found, from);
}

/** The longest stretch around a sample that holds no gap and stays within bounds; empty where the sample is in a gap. */
function finiteAround(
  samples: Float32Array,
  centre: number,
  earliest: number,
  latest: number,
): [number, number] {
  const first = Math.max(0, earliest);
  const last = Math.min(samples.length - 1, latest);
  const middle = Math.min(last, Math.max(first, centre));
  let [from, to] = [middle, middle];
  if (!(first <= last) || !Number.isFinite(samples[middle])) return [0, -1];
  while (from > first && Number.isFinite(samples[from - 1])) from--;
  while (to < last && Number.isFinite(samples[to + 1])) to++;
  return [from, to];
}

function moved({ onset, peak, offset }: WaveBoundaries, by: number): WaveBoundaries {
  return { onset: onset + by, peak: peak + by, offset: offset + by };
}
