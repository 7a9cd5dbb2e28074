import type { OfferedTraining } from "./generator.ts";
import type { GeneratorName } from "./index.ts";

/** Steps of an epoch: the 2,000 signals that a class gives where nobody asks for others, 128 in a step. */
const stepsPerEpoch = Math.ceil(2000 / 128);

/**
 * Trainings that follow a released program in everything, by generator: network, noise, loss, optimiser and sampling. The
 * usual values take from the programs what trains in a tab.
 */
export const releasedTrainings = {
  /** Núñez, Arjona & Béjar 2024: 5,000 epochs in the later runs, of which the learning rate rises for 100. */
  timeDiffusion: {
    hyperparameters: {
      network: "released",
      schedule: "linear1000",
      leavesNoSignal: true,
      prediction: "signal",
      weighting: "signalToNoise",
      batchSize: 128,
      learningRate: 1e-4,
      warmUp: 100 * stepsPerEpoch,
      rateFalls: true,
      beta1: 0.95,
      classDropout: 0,
      averageDecay: 0.9999,
      sampler: "ancestral",
      clipsSignal: false,
    },
    iterations: 5000 * stepsPerEpoch,
  },
} as const satisfies Partial<Record<GeneratorName, OfferedTraining>>;
