import type { Values } from "../../domain/schema.ts";
import type { GeneratorName } from "../../generators/index.ts";
import type { BeatSource } from "../generatedBeats/sources.ts";

/** How a model is trained here. */
export interface ChosenTraining {
  readonly hyperparameters: Values;
  readonly iterations: number;
  /** Whether iterations divide among stages, so that a longer training begins anew instead of going on. */
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
  averageDecay: 0.99,
  warmUp: 50,
} as const;
const sampling = { samplingSteps: 12 } as const;

/** The models in the order of the paper that compares them, each in the size that it has in a browser. */
export const trainings = {
  diffWave: {
    hyperparameters: { ...denoising, batchSize: 16, stepFrequencies: "falling" },
    iterations: 750,
    sampling,
  },
  timeDiffusion: { hyperparameters: { ...denoising, batchSize: 8 }, iterations: 600, sampling },
  timeVqVae: {
    hyperparameters: { batchSize: 16, learningRate: 2e-3, decay: 0.95 },
    iterations: 800,
    isStaged: true,
    sampling: {},
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
