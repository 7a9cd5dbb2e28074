import type { TrueBeat, WaveBoundaries } from "../domain/groundTruth.ts";

/** A Gaussian wave is taken to span its centre ± 2.2 standard deviations, where it has fallen to 9 % of its height. */
export const boundaryReach = 2.2;

/** Moves a beat by `shift` samples and keeps it only where its R peak lies in `0 … length − 1`; waves that cross an edge are cut there. */
export function cropBeat(beat: TrueBeat, shift: number, length: number): TrueBeat | null {
  const rPeak = beat.rPeak - shift;
  if (rPeak < 0 || rPeak >= length) return null;
  const clamp = (position: number) => Math.min(length - 1, Math.max(0, position - shift));
  const move = (wave: WaveBoundaries): WaveBoundaries => ({
    onset: clamp(wave.onset),
    peak: clamp(wave.peak),
    offset: clamp(wave.offset),
  });
  /** A wave whose peak lies outside is not in the recording. */
  const keep = (wave: WaveBoundaries | null) =>
    wave === null || wave.peak < shift || wave.peak > shift + length - 1 ? null : move(wave);
  return { label: beat.label, rPeak, p: keep(beat.p), qrs: move(beat.qrs), t: keep(beat.t) };
}
