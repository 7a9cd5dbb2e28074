import type { TrueBeat, WaveBoundaries } from "../../domain/groundTruth.ts";
import type { DeltaWave } from "./rhythms/rhythm.ts";

/** A Gaussian wave is taken to span its centre ± 2.2 standard deviations, where it has fallen to 9 % of its height. */
export const boundaryReach = 2.2;

/** A P or T lower than this (mV) is absent. */
const absentBelow = 0.005;
/** A part of the QRS lower than this share of its highest part does not move the QRS's boundaries. */
const negligibleShare = 0.02;

/**
 * What is known of a beat whose waves are Gaussians.
 * @param packed `[amplitude, width, shift]` of P, Q, R, S, T
 * @param origin  position of shift 0, in samples
 * @param unit    samples in one unit of widths and shifts
 * @param samplesPerSecond for the delta wave, whose lengths are in s
 */
export function trueBeat(
  packed: ArrayLike<number>,
  label: string,
  delta: DeltaWave | null,
  origin: number,
  unit: number,
  samplesPerSecond: number,
): TrueBeat {
  const wave = (index: number): WaveBoundaries => {
    const peak = origin + packed[3 * index + 2] * unit;
    const reach = boundaryReach * Math.abs(packed[3 * index + 1]) * unit;
    return { onset: peak - reach, peak, offset: peak + reach };
  };
  const visible = (index: number) => (Math.abs(packed[3 * index]) < absentBelow ? null : wave(index));
  const highest = Math.max(Math.abs(packed[3]), Math.abs(packed[6]), Math.abs(packed[9]));
  let { onset, peak, offset } = wave(2);
  for (const index of [1, 3]) {
    if (Math.abs(packed[3 * index]) < negligibleShare * highest) continue;
    const part = wave(index);
    onset = Math.min(onset, part.onset);
    offset = Math.max(offset, part.offset);
  }
  if (delta !== null && delta.height !== 0) {
    onset = Math.min(onset, peak - delta.rise * samplesPerSecond);
    offset = Math.max(offset, peak + boundaryReach * delta.decay * samplesPerSecond);
  }
  return { label, rPeak: Math.round(peak), p: visible(0), qrs: { onset, peak, offset }, t: visible(4) };
}

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
