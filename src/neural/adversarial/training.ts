import * as tf from "@tensorflow/tfjs-core";
import { createRandom, type Random } from "../../signal/random.ts";
import { Adam } from "../training/adam.ts";
import type { Measure } from "../training/measures.ts";
import type { TrainableNetwork } from "../training/network.ts";
import { type NamedArray, prefixed, readWeights, under, writeWeights } from "../training/weights.ts";
import { withSpread } from "./batchSpread.ts";
import { withClasses } from "./classConditions.ts";
import { drawsAt, normalDraws } from "./draws.ts";
import {
  type AdversarialLoss,
  beatsBetween,
  discriminatorLoss,
  generatorLoss,
  gradientPenalty,
} from "./losses.ts";
import { type Optimiser, optimiserArrays, restoreOptimiser } from "./optimiser.ts";
import { labelsOfBatch, type RealBatches } from "./realBatches.ts";
import { RmsProp } from "./rmsProp.ts";

/** How two networks are trained against each other. */
export interface AdversarialPlan {
  readonly loss: AdversarialLoss;
  readonly optimiser: "adam" | "rmsProp";
  readonly learningRate: number;
  readonly batchSize: number;
  /** Updates of each network in one step. */
  readonly generatorSteps: number;
  readonly discriminatorSteps: number;
  /** All updates of the discriminator in a step see the same real beats. */
  readonly reusesRealBatch: boolean;
  /** What the label of real beats lacks of 1. */
  readonly labelSmoothing: number;
  /**
   * Standard deviation of the noise on all that the discriminator sees, at the start; it falls to none over the planned
   * steps (Sønderby et al., ICLR 2017; Arjovsky & Bottou, ICLR 2017).
   */
  readonly inputNoise: number;
  /** Whether the discriminator also sees the spread of the batch that a beat stands in. */
  readonly seesSpread: boolean;
  /** Weight of the gradient penalty; 0 for none. */
  readonly gradientPenalty: number;
  /** Largest norm of the gradients; 0 for none. */
  readonly clipNorm: number;
  /** Largest size of each of the discriminator's weights; 0 for no limit. */
  readonly weightLimit: number;
}

/** What a step tells. */
const measureNames = [
  "generatorLoss",
  "discriminatorLoss",
  "simulatorLoss",
  "waveLoss",
  "realAccuracy",
  "fakeAccuracy",
  "generatorGradient",
  "discriminatorGradient",
] as const satisfies readonly Measure[];

/** A second wish to the generator beside deceiving the discriminator. */
export interface Guidance {
  readonly measure: "simulatorLoss" | "waveLoss";
  weightAt(position: number): number;
  /**
   * @param output of the generator, `[batch, values]`
   * @param labels position of each row's class
   */
  loss(output: tf.Tensor2D, random: Random, labels: Uint8Array): tf.Scalar;
}

/** Two networks with what they are trained on. Where there are several classes, both see a row's class behind it. */
export interface AdversarialTask {
  /** How many classes there are. */
  readonly classes: number;
  /** `[batch, latentSize]` → `[batch, values]` */
  readonly generator: TrainableNetwork;
  /** `[batch, time]`, or `[batch, 2 × time]` with the spread of the batch → logits `[batch, 1]` */
  readonly discriminator: TrainableNetwork;
  readonly latentSize: number;
  /** `[count, latentSize]` */
  drawLatents(count: number, random: Random): Float32Array;
  /** Real beats; of several classes in turn, as `labelsOfBatch` says. */
  readonly real: RealBatches;
  /** Samples of a beat. */
  readonly length: number;
  /** The part of the generator's output that the discriminator sees. */
  judged(output: tf.Tensor2D): tf.Tensor2D;
  readonly guidance: Guidance | null;
  /** Steps that are planned. */
  readonly steps: number;
  readonly seed: number;
}

/** A training of two networks, one step at a time. */
export interface AdversarialTraining {
  /** What `step` tells, in its order. */
  readonly measures: readonly Measure[];
  /**
   * The updates of the discriminator, then those of the generator. All that is random depends on the seed and the position
   * alone. Nothing is read from the device.
   * @param position steps since the start
   * @returns `[measures]`; the caller disposes of it
   */
  step(position: number): tf.Tensor1D;
  /** Weights and running statistics of both networks and the states of both optimisers. */
  state(): Promise<NamedArray[]>;
  /** Goes on from a state. @throws Failure `weights-mismatch` */
  restore(state: readonly NamedArray[]): void;
  dispose(): void;
}

export function adversarialTraining(task: AdversarialTask, plan: AdversarialPlan): AdversarialTraining {
  const { generator, discriminator, guidance, seed } = task;
  const optimisers = {
    generator: optimiserOf(generator, plan),
    discriminator: optimiserOf(discriminator, plan),
  };
  const mode = { training: true, random: createRandom(seed) };
  const batches = plan.reusesRealBatch ? 1 : plan.discriminatorSteps;

  const batchAt = (position: number, index: number) => position * batches + (index % batches);
  const labelsAt = (position: number, index: number) =>
    labelsOfBatch(batchAt(position, index), plan.batchSize, task.classes);
  const latentsAt = (position: number, index: number) => {
    const values = task.drawLatents(plan.batchSize, drawsAt(seed, "latents", position, index));
    const latents = tf.tensor2d(values, [plan.batchSize, task.latentSize]);
    return withClasses(latents, labelsAt(position, index), task.classes);
  };

  /** Logits of beats. @param crowd the batch whose spread is seen beside them */
  const judged = (beats: tf.Tensor2D, labels: Uint8Array, crowd = beats) => {
    const seen = plan.seesSpread ? withSpread(beats, crowd) : beats;
    return discriminator.forward(withClasses(seen, labels, task.classes), mode);
  };

  /** Adds the noise of an update to what the discriminator is about to see. */
  const noiseAt = (position: number, index: number) => {
    const amount = plan.inputNoise * Math.max(0, 1 - position / task.steps);
    if (amount === 0) return (beats: tf.Tensor2D) => beats;
    const random = drawsAt(seed, "inputNoise", position, index);
    return (beats: tf.Tensor2D) => {
      const deviates = tf.tensor2d(normalDraws(plan.batchSize, task.length, random), beats.shape);
      return tf.add(beats, tf.mul(deviates, amount)) as tf.Tensor2D;
    };
  };

  const updateDiscriminator = (position: number, index: number) => {
    if (plan.weightLimit > 0) limitWeights(discriminator, plan.weightLimit);
    const latents = latentsAt(position, index);
    const noisy = noiseAt(position, index);
    const fakes = noisy(task.judged(generator.forward(latents, { ...mode, keepsStatistics: true })));
    const real = noisy(tf.tensor2d(task.real(batchAt(position, index)), [plan.batchSize, task.length]));
    // Real and generated beats of the same classes: the classes alone tell the discriminator nothing.
    const labels = labelsAt(position, index);
    let accuracies: tf.Tensor[] = [];
    const { loss, gradientNorm } = optimisers.discriminator.minimise(() => {
      const onReal = judged(real, labels);
      const onFake = judged(fakes, labels);
      accuracies = [tf.greater(onReal, 0), tf.less(onFake, 0)].map((isRight) =>
        tf.keep(tf.mean(tf.cast(isRight, "float32"))),
      );
      const own = discriminatorLoss(plan.loss, onReal, onFake, plan.labelSmoothing);
      if (plan.gradientPenalty === 0) return own;
      const between = beatsBetween(real, fakes, drawsAt(seed, "penalty", position, index));
      // Slopes are those of a beat in the same company.
      const penalty = gradientPenalty((beats) => judged(beats, labels, between), between);
      return tf.add(own, tf.mul(penalty, plan.gradientPenalty));
    });
    const [realAccuracy, fakeAccuracy] = accuracies.map(released);
    return { discriminatorLoss: loss, discriminatorGradient: gradientNorm, realAccuracy, fakeAccuracy };
  };

  const updateGenerator = (position: number, index: number) => {
    // The first update deceives with the beats that the discriminator has just seen.
    const batch = plan.discriminatorSteps - 1 + index;
    const latents = latentsAt(position, batch);
    const labels = labelsAt(position, batch);
    const noisy = noiseAt(position, plan.discriminatorSteps + index);
    let parts: tf.Tensor[] = [];
    const { gradientNorm, loss } = optimisers.generator.minimise(() => {
      const output = generator.forward(latents, mode);
      const own = generatorLoss(plan.loss, judged(noisy(task.judged(output)), labels));
      if (guidance === null) {
        parts = [tf.keep(tf.clone(own))];
        return own;
      }
      const guided = guidance.loss(output, drawsAt(seed, "guidance", position, index), labels);
      parts = [tf.keep(tf.clone(own)), tf.keep(tf.clone(guided))];
      return tf.add(own, tf.mul(guided, guidance.weightAt(position)));
    });
    loss.dispose();
    const [own, guided] = parts.map(released);
    return {
      generatorLoss: own,
      generatorGradient: gradientNorm,
      ...(guidance === null ? {} : { [guidance.measure]: guided }),
    };
  };

  const measures = measureNames.filter((name) => {
    if (name === "simulatorLoss" || name === "waveLoss") return name === guidance?.measure;
    // A critic's zero divides nothing.
    return plan.loss === "crossEntropy" || (name !== "realAccuracy" && name !== "fakeAccuracy");
  });

  return {
    measures,
    step: (position) =>
      tf.tidy(() => {
        const told: Partial<Record<Measure, tf.Tensor>> = {};
        for (let index = 0; index < plan.discriminatorSteps; index++) {
          Object.assign(told, updateDiscriminator(position, index));
        }
        for (let index = 0; index < plan.generatorSteps; index++) {
          Object.assign(told, updateGenerator(position, index));
        }
        return tf.stack(measures.map((name) => told[name] as tf.Tensor)) as tf.Tensor1D;
      }),
    async state() {
      const parts = networks.map(async (name) => [
        ...prefixed(name, await readWeights(task[name])),
        ...prefixed(`${name}Optimiser`, await optimiserArrays(optimisers[name], task[name].parameters)),
      ]);
      return (await Promise.all(parts)).flat();
    },
    restore(state) {
      for (const name of networks) {
        writeWeights(task[name], under(name, state));
        const own = under(`${name}Optimiser`, state);
        restoreOptimiser(optimisers[name], task[name].parameters, own, plan.optimiser === "adam");
      }
    },
    dispose() {
      for (const name of networks) optimisers[name].dispose();
    },
  };
}

const networks = ["generator", "discriminator"] as const;

function optimiserOf({ parameters }: TrainableNetwork, plan: AdversarialPlan): Optimiser {
  const variables = parameters.map(({ variable }) => variable);
  const { learningRate, clipNorm } = plan;
  const options = { learningRate, ...(clipNorm > 0 ? { clipNorm } : {}) };
  return plan.optimiser === "adam"
    ? new Adam(variables, { ...options, beta1: 0.5 })
    : new RmsProp(variables, options);
}

function limitWeights({ parameters }: TrainableNetwork, limit: number): void {
  for (const { variable } of parameters) {
    tf.tidy(() => variable.assign(tf.clipByValue(variable as tf.Tensor, -limit, limit)));
  }
}

/** A tensor that outlived the backward pass, given back to the step that it belongs to. */
function released(kept: tf.Tensor): tf.Tensor {
  const own = tf.clone(kept);
  kept.dispose();
  return own;
}
