import type { BeatFilter } from "../../domain/beatFilters.ts";
import { generatedForms, type LabelledSignals } from "../../domain/generation.ts";
import { beatClasses } from "../../domain/libraryRecord.ts";
import { rowsOf } from "../../neural/adversarial/realBatches.ts";
import { aamiClassOf } from "../../records/aami.ts";
import { filteredForBeats } from "../../signal/beatFilters.ts";
import { cutBeats, paperSpan } from "../../signal/beatMatrix.ts";
import { ratioOf, resample } from "../../signal/resample.ts";
import { simulateHolter } from "../../simulators/cohort/holter.ts";
import { virtualPatient } from "../../simulators/cohort/patient.ts";
import { type BeatSet, joinBeats } from "../syntheticBeats/beatSets.ts";
import { evenDraw } from "./evenDraw.ts";

/** The beats' own form: 0.6 s at 360 Hz, R at 72 (Golany & Radinsky 2019). */
export const beatForm = { ...generatedForms.beats, before: 72 } as const;

/** Beats of one record or patient, with their WFDB symbols. */
export interface SymbolledBeats {
  readonly record: string;
  readonly patient: string;
  readonly paced: boolean;
  /** `[symbols, 216]` in mV. */
  readonly beats: Float32Array;
  readonly symbols: string;
  /** R peak of each beat, s from the start of the record. */
  readonly times: Float32Array;
}

/** Beats of a virtual patient over some minutes of the lead MLII. */
export function simulatedBeats(
  seed: number,
  patient: number,
  minutes: number,
  filter: BeatFilter = "none",
): SymbolledBeats {
  const length = Math.round(minutes * 60 * beatForm.samplingFrequency);
  const { recording, truth } = simulateHolter(virtualPatient(seed, patient), `sim${patient + 1}`, length);
  const peaks = truth.beats.map(({ rPeak }) => rPeak);
  const samples = filteredForBeats(recording.leads[0].samples, beatForm.samplingFrequency, filter);
  const cut = cutBeats(samples, peaks, paperSpan(beatForm.samplingFrequency));
  const symbols = Array.from(cut.rows, (row) => truth.beats[row].label).join("");
  const times = Float32Array.from(cut.rows, (row) => peaks[row] / beatForm.samplingFrequency);
  const name = String(patient);
  return { record: name, patient: name, paced: false, beats: cut.samples, symbols, times };
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

/** Beats of several records as one set; beats of no AAMI class are left out. */
export function beatSetOf(sources: readonly SymbolledBeats[]): BeatSet {
  return joinBeats(
    sources.map(({ record, patient, paced, beats, symbols, times }) => {
      const rows = Array.from(symbols).flatMap((symbol, row) => {
        const aami = aamiClassOf(symbol);
        return aami === null ? [] : [{ row, place: beatClasses.indexOf(aami) }];
      });
      const pool = { samples: beats, count: symbols.length, length: beatForm.length };
      return {
        samples: rowsOf(
          pool,
          rows.map(({ row }) => row),
        ),
        count: rows.length,
        classes: Uint8Array.from(rows, ({ place }) => place),
        times: Float32Array.from(rows, ({ row }) => times[row]),
        origins: [{ record, patient, division: null, paced, count: rows.length }],
      };
    }),
  );
}

/** Beats of one record, each with the letter of its class for a symbol. @param patient whose they are */
export function symbolledBeats(
  { samples, classes, times }: BeatSet,
  { name, patient, paced }: { readonly name: string; readonly patient: string; readonly paced: boolean },
): SymbolledBeats {
  const symbols = Array.from(classes, (each) => beatClasses[each]).join("");
  return { record: name, patient, paced, beats: samples, symbols, times };
}
