import type { TrueBeat } from "../../domain/groundTruth.ts";
import type { Random } from "../../signal/random.ts";
import { cropBeat } from "../boundaries.ts";
import { addBeat } from "./fastBeat.ts";
import { perturbBeat } from "./perturbation.ts";
import type { Plan, Settled } from "./plan.ts";
import type { DeltaWave, RhythmRun } from "./rhythms/rhythm.ts";
import { deltaAt } from "./rhythms/wpw.ts";
import { lengthIndex, packedIndex } from "./tableA1.ts";
import { trueBeat } from "./truth.ts";

const tShift = packedIndex("T", "shift");
/** RR at which the T wave stands where the table says, s. */
const referenceRr = 0.8;

/** The T wave follows the square root of the cycle, as QT does (Bazett). */
export function tWaveOffset(offset: number, rr: number): number {
  return offset * Math.sqrt(rr / referenceRr);
}

/** A beat of the clinical preset, ready to be drawn. */
export interface ShapedBeat {
  /** s */
  readonly time: number;
  readonly label: string;
  /** `[signed amplitude, width, shift]` of P, Q, R, S, T, in s around `time`; used again for the next beat. */
  readonly packed: Float64Array;
  readonly delta: DeltaWave | null;
}

/** Beats from well before a recording to well after it, in their order: perturbed, and shaped by the rhythm. */
export function* shapedBeats(
  plan: Plan,
  settled: Settled,
  run: RhythmRun,
  beats: Random,
  duration: number,
): Generator<ShapedBeat> {
  const around = settled.packed.slice();
  const beat = new Float64Array(around.length);
  const margin = 2;
  const length = settled.packed[lengthIndex];
  const jitter = plan.table.beatSd[lengthIndex];
  for (const { time, rr, label } of run.schedule(-margin, duration + margin, length, jitter)) {
    perturbBeat(plan.table, around, beats, beat);
    if (plan.cumulative) around.set(beat);
    beat[tShift] = tWaveOffset(beat[tShift], rr);
    run.shape(beat, length, label);
    yield { time, label, packed: beat, delta: run.delta(beat) };
  }
}

/**
 * The clinical preset: R peaks at absolute times, waves in seconds around them; what one beat leaves over the next
 * adds up, so that no beat ends in a step.
 * @param samples zeroed, filled with the recording
 */
export function synthesiseEvents(
  plan: Plan,
  settled: Settled,
  run: RhythmRun,
  beats: Random,
  samplingFrequency: number,
  samples: Float64Array,
  truth: TrueBeat[],
): void {
  const duration = samples.length / samplingFrequency;
  for (const { time, label, packed, delta } of shapedBeats(plan, settled, run, beats, duration)) {
    const origin = time * samplingFrequency;
    addBeat(samples, 0, samples.length, packed, origin, samplingFrequency);
    const rPeak = origin + packed[8] * samplingFrequency;
    if (delta !== null) {
      const from = Math.max(0, Math.ceil(rPeak - delta.rise * samplingFrequency));
      const to = Math.min(samples.length, Math.ceil(rPeak + 6 * delta.decay * samplingFrequency));
      for (let index = from; index < to; index++) {
        samples[index] += deltaAt(delta, (index - rPeak) / samplingFrequency);
      }
    }
    const known = trueBeat(packed, label, delta, run.qrsParts(label), {
      origin,
      secondsPerUnit: 1,
      samplingFrequency,
      window: null,
    });
    const cropped = known === null ? null : cropBeat(known, 0, samples.length);
    if (cropped !== null) truth.push(cropped);
  }
  truth.sort((one, other) => one.rPeak - other.rPeak);
}
