import type { OfferedTraining } from "./generator.ts";
import type { GeneratorName } from "./index.ts";

/**
 * A slight penalty on slopes instead of batch normalisation in the discriminator, and averaged weights: with the papers' own
 * settings narrow discriminators know every beat after some hundred iterations, and generators learn no more. Without the
 * spread of the batch before their eyes, convolutional generators give beats that are all alike.
 */
const steady = { gradientPenalty: 0.2, weightAverage: 0.99, seesSpread: true } as const;
const narrow = { generatorWidth: "4", discriminatorWidth: "4", batchSize: 16, learningRate: 2e-3 } as const;
const dense: OfferedTraining = {
  hyperparameters: { batchSize: 32, learningRate: 1e-3, gradientPenalty: 0.05, weightAverage: 0.998 },
  iterations: 4000,
};
/** Two groups of beats: with one update of its own the generator gives those of one group alone. */
const mixed: OfferedTraining = {
  hyperparameters: { ...dense.hyperparameters, generatorSteps: 2, inputNoise: 0.3 },
  iterations: 2400,
};
/**
 * The heart's equations make all beats alike where there are few to learn from, unless the discriminator sees the spread of the
 * batch; without the equations dense generators stay the rougher for it.
 */
const guided: OfferedTraining = {
  hyperparameters: { ...dense.hyperparameters, gradientPenalty: 0.2, seesSpread: true },
  iterations: 2000,
};
const convolutional: OfferedTraining = { hyperparameters: { ...narrow, ...steady }, iterations: 1000 };
const critic: OfferedTraining = {
  hyperparameters: {
    ...narrow,
    ...steady,
    learningRate: 1e-3,
    optimiser: "adam",
    constraint: "penalty",
    gradientPenalty: 1,
    discriminatorSteps: 2,
  },
  iterations: 800,
};
const waves: OfferedTraining = {
  hyperparameters: { ...narrow, ...steady, generatorSteps: 1, waveWeight: 0.05, wavePairing: "ordered" },
  iterations: 1000,
};

/** What tells the signal itself makes smooth beats early, what tells noise leaves some of it. */
const denoising = {
  schedule: "cosine200",
  prediction: "signal",
  weighting: "limited",
  learningRate: 2e-3,
  rateFalls: true,
  averageDecay: 0.995,
  warmUp: 50,
  samplingSteps: 12,
} as const;

/** Tokens that blur signals, and priors that are kept from learning, make them all alike. */
const tokens = {
  learningRate: 2e-3,
  decay: 0.95,
  dropout: 0,
  embeddingDropout: 0.1,
  embeddingDeviation: 0.3,
  hiddenClasses: 0,
} as const;

/**
 * Trainings of beats that end within minutes (those of DiffWave, Time-Diffusion and Time-VQVAE within half an hour) on one core
 * without a graphics card and come near to real beats all the same, by generator; `npm run verify -- generated-beats` and
 * `generated-signals` measure how near.
 */
export const shortTrainings = {
  vanillaGan: dense,
  dcgan: convolutional,
  ecgGan: waves,
  personalisedGan: mixed,
  personalisedDcgan: { ...convolutional, iterations: 1500 },
  pgan: waves,
  simVanillaGan: guided,
  simDcgan: convolutional,
  wgan: critic,
  simWgan: critic,
  refineGan: {
    // Waves set by hand give beats that differ in little more than one way: too little to make all real ones of.
    hyperparameters: { ...convolutional.hyperparameters, etaSource: "fitted", simulatedRange: "each" },
    iterations: 1500,
  },
  diffWave: {
    hyperparameters: { ...denoising, stepFrequencies: "falling", samplingSteps: 8 },
    iterations: 5000,
  },
  timeDiffusion: { hyperparameters: { ...denoising, batchSize: 8 }, iterations: 2000 },
  timeVqVae: {
    hyperparameters: { ...tokens, batchSize: 32, tokeniserShare: 0.3, lowSteps: 13, lowTemperature: 10 },
    iterations: 2600,
  },
} as const satisfies Partial<Record<GeneratorName, OfferedTraining>>;

/**
 * Trainings of ten-second recordings that one core ends in an hour and a half without a graphics card. Rate and waves come near;
 * that a rhythm is even is not learned so soon. `npm run verify -- generated-recordings` measures how near.
 */
export const shortRecordingTrainings = {
  diffWave: {
    hyperparameters: {
      ...denoising,
      stepFrequencies: "falling",
      batchSize: 8,
      averageDecay: 0.998,
      samplingSteps: 25,
    },
    iterations: 2400,
  },
  timeDiffusion: {
    hyperparameters: { ...denoising, batchSize: 8, averageDecay: 0.998, samplingSteps: 25 },
    iterations: 4000,
  },
  timeVqVae: {
    hyperparameters: {
      ...tokens,
      batchSize: 8,
      tokeniserShare: 0.2,
      unitVectors: false,
      lowSteps: 20,
      highSteps: 10,
      lowTemperature: 4,
    },
    iterations: 6000,
  },
} as const satisfies Partial<Record<GeneratorName, OfferedTraining>>;
