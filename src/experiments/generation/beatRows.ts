import { generatedForms, type LabelledSignals } from "../../domain/generation.ts";
import { aamiClassOf } from "../../records/aami.ts";
import { cutBeats, paperSpan } from "../../signal/beatMatrix.ts";
import { ratioOf, resample } from "../../signal/resample.ts";
import { simulateHolter } from "../../simulators/cohort/holter.ts";
import { virtualPatient } from "../../simulators/cohort/patient.ts";
import { evenDraw } from "./evenDraw.ts";

/** The beats' own form: 0.6 s at 360 Hz, R at 72 (Golany & Radinsky 2019). */
export const beatForm = { ...generatedForms.beats, before: 72 } as const;

/** Beats of one record or patient, with their WFDB symbols. */
export interface SymbolledBeats {
  readonly patient: string;
  /** `[symbols, 216]` in mV. */
  readonly beats: Float32Array;
  readonly symbols: string;
}

/** Beats of a virtual patient over some minutes of the lead MLII. */
export function simulatedBeats(seed: number, patient: number, minutes: number): SymbolledBeats {
  const length = Math.round(minutes * 60 * beatForm.samplingFrequency);
  const { recording, truth } = simulateHolter(virtualPatient(seed, patient), `sim${patient + 1}`, length);
  const peaks = truth.beats.map(({ rPeak }) => rPeak);
  const cut = cutBeats(recording.leads[0].samples, peaks, paperSpan(beatForm.samplingFrequency));
  const symbols = Array.from(cut.rows, (row) => truth.beats[row].label).join("");
  return { patient: String(patient), beats: cut.samples, symbols };
}

/**
 * Beats cut at another sampling frequency, in the form of the generators.
 * @param rows `[count, length]` in mV
 * @param before samples before the R peak
 */
export function inBeatForm(
  rows: Float32Array,
  length: number,
  before: number,
  samplingFrequency: number,
): Float32Array {
  if (samplingFrequency === beatForm.samplingFrequency && length === beatForm.length) return rows;
  const count = rows.length / length;
  const ratio = ratioOf(samplingFrequency, beatForm.samplingFrequency);
  const formed = new Float32Array(count * beatForm.length);
  for (let row = 0; row < count; row++) {
    const beat = rows.subarray(row * length, (row + 1) * length);
    // The filter takes the signal for 0 beyond its ends: the beat is lowered to its first sample, and raised after.
    const [level] = beat;
    const resampled = resample(
      beat.map((value) => value - level),
      ratio,
    );
    const shift = Math.round((before * ratio.up) / ratio.down) - beatForm.before;
    for (let at = 0; at < beatForm.length; at++) {
      const from = Math.min(resampled.length - 1, Math.max(0, at + shift));
      formed[row * beatForm.length + at] = resampled[from] + level;
    }
  }
  return formed;
}

/**
 * The beats of some AAMI classes, class after class, of each as many as asked for at most, drawn evenly over all that there
 * are.
 * @param sources asked one after the other
 */
export function beatsOfClasses(
  sources: readonly SymbolledBeats[],
  classes: readonly string[],
  most: number,
  seed: number,
): LabelledSignals {
  const kept = classes.flatMap((beatClass, label) =>
    drawnBeats(sources, beatClass, most, seed).map((each) => ({ ...each, label })),
  );
  const signals = new Float32Array(kept.length * beatForm.length);
  kept.forEach(({ beats, row }, at) => {
    signals.set(beats.subarray(row * beatForm.length, (row + 1) * beatForm.length), at * beatForm.length);
  });
  return {
    signals,
    count: kept.length,
    labels: Uint8Array.from(kept, ({ label }) => label),
    owners: kept.map(({ patient }) => patient),
    patients: new Set(kept.map(({ patient }) => patient)).size,
  };
}

/** Where the beats of a class stand that `beatsOfClasses` takes, at most so many. */
export function drawnBeats(
  sources: readonly SymbolledBeats[],
  beatClass: string,
  most: number,
  seed: number,
) {
  const found = sources.flatMap(({ beats, symbols, patient }) =>
    Array.from(symbols).flatMap((symbol, row) =>
      aamiClassOf(symbol) === beatClass ? [{ beats, row, patient }] : [],
    ),
  );
  return evenDraw(found, most, seed);
}
