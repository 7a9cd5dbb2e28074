import * as tf from "@tensorflow/tfjs-core";
import { numberAt, type Values } from "../domain/schema.ts";
import { conditionsOf, withClasses } from "../neural/adversarial/classConditions.ts";
import type { Forward } from "../neural/adversarial/convolutionalNetworks.ts";
import { drawGains } from "../neural/adversarial/convolutionLayers.ts";
import { drawsAt, normalDraws } from "../neural/adversarial/draws.ts";
import { balancedBatches, type RealBatches, shuffledBatches } from "../neural/adversarial/realBatches.ts";
import { type AdversarialPlan, adversarialTraining, type Guidance } from "../neural/adversarial/training.ts";
import { averageDecay, moveAverages } from "../neural/exponentialAverage.ts";
import { Scope } from "../neural/layers/scope.ts";
import type { TrainableNetwork } from "../neural/training/network.ts";
import { prefixed, readWeights, under, writeWeights } from "../neural/training/weights.ts";
import { createRandom, type Random } from "../signal/random.ts";
import { beatLength, type Generator, type GeneratorContext, labelsOf } from "./generator.ts";
import { poolOptions } from "./hyperparameters.ts";
import { type ScaledPool, scaledPool } from "./scaledSignals.ts";

/** Numbers of a latent vector (both papers). */
export const latentSize = 100;

/** How the networks are told of several classes: the papers train a pair of networks for each class. */
export const classNote =
  "The papers train one generator for each class. Several at once are our reconstruction: a number for each class joins the latent vector and what the discriminator sees, batches hold as many beats of each, and beats return to mV by ranges of their class.";

/** What an adversarial model has of its own. */
export interface AdversarialParts {
  /** `[batch, latent + conditions]` → the generator's output. @param conditions numbers that tell a row's class */
  generator(scope: Scope, conditions: number): Forward;
  /** `[batch, 216 + conditions]` → logits `[batch, 1]` */
  discriminator(scope: Scope, conditions: number): Forward;
  readonly plan: AdversarialPlan;
  readonly guidance?: Guidance;
  /** What the generator starts from; 100 normal deviates where not given. */
  readonly latents?: LatentSource;
  /** Where the beat stands in the generator's output; all of it where not given. */
  readonly beatAt?: number;
  /** Beats whose lowest and highest values generated ones take in mV; those of the class where not given. */
  readonly ranges?: ScaledPool;
  /** Real batches where they are not those of the class alone. */
  realBatches?(pool: ScaledPool, batchSize: number): RealBatches;
}

export interface LatentSource {
  readonly size: number;
  /** `[count, size]` */
  draw(count: number, random: Random): Float32Array;
}

/** Beats that are computed at once in sampling. */
const sampleBatch = 64;

/** Builds both networks and what trains them and draws from them. */
export function adversarialGenerator(
  values: Values,
  context: GeneratorContext,
  parts: AdversarialParts,
): Generator {
  const { seed } = context;
  const options = poolOptions(values);
  const pool = scaledPool(context, options);
  const plan = { ...parts.plan, batchSize: Math.min(parts.plan.batchSize, pool.count) };
  const classes = context.classes.length;
  const conditions = conditionsOf(classes);
  const builtGenerator = () =>
    networkOf((scope) => parts.generator(scope, conditions), drawsAt(seed, "generatorWeights"));
  const generator = builtGenerator();
  const kept = numberAt(values, "weightAverage");
  const average = kept > 0 ? builtGenerator() : null;
  /** The network that beats are drawn by. */
  const drawing = average ?? generator;
  const discriminator = networkOf(
    (scope) => parts.discriminator(scope, conditions),
    drawsAt(seed, "discriminatorWeights"),
  );
  const ownBatches = (own: ScaledPool, size: number) =>
    classes === 1 ? shuffledBatches(own, size, seed) : balancedBatches(own, own.labels, classes, size, seed);
  const isUniform = values["samplingLatent"] === "uniform";
  // The program trains critics alone on the latents that it samples from.
  const isTrainedUniform = isUniform && plan.loss === "wasserstein";
  const latents = parts.latents ?? (isTrainedUniform ? uniform : normal);
  const sampled = parts.latents === undefined && isUniform ? uniform : latents;
  const judged = (output: tf.Tensor2D) =>
    parts.beatAt === undefined ? output : tf.slice(output, [0, parts.beatAt], [output.shape[0], beatLength]);
  const training = adversarialTraining(
    {
      classes,
      generator,
      discriminator,
      latentSize: latents.size,
      drawLatents: latents.draw,
      real: (parts.realBatches ?? ownBatches)(pool, plan.batchSize),
      length: beatLength,
      judged,
      guidance: parts.guidance ?? null,
      steps: context.iterations,
      seed,
    },
    plan,
  );
  const { inMillivolt } = parts.ranges ?? pool;
  const drawLatents = (count: number, from: number) => sampled.draw(count, drawsAt(from, "sampling"));
  const sampleScaled = async (given: Float32Array, wanted?: Uint8Array) => {
    const count = given.length / latents.size;
    const labels = labelsOf(count, classes, wanted);
    const beats = new Float32Array(count * beatLength);
    for (let first = 0; first < count; first += sampleBatch) {
      const rows = Math.min(sampleBatch, count - first);
      const found = tf.tidy(() => {
        const own = given.subarray(first * latents.size, (first + rows) * latents.size);
        const input = withClasses(
          tf.tensor2d(own, [rows, latents.size]),
          labels.subarray(first, first + rows),
          classes,
        );
        return judged(drawing.forward(input, { training: false, random: createRandom(0) }));
      });
      beats.set(await found.data(), first * beatLength);
      found.dispose();
    }
    return beats;
  };
  return {
    latentSize: latents.size,
    ...(sampled === uniform ? { latentWords: "uniform from 0 to 1" } : {}),
    ...(options.isScaled ? {} : { scaled: (signals: Float32Array) => signals }),
    measures: training.measures,
    trainStep(position) {
      const told = training.step(position);
      if (average !== null) {
        const decay = averageDecay(position, kept);
        moveAverages(average.parameters, generator.parameters, decay);
        moveAverages(average.buffers, generator.buffers, decay);
      }
      return told;
    },
    async state() {
      const state = await training.state();
      return average === null ? state : [...state, ...prefixed("average", await readWeights(average))];
    },
    restore(state) {
      training.restore(state);
      if (average !== null) writeWeights(average, under("average", state));
    },
    drawLatents,
    sampleScaled,
    inMillivolt,
    async sample(count, from, label) {
      const labels = labelsOf(count, classes, label);
      return inMillivolt(await sampleScaled(drawLatents(count, from), labels), from, labels);
    },
    network: drawing,
    parameters: drawing.parameters,
    dispose() {
      training.dispose();
      average?.dispose();
      generator.dispose();
      discriminator.dispose();
    },
  };
}

const normal: LatentSource = {
  size: latentSize,
  draw: (count, random) => normalDraws(count, latentSize, random),
};

/** As the released program samples, though it trains all networks but critics on normal deviates. */
const uniform: LatentSource = {
  size: latentSize,
  draw: (count, random) => Float32Array.from({ length: count * latentSize }, () => random.uniform()),
};

function networkOf(
  build: (scope: Scope) => Forward,
  random: Random,
): TrainableNetwork & { readonly dispose: () => void } {
  const scope = Scope.root(random);
  const forward = build(scope);
  drawGains(scope, random);
  return {
    forward,
    parameters: scope.parameters,
    buffers: scope.buffers,
    dispose: () => scope.dispose(),
  };
}
