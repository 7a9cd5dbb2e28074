import type { TrueBeat } from "../../domain/groundTruth.ts";
import type { Random } from "../../signal/random.ts";
import { cropBeat } from "../boundaries.ts";
import { addBeat } from "./fastBeat.ts";
import { perturbBeat } from "./perturbation.ts";
import type { Plan, Settled } from "./plan.ts";
import type { RhythmRun } from "./rhythms/rhythm.ts";
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
  const around = settled.packed.slice();
  const beat = new Float64Array(around.length);
  const margin = 2;
  const length = settled.packed[lengthIndex];
  for (const { time, rr, label } of run.schedule(
    -margin,
    duration + margin,
    length,
    plan.table.beatSd[lengthIndex],
  )) {
    perturbBeat(plan.table, around, beats, beat);
    if (plan.cumulative) around.set(beat);
    beat[tShift] = tWaveOffset(beat[tShift], rr);
    run.shape(beat, length, label);
    const origin = time * samplingFrequency;
    addBeat(samples, 0, samples.length, beat, origin, samplingFrequency);
    const delta = run.delta(beat);
    const rPeak = origin + beat[8] * samplingFrequency;
    if (delta !== null) {
      const from = Math.max(0, Math.ceil(rPeak - delta.rise * samplingFrequency));
      const to = Math.min(samples.length, Math.ceil(rPeak + 6 * delta.decay * samplingFrequency));
      for (let index = from; index < to; index++) {
        samples[index] += deltaAt(delta, (index - rPeak) / samplingFrequency);
      }
    }
    const known = trueBeat(beat, label, delta, run.qrsParts(label), {
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
