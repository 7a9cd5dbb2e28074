import type { Values } from "../../domain/schema.ts";
import type { GeneratorName } from "../../generators/index.ts";
import type { BeatSource } from "../generatedBeats/sources.ts";

/** How a model is trained here. */
export interface ChosenTraining {
  readonly hyperparameters: Values;
  readonly iterations: number;
  /** Whether what an iteration does depends on how many are planned, so that a longer training begins anew. */
  readonly isStaged?: true;
  /** Hyper-parameters that matter after the training alone: other ones need no other training. */
  readonly sampling: Values;
}

/** In the time of a proof: what tells the signal itself makes smooth beats early, what tells noise leaves some of it. */
const denoising = {
  schedule: "cosine200",
  prediction: "signal",
  weighting: "limited",
  learningRate: 2e-3,
  averageDecay: 0.995,
  warmUp: 50,
  rateFalls: true,
} as const;
const sampling = { samplingSteps: 12 } as const;

/** The models in the order of the paper that compares them, each in the size that it has in a browser. */
export const trainings = {
  diffWave: {
    hyperparameters: { ...denoising, batchSize: 16, stepFrequencies: "falling" },
    iterations: 2500,
    isStaged: true,
    sampling,
  },
  timeDiffusion: {
    hyperparameters: { ...denoising, batchSize: 8 },
    iterations: 1000,
    isStaged: true,
    sampling,
  },
  timeVqVae: {
    // Tokens that blur beats, and priors that are kept from learning, make them all alike.
    hyperparameters: {
      batchSize: 16,
      learningRate: 2e-3,
      decay: 0.95,
      tokeniserShare: 0.5,
      dropout: 0,
      embeddingDropout: 0.1,
      hiddenClasses: 0,
    },
    iterations: 1600,
    isStaged: true,
    sampling: { lowSteps: 13, lowTemperature: 20 },
  },
} as const satisfies Partial<Record<GeneratorName, ChosenTraining>>;

export type ProvenModel = keyof typeof trainings;
export const provenModels = Object.keys(trainings) as ProvenModel[];

/** One training, of both classes at once. */
export interface SignalCell {
  readonly source: BeatSource["key"];
  readonly model: ProvenModel;
  readonly hyperparameters: Values;
  readonly iterations: number;
  readonly isStaged?: true;
  readonly sampling: Values;
  readonly seed: number;
}

export const cellsOf = (source: BeatSource["key"]): SignalCell[] =>
  provenModels.map((model) => ({ source, model, seed: 1, ...trainings[model] }));
