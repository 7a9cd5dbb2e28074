import type { Values } from "../../domain/schema.ts";
import { numberAt } from "../../domain/schema.ts";
import { defineGenerator, type Generator, type GeneratorContext, labelsOf } from "../generator.ts";
import { linearPool } from "../linearScale.ts";
import { bandNames } from "./bandSplit.ts";
import { type SizeName, sizeOf } from "./configuration.ts";
import { samplingPlan, timeVqVaeSchema, trainingPlan } from "./hyperparameters.ts";
import { timeVqVaeModel } from "./model.ts";
import { drawnLatents, reconstructed, sampledSignals, type TokenMoment, watchedSignals } from "./sampling.ts";
import type { BandTokeniser } from "./tokeniser.ts";
import { timeVqVaeMeasures, timeVqVaeTraining } from "./training.ts";

const captions = {
  low: "Tokens of low frequencies are chosen.",
  high: "Tokens of high frequencies are chosen, given those of low ones.",
} as const;

const titles = { low: "Low frequencies", high: "High frequencies" } as const;

const gridOf = ({ grid: { rows, columns } }: BandTokeniser) => ({ rows, columns });

/**
 * Time-VQVAE (Lee, Malacarne & Aune, AISTATS 2023) as Núñez, Arjona & Béjar use it: an encoder, a codebook and a decoder each for
 * low and high frequencies, then transformers that guess tokens. The first iterations train the former, the rest the latter.
 *
 * A signal's latent is one whole number, the seed of all that is drawn in choosing its tokens: neighbouring numbers have nothing
 * in common. Before the second stage the transformers know nothing: samples then are decoded from tokens that are nearly all
 * as likely, never from those of a real signal, so that no training that is stopped early can give copies out as synthetic.
 */
function build(values: Values, context: GeneratorContext): Generator {
  const { seed, length, classes, iterations } = context;
  const pool = linearPool(context);
  const plan = trainingPlan(values, iterations, seed);
  const chance = samplingPlan(values);
  const model = timeVqVaeModel({
    size: sizeOf(values["size"] as SizeName, length),
    length,
    classes: classes.length,
    seed,
    dropout: numberAt(values, "dropout"),
    embeddingDropout: numberAt(values, "embeddingDropout"),
    embeddingDeviation: numberAt(values, "embeddingDeviation"),
    decay: numberAt(values, "decay"),
    reviveBelow: numberAt(values, "reviveBelow"),
    unitVectors: values["unitVectors"] === true,
  });
  const batchSize = Math.min(plan.batchSize, pool.count);
  const training = timeVqVaeTraining(model, pool, { ...plan, batchSize });
  const steps = chance.steps.low + chance.steps.high;
  const grids = bandNames.map((band) => ({ title: titles[band], ...gridOf(model.tokenisers[band]) }));
  const labelled = (count: number, label?: number | Uint8Array) => labelsOf(count, classes.length, label);
  const sampleScaled = async (latents: Float32Array, labels?: Uint8Array) =>
    pool.shown(await sampledSignals(model, chance, { latents, labels: labelled(latents.length, labels) }));
  return {
    latentSize: 1,
    latentWords: "whole numbers from 0 to 2^24 - 1, each the seed of a signal",
    beginsAt: plan.tokeniserSteps,
    measures: timeVqVaeMeasures,
    trainStep: (position) => training.step(position),
    state: () => training.state(),
    restore: (state) => training.restore(state),
    drawLatents: drawnLatents,
    sampleScaled,
    scaled: pool.scaled,
    inMillivolt: pool.inMillivolt,
    async sample(count, from, label) {
      const labels = labelled(count, label);
      return pool.inMillivolt(await sampleScaled(drawnLatents(count, from), labels));
    },
    // All that is drawn comes from the latents.
    watchSampling: async (latents, labels, _, onStep, stopped) => {
      const onMoment = async ({ band, done, tokens, signals }: TokenMoment) => {
        const caption = captions[band];
        await onStep({ position: done, of: steps, caption, signals: pool.shown(signals), tokens, grids });
        return !stopped();
      };
      return pool.shown(await watchedSignals(model, chance, { latents, labels }, onMoment));
    },
    reconstruct: async (signals) => pool.shown(await reconstructed(model, pool.seen(signals), length)),
    network: null,
    parameters: [...model.stages.tokeniser.parameters, ...model.stages.prior.parameters],
    dispose() {
      training.dispose();
      model.dispose();
    },
  };
}

export const timeVqVae = defineGenerator({
  title: "Time-VQVAE",
  description:
    "Signals become tokens of low and high frequencies; transformers learn which tokens go together.",
  paper: "Lee, Malacarne & Aune, AISTATS 2023; Núñez, Arjona & Béjar 2024",
  forms: ["beats", "recordings"],
  isConditional: true,
  isPersonal: false,
  isTrained: true,
  isStepwise: true,
  hasTokens: true,
  hyperparameters: timeVqVaeSchema,
  build,
});
