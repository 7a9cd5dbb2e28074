import * as tf from "@tensorflow/tfjs-core";
import { createRandom, type Random } from "../../signal/random.ts";
import { breathe } from "../training/breathe.ts";
import { type Denoise, oneHot } from "./denoiser.ts";
import { guided } from "./guidance.ts";
import { mixed, type Prediction, signalMixture } from "./prediction.ts";
import type { SamplingStep } from "./samplingPlan.ts";
import { type StepFrequencies, stepEmbedding } from "./stepEmbedding.ts";

/** A trained network with the way in which it is sampled. */
export interface DenoisingPlan {
  readonly denoise: Denoise;
  readonly length: number;
  readonly classes: number;
  readonly prediction: Prediction;
  readonly embeddingSize: number;
  readonly frequencies: StepFrequencies;
  /** The noisiest step first. */
  readonly steps: readonly SamplingStep[];
  /** Weight of the class: 1 as it was trained. */
  readonly guidance: number;
  /** Where the predicted signal is cut off, or null. */
  readonly limits: { readonly lowest: number; readonly highest: number } | null;
}

/** Rows that are computed at once. */
const rowsAtOnce = 64;

/**
 * Makes signals of noise, step by step. A row depends on its own noise and class alone: what a step adds is drawn from a
 * source whose seed are the bits of the noise that the row started from.
 * @param start  `[rows, length]`, standard normal
 * @param labels of the rows
 * @param onStep told of `[rows, length]` after each step
 * @param stopped asked before each step; then what has been reached is returned
 */
export async function denoised(
  plan: DenoisingPlan,
  start: Float32Array,
  labels: Uint8Array,
  onStep?: (done: number, signals: Float32Array) => void | Promise<void>,
  stopped?: () => boolean,
): Promise<Float32Array> {
  const { length, limits } = plan;
  const sources = Array.from(labels, (_, row) =>
    createRandom(seedOf(start.subarray(row * length, (row + 1) * length))),
  );
  let signals = start;
  for (const [index, step] of plan.steps.entries()) {
    if (stopped?.() === true) break;
    const told = await predict(plan, signals, labels, step.time);
    const found = mixed(signalMixture(plan.prediction, step.signal), signals, told);
    if (limits !== null) clip(found, limits);
    signals = mixed({ first: step.kept, second: step.told }, signals, found);
    if (step.noise > 0) addNoise(signals, step.noise, sources, length);
    await onStep?.(index + 1, signals);
  }
  return signals;
}

/** What the network tells of noisy signals at a step, with guidance. */
async function predict(
  plan: DenoisingPlan,
  signals: Float32Array,
  labels: Uint8Array,
  time: number,
): Promise<Float32Array> {
  const { length, classes, guidance } = plan;
  const found = new Float32Array(signals.length);
  for (let first = 0; first < labels.length; first += rowsAtOnce) {
    const rows = Math.min(rowsAtOnce, labels.length - first);
    const own = labels.subarray(first, first + rows);
    const answer = async (toldClasses: ArrayLike<number>) => {
      const output = tf.tidy(() =>
        plan.denoise({
          noisy: tf.tensor2d(signals.subarray(first * length, (first + rows) * length), [rows, length]),
          steps: tf.tile(
            tf.tensor2d(stepEmbedding([time], plan.embeddingSize, plan.frequencies), [1, plan.embeddingSize]),
            [rows, 1],
          ),
          classes: tf.tensor2d(oneHot(toldClasses, classes + 1), [rows, classes + 1]),
        }),
      );
      const values = (await output.data()) as Float32Array;
      output.dispose();
      await breathe();
      return values;
    };
    const withClass = await answer(own);
    const none = new Uint8Array(rows).fill(classes);
    const wanted = guidance === 1 ? withClass : guided(withClass, await answer(none), guidance);
    found.set(wanted, first * length);
  }
  return found;
}

function clip(signals: Float32Array, { lowest, highest }: NonNullable<DenoisingPlan["limits"]>): void {
  for (let at = 0; at < signals.length; at++) {
    signals[at] = Math.min(highest, Math.max(lowest, signals[at]));
  }
}

function addNoise(
  signals: Float32Array,
  deviation: number,
  sources: readonly Random[],
  length: number,
): void {
  sources.forEach((source, row) => {
    source.addNormal(signals.subarray(row * length, (row + 1) * length), deviation);
  });
}

/** A seed from the bits of numbers (Fowler, Noll & Vo's hash, word by word). */
function seedOf(values: Float32Array): number {
  let hash = 0x811c9dc5;
  for (const word of new Uint32Array(values.slice().buffer)) hash = Math.imul(hash ^ word, 0x01000193);
  return hash >>> 0;
}
