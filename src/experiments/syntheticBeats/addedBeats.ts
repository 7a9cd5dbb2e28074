import { Failure } from "../../domain/failure.ts";
import { rowsOf } from "../../neural/adversarial/realBatches.ts";
import { epochOrder } from "../../neural/training/batches.ts";
import type { SignalSet } from "../../neural/training/signalSet.ts";
import { createRandom } from "../../signal/random.ts";
import { beatSamples } from "./beatSets.ts";

/** What is drawn in a cell, each from a seed of its own. */
const purposes = [
  "validationPatients",
  "weights",
  "baseTraining",
  "generator",
  "sampling",
  "control",
  "addedTraining",
] as const;

/** The seed of one purpose of a cell: what is drawn for it does not move what is drawn for another. */
export function seedFor(seed: number, purpose: (typeof purposes)[number]): number {
  return createRandom(seed, purposes.indexOf(purpose)).integer(2 ** 31);
}

/** Beats to add for a ratio to those of the class: the nearest whole number. */
export const addedCount = (ratio: number, ofClass: number): number => Math.round(ratio * ofClass);

/** White noise with a standard deviation of 1 mV in place of beats, `[count, 216]`. */
export function noiseBeats(count: number, seed: number): Float32Array {
  const samples = new Float32Array(count * beatSamples);
  createRandom(seed).addNormal(samples, 1);
  return samples;
}

/**
 * Real beats again: each as often as any other, or once more, and which of them once more is drawn. It is what a generator
 * has to beat, for repeating rare beats alone changes what a classifier learns.
 * @param beats `[any, 216]`
 */
export function repeatedBeats(beats: Float32Array, count: number, seed: number): Float32Array {
  const available = beats.length / beatSamples;
  if (available === 0) {
    throw new Failure(
      "too-few-beats",
      "There is no beat to repeat.",
      "oversampled",
      "Choose another class or more recordings.",
    );
  }
  const order = epochOrder(available, seed, 0);
  const rows = Uint32Array.from({ length: count }, (_, row) => order[row % available]);
  return rowsOf({ samples: beats, count: available, length: beatSamples }, rows);
}

/** A training set with beats behind it. @param labels one a beat */
export function withAdded(set: SignalSet, beats: Float32Array, labels: ArrayLike<number>): SignalSet {
  const signals = new Float32Array(set.signals.length + beats.length);
  signals.set(set.signals);
  signals.set(beats, set.signals.length);
  const all = new Uint8Array(set.count + labels.length);
  all.set(set.labels);
  all.set(labels, set.count);
  return { signals, labels: all, count: set.count + labels.length, length: set.length };
}
