import * as tf from "@tensorflow/tfjs-core";
import type { Random } from "../../signal/random.ts";
import { optimiserArrays, restoreOptimiser } from "../adversarial/optimiser.ts";
import { averageDecay, moveAverages } from "../exponentialAverage.ts";
import { Adam } from "../training/adam.ts";
import { fallingRate } from "../training/fallingRate.ts";
import { type NamedArray, prefixed, readWeights, under, writeWeights } from "../training/weights.ts";
import { type Denoiser, oneHot } from "./denoiser.ts";
import { diffusionDraws } from "./draws.ts";
import { lossWeight, type Weighting } from "./lossWeights.ts";
import { noising, type Prediction, targetMixture } from "./prediction.ts";
import type { NoiseSchedule } from "./schedule.ts";
import { type StepFrequencies, stepEmbedding } from "./stepEmbedding.ts";

/** How a denoising network is trained. */
export interface DiffusionPlan {
  readonly schedule: NoiseSchedule;
  readonly prediction: Prediction;
  readonly weighting: Weighting;
  /** Squares of the errors, or their sizes. */
  readonly error: "squared" | "absolute";
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly weightDecay: number;
  /** Steps in which the learning rate rises from nothing. */
  readonly warmUp: number;
  /** Then it falls as a cosine over the planned steps; otherwise it stays. */
  readonly rateFalls: boolean;
  /** Largest norm of the gradients; 0 for none. */
  readonly clipNorm: number;
  /** Share of signals whose class the network is not told. */
  readonly classDropout: number;
  /** Largest decay of the averages of the weights. */
  readonly averageDecay: number;
  readonly embeddingSize: number;
  readonly frequencies: StepFrequencies;
}

/** What a network learns from. */
export interface DiffusionTask {
  readonly network: Denoiser;
  /** Of the same form; its weights are the averages of the trained ones. */
  readonly average: Denoiser;
  /** Signals and classes by the number of the batch. */
  batch(position: number): { readonly signals: Float32Array; readonly labels: Uint8Array };
  readonly length: number;
  readonly classes: number;
  /** Steps that are planned. */
  readonly steps: number;
  readonly seed: number;
}

/** What a step tells. */
export const diffusionMeasures = ["denoisingLoss", "generatorGradient"] as const;

export interface DiffusionTraining {
  /** @returns `[measures]`; the caller disposes of it */
  step(position: number): tf.Tensor1D;
  /** Weights, their averages and the optimiser's state. */
  state(): Promise<NamedArray[]>;
  /** @throws Failure `weights-mismatch` */
  restore(state: readonly NamedArray[]): void;
  dispose(): void;
}

/** Noisy signals at steps drawn evenly, with what the network is to tell of them. */
export interface NoisyBatch {
  readonly times: number[];
  /** `[batch, length]` */
  readonly noisy: Float32Array;
  /** `[batch, length]` */
  readonly targets: Float32Array;
  /** `[batch]` */
  readonly weights: Float32Array;
}

/** Adds noise to a batch. @param signals `[batch, length]` */
export function noisyBatch(
  signals: Float32Array,
  length: number,
  { schedule, prediction, weighting }: Pick<DiffusionPlan, "schedule" | "prediction" | "weighting">,
  { times: drawTimes, noise: drawNoise }: { readonly times: Random; readonly noise: Random },
): NoisyBatch {
  const count = signals.length / length;
  const times = Array.from({ length: count }, () => drawTimes.integer(schedule.steps));
  const noise = new Float32Array(signals.length);
  drawNoise.addNormal(noise, 1);
  const [noisy, targets] = [new Float32Array(signals.length), new Float32Array(signals.length)];
  times.forEach((time, row) => {
    const signal = schedule.signal[time];
    const [mixture, wanted] = [noising(signal), targetMixture(prediction, signal)];
    for (let at = row * length; at < (row + 1) * length; at++) {
      noisy[at] = mixture.first * signals[at] + mixture.second * noise[at];
      targets[at] = wanted.first * signals[at] + wanted.second * noise[at];
    }
  });
  const weights = Float32Array.from(times, (time) =>
    lossWeight(weighting, prediction, schedule.signal[time]),
  );
  return { times, noisy, targets, weights };
}

/**
 * Trains a network to tell noise from signal at every step of a schedule (Ho, Jain & Abbeel 2020, algorithm 1), with averages
 * of its weights beside it. All that is random depends on the seed and the position alone.
 */
export function diffusionTraining(task: DiffusionTask, plan: DiffusionPlan): DiffusionTraining {
  const { network, average, length, classes, seed } = task;
  const { learningRate, beta1, beta2, weightDecay, clipNorm } = plan;
  const adam = new Adam(
    network.parameters.map(({ variable }) => variable),
    { learningRate, beta1, beta2, weightDecay, ...(clipNorm > 0 ? { clipNorm } : {}) },
  );
  const kept = [
    ["generator", network],
    ["generatorAverage", average],
  ] as const;
  const optimiserName = "generatorOptimiser";

  return {
    step: (position) =>
      tf.tidy(() => {
        const { signals, labels } = task.batch(position);
        const count = labels.length;
        const draws = (purpose: Parameters<typeof diffusionDraws>[1]) =>
          diffusionDraws(seed, purpose, position);
        const batch = noisyBatch(signals, length, plan, { times: draws("times"), noise: draws("noise") });
        const random = draws("labels");
        const told = Uint8Array.from(labels, (label) =>
          random.uniform() < plan.classDropout ? classes : label,
        );
        const input = {
          noisy: tf.tensor2d(batch.noisy, [count, length]),
          steps: tf.tensor2d(stepEmbedding(batch.times, plan.embeddingSize, plan.frequencies), [
            count,
            plan.embeddingSize,
          ]),
          classes: tf.tensor2d(oneHot(told, classes + 1), [count, classes + 1]),
        };
        const targets = tf.tensor2d(batch.targets, [count, length]);
        const weights = tf.tensor2d(batch.weights, [count, 1]);
        const warm = Math.min(1, (position + 1) / Math.max(1, plan.warmUp));
        const rate = learningRate * warm * (plan.rateFalls ? fallingRate(position / task.steps) : 1);
        const { loss, gradientNorm } = adam.minimise(() => {
          const errors = tf.sub(network.denoise(input), targets);
          const sizes = plan.error === "squared" ? tf.square(errors) : tf.abs(errors);
          return tf.mean(tf.mul(sizes, weights)) as tf.Scalar;
        }, rate);
        moveAverages(average.parameters, network.parameters, averageDecay(position, plan.averageDecay));
        return tf.stack([loss, gradientNorm]) as tf.Tensor1D;
      }),
    async state() {
      const weights = await Promise.all(
        kept.map(async ([name, { parameters }]) =>
          prefixed(name, await readWeights({ parameters, buffers: [] })),
        ),
      );
      return [...weights.flat(), ...prefixed(optimiserName, await optimiserArrays(adam, network.parameters))];
    },
    restore(state) {
      for (const [name, { parameters }] of kept) {
        writeWeights({ parameters, buffers: [] }, under(name, state));
      }
      restoreOptimiser(adam, network.parameters, under(optimiserName, state), true);
    },
    dispose: () => adam.dispose(),
  };
}
