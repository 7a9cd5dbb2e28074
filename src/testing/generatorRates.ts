import * as tf from "@tensorflow/tfjs-core";
import { defaultsOf, resolveValues, type Values } from "../domain/schema.ts";
import { latentSize as usualLatentSize } from "../generators/adversarialGenerator.ts";
import { criticPlan } from "../generators/criticHyperparameters.ts";
import { ecgGanParts } from "../generators/ecgGan.ts";
import type { GeneratorContext } from "../generators/generator.ts";
import { crossEntropyPlan } from "../generators/hyperparameters.ts";
import { type GeneratorName, generators } from "../generators/index.ts";
import { scaledPool } from "../generators/scaledSignals.ts";
import { simulatorGuidance } from "../generators/simulatorGuidance.ts";
import { normalDraws } from "../neural/adversarial/draws.ts";
import type { AdversarialPlan, Guidance } from "../neural/adversarial/training.ts";
import { type BackendName, openBackend } from "../neural/backend/backends.ts";
import { createRandom } from "../signal/random.ts";
import { beatContext } from "./beatContext.ts";
import { gaussianBeats } from "./gaussianBeats.ts";
import { type PairedRates, pairedRates, type Steps, settled } from "./pairedRates.ts";
import { convolutionalPair, densePair, type StockPair, threeBeatPair } from "./stockGenerators.ts";
import { stockContext } from "./stockLayers.ts";

const beatLength = 216;

/** What is trained in a measurement. */
export interface GeneratorSize {
  readonly width: number;
  readonly batch: number;
}

/** Sizes of a measurement: on wasm as trained in a tab, on a card as in the paper, and where all is slow. */
export const generatorSizes = {
  tab: { width: 16, batch: 50 },
  paper: { width: 64, batch: 50 },
  small: { width: 4, batch: 8 },
} satisfies Readonly<Record<string, GeneratorSize>>;

/** What the stock form of a generator is, beside its layers, losses and optimisers, which are the same. */
export const generatorBaseline =
  "the same layers under tfjs's own gradients, windows unfolded where its convolution cannot be trained";

/** A generator with what is trained, in words. */
export const generatorTitle = ({ name, pair }: GeneratorCase, { width, batch }: GeneratorSize): string =>
  `${name}, ${pair(width) === densePair ? "" : `width ${width}, `}${batch} beats`;

/** A generator whose speed is measured, ours and as tfjs's own operations make it. */
export interface GeneratorCase {
  readonly name: GeneratorName;
  readonly pair: (width: number) => StockPair;
  readonly plan: (values: Values) => AdversarialPlan;
  /** Beside the discriminator. Written with tfjs's operations: the same for both. */
  readonly guidance?: (values: Values, context: GeneratorContext) => Guidance | undefined;
  /** Where the judged beat begins in the generator's output. */
  readonly beatAt?: number;
  /** Numbers of a latent where they are not the usual ones. */
  readonly latentSize?: number;
}

const threeBeats = {
  pair: threeBeatPair,
  plan: crossEntropyPlan,
  guidance: (values: Values, context: GeneratorContext) => ecgGanParts(values, scaledPool(context)).guidance,
  beatAt: beatLength,
};

/** The generators of the training benchmarks. */
export const generatorCases: readonly GeneratorCase[] = [
  { name: "vanillaGan", pair: () => densePair, plan: crossEntropyPlan },
  { name: "dcgan", pair: (width) => convolutionalPair(width, false), plan: crossEntropyPlan },
  {
    name: "simDcgan",
    pair: (width) => convolutionalPair(width, true),
    plan: crossEntropyPlan,
    guidance: simulatorGuidance,
  },
  { name: "wgan", pair: (width) => convolutionalPair(width, true), plan: criticPlan },
  { name: "simVanillaGan", pair: () => densePair, plan: crossEntropyPlan, guidance: simulatorGuidance },
  {
    name: "simWgan",
    pair: (width) => convolutionalPair(width, true),
    plan: criticPlan,
    guidance: simulatorGuidance,
  },
  {
    // Its latents are simulated beats; the stock form draws as many deviates instead.
    name: "refineGan",
    pair: (width) => convolutionalPair(width, false, beatLength),
    plan: crossEntropyPlan,
    latentSize: beatLength,
  },
  { name: "ecgGan", ...threeBeats },
  { name: "pgan", ...threeBeats },
  { name: "personalisedGan", pair: () => densePair, plan: crossEntropyPlan },
  {
    name: "personalisedDcgan",
    pair: (width) => convolutionalPair(width, false),
    plan: crossEntropyPlan,
  },
];

/** Iterations a second of a generator's training, ours and stock, on a backend. */
export async function generatorRates(
  { name, pair, plan, guidance, beatAt = 0, latentSize = usualLatentSize }: GeneratorCase,
  { width, batch }: GeneratorSize,
  backend: BackendName,
): Promise<PairedRates> {
  await openBackend(backend);
  const model = await generators[name]();
  const wanted = { generatorWidth: String(width), discriminatorWidth: String(width), batchSize: batch };
  const known = Object.entries(wanted).filter(([key]) => model.hyperparameters[key] !== undefined);
  const values = resolveValues(model.hyperparameters, Object.fromEntries(known));
  const context = beatContext(gaussianBeats(batch, 1), { patientBeats: gaussianBeats(batch, 2) });
  return pairedRates(
    async () => {
      const generator = model.build({ ...defaultsOf(model.hyperparameters), ...values }, context);
      const variables = generator.parameters.map(({ variable }) => variable);
      let position = 0;
      return {
        async step() {
          generator.trainStep(position++).dispose();
          await settled(variables);
        },
        dispose: () => generator.dispose(),
      };
    },
    async () =>
      stockSteps(
        {
          pair: pair(width),
          plan: plan(values),
          guidance: guidance?.(values, context),
          beatAt,
          latentSize,
          real: scaledPool(context).samples,
        },
        backend,
      ),
  );
}

interface StockTraining {
  readonly pair: StockPair;
  readonly plan: AdversarialPlan;
  readonly guidance: Guidance | undefined;
  readonly beatAt: number;
  readonly latentSize: number;
  /** `[batch, 216]` */
  readonly real: Float32Array;
}

/** The training as it is written with tfjs's own optimisers and losses. */
function stockSteps(
  { pair, plan, guidance, beatAt, latentSize, real }: StockTraining,
  backend: BackendName,
): Steps {
  const [own, other] = [stockContext(backend), stockContext(backend)];
  const [generate, judge] = [pair.generator(own.context), pair.discriminator(other.context)];
  const isCritic = plan.loss === "wasserstein";
  const optimiser = () =>
    plan.optimiser === "adam"
      ? tf.train.adam(plan.learningRate, 0.5)
      : tf.train.rmsprop(plan.learningRate, 0.99);
  const optimisers = [optimiser(), optimiser()];
  const batch = plan.batchSize;
  const random = createRandom(1);
  const labels = new Uint8Array(batch);
  const drawn = () => tf.tensor2d(normalDraws(batch, latentSize, random), [batch, latentSize]);
  const judged = (output: tf.Tensor) => tf.slice(output, [0, beatAt], [batch, beatLength]);
  const crossEntropy = (logits: tf.Tensor, label: number) =>
    tf.losses.sigmoidCrossEntropy(tf.fill(logits.shape, label), logits) as tf.Scalar;
  const updateDiscriminator = () => {
    if (isCritic) {
      const limit = plan.weightLimit;
      for (const each of other.variables) each.assign(tf.clipByValue(each as tf.Tensor, -limit, limit));
    }
    const fake = judged(generate(drawn()));
    const beats = tf.tensor2d(real, [batch, beatLength]);
    optimisers[1].minimize(
      () => {
        const [onReal, onFake] = [judge(beats), judge(fake)];
        return isCritic
          ? tf.sub(tf.mean(onFake), tf.mean(onReal))
          : tf.add(crossEntropy(onReal, 1), crossEntropy(onFake, 0));
      },
      false,
      other.variables,
    );
  };
  const updateGenerator = () => {
    const latents = drawn();
    optimisers[0].minimize(
      () => {
        const output = generate(latents);
        const onFake = judge(judged(output));
        const loss: tf.Scalar = isCritic ? tf.neg(tf.mean(onFake)) : crossEntropy(onFake, 1);
        return guidance === undefined
          ? loss
          : tf.add(loss, guidance.loss(output as tf.Tensor2D, random, labels));
      },
      false,
      own.variables,
    );
  };
  return {
    async step() {
      tf.tidy(() => {
        for (let update = 0; update < plan.discriminatorSteps; update++) updateDiscriminator();
        for (let update = 0; update < plan.generatorSteps; update++) updateGenerator();
      });
      await settled(own.variables);
    },
    dispose() {
      for (const each of optimisers) each.dispose();
      own.dispose();
      other.dispose();
    },
  };
}
