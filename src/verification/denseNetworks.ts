import type { GeneratorName } from "../generators/index.ts";

/**
 * Settings of GANs of dense layers in the proofs that reduce everything: without the spread of the batch, which takes half as
 * long again and would have kept few beats from becoming alike.
 */
const settings = { batchSize: 32, learningRate: 1e-3, gradientPenalty: 0.05, weightAverage: 0.99 } as const;

/** A GAN of dense layers, trained briefly. */
export const briefDense = (generator: GeneratorName, iterations: number) => ({
  generator,
  hyperparameters: settings,
  iterations,
});
